//! What a value rests on, and which snapshot told it.

use std::collections::BTreeMap;

use enrich::{FACT_COLUMNS, Model, Registry};
use schema::{Instant, Value, ValueType};
use store::{Column, Layer, Release, Store, texts_of_batch, values_of_batch};

use crate::Result;

/// The layer `records` keeps its rows in this file.
const RECORDS: &str = "records.parquet";
const SNAPSHOTS: &str = "snapshots.parquet";
/// Facts whose being known is noted in the first of the two columns for it.
const FIRST_FACTS: usize = 64;

/// One of the things that a value is derived from.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// The fact, by the name of its column, or what lies beside the facts, as `lineage`.
    pub name: String,
    /// What it says; null where no source has said anything.
    pub value: Value,
    /// Which reading told it last.
    pub place: Option<Place>,
}

impl Evidence {
    /// What no file tells.
    pub(crate) fn of_words(name: &str, words: &str) -> Self {
        Self { name: name.to_owned(), value: words.into(), place: None }
    }
}

/// A row of a snapshot or of the registry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file, as the person who imported it knows it.
    pub file: String,
    /// The line, or the row of a table, counted from 1.
    pub line: u64,
    /// When it was read; of a row of the registry, the day of its review.
    pub read_at: Instant,
}

/// Which reading told each fact of a model last.
#[derive(Debug, Default)]
pub(crate) struct Places(BTreeMap<usize, Place>);

impl Places {
    /// Looks through the snapshots of a release, the newest first, until every fact that the model
    /// has was found.
    pub(crate) fn find(
        store: &Store,
        release: &Release,
        registry: &Registry,
        model: &Model,
    ) -> Result<Self> {
        let facts = model.facts.clone().into_values();
        let has_fact = |fact: &usize| !facts[*fact].is_null();
        let mut wanted: Vec<usize> = (0..FACT_COLUMNS.len()).filter(has_fact).collect();
        let mut places = BTreeMap::new();
        for Snapshot { file, records } in newest_first(store, release)? {
            if wanted.is_empty() {
                break;
            }
            for record in records_of(store, release, &records, registry, model)? {
                let (found, rest) = wanted.into_iter().partition(|fact| record.knows(*fact));
                wanted = rest;
                let found: Vec<usize> = found;
                let place = Place { file: file.clone(), line: record.line, read_at: record.at };
                places.extend(found.into_iter().map(|fact| (fact, place.clone())));
            }
        }
        Ok(Self(places))
    }

    /// The evidence for one input of an attribute.
    pub(crate) fn evidence(&self, input: &str, model: &Model, data_through: Instant) -> Evidence {
        let fact = FACT_COLUMNS.iter().position(|(name, _)| *name == input);
        let value = match (input, fact) {
            (_, Some(fact)) => model.facts.clone().into_values().swap_remove(fact),
            ("model_id", _) => model.model_id.as_str().into(),
            ("seen", _) => format!("from {} to {}", model.first_seen_at, model.last_seen_at).into(),
            ("as_of", _) => data_through.into(),
            ("readings", _) => "the counters of all models of the collection".into(),
            _ => Value::Null,
        };
        let place = fact.and_then(|fact| self.0.get(&fact).cloned());
        Evidence { name: input.to_owned(), value, place }
    }
}

struct Snapshot {
    file: String,
    /// The entry of its records.
    records: String,
}

fn newest_first(store: &Store, release: &Release) -> Result<Vec<Snapshot>> {
    let Release { collection, tables, .. } = release;
    let batches = store.read_table(Layer::Tables, collection, tables, SNAPSHOTS)?;
    let column = |name, value_type| values_of_batch(&batches, &Column { name, value_type });
    let files = column("file", ValueType::Text)?;
    let read = column("read_at", ValueType::Instant)?;
    // Tables are made of the records of each snapshot, in the order of the snapshots.
    let manifest = store.manifest(Layer::Tables, collection, tables)?;
    let entry = |name: String| name.rsplit('/').next().unwrap_or_default().to_owned();
    let records = manifest.inputs.into_iter().map(|input| entry(input.name));
    let mut snapshots: Vec<(Option<Instant>, Snapshot)> = files
        .into_iter()
        .zip(read)
        .zip(records)
        .map(|((file, read), records)| {
            let file = if let Value::Text(file) = file { file } else { String::new() };
            let read_at = if let Value::Instant(at) = read { Some(at) } else { None };
            (read_at, Snapshot { file, records })
        })
        .collect();
    snapshots.sort_by_key(|(read_at, _)| std::cmp::Reverse(*read_at));
    Ok(snapshots.into_iter().map(|(_, snapshot)| snapshot).collect())
}

/// One row of a snapshot about the model.
struct Told {
    line: u64,
    at: Instant,
    known: [i64; 2],
}

impl Told {
    fn knows(&self, fact: usize) -> bool {
        self.known[fact / FIRST_FACTS] >> (fact % FIRST_FACTS) & 1 == 1
    }
}

/// The rows of a snapshot about a model, the newest first.
fn records_of(
    store: &Store,
    release: &Release,
    entry: &str,
    registry: &Registry,
    model: &Model,
) -> Result<Vec<Told>> {
    let table = store.open_table(Layer::Records, &release.collection, entry, RECORDS)?;
    let ids = ["model_id", "hub_id", "at"];
    let mut rows: Vec<u32> = Vec::new();
    let mut first = 0;
    for batch in table.read(Some(&ids))? {
        let at = Column { name: "at", value_type: ValueType::Instant };
        let at = values_of_batch(std::slice::from_ref(&batch), &at)?;
        let (ids, hub_ids) =
            (texts_of_batch(&batch, "model_id")?, texts_of_batch(&batch, "hub_id")?);
        for (row, ((id, hub), at)) in ids.zip(hub_ids).zip(at).enumerate() {
            let (Some(id), Value::Instant(at)) = (id, at) else { continue };
            let is_same = match (&model.hub_id, hub) {
                (Some(known), Some(hub)) => *known == hub,
                _ => registry.current_id(id, at) == model.model_id,
            };
            if is_same {
                rows.push(first + row as u32);
            }
        }
        first += batch.num_rows() as u32;
    }
    let columns = ["line", "at", "known_facts", "more_known_facts"];
    let batch = table.read_rows(&rows, &columns)?;
    let column = |name, value_type| values_of_batch(batch.as_slice(), &Column { name, value_type });
    let integers = |name| {
        let values = column(name, ValueType::Integer)?.into_iter();
        let integer = |value| if let Value::Integer(value) = value { value } else { 0 };
        Ok::<_, crate::Error>(values.map(integer).collect::<Vec<i64>>())
    };
    if batch.is_none() {
        return Ok(Vec::new());
    }
    let (line, low, high) =
        (integers("line")?, integers("known_facts")?, integers("more_known_facts")?);
    let at = column("at", ValueType::Instant)?;
    let told = (0..line.len()).filter_map(|row| {
        let Value::Instant(at) = at[row] else { return None };
        Some(Told { line: line[row].unsigned_abs(), at, known: [low[row], high[row]] })
    });
    let mut told: Vec<Told> = told.collect();
    told.sort_by_key(|told| std::cmp::Reverse((told.at, told.line)));
    Ok(told)
}
