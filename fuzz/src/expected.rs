//! Which type each field must have, told apart from the code that reads them, and what must have
//! come of those that have another.

use enrich::{FACT_COLUMNS, Facts, Parsed};
use serde_json::Value;

/// The type that a field must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Word,
    /// Text, also where YAML made a number of it.
    Text,
    /// Text, or a list of which the first counts.
    TextOrList,
    /// Text, or yes and no.
    WordOrFlag,
    /// A list of texts; one text is a list of one.
    Texts,
    /// As `Texts`, and YAML's `no`, which is Norwegian.
    Languages,
    /// True or false, also as text.
    Flag,
    /// A whole number that is not negative and fits in 64 bits.
    Quantity,
    /// A date as text.
    Date,
    /// A list.
    List,
    /// Fields.
    Object,
    /// Fields, or text that holds them as JSON.
    ObjectOrText,
    /// Fields or a list.
    ObjectOrList,
}

/// A field, the type it must have, and the fact that is unknown where it has another; empty where
/// another field may tell the fact too.
pub type Field = (&'static str, Kind, &'static str);

/// Fields of an entry of the Hub.
pub const ENTRY: [Field; 29] = [
    ("createdAt", Kind::Date, "created_at"),
    ("lastModified", Kind::Date, "updated_at"),
    ("disabled", Kind::Flag, "is_disabled"),
    ("usedStorage", Kind::Quantity, "storage_bytes"),
    ("tags", Kind::Texts, "tags"),
    ("siblings", Kind::List, "file_paths"),
    ("gated", Kind::WordOrFlag, "gating"),
    ("downloads", Kind::Quantity, ""),
    ("downloadsAllTime", Kind::Quantity, ""),
    ("likes", Kind::Quantity, ""),
    ("pipeline_tag", Kind::Word, ""),
    ("library_name", Kind::Word, ""),
    ("safetensors", Kind::Object, "weight_types"),
    ("safetensors.total", Kind::Quantity, ""),
    ("safetensors.parameters", Kind::Object, "weight_types"),
    ("safetensors.sharded", Kind::Flag, "is_sharded"),
    ("gguf", Kind::Object, "gguf_architecture"),
    ("gguf.architecture", Kind::Word, "gguf_architecture"),
    ("gguf.context_length", Kind::Quantity, "context_length"),
    ("gguf.totalFileSize", Kind::Quantity, "gguf_bytes"),
    ("spaces", Kind::List, "space_count"),
    ("childrenModelCount", Kind::Object, "hub_children"),
    ("inferenceProviderMapping", Kind::ObjectOrList, "provider_count"),
    ("inference", Kind::WordOrFlag, "inference_state"),
    ("baseModels", Kind::Object, ""),
    ("evalResults", Kind::List, ""),
    ("securityRepoStatus", Kind::Object, "security_scan"),
    ("config", Kind::ObjectOrText, "model_type"),
    ("cardData", Kind::ObjectOrText, "card_keys"),
];

/// Fields of a configuration.
pub const CONFIGURATION: [Field; 10] = [
    ("model_type", Kind::Word, "model_type"),
    ("architectures", Kind::Texts, "architectures"),
    ("quantization_config", Kind::Object, "quantization_method"),
    ("quantization_config.quant_method", Kind::Word, "quantization_method"),
    ("quantization_config.bits", Kind::Quantity, "quantization_bits"),
    ("diffusers", Kind::Object, "pipeline_class"),
    ("diffusers._class_name", Kind::Word, "pipeline_class"),
    ("auto_map", Kind::Object, "custom_classes"),
    ("tokenizer_config", Kind::Object, "context_tokenizer"),
    ("quantization_config.load_in_4bit", Kind::Flag, ""),
];

/// Fields of a card.
pub const CARD: [Field; 14] = [
    ("license", Kind::TextOrList, "license"),
    ("license_name", Kind::TextOrList, "license_name"),
    ("license_link", Kind::TextOrList, "license_link"),
    ("language", Kind::Languages, "languages"),
    ("datasets", Kind::Texts, "datasets"),
    ("base_model", Kind::Texts, "base_models"),
    ("base_model_relation", Kind::TextOrList, "base_relation"),
    ("metrics", Kind::Texts, "metrics"),
    ("new_version", Kind::TextOrList, "new_version"),
    ("pipeline_tag", Kind::TextOrList, "task"),
    ("library_name", Kind::TextOrList, "library"),
    ("model-index", Kind::List, "evaluation_results"),
    ("extra_gated_fields", Kind::Object, "gate_fields"),
    ("extra_gated_eu_disallowed", Kind::Flag, "gate_excludes_eu"),
];

/// Checks that each field of a wrong type is told as a problem, and that its fact is unknown.
pub fn wrong_is_told(object: &Value, fields: &[Field], parsed: &Parsed) {
    for (field, kind, fact) in fields {
        let Some(value) = at(object, field) else { continue };
        if is_right(*kind, value) {
            continue;
        }
        let told = parsed.problems.iter().find(|problem| problem.field == *field);
        assert!(told.is_some(), "{field} is {value}, which nobody told: {:?}", parsed.problems);
        let facts = &parsed.records[0].facts;
        assert!(
            fact.is_empty() || is_unknown(facts, fact),
            "{field} is {value}, yet known: {facts:?}"
        );
    }
}

/// The value under a path that names no field by itself; null is none.
fn at<'a>(object: &'a Value, path: &str) -> Option<&'a Value> {
    let value = path.split('.').try_fold(object, |value, key| value.as_object()?.get(key))?;
    (!value.is_null()).then_some(value)
}

fn is_unknown(facts: &Facts, name: &str) -> bool {
    let place = FACT_COLUMNS.iter().position(|(column, _)| *column == name);
    let place = place.unwrap_or_else(|| panic!("no fact is named {name}"));
    facts.clone().into_values()[place].is_null()
}

fn is_right(kind: Kind, value: &Value) -> bool {
    match kind {
        Kind::Word => is_sound_text(value),
        Kind::Text => value.is_number() || is_sound_text(value),
        Kind::TextOrList => value.is_number() || value.is_array() || is_sound_text(value),
        Kind::WordOrFlag => value.is_boolean() || is_sound_text(value),
        Kind::Texts => value.is_array() || is_sound_text(value),
        Kind::Languages => value.is_array() || *value == Value::Bool(false) || is_sound_text(value),
        Kind::Flag => match value {
            Value::Bool(_) => true,
            Value::String(text) => {
                ["true", "false", ""].contains(&text.to_ascii_lowercase().as_str())
            }
            _ => false,
        },
        Kind::Quantity => match value {
            Value::Number(number) => match number.as_f64() {
                Some(number) => number >= 0.0 && number.fract() == 0.0 && number < 2.0_f64.powi(63),
                None => false,
            },
            Value::String(text) => text.trim().parse::<f64>().is_ok(),
            _ => false,
        },
        Kind::Date => value.is_string(),
        Kind::List => value.is_array(),
        Kind::Object => value.is_object(),
        Kind::ObjectOrText => value.is_object() || value.is_string(),
        Kind::ObjectOrList => value.is_object() || value.is_array(),
    }
}

/// Text that is short and shows what it is.
fn is_sound_text(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.len() <= 2_000 && !text.contains('\u{202e}'))
}
