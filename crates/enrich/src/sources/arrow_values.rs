//! Rows of Arrow batches as JSON values.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Date64Type, Float16Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type,
    Int64Type, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, ArrowPrimitiveType, RecordBatch};
use arrow_schema::{DataType, TimeUnit};
use schema::{Day, Instant};
use serde_json::{Map, Number, Value};

const DAY_MS: i64 = 86_400_000;

/// A row as an object; what is null is left out.
pub(super) fn row(batch: &RecordBatch, row: usize) -> Map<String, Value> {
    let schema = batch.schema_ref();
    object(schema.fields().iter().map(|field| field.name().as_str()), batch.columns(), row)
}

fn object<'a>(
    names: impl Iterator<Item = &'a str>,
    columns: &[ArrayRef],
    row: usize,
) -> Map<String, Value> {
    let values = names.zip(columns).map(|(name, column)| (name, value(column, row)));
    values
        .filter(|(_, value)| !value.is_null())
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

/// One value; types that no source uses are null.
fn value(array: &dyn Array, row: usize) -> Value {
    if array.is_null(row) {
        return Value::Null;
    }
    match array.data_type() {
        DataType::Boolean => array.as_boolean().value(row).into(),
        DataType::Utf8 => array.as_string::<i32>().value(row).into(),
        DataType::LargeUtf8 => array.as_string::<i64>().value(row).into(),
        DataType::Utf8View => array.as_string_view().value(row).into(),
        DataType::Int8 => primitive::<Int8Type>(array, row).into(),
        DataType::Int16 => primitive::<Int16Type>(array, row).into(),
        DataType::Int32 => primitive::<Int32Type>(array, row).into(),
        DataType::Int64 => primitive::<Int64Type>(array, row).into(),
        DataType::UInt8 => primitive::<UInt8Type>(array, row).into(),
        DataType::UInt16 => primitive::<UInt16Type>(array, row).into(),
        DataType::UInt32 => primitive::<UInt32Type>(array, row).into(),
        DataType::UInt64 => primitive::<UInt64Type>(array, row).into(),
        DataType::Float16 => number(primitive::<Float16Type>(array, row).to_f64()),
        DataType::Float32 => number(primitive::<Float32Type>(array, row).into()),
        DataType::Float64 => number(primitive::<Float64Type>(array, row)),
        DataType::Date32 => day(primitive::<Date32Type>(array, row).into()),
        DataType::Date64 => day(primitive::<Date64Type>(array, row).div_euclid(DAY_MS)),
        DataType::Timestamp(unit, _) => instant(array, *unit, row),
        DataType::List(_) => list(&array.as_list::<i32>().value(row)),
        DataType::LargeList(_) => list(&array.as_list::<i64>().value(row)),
        DataType::FixedSizeList(..) => list(&array.as_fixed_size_list().value(row)),
        DataType::Struct(fields) => {
            let names = fields.iter().map(|field| field.name().as_str());
            Value::Object(object(names, array.as_struct().columns(), row))
        }
        DataType::Map(..) => map(array, row),
        DataType::Dictionary(..) => {
            let dictionary = array.as_any_dictionary();
            let key = value(dictionary.keys(), row).as_u64();
            key.map_or(Value::Null, |key| value(dictionary.values(), key as usize))
        }
        _ => Value::Null,
    }
}

fn primitive<T: ArrowPrimitiveType>(array: &dyn Array, row: usize) -> T::Native {
    array.as_primitive::<T>().value(row)
}

/// Infinities and what is no number are unknown.
fn number(number: f64) -> Value {
    Number::from_f64(number).map_or(Value::Null, Value::Number)
}

fn day(days: i64) -> Value {
    i32::try_from(days).map_or(Value::Null, |days| Day::from_epoch_days(days).to_string().into())
}

fn instant(array: &dyn Array, unit: TimeUnit, row: usize) -> Value {
    let millis = match unit {
        TimeUnit::Second => primitive::<TimestampSecondType>(array, row).checked_mul(1000),
        TimeUnit::Millisecond => Some(primitive::<TimestampMillisecondType>(array, row)),
        TimeUnit::Microsecond => {
            Some(primitive::<TimestampMicrosecondType>(array, row).div_euclid(1000))
        }
        TimeUnit::Nanosecond => {
            Some(primitive::<TimestampNanosecondType>(array, row).div_euclid(1_000_000))
        }
    };
    millis.map_or(Value::Null, |millis| Instant::from_millis(millis).to_string().into())
}

fn list(items: &ArrayRef) -> Value {
    (0..items.len()).map(|row| value(items, row)).collect()
}

/// Entries whose keys are texts.
fn map(array: &dyn Array, row: usize) -> Value {
    let entries = array.as_map().value(row);
    let (keys, values) = (entries.column(0), entries.column(1));
    let entries = (0..entries.len()).filter_map(|row| match value(keys, row) {
        Value::String(key) => Some((key, value(values, row))),
        _ => None,
    });
    Value::Object(entries.filter(|(_, value)| !value.is_null()).collect())
}

#[cfg(test)]
mod tests;
