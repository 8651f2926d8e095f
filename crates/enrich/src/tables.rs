//! The records of all snapshots of a collection, joined into models and readings.
//!
//! [`Tables::join`] says what the join means. A collection of millions of models is joined the same
//! way without all of its records in memory: [`IdentityFinder`] finds out from the ids which
//! records are of one model, and [`merge`] joins the records of some models, whose facts it only
//! points to.

mod identities;
mod merge;
mod model_rows;
mod rows;

use std::collections::{BTreeMap, HashMap};

use schema::{Instant, Value, ValueType};

use crate::facts::Facts;
use crate::identity::current_id;
use crate::{Counters, Record, Registry};

pub use crate::facts::FACT_COLUMNS;
pub use identities::{Identities, Identity, IdentityFinder};
pub use merge::{Merged, MergedModel, Place, merge};
pub use model_rows::ModelRows;
pub use rows::{
    ID_COLUMNS, RECORD_COLUMNS, SHORT_COLUMNS, ShortRecord, give_record, short_records,
};

/// The columns of the models table before the facts.
pub const IDENTITY_COLUMNS: [(&str, ValueType); 5] = [
    ("model_key", ValueType::Text),
    ("model_id", ValueType::Text),
    ("hub_id", ValueType::Text),
    ("first_seen_at", ValueType::Instant),
    ("last_seen_at", ValueType::Instant),
];

/// The columns of the table of ids that models had before: the model's row, the id, and when the
/// model was last read under it.
pub const FORMER_ID_COLUMNS: [(&str, ValueType); 3] = [
    ("model", ValueType::Integer),
    ("former_id", ValueType::Text),
    ("last_seen_at", ValueType::Instant),
];

/// The columns of the models table, in order.
pub static MODEL_COLUMNS: std::sync::LazyLock<Vec<(&'static str, ValueType)>> =
    std::sync::LazyLock::new(|| [&IDENTITY_COLUMNS[..], FACT_COLUMNS].concat());

/// The records of one snapshot.
#[derive(Debug, Clone, PartialEq)]
pub struct SnapshotRecords {
    /// The snapshot's place in the list of snapshots.
    pub snapshot: u32,
    /// Its sound rows.
    pub records: Vec<Record>,
}

/// One model of a collection: its identity and the newest that is known of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// What makes it the same model over time: the Hub's `_id` where known, else its current id.
    pub key: String,
    /// Its current id.
    pub model_id: String,
    /// The Hub's `_id`.
    pub hub_id: Option<String>,
    /// Its first reading.
    pub first_seen_at: Instant,
    /// Its last reading.
    pub last_seen_at: Instant,
    /// The newest known facts.
    pub facts: Facts,
}

/// The counters of one model at one instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// The model's place in [`Tables::models`].
    pub model: u32,
    /// When it was read.
    pub at: Instant,
    /// The snapshot it comes from.
    pub snapshot: u32,
    /// What was read.
    pub counters: Counters,
}

/// An id under which a model was read before it got the one that it has.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FormerId {
    /// The model's place in [`Tables::models`].
    pub model: u32,
    /// The id.
    pub id: String,
    /// When the model was last read under it.
    pub last_seen_at: Instant,
}

/// What a collection's snapshots say together.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tables {
    /// Models, sorted by key.
    pub models: Vec<Model>,
    /// Readings, sorted by model, then instant, then snapshot.
    pub readings: Vec<Reading>,
    /// Ids that models had before, sorted by model, then id.
    pub former_ids: Vec<FormerId>,
}

impl Tables {
    /// Joins snapshots by model identity, all of them in memory. The order of the snapshots does
    /// not matter.
    #[must_use]
    pub fn join(registry: &Registry, mut snapshots: Vec<SnapshotRecords>) -> Self {
        for snapshot in &mut snapshots {
            for record in &mut snapshot.records {
                record.model_id = current_id(registry, &record.model_id, record.at).to_owned();
            }
        }
        let hub_ids = newest_hub_ids(&snapshots);
        let mut records: Vec<(String, u32, Record)> = snapshots
            .into_iter()
            .flat_map(|SnapshotRecords { snapshot, records }| {
                records.into_iter().map(move |record| (snapshot, record))
            })
            .map(|(snapshot, record)| (key_of(&record, &hub_ids), snapshot, record))
            .collect();
        records.sort_by(|(key_a, snapshot_a, a), (key_b, snapshot_b, b)| {
            (key_a, a.at, snapshot_a, a.line).cmp(&(key_b, b.at, snapshot_b, b.line))
        });
        let mut tables = Self::default();
        let mut seen: BTreeMap<(u32, String), Instant> = BTreeMap::new();
        for (key, snapshot, record) in records {
            let (id, at) = (record.model_id.clone(), record.at);
            tables.take(key, snapshot, record);
            seen.insert((tables.models.len() as u32 - 1, id), at);
        }
        let is_former = |((model, id), _): &((u32, String), Instant)| {
            *id != tables.models[*model as usize].model_id
        };
        let former = seen.into_iter().filter(is_former);
        tables.former_ids = former
            .map(|((model, id), last_seen_at)| FormerId { model, id, last_seen_at })
            .collect();
        tables
    }

    /// Takes the next record in the order of keys and instants.
    fn take(&mut self, key: String, snapshot: u32, record: Record) {
        let Record { model_id, hub_id, at, counters, facts, .. } = record;
        match self.models.last_mut() {
            Some(model) if model.key == key => {
                model.model_id = model_id;
                model.hub_id = hub_id.or(model.hub_id.take());
                model.last_seen_at = at;
                model.facts.update(facts);
            }
            _ => self.models.push(Model {
                key,
                model_id,
                hub_id,
                first_seen_at: at,
                last_seen_at: at,
                facts,
            }),
        }
        let model = self.models.len() as u32 - 1;
        // Names that meet in one model may be read twice at one instant; the later line holds.
        match self.readings.last_mut() {
            Some(last) if (last.model, last.at, last.snapshot) == (model, at, snapshot) => {
                last.counters = counters;
            }
            _ => self.readings.push(Reading { model, at, snapshot, counters }),
        }
    }
}

impl Model {
    /// A model of which only the id and some facts are known.
    #[must_use]
    pub fn new(model_id: &str, facts: Facts) -> Self {
        Self {
            key: model_id.to_owned(),
            model_id: model_id.to_owned(),
            hub_id: None,
            first_seen_at: Instant::from_millis(0),
            last_seen_at: Instant::from_millis(0),
            facts,
        }
    }

    /// The model as a row of the models table, in the order of [`MODEL_COLUMNS`].
    #[must_use]
    pub fn into_values(self) -> Vec<Value> {
        let mut values: Vec<Value> = vec![
            self.key.into(),
            self.model_id.into(),
            self.hub_id.into(),
            self.first_seen_at.into(),
            self.last_seen_at.into(),
        ];
        values.extend(self.facts.into_values());
        values
    }
}

/// For each id the `_id` it was last seen with, so that sources without `_id` join by name.
fn newest_hub_ids(snapshots: &[SnapshotRecords]) -> HashMap<String, String> {
    let mut newest: BTreeMap<&str, (Instant, &str)> = BTreeMap::new();
    for record in snapshots.iter().flat_map(|snapshot| &snapshot.records) {
        let Some(hub_id) = record.hub_id.as_deref() else { continue };
        let seen = newest.entry(&record.model_id).or_insert((record.at, hub_id));
        if (record.at, hub_id) > *seen {
            *seen = (record.at, hub_id);
        }
    }
    newest.into_iter().map(|(id, (_, hub_id))| (id.to_owned(), hub_id.to_owned())).collect()
}

fn key_of(record: &Record, hub_ids: &HashMap<String, String>) -> String {
    let known = record.hub_id.as_ref().or_else(|| hub_ids.get(&record.model_id));
    known.unwrap_or(&record.model_id).clone()
}

#[cfg(test)]
mod tests;
