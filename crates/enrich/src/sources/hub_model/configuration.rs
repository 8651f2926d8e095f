//! What is read of the excerpt of `config.json` and its neighbours. The Hub shows some keys only;
//! dumps and other sources may hold more of them.

use serde_json::{Map, Value};

use super::texts;
use crate::Facts;
use crate::fields::Row;

/// Keys of a configuration that hold its context length, the most exact first.
const CONTEXT_KEYS: [&str; 8] = [
    "max_position_embeddings",
    "n_positions",
    "max_sequence_length",
    "model_max_length",
    "max_seq_len",
    "max_seq_length",
    "seq_length",
    "n_ctx",
];
/// Parts of a configuration that configure the text model of several.
const TEXT_PARTS: [&str; 4] = ["text_config", "llm_config", "language_config", "thinker_config"];
/// Tokenizers without a limit write 10^30; no model takes in a hundred million tokens.
const MAX_TOKENS: f64 = 1e8;
/// Parts that may hold a template for chats.
const TEMPLATE_PARTS: [&str; 2] = ["tokenizer_config", "processor_config"];

/// The keys that are read here without the heavy ones, templates and tokenizers.
pub(in crate::sources) const PLAIN_CONFIGURATION: &[&str] = &[
    "model_type",
    "architectures",
    "quantization_config",
    "auto_map",
    "diffusers",
    "max_position_embeddings",
    "n_positions",
    "max_sequence_length",
    "seq_length",
    "n_ctx",
    "text_config",
];

/// Reads `config` and `transformersInfo`.
pub(super) fn read(row: &mut Row<'_>, facts: &mut Facts) {
    if let Some(Value::Object(info)) = row.present("transformersInfo") {
        facts.auto_model = text(info, "auto_model");
        facts.processor = text(info, "processor");
    }
    match row.present("config") {
        Some(Value::Object(config)) => of_config(config, facts),
        Some(Value::String(text)) => {
            if let Ok(config) = serde_json::from_str::<Map<String, Value>>(text) {
                of_config(&config, facts);
            }
        }
        _ => {}
    }
}

/// Reads what the Hub shows of a GGUF file beside its size and architecture.
pub(super) fn of_gguf(gguf: &Map<String, Value>, facts: &mut Facts) {
    facts.gguf_bytes = gguf.get("totalFileSize").and_then(Value::as_i64).filter(|size| *size >= 0);
    facts.importance_matrix = text(gguf, "quantize_imatrix_file");
    if is_there(gguf.get("chat_template")) {
        facts.has_chat_template = Some(true);
    }
}

fn of_config(config: &Map<String, Value>, facts: &mut Facts) {
    facts.model_type = config.get("model_type").and_then(Value::as_str).map(str::to_owned);
    facts.architectures = texts(config.get("architectures"));
    facts.pipeline_class = config
        .get("diffusers")
        .and_then(Value::as_object)
        .and_then(|part| text(part, "_class_name"));
    facts.context_configured = context(config);
    let tokenizer = config.get("tokenizer_config").and_then(Value::as_object);
    facts.context_tokenizer = tokenizer.and_then(|part| tokens(part.get("model_max_length")?));
    // A GGUF file may hold a template although the configuration beside it has none.
    if facts.has_chat_template.is_none() {
        facts.has_chat_template = chat_template(config);
    }
    let is_configured = facts.model_type.is_some() || facts.architectures.is_some();
    facts.custom_classes = match config.get("auto_map") {
        Some(Value::Object(classes)) => {
            // In dumps each class of any model is a key, mostly of nothing.
            Some(
                classes
                    .iter()
                    .filter(|(_, class)| !class.is_null())
                    .map(|(k, _)| k.clone())
                    .collect(),
            )
        }
        _ => is_configured.then(Vec::new),
    };
    quantization(config, facts);
}

/// The context length; of a model of several parts, that of its text model.
fn context(config: &Map<String, Value>) -> Option<i64> {
    let of =
        |part: &Map<String, Value>| CONTEXT_KEYS.iter().find_map(|key| tokens(part.get(*key)?));
    let parts = || {
        TEXT_PARTS.iter().find_map(|key| {
            let part = config.get(*key)?.as_object()?;
            of(part).or_else(|| of(part.get("text_config")?.as_object()?))
        })
    };
    of(config).or_else(parts)
}

/// A number of tokens that a model may take in.
fn tokens(value: &Value) -> Option<i64> {
    let number = value.as_f64()?;
    (number >= 1.0 && number < MAX_TOKENS && number.fract() == 0.0).then_some(number as i64)
}

/// Whether there is a template for chats; `None` where the parts that may hold one are not shown.
fn chat_template(config: &Map<String, Value>) -> Option<bool> {
    if is_there(config.get("chat_template_jinja")) {
        return Some(true);
    }
    let mut parts =
        TEMPLATE_PARTS.iter().filter_map(|key| config.get(*key)?.as_object()).peekable();
    parts.peek()?;
    Some(parts.any(|part| is_there(part.get("chat_template"))))
}

/// Whether a text or a list holds anything.
fn is_there(value: Option<&Value>) -> bool {
    match value {
        Some(Value::String(text)) => !text.is_empty(),
        Some(Value::Array(items)) => !items.is_empty(),
        _ => false,
    }
}

fn text(object: &Map<String, Value>, key: &str) -> Option<String> {
    let text = object.get(key)?.as_str()?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn quantization(config: &Map<String, Value>, facts: &mut Facts) {
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

#[cfg(test)]
mod tests;
