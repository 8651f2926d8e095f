//! tables → attributes: what is derived of each model, with its descriptions.

mod described;

use std::slice;

use enrich::attributes::{Shared, catalogue, derive_some};
use enrich::{
    Families, LINEAGE_COLUMNS, Lineage, LineageColumns, POPULARITY_COLUMNS, Popularity,
    PopularityReader, Registry, models_from_values,
};
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
    let lineage = lineage(&models, registry)?;
    let popularity = popularity(store, collection, from, &models)?;
    let families = Families::new(&lineage, &popularity, registry);
    let (lineage, popularity, families) = (&lineage, &popularity, &families);
    let shared = Shared { registry, lineage, popularity, families, as_of };
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
fn lineage(models: &Table, registry: &Registry) -> anyhow::Result<Lineage> {
    let mut columns = LineageColumns::default();
    let names = LINEAGE_COLUMNS.map(|(name, _)| name);
    let work = |part: usize, give: &mut dyn FnMut(_)| {
        let Some(batch) = models.read_part(part, Some(&names))? else { return Ok(()) };
        let mut values = LINEAGE_COLUMNS.map(|_| Vec::new());
        for (values, (name, value_type)) in values.iter_mut().zip(LINEAGE_COLUMNS) {
            *values = values_of_batch(slice::from_ref(&batch), &Column { name, value_type })?;
        }
        give(values);
        Ok(())
    };
    parallel::in_order(models.parts(), work, |values| {
        columns.add(values);
        Ok(())
    })?;
    Ok(columns.lineage(registry))
}

/// How much each model was used, from all readings.
fn popularity(
    store: &Store,
    collection: &str,
    from: &str,
    models: &Table,
) -> anyhow::Result<Popularity> {
    let column = Column { name: "created_at", value_type: ValueType::Instant };
    let created = values_of_batch(&models.read(Some(&[column.name]))?, &column)?;
    let births = created.iter().map(birth).collect();
    let mut reader = PopularityReader::new(births);
    let readings = store.open_table(Layer::Tables, collection, from, tables::READINGS)?;
    for part in 0..readings.parts() {
        if let Some(batch) = readings.read_part(part, Some(&POPULARITY_COLUMNS))? {
            reader.add_batch(&batch);
        }
    }
    Ok(reader.finish())
}

/// When a model came to be; not known at the Hub's floor, which is no real date.
fn birth(created_at: &Value) -> Option<Instant> {
    let Value::Instant(at) = created_at else { return None };
    match panel::Birth::from_created_at(Some(*at)) {
        panel::Birth::Known(at) => Some(at),
        panel::Birth::BeforeFloor | panel::Birth::Unknown => None,
    }
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
