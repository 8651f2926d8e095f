//! The lineage of a release's models.

use enrich::{LINEAGE_COLUMNS, Lineage, LineageColumns, Registry};
use store::{Column, Layer, Release, Store, Table, values_of_batch};

use crate::Result;
use crate::model::MODELS;

/// Reads from which models each model of a release descends.
pub fn read_lineage(store: &Store, release: &Release) -> Result<Lineage> {
    let Release { collection, tables, .. } = release;
    let models = store.open_table(Layer::Tables, collection, tables, MODELS)?;
    lineage_of(&models, Registry::builtin())
}

pub(crate) fn lineage_of(models: &Table, registry: &Registry) -> Result<Lineage> {
    let mut columns = LineageColumns::default();
    let names = LINEAGE_COLUMNS.map(|(name, _)| name);
    for batch in models.read(Some(&names))? {
        let mut values = LINEAGE_COLUMNS.map(|_| Vec::new());
        for (values, (name, value_type)) in values.iter_mut().zip(LINEAGE_COLUMNS) {
            *values = values_of_batch(std::slice::from_ref(&batch), &Column { name, value_type })?;
        }
        columns.add(values);
    }
    Ok(columns.lineage(registry))
}
