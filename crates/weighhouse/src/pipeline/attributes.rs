//! tables → attributes: what is derived of each model, with its descriptions.
//!
//! What rests on the model alone is taken over from the attributes of the earlier release where
//! the facts are the same; what rests on the whole collection is derived anew. The bytes are the
//! same either way.

mod deriving;
mod described;
mod earlier;

use std::slice;

use enrich::attributes::{Shared, catalogue};
use enrich::{
    Families, LINEAGE_COLUMNS, Lineage, LineageColumns, POPULARITY_COLUMNS, Popularity,
    PopularityReader, Registry,
};
use schema::{Instant, Value, ValueType};
use store::{
    Column, Draft, Layer, Store, Table, arrow_schema, batch_of_values, schema_fingerprint,
    values_of_batch,
};

use super::{parallel, tables};
use deriving::{Derived, Deriving};
use described::Described;
use earlier::Earlier;

const ATTRIBUTES: &str = "attributes.parquet";
const CATALOGUE: &str = "catalogue.parquet";
/// What tells, row by row, whether the facts of a model changed.
const FINGERPRINTS: &str = "fingerprints.parquet";

const KEY: Column = Column { name: "model_key", value_type: ValueType::Text };
const FINGERPRINT: Column = Column { name: "facts", value_type: ValueType::Integer };

/// What a collection's attributes are made from, beside its store.
pub(super) struct From<'a> {
    pub tables: &'a str,
    /// The attributes of an earlier release, made by the same code and with the same registry.
    pub earlier: Option<&'a str>,
    pub registry: &'a Registry,
    pub as_of: Instant,
}

/// Makes the attributes of a collection, part by part of its models; returns of how many models
/// those that rest on the model alone were derived.
pub(super) fn make(
    store: &Store,
    collection: &str,
    from: &From<'_>,
    draft: &mut Draft,
) -> anyhow::Result<u64> {
    let models = store.open_table(Layer::Tables, collection, from.tables, tables::MODELS)?;
    let lineage = lineage(&models, from.registry)?;
    let popularity = popularity(store, collection, from.tables, &models)?;
    let families = Families::new(&lineage, &popularity, from.registry);
    let (lineage, popularity, families) = (&lineage, &popularity, &families);
    let shared =
        Shared { registry: from.registry, lineage, popularity, families, as_of: from.as_of };
    let open = |name| Earlier::open(store, collection, name);
    let earlier = from.earlier.map(open).transpose()?;

    let schema = arrow_schema(&columns());
    let mut table = draft.begin_table(ATTRIBUTES, &schema)?;
    let deriving = Deriving::new(&models, shared, earlier.as_ref(), table.encoder());
    let fingerprint_schema = arrow_schema(&[FINGERPRINT]);
    let mut fingerprints = draft.begin_table(FINGERPRINTS, &fingerprint_schema)?;
    let (mut described, mut derived_count) = (Described::default(), 0);
    let work = |part: usize, give: &mut dyn FnMut(_)| {
        if let Some(derived) = deriving.part(part)? {
            give(derived);
        }
        Ok(())
    };
    parallel::in_order(models.parts(), work, |derived: Derived| {
        described.add(derived.described);
        derived_count += derived.changed;
        table.append(derived.attributes)?;
        let batch = batch_of_values(&[FINGERPRINT], &[derived.fingerprints]);
        Ok(fingerprints.write(&batch)?)
    })?;
    let rows = draft.finish_table(table)?;
    draft.finish_table(fingerprints)?;
    let described = described.batch();
    let fingerprint = schema_fingerprint(&[
        (ATTRIBUTES, &schema),
        (FINGERPRINTS, &fingerprint_schema),
        (CATALOGUE, &described.schema()),
    ]);
    draft.write_table(CATALOGUE, &[described])?;
    draft.describe(|manifest| {
        manifest.row_count = rows;
        manifest.schema_fingerprint = fingerprint;
    });
    Ok(derived_count)
}

/// The columns of the attributes table.
fn columns() -> Vec<Column> {
    let column = |a: &schema::Attribute| Column { name: a.name, value_type: a.value_type };
    [KEY].into_iter().chain(catalogue().map(column)).collect()
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
