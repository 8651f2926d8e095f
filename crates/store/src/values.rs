//! Rows of values to Arrow batches and back.

mod build;
mod fingerprint;
mod gather;

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, Int64Type, TimestampMillisecondType};
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema, SchemaRef, TimeUnit};
use schema::{Day, Instant, Value, ValueType};

use crate::{Error, Result};

pub use build::BatchBuilder;
pub use fingerprint::row_fingerprints;
pub use gather::{Pick, gather, gather_rows};

/// A column of a table of values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// The type of its values; any may be null.
    pub value_type: ValueType,
}

/// Turns columns of values into one Arrow batch.
///
/// # Panics
///
/// When the columns are not as many as the values, or a value is not of its column's type: the
/// tests of the catalogue hold every deriving function to its description.
#[must_use]
pub fn batch_of_values(columns: &[Column], values: &[Vec<Value>]) -> RecordBatch {
    assert_eq!(columns.len(), values.len(), "one list of values for each column");
    let mut builder = BatchBuilder::new(columns);
    for (column, values) in values.iter().enumerate() {
        for value in values {
            builder.push(column, value);
        }
    }
    builder.finish()
}

/// The schema of batches with these columns.
#[must_use]
pub fn arrow_schema(columns: &[Column]) -> SchemaRef {
    let field = |column: &Column| Field::new(column.name, arrow_type(column.value_type), true);
    Arc::new(Schema::new(columns.iter().map(field).collect::<Vec<_>>()))
}

/// Puts the columns of two batches beside each other.
///
/// # Panics
///
/// When they have different numbers of rows.
#[must_use]
pub fn beside(left: &RecordBatch, right: &RecordBatch) -> RecordBatch {
    let fields =
        left.schema().fields().iter().chain(right.schema().fields()).cloned().collect::<Vec<_>>();
    let arrays = left.columns().iter().chain(right.columns()).cloned().collect();
    RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays)
        .expect("as many rows on the left as on the right")
}

/// Reads one column of some batches back as values.
pub fn values_of_batch(batches: &[RecordBatch], column: &Column) -> Result<Vec<Value>> {
    let wrong =
        || Error::Column { column: column.name.to_owned(), expected: column.value_type.name() };
    let mut values = Vec::new();
    for batch in batches {
        let array = batch.column_by_name(column.name).ok_or_else(wrong)?;
        if *array.data_type() != arrow_type(column.value_type) {
            return Err(wrong());
        }
        values.extend((0..array.len()).map(|row| value(array, row, column.value_type)));
    }
    Ok(values)
}

/// Reads one column of texts of a batch, each as it lies there.
pub fn texts_of_batch<'a>(
    batch: &'a RecordBatch,
    name: &str,
) -> Result<impl ExactSizeIterator<Item = Option<&'a str>>> {
    let array = batch.column_by_name(name).and_then(|array| array.as_string_opt::<i32>());
    let expected = ValueType::Text.name();
    let array = array.ok_or_else(|| Error::Column { column: name.to_owned(), expected })?;
    Ok(array.iter())
}

/// The first value of a column of a batch that is not null; `None` where all are.
///
/// # Panics
///
/// When the column at this place is of another type.
#[must_use]
pub fn first_known(batch: &RecordBatch, place: usize, value_type: ValueType) -> Option<Value> {
    let array = batch.column(place);
    let row = (0..array.len()).find(|row| array.is_valid(*row))?;
    Some(value(array, row, value_type))
}

fn arrow_type(value_type: ValueType) -> DataType {
    match value_type {
        ValueType::Text => DataType::Utf8,
        ValueType::TextList => {
            DataType::List(Arc::new(Field::new_list_field(DataType::Utf8, true)))
        }
        ValueType::Integer => DataType::Int64,
        ValueType::Number => DataType::Float64,
        ValueType::Boolean => DataType::Boolean,
        ValueType::Day => DataType::Date32,
        ValueType::Instant => DataType::Timestamp(TimeUnit::Millisecond, Some("UTC".into())),
    }
}

fn value(array: &ArrayRef, row: usize, value_type: ValueType) -> Value {
    if array.is_null(row) {
        return Value::Null;
    }
    match value_type {
        ValueType::Text => Value::Text(array.as_string::<i32>().value(row).to_owned()),
        ValueType::TextList => {
            let items = array.as_list::<i32>().value(row);
            let items = items.as_string::<i32>();
            Value::TextList(items.iter().flatten().map(str::to_owned).collect())
        }
        ValueType::Integer => Value::Integer(array.as_primitive::<Int64Type>().value(row)),
        ValueType::Number => Value::Number(array.as_primitive::<Float64Type>().value(row)),
        ValueType::Boolean => Value::Boolean(array.as_boolean().value(row)),
        ValueType::Day => {
            Value::Day(Day::from_epoch_days(array.as_primitive::<Date32Type>().value(row)))
        }
        ValueType::Instant => {
            let millis = array.as_primitive::<TimestampMillisecondType>().value(row);
            Value::Instant(Instant::from_millis(millis))
        }
    }
}

#[cfg(test)]
mod tests;
