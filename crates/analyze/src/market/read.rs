//! The small tables of a release, read from Arrow.

use std::collections::BTreeMap;

use arrow_array::RecordBatch;
use arrow_array::cast::AsArray;
use panel::Grouping;
use schema::{Collection, Instant, Value, ValueType};
use store::{Column, values_of_batch};

use super::{Description, SnapshotInfo};
use crate::{Error, Result};

/// What an attribute says when a review found that it cannot be told.
const UNKNOWN: &str = "unknown";
/// Mass of owners that nobody reviewed.
const UNREVIEWED: &str = "unreviewed";

pub(super) fn texts(batches: &[RecordBatch], name: &'static str) -> Result<Vec<Option<String>>> {
    let values = values_of_batch(batches, &Column { name, value_type: ValueType::Text })?;
    Ok(values
        .into_iter()
        .map(|value| if let Value::Text(text) = value { Some(text) } else { None })
        .collect())
}

fn integers(batches: &[RecordBatch], name: &'static str) -> Result<Vec<u64>> {
    let values = values_of_batch(batches, &Column { name, value_type: ValueType::Integer })?;
    let integer = |value| match value {
        Value::Integer(value) => value.unsigned_abs(),
        _ => 0,
    };
    Ok(values.into_iter().map(integer).collect())
}

pub(super) fn descriptions(batches: &[RecordBatch]) -> Result<Vec<Description>> {
    let column = |name| {
        let texts = texts(batches, name)?;
        Ok::<_, Error>(texts.into_iter().map(Option::unwrap_or_default).collect::<Vec<_>>())
    };
    let (name, value_type, unit) = (column("name")?, column("type")?, column("unit")?);
    let (title, meaning, source) = (column("title")?, column("meaning")?, column("source")?);
    let (method, family, example) = (column("method")?, column("family")?, column("example")?);
    let is_groupable = integers(batches, "is_groupable")?;
    let is_ordered = integers(batches, "is_ordered")?;
    let known_count = integers(batches, "known_count")?;
    let description = |row: usize| Description {
        name: name[row].clone(),
        value_type: value_type[row].clone(),
        unit: unit[row].clone(),
        title: title[row].clone(),
        meaning: meaning[row].clone(),
        source: source[row].clone(),
        method: method[row].clone(),
        family: family[row].clone(),
        is_groupable: is_groupable[row] == 1,
        is_ordered: is_ordered[row] == 1,
        known_count: known_count[row],
        example: example[row].clone(),
    };
    Ok((0..name.len()).map(description).collect())
}

pub(super) fn groupings(
    batches: &[RecordBatch],
    descriptions: &[Description],
) -> Result<BTreeMap<String, Grouping>> {
    let mut groupings = BTreeMap::new();
    for description in descriptions.iter().filter(|description| description.is_groupable) {
        let labels = labels(batches, &description.name, &description.value_type)?;
        let is_by_review = description.source.contains("registry/");
        let null_label = if is_by_review { UNREVIEWED } else { UNKNOWN };
        let grouping = Grouping::by_value(&labels, null_label, UNKNOWN);
        groupings.insert(description.name.clone(), grouping);
    }
    Ok(groupings)
}

fn labels(batches: &[RecordBatch], name: &str, value_type: &str) -> Result<Vec<Option<String>>> {
    let mut labels = Vec::new();
    for batch in batches {
        let wrong = || store::Error::Column { column: name.to_owned(), expected: "groupable" };
        let column = batch.column_by_name(name).ok_or_else(wrong)?;
        if value_type == ValueType::Boolean.name() {
            let column = column.as_boolean_opt().ok_or_else(wrong)?;
            labels.extend(column.iter().map(|value| {
                value.map(|is_true| if is_true { "yes".to_owned() } else { "no".to_owned() })
            }));
        } else {
            let column = column.as_string_opt::<i32>().ok_or_else(wrong)?;
            labels.extend(column.iter().map(|value| value.map(str::to_owned)));
        }
    }
    Ok(labels)
}

pub(super) fn snapshots(batches: &[RecordBatch]) -> Result<Vec<SnapshotInfo>> {
    let (name, file) = (texts(batches, "name")?, texts(batches, "file")?);
    let (rows, problems) = (integers(batches, "row_count")?, integers(batches, "problem_count")?);
    let column = Column { name: "read_at", value_type: ValueType::Instant };
    let read_at = values_of_batch(batches, &column)?;
    let snapshot = |row: usize| SnapshotInfo {
        name: name[row].clone().unwrap_or_default(),
        file: file[row].clone().unwrap_or_default(),
        read_at: match read_at[row] {
            Value::Instant(at) => at,
            _ => Instant::from_millis(0),
        },
        row_count: rows[row],
        problem_count: problems[row],
    };
    Ok((0..name.len()).map(snapshot).collect())
}

pub(super) fn collection(batches: &[RecordBatch], is_simulated: bool) -> Result<Collection> {
    let text = |name| {
        let first = texts(batches, name)?.into_iter().next().flatten();
        Ok::<_, Error>(first.unwrap_or_default())
    };
    Ok(Collection {
        name: text("name")?,
        title: text("title")?,
        covers: text("covers")?,
        source: text("source")?,
        is_simulated,
    })
}
