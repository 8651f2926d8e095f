//! A model as the Hub's API writes it; listings, details and dumps share it.

mod card;
mod configuration;
mod files;
mod results;
mod serving;

pub(super) use configuration::PLAIN_CONFIGURATION;
use schema::Instant;
use serde_json::Value;

use crate::fields::{Row, fault_of_text, shown};
use crate::lineage::MAX_BASES;
use crate::{Counters, Facts, Record};

/// The fields of an entry that are read here; nothing else of it needs to be decoded.
pub(super) const FIELDS: [&str; 27] = [
    "_id",
    "baseModels",
    "cardData",
    "childrenModelCount",
    "config",
    "createdAt",
    "disabled",
    "downloads",
    "downloadsAllTime",
    "evalResults",
    "gated",
    "gguf",
    "id",
    "inference",
    "inferenceProviderMapping",
    "lastModified",
    "library_name",
    "likes",
    "model-index",
    "pipeline_tag",
    "safetensors",
    "securityRepoStatus",
    "siblings",
    "spaces",
    "tags",
    "transformersInfo",
    "usedStorage",
];

/// Entries of an object of counts; there are some dozens of element types.
const MAX_COUNTS: usize = 1_000;

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
    configuration::read(row, &mut facts);
    files::read(row, &mut facts);
    serving::read(row, &mut facts);
    Some(Record {
        line: row.line(),
        model_id,
        hub_id: row.hub_id("_id"),
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
        task: row.word("pipeline_tag"),
        library: row.word("library_name"),
        tags: row.texts("tags"),
        storage_bytes: row.quantity("usedStorage"),
        gating: gating(row),
        ..Facts::default()
    }
}

/// `false`, `"auto"` or `"manual"`: mixed type.
fn gating(row: &mut Row<'_>) -> Option<String> {
    match row.present("gated")? {
        Value::Bool(false) => Some("no".to_owned()),
        Value::Bool(true) => Some("yes".to_owned()),
        _ => row.word("gated"),
    }
}

fn sizes(row: &mut Row<'_>, facts: &mut Facts) {
    if row.object("safetensors").is_some() {
        facts.parameters = row.quantity("safetensors.total");
        facts.parameters_origin = facts.parameters.map(|_| "safetensors".to_owned());
        facts.weight_types = counts(row, "safetensors.parameters");
        facts.is_sharded = row.boolean("safetensors.sharded");
    }
    if row.object("gguf").is_some() {
        if facts.parameters.is_none() {
            facts.parameters = row.quantity("gguf.total");
            facts.parameters_origin = facts.parameters.map(|_| "gguf".to_owned());
        }
        facts.gguf_architecture = row.word("gguf.architecture");
        facts.context_length = row.quantity("gguf.context_length");
        configuration::of_gguf(row, facts);
    }
}

/// The numbers of an object, as `BF16:8030261248`.
fn counts(row: &mut Row<'_>, key: &str) -> Option<Vec<String>> {
    let counts = row.object(key)?;
    row.entries(key, counts, MAX_COUNTS, |(name, count)| {
        if count.is_null() {
            return Ok(None);
        }
        let sound = count.as_i64().filter(|count| *count >= 0);
        let Some(sound) = sound else {
            return Err(format!("expected a count, found {}", shown(count)));
        };
        match fault_of_text(name) {
            Some(fault) => Err(fault),
            None => Ok(Some(format!("{name}:{sound}"))),
        }
    })
}

/// What the Hub resolved stands above what the card says: it follows renames. The Hub resolves in
/// two places, the field and the tags; tags without a base say that none is declared.
fn lineage(row: &mut Row<'_>, facts: &mut Facts) {
    const MODELS: &str = "baseModels.models";
    if let Some(tags) = &facts.tags {
        let declared = bases_in_tags(tags);
        if declared.models.len() > MAX_BASES {
            row.fault("tags", format!("the tags name more than {MAX_BASES} base models"));
            facts.base_models = None;
        } else if !declared.models.is_empty() || facts.base_models.is_none() {
            facts.base_models = Some(declared.models);
        }
        facts.base_relation = declared.relation.or(facts.base_relation.take());
    }
    if row.object("baseModels").is_none() {
        return;
    }
    if let Some(relation) = row.word("baseModels.relation") {
        facts.base_relation = Some(relation);
    }
    let Some(bases) = row.list(MODELS) else { return };
    let ids = row.entries(MODELS, bases, MAX_BASES, |base| {
        let id = base.get("id").and_then(Value::as_str);
        let id =
            id.ok_or_else(|| format!("expected a model with its id, found {}", shown(base)))?;
        fault_of_text(id).map_or(Ok(Some(id.to_owned())), Err)
    });
    if let Some(ids) = ids.filter(|ids| !ids.is_empty()) {
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

#[cfg(test)]
mod tests;
