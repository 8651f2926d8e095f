//! Rows told apart in a few bytes each.

use std::hash::{DefaultHasher, Hash, Hasher};

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, Int64Type, TimestampMillisecondType};
use arrow_array::{Array, ArrayRef, RecordBatch};
use schema::ValueType;

use super::arrow_type;
use crate::{Column, Error, Result};

/// A fingerprint of what each row of a batch holds in some columns: of two rows that differ, it is
/// the same with a chance of 1 in 10¹⁹.
pub fn row_fingerprints(batch: &RecordBatch, columns: &[Column]) -> Result<Vec<u64>> {
    // The hasher of the standard library begins with fixed keys.
    let mut rows = vec![DefaultHasher::new(); batch.num_rows()];
    for Column { name, value_type } in columns {
        let array = batch.column_by_name(name);
        let array = array.filter(|array| *array.data_type() == arrow_type(*value_type));
        let array = array.ok_or_else(|| Error::Column {
            column: (*name).to_owned(),
            expected: value_type.name(),
        })?;
        hash_column(array, *value_type, &mut rows);
    }
    Ok(rows.iter().map(Hasher::finish).collect())
}

fn hash_column(array: &ArrayRef, value_type: ValueType, rows: &mut [DefaultHasher]) {
    match value_type {
        ValueType::Text => {
            let texts = array.as_string::<i32>();
            each_known(array, rows, |row, hasher| texts.value(row).hash(hasher));
        }
        ValueType::TextList => {
            let lists = array.as_list::<i32>();
            let items = lists.values().as_string::<i32>();
            let bounds = lists.value_offsets();
            each_known(array, rows, |row, hasher| {
                let places = bounds[row] as usize..bounds[row + 1] as usize;
                places.len().hash(hasher);
                places.for_each(|place| items.value(place).hash(hasher));
            });
        }
        ValueType::Integer => {
            let numbers = array.as_primitive::<Int64Type>();
            each_known(array, rows, |row, hasher| numbers.value(row).hash(hasher));
        }
        ValueType::Number => {
            let numbers = array.as_primitive::<Float64Type>();
            each_known(array, rows, |row, hasher| numbers.value(row).to_bits().hash(hasher));
        }
        ValueType::Boolean => {
            let flags = array.as_boolean();
            each_known(array, rows, |row, hasher| flags.value(row).hash(hasher));
        }
        ValueType::Day => {
            let days = array.as_primitive::<Date32Type>();
            each_known(array, rows, |row, hasher| days.value(row).hash(hasher));
        }
        ValueType::Instant => {
            let instants = array.as_primitive::<TimestampMillisecondType>();
            each_known(array, rows, |row, hasher| instants.value(row).hash(hasher));
        }
    }
}

/// Tells each row's hasher whether the row is known, and what is known.
fn each_known(
    array: &ArrayRef,
    rows: &mut [DefaultHasher],
    hash: impl Fn(usize, &mut DefaultHasher),
) {
    for (row, hasher) in rows.iter_mut().enumerate() {
        let is_known = array.is_valid(row);
        is_known.hash(hasher);
        if is_known {
            hash(row, hasher);
        }
    }
}
