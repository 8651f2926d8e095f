//! raw → tables: typed, no judgement.

use analyze::panel_columns::{readings, readings_batch, windows_batch};
use anyhow::{Context, bail};
use enrich::{
    MODEL_COLUMNS, Model, Reading, Registry, SnapshotRecords, Tables, models_from_values,
};
use panel::CounterReading;
use panel::flow::WindowFlow;
use schema::{Instant, Problem, Value, ValueType};
use store::{Column, Draft, Layer, Store, batch_of_values, schema_fingerprint, values_of_batch};

use super::origin;
use super::problems::{PROBLEM_COLUMNS, problem_values};
use super::raw::RawEntry;
use super::records;

pub(super) const MODELS: &str = "models.parquet";
pub(super) const READINGS: &str = "readings.parquet";
/// Flows that sources give themselves.
pub(super) const WINDOWS: &str = "windows.parquet";
const DAY_MS: i64 = 86_400_000;
/// Models turned into Arrow at once, so that memory stays bounded.
const BATCH_ROWS: usize = 32_768;

const fn column(name: &'static str, value_type: ValueType) -> Column {
    Column { name, value_type }
}

const SNAPSHOT_COLUMNS: [Column; 5] = [
    column("name", ValueType::Text),
    column("file", ValueType::Text),
    column("read_at", ValueType::Instant),
    column("row_count", ValueType::Integer),
    column("problem_count", ValueType::Integer),
];

const COLLECTION_COLUMNS: [Column; 4] = [
    column("name", ValueType::Text),
    column("title", ValueType::Text),
    column("covers", ValueType::Text),
    column("source", ValueType::Text),
];

/// Makes the tables of a collection from its raw entries.
pub(super) fn make(
    store: &Store,
    collection: &str,
    entries: &[RawEntry],
    registry: &Registry,
    draft: &mut Draft,
) -> anyhow::Result<()> {
    let mut snapshots = Vec::new();
    let mut snapshot_rows: Vec<Vec<Value>> = vec![Vec::new(); SNAPSHOT_COLUMNS.len()];
    let mut problems = Vec::new();
    let mut problem_count = 0;
    for (index, entry) in entries.iter().enumerate() {
        let parsed = records::read(store, collection, entry)
            .with_context(|| format!("failed to read the raw entry {}", entry.name))?;
        let newest = parsed.records.iter().map(|record| record.at).max();
        let row: [Value; 5] = [
            entry.name.as_str().into(),
            entry.description.file.as_str().into(),
            newest.into(),
            (parsed.records.len() as i64).into(),
            (parsed.problem_count as i64).into(),
        ];
        snapshot_rows.iter_mut().zip(row).for_each(|(column, value)| column.push(value));
        problem_count += parsed.problem_count;
        problems.extend(parsed.problems);
        snapshots.push(SnapshotRecords { snapshot: index as u32, records: parsed.records });
    }
    let tables = Tables::join(registry, snapshots);
    if tables.models.is_empty() {
        bail!("no model was read; import something first");
    }
    write(draft, tables, &problems)?;
    draft.describe(|manifest| manifest.problem_count = problem_count);
    draft
        .write_table("snapshots.parquet", &[batch_of_values(&SNAPSHOT_COLUMNS, &snapshot_rows)])?;
    let about = origin::about(store, collection, entries)?;
    let about: Vec<Vec<Value>> = [about.name, about.title, about.covers, about.source]
        .map(|text| vec![Value::Text(text)])
        .into();
    draft.write_table("collection.parquet", &[batch_of_values(&COLLECTION_COLUMNS, &about)])?;
    Ok(())
}

fn write(draft: &mut Draft, tables: Tables, problems: &[Problem]) -> anyhow::Result<()> {
    let model_count = tables.models.len();
    let columns = model_columns();
    let mut batches = Vec::new();
    let mut models = tables.models.into_iter().peekable();
    while models.peek().is_some() {
        let mut values: Vec<Vec<Value>> = vec![Vec::new(); columns.len()];
        for model in models.by_ref().take(BATCH_ROWS) {
            values
                .iter_mut()
                .zip(model.into_values())
                .for_each(|(column, value)| column.push(value));
        }
        batches.push(batch_of_values(&columns, &values));
    }
    draft.write_table(MODELS, &batches)?;
    let rows: Vec<(u32, CounterReading)> = tables
        .readings
        .iter()
        .map(|reading| {
            let counters = reading.counters;
            let reading_of = CounterReading {
                at: reading.at,
                downloads_30d: counters.downloads_30d,
                downloads_all_time: counters.downloads_all_time,
                likes: counters.likes,
            };
            (reading.model, reading_of)
        })
        .collect();
    let snapshots: Vec<u32> = tables.readings.iter().map(|reading| reading.snapshot).collect();
    let readings = readings_batch(&rows, &snapshots);
    let windows = windows_batch(&window_flows(&tables.readings));
    let problems_batch = batch_of_values(&PROBLEM_COLUMNS, &problem_values(problems));
    let fingerprint = schema_fingerprint(&[
        (MODELS, &batches[0].schema()),
        (READINGS, &readings.schema()),
        (WINDOWS, &windows.schema()),
        ("problems.parquet", &problems_batch.schema()),
    ]);
    draft.write_table(READINGS, &[readings])?;
    draft.write_table(WINDOWS, &[windows])?;
    draft.write_table("problems.parquet", &[problems_batch])?;
    draft.describe(|manifest| {
        manifest.row_count = model_count as u64;
        manifest.schema_fingerprint = fingerprint;
    });
    Ok(())
}

/// The windows that end with readings.
fn window_flows(readings: &[Reading]) -> Vec<(u32, WindowFlow)> {
    let window = |reading: &Reading| {
        let window = reading.counters.downloads_window?;
        let from = Instant::from_millis(reading.at.millis() - i64::from(window.days) * DAY_MS);
        let flow = WindowFlow { from, to: reading.at, downloads: window.downloads };
        Some((reading.model, flow))
    };
    readings.iter().filter_map(window).collect()
}

/// Reads the models back.
pub(super) fn models(store: &Store, collection: &str, tables: &str) -> store::Result<Vec<Model>> {
    let batches = store.read_table(Layer::Tables, collection, tables, MODELS)?;
    let columns = model_columns();
    let values = columns.iter().map(|column| values_of_batch(&batches, column));
    Ok(models_from_values(values.collect::<store::Result<_>>()?))
}

/// The newest reading of the collection.
pub(super) fn newest_reading(
    store: &Store,
    collection: &str,
    tables: &str,
) -> anyhow::Result<Instant> {
    let batches = store.read_table(Layer::Tables, collection, tables, READINGS)?;
    let newest = readings(&batches)?.into_iter().map(|(_, reading)| reading.at).max();
    newest.context("the tables hold no reading")
}

fn model_columns() -> Vec<Column> {
    MODEL_COLUMNS.iter().map(|(name, value_type)| column(name, *value_type)).collect()
}
