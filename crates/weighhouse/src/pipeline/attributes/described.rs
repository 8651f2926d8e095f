//! The catalogue of attributes, with how much of each is known in a collection.

use enrich::attributes::catalogue;
use schema::{Attribute, Value, ValueType};
use store::{Column, RecordBatch, batch_of_values, first_known};

const MAX_EXAMPLE_CHARS: usize = 60;

/// How much is known of each attribute, counted part by part.
#[derive(Debug, Default)]
pub(super) struct Described {
    /// For each attribute how many models it is known of, and the first known value.
    attributes: Vec<(i64, Option<String>)>,
}

impl Described {
    /// Counts what is known in rows of the attributes table, which begin with a key.
    pub(super) fn of(rows: &RecordBatch) -> Self {
        let known = |(place, attribute): (usize, &Attribute)| {
            let array = rows.column(place);
            let example = first_known(rows, place, attribute.value_type);
            ((array.len() - array.null_count()) as i64, example.as_ref().map(shown))
        };
        Self { attributes: (1..).zip(catalogue()).map(known).collect() }
    }

    /// Adds what is known of the models that follow.
    pub(super) fn add(&mut self, next: Self) {
        if self.attributes.is_empty() {
            *self = next;
            return;
        }
        for ((count, example), (more, first)) in self.attributes.iter_mut().zip(next.attributes) {
            *count += more;
            *example = example.take().or(first);
        }
    }

    /// The catalogue as a table.
    pub(super) fn batch(self) -> RecordBatch {
        let column = |value: fn(&Attribute) -> Value| catalogue().map(value).collect::<Vec<_>>();
        let (counts, examples): (Vec<i64>, Vec<Option<String>>) =
            self.attributes.into_iter().unzip();
        let values = [
            column(|attribute| attribute.name.into()),
            column(|attribute| attribute.value_type.name().into()),
            column(|attribute| attribute.unit.into()),
            column(|attribute| attribute.title.into()),
            column(|attribute| attribute.meaning.into()),
            column(|attribute| attribute.source.into()),
            column(|attribute| attribute.method.into()),
            column(|attribute| attribute.family.into()),
            column(|attribute| i64::from(attribute.version).into()),
            column(|attribute| attribute.inputs.join(" ").into()),
            column(|attribute| attribute.confidence.name().into()),
            column(|attribute| i64::from(attribute.is_groupable).into()),
            column(|attribute| i64::from(attribute.is_ordered).into()),
            counts.into_iter().map(Value::from).collect(),
            examples.into_iter().map(Value::from).collect(),
        ];
        batch_of_values(&columns(), &values)
    }
}

fn columns() -> [Column; 15] {
    let text = |name| Column { name, value_type: ValueType::Text };
    let integer = |name| Column { name, value_type: ValueType::Integer };
    [
        text("name"),
        text("type"),
        text("unit"),
        text("title"),
        text("meaning"),
        text("source"),
        text("method"),
        text("family"),
        integer("version"),
        text("inputs"),
        text("confidence"),
        integer("is_groupable"),
        integer("is_ordered"),
        integer("known_count"),
        text("example"),
    ]
}

fn shown(value: &Value) -> String {
    let text = value.to_string();
    if text.chars().count() <= MAX_EXAMPLE_CHARS {
        return text;
    }
    text.chars().take(MAX_EXAMPLE_CHARS).chain(['…']).collect()
}
