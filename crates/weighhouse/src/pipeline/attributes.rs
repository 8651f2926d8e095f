//! tables → attributes: what is derived of each model, with its descriptions.

mod described;

use enrich::attributes::{Shared, catalogue, derive_some};
use enrich::{LINEAGE_COLUMNS, Lineage, LineageColumns, Registry, models_from_values};
use schema::{Instant, Value, ValueType};
use store::{
    Column, Draft, Layer, RecordBatch, Store, Table, arrow_schema, batch_of_values,
    schema_fingerprint, values_of_batch,
};

use super::{parallel, tables};
use described::Described;

const ATTRIBUTES: &str = "attributes.parquet";
const CATALOGUE: &str = "catalogue.parquet";
/// Few enough that their values stay in the processor's cache.
const MODELS_AT_ONCE: usize = 2048;

/// Makes the attributes of a collection, part by part of its models.
pub(super) fn make(
    store: &Store,
    collection: &str,
    from: &str,
    registry: &Registry,
    as_of: Instant,
    draft: &mut Draft,
) -> anyhow::Result<()> {
    let models = store.open_table(Layer::Tables, collection, from, tables::MODELS)?;
    let lineage = lineage(&models)?;
    let shared = Shared { registry, lineage: &lineage, as_of };
    let mut columns = vec![Column { name: "model_key", value_type: ValueType::Text }];
    columns.extend(catalogue().map(|a| Column { name: a.name, value_type: a.value_type }));

    let schema = arrow_schema(&columns);
    let mut table = draft.begin_table(ATTRIBUTES, &schema)?;
    let mut described = Described::default();
    let work = |part: usize, give: &mut dyn FnMut(_)| {
        give(derive_part(&models, part, shared, &columns)?);
        Ok(())
    };
    parallel::in_order(models.parts(), work, |(derived, of_part)| {
        described.add(of_part);
        for batch in &derived {
            table.write(batch)?;
        }
        Ok(())
    })?;
    let rows = draft.finish_table(table)?;
    let described = described.batch();
    let fingerprint =
        schema_fingerprint(&[(ATTRIBUTES, &schema), (CATALOGUE, &described.schema())]);
    draft.write_table(CATALOGUE, &[described])?;
    draft.describe(|manifest| {
        manifest.row_count = rows;
        manifest.schema_fingerprint = fingerprint;
    });
    Ok(())
}

/// The roots of all models, from the columns that tell them alone.
fn lineage(models: &Table) -> anyhow::Result<Lineage> {
    let mut columns = LineageColumns::default();
    let work = |part: usize, give: &mut dyn FnMut(_)| {
        if let Some(batch) = models.read_part(part, Some(&LINEAGE_COLUMNS))? {
            give(batch);
        }
        Ok(())
    };
    parallel::in_order(models.parts(), work, |batch| {
        columns.add_batch(&batch);
        Ok(())
    })?;
    Ok(columns.lineage())
}

/// The attributes of a part of the models, and what the catalogue says of them.
fn derive_part(
    models: &Table,
    part: usize,
    shared: Shared<'_>,
    columns: &[Column],
) -> anyhow::Result<(Vec<RecordBatch>, Described)> {
    let (mut derived, mut described) = (Vec::new(), Described::default());
    let Some(batch) = models.read_part(part, None)? else { return Ok((derived, described)) };
    let start = models.part_start(part);
    for first in (0..batch.num_rows()).step_by(MODELS_AT_ONCE) {
        let batch = [batch.slice(first, MODELS_AT_ONCE.min(batch.num_rows() - first))];
        let values = tables::model_columns();
        let values = values.iter().map(|column| values_of_batch(&batch, column));
        let some = models_from_values(values.collect::<store::Result<_>>()?);
        let mut values: Vec<Vec<Value>> = Vec::with_capacity(columns.len());
        values.push(some.iter().map(|model| model.key.as_str().into()).collect());
        values.extend(derive_some(&some, start + first, shared));
        described.add(Described::of(&values[1..]));
        derived.push(batch_of_values(columns, &values));
    }
    Ok((derived, described))
}
