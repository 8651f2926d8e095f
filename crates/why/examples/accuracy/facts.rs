//! Facts of chosen models, out of a data directory and back in.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context as _, bail};
use enrich::{FACT_COLUMNS, Facts, Model, ModelRows};
use schema::{Value, ValueType};
use serde_json::{Map, Value as Json};
use store::{Layer, Store};

/// What the classes are derived from.
const SHOWN: [&str; 18] = [
    "architectures",
    "base_models",
    "base_relation",
    "expert_active_count",
    "expert_count",
    "file_paths",
    "formats",
    "gguf_architecture",
    "is_moe",
    "library",
    "model_type",
    "parameters",
    "parameters_active",
    "parameters_origin",
    "quantization_bits",
    "quantization_method",
    "tags",
    "weight_types",
];
/// Tags beside these tell of nothing here.
const OTHER_TAGS: [&str; 4] = ["dataset:", "arxiv:", "region:", "doi:"];

/// The ids in the first column of a CSV file.
pub(crate) fn ids(table: &Path) -> anyhow::Result<Vec<String>> {
    let mut reader = csv::Reader::from_path(table)
        .with_context(|| format!("failed to read {}", table.display()))?;
    let mut ids = Vec::new();
    for row in reader.records() {
        ids.push(row?.get(0).context("a row without columns")?.to_owned());
    }
    Ok(ids)
}

/// Prints the facts of the models of a table, one line for each that a collection of the data
/// directory knows.
///
/// What several collections know is joined in the order of their names.
pub(crate) fn print(data: &Path, table: &Path) -> anyhow::Result<()> {
    let store = Store::open(data)?;
    let wanted: BTreeSet<String> = ids(table)?.into_iter().collect();
    let mut found: BTreeMap<String, Facts> = BTreeMap::new();
    for collection in store.collections()? {
        let Some(release) = store.release(&collection)? else { continue };
        let models =
            store.open_table(Layer::Tables, &collection, &release.tables, "models.parquet")?;
        for part in 0..models.parts() {
            let Some(batch) = models.read_part(part, None)? else { continue };
            let rows = ModelRows::of(&batch);
            for model in (0..rows.len()).map(|row| rows.read(row)) {
                if wanted.contains(&model.model_id) {
                    found.entry(model.model_id).or_default().update(model.facts);
                }
            }
        }
    }
    for (id, facts) in found {
        println!("{}", Json::Object(to_json(&id, facts)));
    }
    Ok(())
}

fn to_json(id: &str, facts: Facts) -> Map<String, Json> {
    let mut object = Map::from_iter([("model_id".to_owned(), id.into())]);
    for ((name, _), value) in FACT_COLUMNS.iter().zip(facts.into_values()) {
        let value: Json = match value {
            _ if !SHOWN.contains(name) => continue,
            Value::Text(text) => text.into(),
            Value::TextList(texts) => {
                let tells = |text: &String| {
                    *name != "tags" || !OTHER_TAGS.iter().any(|tag| text.starts_with(tag))
                };
                texts.into_iter().filter(tells).collect()
            }
            Value::Integer(number) => number.into(),
            Value::Boolean(value) => value.into(),
            _ => continue,
        };
        object.insert((*name).to_owned(), value);
    }
    object
}

/// Reads models back from JSON lines.
pub(crate) fn read(file: &Path) -> anyhow::Result<BTreeMap<String, Model>> {
    let text =
        fs::read_to_string(file).with_context(|| format!("failed to read {}", file.display()))?;
    let mut models = BTreeMap::new();
    for (at, line) in text.lines().enumerate() {
        let mut object: Map<String, Json> = serde_json::from_str(line)
            .with_context(|| format!("line {} of {}", at + 1, file.display()))?;
        let Some(Json::String(id)) = object.remove("model_id") else {
            bail!("line {} of {} has no model_id", at + 1, file.display());
        };
        let values = FACT_COLUMNS.iter().map(|(name, value_type)| {
            object.remove(*name).map_or(Value::Null, |value| from_json(value, *value_type))
        });
        let facts = Facts::from_values(&mut values.collect::<Vec<_>>().into_iter());
        models.insert(id.clone(), Model::new(&id, facts));
    }
    Ok(models)
}

fn from_json(value: Json, value_type: ValueType) -> Value {
    match (value, value_type) {
        (Json::String(text), ValueType::Text) => Value::Text(text),
        (Json::Array(items), ValueType::TextList) => {
            let texts = items.iter().filter_map(Json::as_str).map(str::to_owned);
            Value::TextList(texts.collect())
        }
        (Json::Number(number), ValueType::Integer) => number.as_i64().into(),
        (Json::Bool(value), ValueType::Boolean) => Value::Boolean(value),
        _ => Value::Null,
    }
}

/// Some attributes of models, each as it is derived of the model alone.
pub(crate) fn derived(model: Model, names: &[&str]) -> Vec<Value> {
    let as_of = schema::Instant::from_millis(0);
    let columns = enrich::attributes::derive(&[model], enrich::Registry::builtin(), as_of);
    let place =
        |name: &&str| enrich::attributes::catalogue().position(|attribute| attribute.name == *name);
    names.iter().map(|name| place(name).map_or(Value::Null, |at| columns[at][0].clone())).collect()
}
