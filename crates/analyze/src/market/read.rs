//! The small tables of a release, read from Arrow.

use std::collections::HashMap;

use arrow_array::RecordBatch;
use arrow_array::cast::AsArray;
use arrow_array::types::Int32Type;
use panel::Grouping;
use schema::{Collection, Instant, Value, ValueType};
use store::{Column, values_of_batch};

use super::{Description, Disagreement, Event, EventKind, SnapshotInfo};
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
    let (inputs, confidence) = (column("inputs")?, column("confidence")?);
    let version = integers(batches, "version")?;
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
        version: version[row],
        inputs: inputs[row].split_whitespace().map(str::to_owned).collect(),
        confidence: confidence[row].clone(),
        is_groupable: is_groupable[row] == 1,
        is_ordered: is_ordered[row] == 1,
        known_count: known_count[row],
        example: example[row].clone(),
    };
    Ok((0..name.len()).map(description).collect())
}

/// The units of a groupable attribute, from its column alone.
pub(super) fn grouping(batches: &[RecordBatch], description: &Description) -> Result<Grouping> {
    let is_by_review = description.source.contains("registry/");
    let null_label = if is_by_review { UNREVIEWED } else { UNKNOWN };
    let wrong = || store::Error::Column { column: description.name.clone(), expected: "groupable" };
    let mut names = Names::default();
    let mut keys: Vec<Option<u32>> = Vec::new();
    for batch in batches {
        let column = batch.column(0);
        if description.value_type == ValueType::Boolean.name() {
            let (no, yes) = (names.key("no"), names.key("yes"));
            let column = column.as_boolean_opt().ok_or_else(wrong)?;
            keys.extend(column.iter().map(|value| value.map(|is| if is { yes } else { no })));
        } else {
            let column = column.as_dictionary_opt::<Int32Type>().ok_or_else(wrong)?;
            let values = column.values().as_string_opt::<i32>().ok_or_else(wrong)?;
            let of_batch: Vec<u32> =
                values.iter().map(|value| names.key(value.unwrap_or_default())).collect();
            keys.extend(column.keys().iter().map(|key| Some(of_batch[key? as usize])));
        }
    }
    Ok(Grouping::by_key(&keys, &names.names, null_label, UNKNOWN))
}

/// Names that were met, each with its place.
#[derive(Default)]
struct Names {
    names: Vec<String>,
    places: HashMap<String, u32>,
}

impl Names {
    fn key(&mut self, name: &str) -> u32 {
        if let Some(place) = self.places.get(name) {
            return *place;
        }
        let place = self.names.len() as u32;
        self.names.push(name.to_owned());
        self.places.insert(name.to_owned(), place);
        place
    }
}

/// Each model as a unit, from the column of ids alone.
pub(super) fn model_grouping(batches: &[RecordBatch]) -> Result<Grouping> {
    let wrong = || store::Error::Column { column: "model_id".to_owned(), expected: "text" };
    let mut ids: Vec<&str> = Vec::new();
    for batch in batches {
        let column = batch.column(0).as_dictionary_opt::<Int32Type>().ok_or_else(wrong)?;
        let values = column.values().as_string_opt::<i32>().ok_or_else(wrong)?;
        let id = |key: Option<i32>| key.map_or("", |key| values.value(key as usize));
        ids.extend(column.keys().iter().map(id));
    }
    Ok(Grouping::by_model(ids))
}

/// The marks of a panel.
pub(super) fn events(batches: &[RecordBatch]) -> Result<Vec<Event>> {
    let (kinds, whats) = (texts(batches, "kind")?, texts(batches, "text")?);
    let subjects = texts(batches, "subject")?;
    let number = |name| {
        let column = Column { name, value_type: ValueType::Integer };
        let values = values_of_batch(batches, &column)?.into_iter().map(|value| match value {
            Value::Integer(value) => Some(value),
            _ => None,
        });
        Ok::<Vec<Option<i64>>, Error>(values.collect())
    };
    let (at, models, of) = (number("at_ms")?, number("models")?, number("of")?);
    let event = |row: usize| {
        // A kind that this version does not know is no mark that it can draw.
        let kind = EventKind::from_name(kinds[row].as_deref()?)?;
        Some(Event {
            at: Instant::from_millis(at[row]?),
            kind,
            subject: subjects[row].clone(),
            models: models[row].map(i64::unsigned_abs),
            of: of[row].map(i64::unsigned_abs),
            text: whats[row].clone().unwrap_or_default(),
        })
    };
    Ok((0..kinds.len()).filter_map(event).collect())
}

/// How far two counters of the same downloads are apart.
pub(super) fn disagreement(batches: &[RecordBatch]) -> Result<Option<Disagreement>> {
    let number = |name| {
        let column = Column { name, value_type: ValueType::Number };
        let values = values_of_batch(batches, &column)?;
        Ok::<_, Error>(match values.first() {
            Some(Value::Number(number)) => Some(*number),
            _ => None,
        })
    };
    let compared = integers(batches, "compared")?.first().copied();
    let model_count = integers(batches, "model_count")?.first().copied();
    let (Some(compared), Some(model_count)) = (compared, model_count) else { return Ok(None) };
    Ok(Some(Disagreement {
        compared,
        model_count,
        median_ratio: number("median_ratio")?,
        low_ratio: number("low_ratio")?,
        high_ratio: number("high_ratio")?,
        tolerance: number("tolerance")?,
        share_beyond_tolerance: number("share_beyond_tolerance")?,
    }))
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
