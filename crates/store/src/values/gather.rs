//! Rows of several batches put together to one.

use std::sync::Arc;

use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Float64Type, Int64Type, TimestampMillisecondType,
};
use arrow_array::{Array, ArrayRef, BooleanArray, PrimitiveArray, RecordBatch, new_empty_array};
use schema::ValueType;

use super::{arrow_schema, arrow_type};
use crate::{Column, Error, Result};

/// One value of a column of several batches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pick {
    /// Which batch.
    pub source: u32,
    /// Which row of it.
    pub row: u32,
}

/// Makes a batch of values that are picked from several batches, for each column a list of picks;
/// no pick is null. A batch of which nothing is picked need not have the column.
///
/// # Panics
///
/// When a pick lies beyond its batch, or the columns have different numbers of picks.
pub fn gather(
    columns: &[Column],
    sources: &[RecordBatch],
    picks: &[Vec<Option<Pick>>],
) -> Result<RecordBatch> {
    assert_eq!(columns.len(), picks.len(), "a list of picks for each column");
    gather_each(columns, sources, picks.iter().map(Vec::as_slice))
}

/// As [`gather`], where the same rows are picked of every column.
///
/// # Panics
///
/// When a pick lies beyond its batch.
pub fn gather_rows(
    columns: &[Column],
    sources: &[RecordBatch],
    picks: &[Option<Pick>],
) -> Result<RecordBatch> {
    gather_each(columns, sources, columns.iter().map(|_| picks))
}

fn gather_each<'a>(
    columns: &[Column],
    sources: &[RecordBatch],
    picks: impl Iterator<Item = &'a [Option<Pick>]>,
) -> Result<RecordBatch> {
    let array = |(column, picks): (&Column, &[Option<Pick>])| {
        let arrays = sources.iter().map(|batch| match batch.column_by_name(column.name) {
            Some(array) => Arc::clone(array),
            None => new_empty_array(&arrow_type(column.value_type)),
        });
        gather_column(column, &arrays.collect::<Vec<_>>(), picks)
    };
    let arrays = columns.iter().zip(picks).map(array).collect::<Result<Vec<_>>>()?;
    Ok(RecordBatch::try_new(arrow_schema(columns), arrays)
        .expect("columns are made to the schema above"))
}

fn gather_column(
    column: &Column,
    sources: &[ArrayRef],
    picks: &[Option<Pick>],
) -> Result<ArrayRef> {
    if sources.iter().any(|source| *source.data_type() != arrow_type(column.value_type)) {
        let expected = column.value_type.name();
        return Err(Error::Column { column: column.name.to_owned(), expected });
    }
    Ok(match column.value_type {
        ValueType::Text => texts(sources, picks),
        ValueType::TextList => lists(sources, picks),
        ValueType::Boolean => booleans(sources, picks),
        ValueType::Integer => Arc::new(primitives::<Int64Type>(sources, picks)),
        ValueType::Number => Arc::new(primitives::<Float64Type>(sources, picks)),
        ValueType::Day => Arc::new(primitives::<Date32Type>(sources, picks)),
        ValueType::Instant => {
            Arc::new(primitives::<TimestampMillisecondType>(sources, picks).with_timezone("UTC"))
        }
    })
}

fn booleans(sources: &[ArrayRef], picks: &[Option<Pick>]) -> ArrayRef {
    let sources: Vec<_> = sources.iter().map(AsArray::as_boolean).collect();
    let value = |Pick { source, row }: Pick| {
        let source = sources[source as usize];
        source.is_valid(row as usize).then(|| source.value(row as usize))
    };
    Arc::new(picks.iter().map(|pick| pick.and_then(value)).collect::<BooleanArray>())
}

fn texts(sources: &[ArrayRef], picks: &[Option<Pick>]) -> ArrayRef {
    let sources: Vec<_> = sources.iter().map(AsArray::as_string::<i32>).collect();
    let mut builder = StringBuilder::new();
    for pick in picks {
        let value = pick.and_then(|Pick { source, row }| {
            let source = sources[source as usize];
            source.is_valid(row as usize).then(|| source.value(row as usize))
        });
        builder.append_option(value);
    }
    Arc::new(builder.finish())
}

fn lists(sources: &[ArrayRef], picks: &[Option<Pick>]) -> ArrayRef {
    let sources: Vec<_> = sources
        .iter()
        .map(|source| {
            let lists = source.as_list::<i32>();
            (lists, lists.values().as_string::<i32>())
        })
        .collect();
    let mut builder = ListBuilder::new(StringBuilder::new());
    for pick in picks {
        let list = pick.and_then(|Pick { source, row }| {
            let (lists, items) = sources[source as usize];
            let row = row as usize;
            let offsets = lists.value_offsets();
            let range = offsets[row] as usize..offsets[row + 1] as usize;
            lists.is_valid(row).then_some((items, range))
        });
        if let Some((items, range)) = list {
            range.for_each(|item| {
                let item = items.is_valid(item).then(|| items.value(item));
                builder.values().append_option(item);
            });
            builder.append(true);
        } else {
            builder.append_null();
        }
    }
    Arc::new(builder.finish())
}

fn primitives<T: ArrowPrimitiveType>(
    sources: &[ArrayRef],
    picks: &[Option<Pick>],
) -> PrimitiveArray<T> {
    let sources: Vec<_> = sources.iter().map(AsArray::as_primitive::<T>).collect();
    let value = |Pick { source, row }: Pick| {
        let source = sources[source as usize];
        source.is_valid(row as usize).then(|| source.value(row as usize))
    };
    picks.iter().map(|pick| pick.and_then(value)).collect()
}
