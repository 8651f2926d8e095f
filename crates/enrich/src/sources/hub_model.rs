//! A model as the Hub's API writes it; listings, details and dumps share it.

mod card;
mod results;

use schema::Instant;
use serde_json::{Map, Value};

use crate::fields::Row;
use crate::{Counters, Facts, Record};

/// The fields of an entry that are read here; nothing else of it needs to be decoded.
pub(super) const FIELDS: [&str; 23] = [
    "_id",
    "baseModels",
    "cardData",
    "config",
    "createdAt",
    "disabled",
    "downloads",
    "downloadsAllTime",
    "evalResults",
    "gated",
    "gguf",
    "id",
    "inferenceProviderMapping",
    "lastModified",
    "library_name",
    "likes",
    "model-index",
    "pipeline_tag",
    "safetensors",
    "securityRepoStatus",
    "siblings",
    "tags",
    "usedStorage",
];

/// Bytes of the name or path of a base.
const MAX_BASE_BYTES: usize = 1_000;

/// Reads one model entry of the Hub.
pub(super) fn record(row: &mut Row<'_>, at: Instant) -> Option<Record> {
    let model_id = row.model_id("id")?;
    let mut facts = facts(row);
    sizes(row, &mut facts);
    results::of_index(row, &mut facts);
    card::read(row, &mut facts);
    results::of_files(row, &mut facts);
    card::security(row, &mut facts);
    lineage(row, &mut facts);
    config(row, &mut facts);
    Some(Record {
        line: row.line(),
        model_id,
        hub_id: row.text("_id"),
        at,
        counters: Counters {
            downloads_30d: row.counter("downloads"),
            downloads_all_time: row.counter("downloadsAllTime"),
            downloads_window: None,
            likes: row.counter("likes"),
        },
        facts,
    })
}

fn facts(row: &mut Row<'_>) -> Facts {
    Facts {
        created_at: row.instant("createdAt"),
        updated_at: row.instant("lastModified"),
        is_disabled: row.boolean("disabled"),
        task: row.text("pipeline_tag"),
        library: row.text("library_name"),
        tags: row.texts("tags"),
        file_paths: file_paths(row),
        storage_bytes: row.quantity("usedStorage"),
        gating: gating(row),
        evaluation_count: evaluation_count(row),
        provider_count: provider_count(row),
        ..Facts::default()
    }
}

/// `false`, `"auto"` or `"manual"`: mixed type.
fn gating(row: &mut Row<'_>) -> Option<String> {
    match row.present("gated")? {
        Value::Bool(false) => Some("no".to_owned()),
        Value::Bool(true) => Some("yes".to_owned()),
        _ => row.text("gated"),
    }
}

fn file_paths(row: &mut Row<'_>) -> Option<Vec<String>> {
    let siblings = row.present("siblings")?.as_array()?;
    let path = |sibling: &Value| match sibling {
        Value::String(path) => Some(path.clone()),
        other => other.get("rfilename")?.as_str().map(str::to_owned),
    };
    Some(siblings.iter().filter_map(path).collect())
}

/// Results in `.eval_results/`; those of the `model-index` are counted where they are read.
fn evaluation_count(row: &Row<'_>) -> Option<i64> {
    let results = row.present("evalResults").and_then(Value::as_array);
    results.map(|results| results.len() as i64)
}

/// An array in listings, an object in details.
fn provider_count(row: &Row<'_>) -> Option<i64> {
    match row.present("inferenceProviderMapping")? {
        Value::Array(providers) => Some(providers.len() as i64),
        Value::Object(providers) => Some(providers.len() as i64),
        _ => None,
    }
}

fn sizes(row: &mut Row<'_>, facts: &mut Facts) {
    let total = |object: &Map<String, Value>| object.get("total").and_then(Value::as_i64);
    if let Some(safetensors) = row.object("safetensors") {
        facts.parameters = total(safetensors);
        facts.parameters_origin = facts.parameters.map(|_| "safetensors".to_owned());
        facts.weight_types = safetensors.get("parameters").and_then(weight_types);
    }
    if let Some(gguf) = row.object("gguf") {
        if facts.parameters.is_none() {
            facts.parameters = total(gguf);
            facts.parameters_origin = facts.parameters.map(|_| "gguf".to_owned());
        }
        facts.gguf_architecture =
            gguf.get("architecture").and_then(Value::as_str).map(str::to_owned);
        facts.context_length = gguf.get("context_length").and_then(Value::as_i64);
    }
}

fn weight_types(parameters: &Value) -> Option<Vec<String>> {
    let parameters = parameters.as_object()?;
    let count = |(name, count): (&String, &Value)| Some(format!("{name}:{}", count.as_i64()?));
    Some(parameters.iter().filter_map(count).collect())
}

fn texts(value: Option<&Value>) -> Option<Vec<String>> {
    match value? {
        Value::String(text) => Some(vec![text.trim().to_owned()]),
        Value::Array(items) => Some(items.iter().filter_map(text_of_yaml).collect()),
        _ => None,
    }
}

/// YAML 1.1 reads an unquoted `no` (Norwegian) as false.
fn text_of_yaml(item: &Value) -> Option<String> {
    match item {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Bool(false) => Some("no".to_owned()),
        _ => None,
    }
}

/// What the Hub resolved stands above what the card says: it follows renames. The Hub resolves in
/// two places, the field and the tags; tags without a base say that none is declared.
fn lineage(row: &mut Row<'_>, facts: &mut Facts) {
    if let Some(tags) = &facts.tags {
        let declared = bases_in_tags(tags);
        if !declared.models.is_empty() || facts.base_models.is_none() {
            facts.base_models = Some(declared.models);
        }
        facts.base_relation = declared.relation.or(facts.base_relation.take());
    }
    let Some(Value::Object(bases)) = row.present("baseModels") else { return };
    if let Some(relation) = bases.get("relation").and_then(Value::as_str) {
        facts.base_relation = Some(relation.to_owned());
    }
    let ids: Vec<String> = bases
        .get("models")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|base| base.get("id")?.as_str().map(str::to_owned))
        .collect();
    if !ids.is_empty() {
        facts.base_models = Some(ids);
    }
}

/// The base models that tags name, as `base_model:ID` and `base_model:RELATION:ID`.
pub(super) struct DeclaredBases {
    pub(super) models: Vec<String>,
    pub(super) relation: Option<String>,
}

/// Reads the base models out of the Hub's flat list of tags.
pub(super) fn bases_in_tags(tags: &[String]) -> DeclaredBases {
    let mut declared = DeclaredBases { models: Vec::new(), relation: None };
    for tag in tags {
        let Some(rest) = tag.strip_prefix("base_model:") else { continue };
        match rest.split_once(':') {
            Some((relation, _)) => declared.relation = Some(relation.to_owned()),
            None => declared.models.push(rest.to_owned()),
        }
    }
    declared
}

fn config(row: &mut Row<'_>, facts: &mut Facts) {
    let embedded;
    let config = match row.present("config") {
        Some(Value::Object(config)) => config,
        Some(Value::String(text)) => match serde_json::from_str::<Map<String, Value>>(text) {
            Ok(config) => {
                embedded = config;
                &embedded
            }
            Err(_) => return,
        },
        _ => return,
    };
    facts.model_type = config.get("model_type").and_then(Value::as_str).map(str::to_owned);
    facts.architectures = texts(config.get("architectures"));
    facts.adapter_base = config
        .get("peft")
        .and_then(|peft| peft.get("base_model_name_or_path")?.as_str())
        .filter(|base| base.len() <= MAX_BASE_BYTES)
        .map(str::to_owned);
    let Some(quantization) = config.get("quantization_config").and_then(Value::as_object) else {
        return;
    };
    let is_set = |key: &str| quantization.get(key).and_then(Value::as_bool) == Some(true);
    let bits = quantization.get("bits").and_then(Value::as_i64);
    let flagged = if is_set("load_in_4bit") {
        Some(4)
    } else if is_set("load_in_8bit") {
        Some(8)
    } else {
        None
    };
    facts.quantization_bits = bits.or(flagged);
    let method = quantization.get("quant_method").and_then(Value::as_str).map(str::to_owned);
    // Early bitsandbytes files carry only the flags.
    facts.quantization_method = method.or(flagged.map(|_| "bitsandbytes".to_owned()));
}
