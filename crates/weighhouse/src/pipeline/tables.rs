//! records → tables: what the snapshots of a collection say together, typed, no judgement.

mod joining;

use analyze::panel_columns::{readings_batch, windows_batch};
use anyhow::{Context, bail};
use enrich::{Identities, IdentityFinder, MODEL_COLUMNS, Registry};
use schema::{Instant, Value, ValueType};
use store::{
    Column, Draft, Layer, Store, arrow_schema, batch_of_values, schema_fingerprint, values_of_batch,
};

use super::problems::PROBLEM_COLUMNS;
use super::raw::RawEntry;
use super::{origin, parallel};
use joining::{Joining, Snapshot, former_id_columns};

pub(super) const MODELS: &str = "models.parquet";
pub(super) const READINGS: &str = "readings.parquet";
/// Flows that sources give themselves.
pub(super) const WINDOWS: &str = "windows.parquet";
/// Ids that models had before.
const FORMER_IDS: &str = why::FORMER_IDS;
const PROBLEMS: &str = "problems.parquet";
pub(super) const SNAPSHOTS: &str = "snapshots.parquet";
/// Models that are joined at once: what bounds the memory of a build, with the number of snapshots.
const MODELS_AT_ONCE: u32 = 65_536;

const fn column(name: &'static str, value_type: ValueType) -> Column {
    Column { name, value_type }
}

const READ_AT: Column = column("read_at", ValueType::Instant);

const SNAPSHOT_COLUMNS: [Column; 5] = [
    column("name", ValueType::Text),
    column("file", ValueType::Text),
    READ_AT,
    column("row_count", ValueType::Integer),
    column("problem_count", ValueType::Integer),
];

const COLLECTION_COLUMNS: [Column; 4] = [
    column("name", ValueType::Text),
    column("title", ValueType::Text),
    column("covers", ValueType::Text),
    column("source", ValueType::Text),
];

/// Makes the tables of a collection from its raw entries and their records.
pub(super) fn make(
    store: &Store,
    collection: &str,
    entries: &[RawEntry],
    records: &[String],
    registry: &Registry,
    draft: &mut Draft,
) -> anyhow::Result<()> {
    let open = |name: &String| Snapshot::open(store, collection, name);
    let snapshots = records.iter().map(open).collect::<anyhow::Result<Vec<_>>>()?;
    let (identities, newest) = identities(&snapshots, registry)?;
    if identities.model_count() == 0 {
        bail!("no model was read; import something first");
    }
    let joining = Joining { snapshots: &snapshots, identities: &identities };
    write_joined(&joining, MODELS_AT_ONCE, draft)?;
    let problem_count = write_problems(store, collection, records, draft)?;
    let mut rows: Vec<Vec<Value>> = vec![Vec::new(); SNAPSHOT_COLUMNS.len()];
    for ((entry, snapshot), newest) in entries.iter().zip(&snapshots).zip(newest) {
        let row: [Value; 5] = [
            entry.name.as_str().into(),
            entry.description.file.as_str().into(),
            newest.into(),
            (snapshot.row_count as i64).into(),
            (snapshot.problem_count as i64).into(),
        ];
        rows.iter_mut().zip(row).for_each(|(column, value)| column.push(value));
    }
    draft.write_table(SNAPSHOTS, &[batch_of_values(&SNAPSHOT_COLUMNS, &rows)])?;
    let about = origin::about(store, collection, entries)?;
    let about: Vec<Vec<Value>> = [about.name, about.title, about.covers, about.source]
        .map(|text| vec![Value::Text(text)])
        .into();
    draft.write_table("collection.parquet", &[batch_of_values(&COLLECTION_COLUMNS, &about)])?;
    draft.describe(|manifest| {
        manifest.row_count = u64::from(identities.model_count());
        manifest.problem_count = problem_count;
    });
    Ok(())
}

/// Of which model each record is, and the newest reading of each snapshot.
fn identities(
    snapshots: &[Snapshot],
    registry: &Registry,
) -> anyhow::Result<(Identities, Vec<Option<Instant>>)> {
    let mut finder = IdentityFinder::new(registry);
    let mut newest = Vec::new();
    let parts =
        |snapshot: usize| (0..snapshots[snapshot].table.parts()).map(move |p| (snapshot, p));
    let parts: Vec<(usize, usize)> = (0..snapshots.len()).flat_map(parts).collect();
    let read = |place: usize, give: &mut dyn FnMut(_)| {
        let (snapshot, part) = parts[place];
        give((snapshot, snapshots[snapshot].read_ids(part)?));
        Ok(())
    };
    parallel::in_order(parts.len(), read, |(snapshot, batch)| {
        while newest.len() <= snapshot {
            finder.begin_snapshot();
            newest.push(None);
        }
        if let Some(batch) = batch {
            let superseded = &snapshots[snapshot].superseded;
            let seen = finder.see_batch(&batch, |ordinal| !superseded.contains(&ordinal));
            newest[snapshot] = newest[snapshot].max(seen);
        }
        Ok(())
    })?;
    // Entries without a sound row are snapshots too.
    while newest.len() < snapshots.len() {
        finder.begin_snapshot();
        newest.push(None);
    }
    Ok((finder.finish(), newest))
}

/// Writes the models, their readings, windows and former ids, some models at once.
fn write_joined(joining: &Joining<'_>, at_once: u32, draft: &mut Draft) -> anyhow::Result<()> {
    let schemas = [
        (MODELS, arrow_schema(&model_columns())),
        (READINGS, readings_batch(&[], &[]).schema()),
        (WINDOWS, windows_batch(&[]).schema()),
        (FORMER_IDS, arrow_schema(&former_id_columns())),
    ];
    let begin = |(name, schema): &(&str, _)| draft.begin_table(name, schema);
    let mut tables = schemas.iter().map(begin).collect::<store::Result<Vec<_>>>()?;
    let models = joining.identities.model_count();
    let work = |range: usize, give: &mut dyn FnMut(_)| {
        let start = range as u32 * at_once;
        give(joining.join(&(start..models.min(start + at_once)))?);
        Ok(())
    };
    parallel::in_order(models.div_ceil(at_once) as usize, work, |batches| {
        for (table, batch) in tables.iter_mut().zip(batches) {
            table.write(&batch)?;
        }
        Ok(())
    })?;
    for table in tables {
        draft.finish_table(table)?;
    }
    let problems = arrow_schema(&PROBLEM_COLUMNS);
    let tables = schemas.iter().map(|(name, schema)| (*name, schema.as_ref()));
    let tables: Vec<(&str, _)> = tables.chain([(PROBLEMS, problems.as_ref())]).collect();
    let fingerprint = schema_fingerprint(&tables);
    draft.describe(|manifest| manifest.schema_fingerprint = fingerprint);
    Ok(())
}

/// Writes the problems of all entries, one after another; returns how many there were in all, of
/// which each file keeps the first.
fn write_problems(
    store: &Store,
    collection: &str,
    records: &[String],
    draft: &mut Draft,
) -> anyhow::Result<u64> {
    let mut table = draft.begin_table(PROBLEMS, &arrow_schema(&PROBLEM_COLUMNS))?;
    let mut count = 0;
    for name in records {
        let problems = super::records::PROBLEMS;
        for batch in store.read_table(Layer::Records, collection, name, problems)? {
            table.write(&batch)?;
        }
        count += store.manifest(Layer::Records, collection, name)?.problem_count;
    }
    draft.finish_table(table)?;
    Ok(count)
}

/// The newest reading of the collection.
pub(super) fn newest_reading(
    store: &Store,
    collection: &str,
    tables: &str,
) -> anyhow::Result<Instant> {
    let batches = store.read_table(Layer::Tables, collection, tables, SNAPSHOTS)?;
    let newest = values_of_batch(&batches, &READ_AT)?.into_iter().filter_map(|value| match value {
        Value::Instant(at) => Some(at),
        _ => None,
    });
    newest.max().context("the tables hold no reading")
}

/// The columns of the models table.
pub(super) fn model_columns() -> Vec<Column> {
    MODEL_COLUMNS.iter().map(|(name, value_type)| column(name, *value_type)).collect()
}

#[cfg(test)]
mod tests;
