//! A table whose columns have types and meanings: the rows of CSV, Parquet and Arrow files.

use schema::{Instant, Value, ValueType};
use store::{Column, RecordBatch, batch_of_values, export};

use crate::csv::quoted;

/// The head of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Heading {
    pub(crate) name: &'static str,
    pub(crate) value_type: ValueType,
    /// What it means, in a few words.
    pub(crate) meaning: &'static str,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Sheet {
    headings: Vec<Heading>,
    rows: Vec<Vec<Value>>,
}

/// Where the rows of a table come from; each row says it, so that rows can be put together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Origin {
    pub(crate) collection: String,
    pub(crate) release: String,
    pub(crate) data_through: Instant,
    /// Which population was read, and so what a share is a share of.
    pub(crate) covers: String,
    /// Who collected the data, with their licence.
    pub(crate) source: String,
    pub(crate) is_simulated: bool,
}

const ORIGIN: [Heading; 5] = [
    text("collection", "The collection that was asked"),
    text("release", "The data release"),
    heading("data_through", ValueType::Instant, "The newest reading of the release"),
    text("source", "Who collected the data, with their licence"),
    heading("simulated", ValueType::Boolean, "Whether the data are invented"),
];

/// The head of a column of any type.
pub(crate) const fn heading(
    name: &'static str,
    value_type: ValueType,
    meaning: &'static str,
) -> Heading {
    Heading { name, value_type, meaning }
}

/// The head of a column of text.
pub(crate) const fn text(name: &'static str, meaning: &'static str) -> Heading {
    heading(name, ValueType::Text, meaning)
}

/// The head of a column of real numbers.
pub(crate) const fn number(name: &'static str, meaning: &'static str) -> Heading {
    heading(name, ValueType::Number, meaning)
}

/// The head of a column of whole numbers.
pub(crate) const fn integer(name: &'static str, meaning: &'static str) -> Heading {
    heading(name, ValueType::Integer, meaning)
}

/// A count as a value.
pub(crate) fn count(number: u64) -> Value {
    i64::try_from(number).map_or(Value::Null, Value::Integer)
}

impl Sheet {
    /// A table without rows.
    pub(crate) fn new(headings: impl IntoIterator<Item = Heading>) -> Self {
        Self { headings: headings.into_iter().collect(), rows: Vec::new() }
    }

    /// Adds a row.
    ///
    /// # Panics
    ///
    /// When it has not one value for each column: tests make every table.
    pub(crate) fn push(&mut self, row: Vec<Value>) {
        assert_eq!(row.len(), self.headings.len(), "one value for each column");
        self.rows.push(row);
    }

    /// The same table with where it comes from behind each row.
    #[must_use]
    pub(crate) fn from(mut self, origin: &Origin) -> Self {
        let values = [
            Value::Text(origin.collection.clone()),
            Value::Text(origin.release.clone()),
            Value::Instant(origin.data_through),
            Value::Text(origin.source.clone()),
            Value::Boolean(origin.is_simulated),
        ];
        self.headings.extend(ORIGIN);
        self.rows.iter_mut().for_each(|row| row.extend(values.clone()));
        self
    }

    /// The same table with one column more.
    ///
    /// # Panics
    ///
    /// When there is not one value for each row.
    #[must_use]
    pub(crate) fn beside(mut self, heading: Heading, values: Vec<Value>) -> Self {
        assert_eq!(values.len(), self.rows.len(), "one value for each row");
        self.headings.push(heading);
        self.rows.iter_mut().zip(values).for_each(|(row, value)| row.push(value));
        self
    }

    /// The table as CSV (RFC 4180), with a row of names.
    pub(crate) fn csv(&self) -> String {
        let mut out = String::new();
        let names = self.headings.iter().map(|heading| heading.name.to_owned());
        push_line(&mut out, names);
        for row in &self.rows {
            push_line(&mut out, row.iter().map(written));
        }
        out
    }

    /// The table as Arrow has it, with what it says of itself.
    pub(crate) fn batch(&self, said: &export::Metadata) -> RecordBatch {
        let column =
            |heading: &Heading| Column { name: heading.name, value_type: heading.value_type };
        let columns: Vec<Column> = self.headings.iter().map(column).collect();
        let of = |place: usize| self.rows.iter().map(|row| row[place].clone()).collect();
        let values: Vec<Vec<Value>> = (0..columns.len()).map(of).collect();
        let meanings: Vec<&str> = self.headings.iter().map(|heading| heading.meaning).collect();
        export::described(&batch_of_values(&columns, &values), said, &meanings)
    }

    /// Each column as a line of Markdown: its name, type and meaning.
    pub(crate) fn dictionary(&self) -> String {
        let line = |heading: &Heading| {
            format!("- `{}` ({}): {}.\n", heading.name, heading.value_type.name(), heading.meaning)
        };
        self.headings.iter().map(line).collect()
    }
}

fn push_line(out: &mut String, cells: impl Iterator<Item = String>) {
    let cells: Vec<String> = cells.map(|cell| quoted(&cell)).collect();
    out.push_str(&cells.join(","));
    out.push_str("\r\n");
}

/// A value in a cell; programs read `true` where people read "yes".
fn written(value: &Value) -> String {
    match value {
        Value::Boolean(is_true) => is_true.to_string(),
        value => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_csv_and_arrow() {
        let origin = Origin {
            collection: "a,b".to_owned(),
            release: "r".to_owned(),
            data_through: "2024-03-04".parse::<schema::Day>().unwrap().start(),
            covers: "Something.".to_owned(),
            source: "someone (CC-BY)".to_owned(),
            is_simulated: true,
        };
        let mut sheet = Sheet::new([text("unit", "Of whom"), number("value", "How much")]);
        sheet.push(vec![Value::Text("one \"two\"".to_owned()), Value::Number(0.25)]);
        sheet.push(vec![Value::Null, Value::Null]);
        let sheet = sheet.from(&origin);
        let tail = "\"a,b\",r,2024-03-04T00:00:00Z,someone (CC-BY),true\r\n";
        let expected = format!(
            "unit,value,collection,release,data_through,source,simulated\r\n\
             \"one \"\"two\"\"\",0.25,{tail},,{tail}"
        );
        assert_eq!(sheet.csv(), expected);
        let batch = sheet.batch(&[("title", "A title".to_owned())]);
        assert_eq!((batch.num_rows(), batch.num_columns()), (2, 7));
        assert_eq!(batch.schema().metadata()["title"], "A title");
    }
}
