//! Values put into batches one by one.

use std::sync::Arc;

use arrow_array::builder::{
    ArrayBuilder, BooleanBuilder, Date32Builder, Float64Builder, Int64Builder, ListBuilder,
    PrimitiveBuilder, StringBuilder, TimestampMillisecondBuilder,
};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::SchemaRef;
use schema::{Value, ValueType};

use super::arrow_schema;
use crate::Column;

/// Takes values, column by column or row by row, and makes batches of them.
#[derive(Debug)]
pub struct BatchBuilder {
    columns: Vec<Column>,
    schema: SchemaRef,
    builders: Vec<Builder>,
}

/// The values of a column so far.
#[derive(Debug)]
enum Builder {
    Text(StringBuilder),
    TextList(ListBuilder<StringBuilder>),
    Integer(Int64Builder),
    Number(Float64Builder),
    Boolean(BooleanBuilder),
    Day(Date32Builder),
    Instant(TimestampMillisecondBuilder),
}

impl BatchBuilder {
    /// Begins batches with these columns.
    #[must_use]
    pub fn new(columns: &[Column]) -> Self {
        Self {
            columns: columns.to_vec(),
            schema: arrow_schema(columns),
            builders: columns.iter().map(|column| Builder::new(column.value_type)).collect(),
        }
    }

    /// Puts the next value into the column at a place.
    ///
    /// # Panics
    ///
    /// When there is no such column, or the value is not of its type: the tests of the catalogue
    /// hold every deriving function to its description.
    pub fn push(&mut self, place: usize, value: &Value) {
        if !self.builders[place].push(value) {
            self.refuse(place, value);
        }
    }

    fn refuse(&self, place: usize, value: &Value) -> ! {
        let Column { name, value_type } = self.columns[place];
        panic!("{name} is declared {} but holds {value:?}", value_type.name())
    }

    /// Puts the next values into the column at a place: as [`BatchBuilder::push`], and quicker
    /// where none of them is known.
    ///
    /// # Panics
    ///
    /// As [`BatchBuilder::push`].
    pub fn extend<'a>(&mut self, place: usize, values: impl Iterator<Item = &'a Value> + Clone) {
        let builder = &mut self.builders[place];
        let count = values.clone().take_while(|value| value.is_null()).count();
        builder.push_nulls(count);
        let mut values = values.skip(count);
        let wrong = match builder {
            Builder::Text(builder) => values.find(|value| !push_text(builder, value)),
            Builder::Integer(builder) => values.find(|value| !push_integer(builder, value)),
            Builder::Boolean(builder) => values.find(|value| !push_boolean(builder, value)),
            builder => values.find(|value| !builder.push(value)),
        };
        if let Some(value) = wrong {
            self.refuse(place, value);
        }
    }

    /// The batch of what was put in; the next one begins empty.
    ///
    /// # Panics
    ///
    /// When the columns have different numbers of values.
    #[must_use]
    pub fn finish(&mut self) -> RecordBatch {
        let arrays = self.builders.iter_mut().map(Builder::finish).collect();
        RecordBatch::try_new(SchemaRef::clone(&self.schema), arrays)
            .expect("as many values in each column")
    }
}

impl Builder {
    fn new(value_type: ValueType) -> Self {
        match value_type {
            ValueType::Text => Self::Text(StringBuilder::new()),
            ValueType::TextList => Self::TextList(ListBuilder::new(StringBuilder::new())),
            ValueType::Integer => Self::Integer(Int64Builder::new()),
            ValueType::Number => Self::Number(Float64Builder::new()),
            ValueType::Boolean => Self::Boolean(BooleanBuilder::new()),
            ValueType::Day => Self::Day(Date32Builder::new()),
            ValueType::Instant => Self::Instant(instants(0)),
        }
    }

    /// Takes a value; says whether it is of the column's type.
    fn push(&mut self, value: &Value) -> bool {
        match (self, value) {
            (Self::Text(builder), value) => return push_text(builder, value),
            (Self::TextList(builder), Value::TextList(items)) => {
                for item in items {
                    builder.values().append_value(item);
                }
                builder.append(true);
            }
            (Self::TextList(builder), Value::Null) => builder.append_null(),
            (Self::Integer(builder), value) => return push_integer(builder, value),
            (Self::Number(builder), Value::Number(number)) => builder.append_value(*number),
            (Self::Number(builder), Value::Null) => builder.append_null(),
            (Self::Boolean(builder), value) => return push_boolean(builder, value),
            (Self::Day(builder), Value::Day(day)) => builder.append_value(day.epoch_days()),
            (Self::Day(builder), Value::Null) => builder.append_null(),
            (Self::Instant(builder), Value::Instant(at)) => builder.append_value(at.millis()),
            (Self::Instant(builder), Value::Null) => builder.append_null(),
            _ => return false,
        }
        true
    }

    fn push_nulls(&mut self, count: usize) {
        match self {
            Self::Text(builder) => builder.append_nulls(count),
            Self::TextList(builder) => builder.append_nulls(count),
            Self::Integer(builder) => builder.append_nulls(count),
            Self::Number(builder) => builder.append_nulls(count),
            Self::Boolean(builder) => builder.append_nulls(count),
            Self::Day(builder) => builder.append_nulls(count),
            Self::Instant(builder) => builder.append_nulls(count),
        }
    }

    /// What was put in; there is room for as much again, since to grow costs as much as to fill.
    fn finish(&mut self) -> ArrayRef {
        match self {
            Self::Text(builder) => {
                let next =
                    StringBuilder::with_capacity(builder.len(), builder.values_slice().len());
                Arc::new(std::mem::replace(builder, next).finish())
            }
            Self::TextList(builder) => {
                let items = builder.values();
                let next = StringBuilder::with_capacity(items.len(), items.values_slice().len());
                let next = ListBuilder::with_capacity(next, builder.len());
                Arc::new(std::mem::replace(builder, next).finish())
            }
            Self::Integer(builder) => finish(builder, PrimitiveBuilder::with_capacity),
            Self::Number(builder) => finish(builder, PrimitiveBuilder::with_capacity),
            Self::Boolean(builder) => finish(builder, BooleanBuilder::with_capacity),
            Self::Day(builder) => finish(builder, PrimitiveBuilder::with_capacity),
            Self::Instant(builder) => finish(builder, instants),
        }
    }
}

fn push_text(builder: &mut StringBuilder, value: &Value) -> bool {
    match value {
        Value::Text(text) => builder.append_value(text),
        Value::Null => builder.append_null(),
        _ => return false,
    }
    true
}

fn push_integer(builder: &mut Int64Builder, value: &Value) -> bool {
    match value {
        Value::Integer(number) => builder.append_value(*number),
        Value::Null => builder.append_null(),
        _ => return false,
    }
    true
}

fn push_boolean(builder: &mut BooleanBuilder, value: &Value) -> bool {
    match value {
        Value::Boolean(is_true) => builder.append_value(*is_true),
        Value::Null => builder.append_null(),
        _ => return false,
    }
    true
}

fn finish<B: ArrayBuilder>(builder: &mut B, with_room: impl FnOnce(usize) -> B) -> ArrayRef {
    let next = with_room(builder.len());
    std::mem::replace(builder, next).finish()
}

fn instants(room: usize) -> TimestampMillisecondBuilder {
    TimestampMillisecondBuilder::with_capacity(room).with_timezone("UTC")
}
