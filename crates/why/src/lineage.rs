//! The lineage of a release's models.

use enrich::{LINEAGE_COLUMNS, Lineage, LineageColumns, Registry};
use store::{Column, Layer, Release, Store, Table, values_of_batch};

use crate::Result;
use crate::model::MODELS;

/// Reads from which models each model of a release descends.
pub fn read_lineage(store: &Store, release: &Release) -> Result<Lineage> {
    let Release { collection, tables, .. } = release;
    let models = store.open_table(Layer::Tables, collection, tables, MODELS)?;
    lineage_of(&models, None, Registry::builtin())
}

/// The lineage of all models, or of those at some rows, which rise, as far as it lies among them.
pub(crate) fn lineage_of(
    models: &Table,
    rows: Option<&[u32]>,
    registry: &Registry,
) -> Result<Lineage> {
    let names = LINEAGE_COLUMNS.map(|(name, _)| name);
    let batches = match rows {
        None => models.read(Some(&names))?,
        Some(rows) => models.read_rows(rows, &names)?.into_iter().collect(),
    };
    let mut columns = LineageColumns::default();
    for batch in batches {
        let mut values = LINEAGE_COLUMNS.map(|_| Vec::new());
        for (values, (name, value_type)) in values.iter_mut().zip(LINEAGE_COLUMNS) {
            *values = values_of_batch(std::slice::from_ref(&batch), &Column { name, value_type })?;
        }
        columns.add(values);
    }
    Ok(columns.lineage(registry))
}
