use std::sync::Arc;

use arrow_array::builder::{MapBuilder, StringBuilder, StringDictionaryBuilder};
use arrow_array::types::Int8Type;
use arrow_array::{
    BooleanArray, Date32Array, FixedSizeListArray, Float64Array, Int32Array, Int64Array,
    LargeStringArray, NullArray, StringArray, StringViewArray, StructArray,
    TimestampNanosecondArray, TimestampSecondArray, UInt64Array,
};
use serde_json::json;

use super::*;

fn values(array: impl Array + 'static) -> Value {
    let array: ArrayRef = Arc::new(array);
    (0..array.len()).map(|row| value(&array, row)).collect()
}

#[test]
fn values_of_each_type_are_those_of_json() {
    assert_eq!(values(BooleanArray::from(vec![Some(true), None])), json!([true, null]));
    assert_eq!(values(StringArray::from(vec![Some("é"), None])), json!(["é", null]));
    assert_eq!(values(LargeStringArray::from(vec!["a"])), json!(["a"]));
    assert_eq!(
        values(StringViewArray::from(vec!["longer than twelve bytes"])),
        json!(["longer than twelve bytes"])
    );
    assert_eq!(values(Int64Array::from(vec![i64::MIN])), json!([i64::MIN]));
    assert_eq!(values(UInt64Array::from(vec![u64::MAX])), json!([u64::MAX]));
    assert_eq!(values(Float64Array::from(vec![0.5, f64::NAN])), json!([0.5, null]));
    assert_eq!(values(NullArray::new(1)), json!([null]));
}

// 20,454 days after 1970-01-01 is 2026-01-01: 56 years of 365 days and 14 leap days.
#[test]
fn dates_are_written_as_texts() {
    assert_eq!(values(Date32Array::from(vec![20_454])), json!(["2026-01-01"]));
    let seconds = TimestampSecondArray::from(vec![20_454 * 86_400, i64::MAX]);
    assert_eq!(values(seconds), json!(["2026-01-01T00:00:00Z", null]));
    let nanos = TimestampNanosecondArray::from(vec![20_454 * 86_400_000_000_000 + 1_999_999]);
    assert_eq!(values(nanos), json!(["2026-01-01T00:00:00.001Z"]));
}

#[test]
fn what_is_nested_stays_nested_and_nulls_inside_objects_are_left_out() {
    let field = |name, data_type| Arc::new(arrow_schema::Field::new(name, data_type, true));
    let total: ArrayRef = Arc::new(Int64Array::from(vec![Some(7), None]));
    let objects = StructArray::from(vec![(field("total", DataType::Int64), total)]);
    assert_eq!(values(objects), json!([{"total": 7}, {}]));
    let pairs = FixedSizeListArray::new(
        field("item", DataType::Int32),
        2,
        Arc::new(Int32Array::from(vec![1, 2, 3, 4])),
        None,
    );
    assert_eq!(values(pairs), json!([[1, 2], [3, 4]]));
    let mut dictionary = StringDictionaryBuilder::<Int8Type>::new();
    dictionary.append_value("b");
    dictionary.append_null();
    dictionary.append_value("b");
    assert_eq!(values(dictionary.finish()), json!(["b", null, "b"]));
    let mut map = MapBuilder::new(None, StringBuilder::new(), StringBuilder::new());
    map.keys().append_value("k");
    map.values().append_value("v");
    map.append(true).unwrap();
    assert_eq!(values(map.finish()), json!([{"k": "v"}]));
}
