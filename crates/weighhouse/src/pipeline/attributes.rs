//! tables → attributes: what is derived of each model, with its descriptions.

use enrich::Registry;
use enrich::attributes::{catalogue, derive};
use schema::{Attribute, Instant, Value, ValueType};
use store::{Column, Draft, Store, batch_of_values, schema_fingerprint};

use super::tables;

const ATTRIBUTES: &str = "attributes.parquet";
const CATALOGUE: &str = "catalogue.parquet";
const MAX_EXAMPLE_CHARS: usize = 60;

/// Makes the attributes of a collection.
pub(super) fn make(
    store: &Store,
    collection: &str,
    from: &str,
    registry: &Registry,
    as_of: Instant,
    draft: &mut Draft,
) -> anyhow::Result<()> {
    let models = tables::models(store, collection, from)?;
    let values = derive(&models, registry, as_of);
    let described = batch_of_values(&catalogue_columns(), &descriptions(&values));

    let mut columns = vec![Column { name: "model_key", value_type: ValueType::Text }];
    columns.extend(catalogue().map(|a| Column { name: a.name, value_type: a.value_type }));
    let keys = models.iter().map(|model| model.key.as_str().into()).collect();
    let values: Vec<Vec<Value>> = [vec![keys], values].concat();
    let batch = batch_of_values(&columns, &values);
    let fingerprint =
        schema_fingerprint(&[(ATTRIBUTES, &batch.schema()), (CATALOGUE, &described.schema())]);
    let rows = draft.write_table(ATTRIBUTES, &[batch])?;
    draft.write_table(CATALOGUE, &[described])?;
    draft.describe(|manifest| {
        manifest.row_count = rows;
        manifest.schema_fingerprint = fingerprint;
    });
    Ok(())
}

fn catalogue_columns() -> [Column; 12] {
    let text = |name| Column { name, value_type: ValueType::Text };
    let integer = |name| Column { name, value_type: ValueType::Integer };
    [
        text("name"),
        text("type"),
        text("unit"),
        text("title"),
        text("meaning"),
        text("source"),
        text("method"),
        text("family"),
        integer("is_groupable"),
        integer("is_ordered"),
        integer("known_count"),
        text("example"),
    ]
}

/// The catalogue, with how much of each attribute is known in this collection.
fn descriptions(values: &[Vec<Value>]) -> Vec<Vec<Value>> {
    let column = |value: fn(&Attribute) -> Value| catalogue().map(value).collect::<Vec<_>>();
    let known = |values: &Vec<Value>| values.iter().filter(|v| !v.is_null()).count() as i64;
    let example = |values: &Vec<Value>| values.iter().find(|v| !v.is_null()).map(shown).into();
    vec![
        column(|attribute| attribute.name.into()),
        column(|attribute| attribute.value_type.name().into()),
        column(|attribute| attribute.unit.into()),
        column(|attribute| attribute.title.into()),
        column(|attribute| attribute.meaning.into()),
        column(|attribute| attribute.source.into()),
        column(|attribute| attribute.method.into()),
        column(|attribute| attribute.family.into()),
        column(|attribute| i64::from(attribute.is_groupable).into()),
        column(|attribute| i64::from(attribute.is_ordered).into()),
        values.iter().map(|values| known(values).into()).collect(),
        values.iter().map(example).collect(),
    ]
}

fn shown(value: &Value) -> String {
    let text = match value {
        Value::Null => String::new(),
        Value::Text(text) => text.clone(),
        Value::TextList(items) => items.join(", "),
        Value::Integer(number) => number.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Boolean(is_true) => if *is_true { "yes" } else { "no" }.to_owned(),
        Value::Day(day) => day.to_string(),
        Value::Instant(at) => at.to_string(),
    };
    if text.chars().count() <= MAX_EXAMPLE_CHARS {
        return text;
    }
    text.chars().take(MAX_EXAMPLE_CHARS).chain(['…']).collect()
}
