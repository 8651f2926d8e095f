//! The records of some models, from all snapshots, as rows of the tables.

use std::collections::{BTreeSet, HashSet};
use std::ops::Range;

use analyze::panel_columns::{readings_batch, windows_batch};
use anyhow::Context;
use enrich::{
    FACT_COLUMNS, FORMER_ID_COLUMNS, FormerId, ID_COLUMNS, IDENTITY_COLUMNS, Identities, Merged,
    Place, Reading, SHORT_COLUMNS, merge, short_records,
};
use panel::CounterReading;
use panel::flow::WindowFlow;
use schema::{Instant, Value};
use store::{
    Column, Layer, Pick, RecordBatch, Store, Table, batch_of_values, beside, gather,
    values_of_batch,
};

use crate::pipeline::records::{RECORDS, SUPERSEDED, SUPERSEDED_COLUMN};

const DAY_MS: i64 = 86_400_000;

/// The records of one raw entry.
pub(super) struct Snapshot {
    pub table: Table,
    /// The places in the entry of records that do not count.
    pub superseded: HashSet<i64>,
    /// Records that count.
    pub row_count: u64,
    pub problem_count: u64,
}

impl Snapshot {
    pub(super) fn open(store: &Store, collection: &str, name: &str) -> anyhow::Result<Self> {
        let manifest = store.manifest(Layer::Records, collection, name)?;
        let superseded = store.read_table(Layer::Records, collection, name, SUPERSEDED)?;
        let superseded = values_of_batch(&superseded, &SUPERSEDED_COLUMN)?;
        let ordinal = |value| if let Value::Integer(at) = value { Some(at) } else { None };
        Ok(Self {
            table: store.open_table(Layer::Records, collection, name, RECORDS)?,
            superseded: superseded.into_iter().filter_map(ordinal).collect(),
            row_count: manifest.row_count,
            problem_count: manifest.problem_count,
        })
    }

    /// The ids of a part of the records.
    pub(super) fn read_ids(&self, part: usize) -> store::Result<Option<RecordBatch>> {
        self.table.read_part(part, Some(&ID_COLUMNS))
    }
}

/// What is joined.
pub(super) struct Joining<'a> {
    pub snapshots: &'a [Snapshot],
    pub identities: &'a Identities,
}

impl Joining<'_> {
    /// The rows of some models in the tables of models, readings, windows and former ids.
    pub(super) fn join(&self, models: &Range<u32>) -> anyhow::Result<[RecordBatch; 4]> {
        let mut records = Vec::new();
        for (place, snapshot) in (0..).zip(self.snapshots) {
            let rows = self.identities.rows_of(place, models);
            if let Some(batch) = snapshot.table.read_rows(&rows, &SHORT_COLUMNS)? {
                records.extend(short_records(&batch, place, &rows, self.identities));
            }
        }
        let merged = merge(models, records);
        let columns = IDENTITY_COLUMNS.map(|(name, value_type)| Column { name, value_type });
        let identity = batch_of_values(&columns, &merged.identity_values(self.identities));
        let (readings, snapshots) = readings(&merged.readings);
        Ok([
            beside(&identity, &self.facts(&merged)?),
            readings_batch(&readings, &snapshots),
            windows_batch(&windows(&merged.readings)),
            former_ids(merged.former_ids(self.identities)),
        ])
    }

    /// The facts that were pointed to. Of a snapshot only those rows and columns are read that
    /// something points to: of all but the newest that is little.
    fn facts(&self, merged: &Merged) -> anyhow::Result<RecordBatch> {
        let columns: Vec<Column> = FACT_COLUMNS
            .iter()
            .map(|(name, value_type)| Column { name, value_type: *value_type })
            .collect();
        let mut sources = Vec::new();
        let mut picks = vec![vec![None; merged.models.len()]; columns.len()];
        for (place, snapshot) in (0..).zip(self.snapshots) {
            let wanted = Wanted::of(place, merged);
            let names: Vec<&str> = wanted.facts.iter().map(|fact| columns[*fact].name).collect();
            let Some(batch) = snapshot.table.read_rows(&wanted.rows, &names)? else { continue };
            let source = sources.len() as u32;
            sources.push(batch);
            for fact in wanted.facts {
                for (pick, at) in picks[fact].iter_mut().zip(&merged.facts[fact]) {
                    let Some(Place { row, .. }) = at.filter(|at| at.snapshot == place) else {
                        continue;
                    };
                    let row = wanted.rows.binary_search(&row).ok().context("a row is missing")?;
                    *pick = Some(Pick { source, row: row as u32 });
                }
            }
        }
        Ok(gather(&columns, &sources, &picks)?)
    }
}

/// The columns of the table of ids that models had before.
pub(super) fn former_id_columns() -> [Column; 3] {
    FORMER_ID_COLUMNS.map(|(name, value_type)| Column { name, value_type })
}

fn former_ids(known: Vec<FormerId>) -> RecordBatch {
    let mut columns: Vec<Vec<Value>> = vec![Vec::new(); FORMER_ID_COLUMNS.len()];
    for FormerId { model, id, last_seen_at } in known {
        let row: [Value; 3] = [i64::from(model).into(), id.into(), last_seen_at.into()];
        columns.iter_mut().zip(row).for_each(|(column, value)| column.push(value));
    }
    batch_of_values(&former_id_columns(), &columns)
}

/// What is wanted of a snapshot.
struct Wanted {
    /// Rows of its table, rising.
    rows: Vec<u32>,
    /// Places of facts, rising.
    facts: BTreeSet<usize>,
}

impl Wanted {
    fn of(snapshot: u32, merged: &Merged) -> Self {
        let mut rows = Vec::new();
        let mut facts = BTreeSet::new();
        for (fact, places) in merged.facts.iter().enumerate() {
            let before = rows.len();
            let here = places.iter().flatten().filter(|at| at.snapshot == snapshot);
            rows.extend(here.map(|at| at.row));
            if rows.len() > before {
                facts.insert(fact);
            }
        }
        rows.sort_unstable();
        rows.dedup();
        Self { rows, facts }
    }
}

/// Readings as the panel has them, and the snapshot of each.
fn readings(readings: &[Reading]) -> (Vec<(u32, CounterReading)>, Vec<u32>) {
    let reading = |reading: &Reading| {
        let counters = reading.counters;
        let of_panel = CounterReading {
            at: reading.at,
            downloads_30d: counters.downloads_30d,
            downloads_all_time: counters.downloads_all_time,
            likes: counters.likes,
        };
        (reading.model, of_panel)
    };
    let snapshots = readings.iter().map(|reading| reading.snapshot).collect();
    (readings.iter().map(reading).collect(), snapshots)
}

/// The windows that end with readings.
fn windows(readings: &[Reading]) -> Vec<(u32, WindowFlow)> {
    let window = |reading: &Reading| {
        let window = reading.counters.downloads_window?;
        let from = Instant::from_millis(reading.at.millis() - i64::from(window.days) * DAY_MS);
        let flow = WindowFlow { from, to: reading.at, downloads: window.downloads };
        Some((reading.model, flow))
    };
    readings.iter().filter_map(window).collect()
}
