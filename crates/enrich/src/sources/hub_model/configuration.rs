//! What is read of the excerpt of `config.json` and its neighbours. The Hub shows some keys only;
//! dumps and other sources may hold more of them.

use serde_json::Value;

use crate::Facts;
use crate::fields::{Row, embedded, fault_of_text, shown};

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
/// Classes of a library; the largest have some dozens.
const MAX_CLASSES: usize = 1_000;
/// Parts that may hold a template for chats.
const TEMPLATE_PARTS: [&str; 2] = ["tokenizer_config", "processor_config"];

/// The keys that are read here without the heavy ones, templates and tokenizers.
pub(in crate::sources) const PLAIN_CONFIGURATION: &[&str] = &[
    "model_type",
    "architectures",
    "quantization_config",
    "auto_map",
    "diffusers",
    "peft",
    "max_position_embeddings",
    "n_positions",
    "max_sequence_length",
    "seq_length",
    "n_ctx",
    "text_config",
];

/// Reads `config` and `transformersInfo`.
pub(super) fn read(row: &mut Row<'_>, facts: &mut Facts) {
    if row.object("transformersInfo").is_some() {
        facts.auto_model = row.word("transformersInfo.auto_model");
        facts.processor = row.word("transformersInfo.processor");
    }
    match row.present("config") {
        None => {}
        Some(Value::Object(config)) => of_config(&mut row.part(config), facts),
        // Dumps hold the configuration as a JSON string.
        Some(Value::String(text)) => match embedded(text) {
            Ok(config) => {
                if let Some(config) = config {
                    of_config(&mut row.part(&config), facts);
                }
            }
            Err(fault) => row.fault("config", fault),
        },
        Some(other) => row.fault("config", format!("expected fields, found {}", shown(other))),
    }
}

/// Reads what the Hub shows of a GGUF file beside its size and architecture.
pub(super) fn of_gguf(row: &mut Row<'_>, facts: &mut Facts) {
    facts.gguf_bytes = row.quantity("gguf.totalFileSize");
    facts.importance_matrix = row.word("gguf.quantize_imatrix_file");
    if is_there(row, "gguf.chat_template") == Some(true) {
        facts.has_chat_template = Some(true);
    }
}

fn of_config(config: &mut Row<'_>, facts: &mut Facts) {
    facts.model_type = config.word("model_type");
    facts.architectures = config.texts("architectures");
    if config.object("diffusers").is_some() {
        facts.pipeline_class = config.word("diffusers._class_name");
    }
    if config.object("peft").is_some() {
        facts.adapter_base = config.word("peft.base_model_name_or_path");
    }
    facts.context_configured = context(config);
    if matches!(config.present("tokenizer_config"), Some(Value::Object(_))) {
        facts.context_tokenizer = tokens(config, "tokenizer_config.model_max_length");
    }
    // A GGUF file may hold a template although the configuration beside it has none.
    let template = chat_template(config);
    facts.has_chat_template = facts.has_chat_template.or(template);
    let is_configured = facts.model_type.is_some() || facts.architectures.is_some();
    facts.custom_classes = match config.present("auto_map") {
        None => is_configured.then(Vec::new),
        Some(_) => custom_classes(config),
    };
    if config.object("quantization_config").is_some() {
        quantization(config, facts);
    }
}

/// In dumps each class of any model is a key, mostly of nothing.
fn custom_classes(config: &mut Row<'_>) -> Option<Vec<String>> {
    let classes = config.object("auto_map")?;
    config.entries("auto_map", classes, MAX_CLASSES, |(class, code)| {
        let class = (!code.is_null()).then_some(class);
        class.and_then(|class| fault_of_text(class)).map_or(Ok(class.cloned()), Err)
    })
}

/// The context length; of a model of several parts, that of its text model.
fn context(config: &mut Row<'_>) -> Option<i64> {
    let of = |part: &mut Row<'_>| CONTEXT_KEYS.iter().find_map(|key| tokens(part, key));
    if let Some(tokens) = of(config) {
        return Some(tokens);
    }
    TEXT_PARTS.iter().find_map(|key| {
        let part = config.object(key)?;
        let mut part = config.part(part);
        of(&mut part).or_else(|| {
            let inner = part.object("text_config")?;
            of(&mut part.part(inner))
        })
    })
}

/// A number of tokens that a model may take in.
fn tokens(row: &mut Row<'_>, key: &str) -> Option<i64> {
    let value = row.present(key)?;
    let number = value.as_f64().filter(|number| *number >= 1.0 && number.fract() == 0.0);
    let Some(number) = number else {
        row.fault(key, format!("expected a number of tokens, found {}", shown(value)));
        return None;
    };
    (number < MAX_TOKENS).then_some(number as i64)
}

/// Whether there is a template for chats; `None` where the parts that may hold one are not shown.
fn chat_template(config: &mut Row<'_>) -> Option<bool> {
    let mut found = is_there(config, "chat_template_jinja").filter(|is_there| *is_there);
    for part in TEMPLATE_PARTS {
        let Some(part) = config.object(part) else { continue };
        found = found.max(is_there(&mut config.part(part), "chat_template"));
    }
    found
}

/// Whether a text or a list holds anything; unknown where it is another thing.
fn is_there(row: &mut Row<'_>, key: &str) -> Option<bool> {
    match row.present(key) {
        None => Some(false),
        Some(Value::String(text)) => Some(!text.is_empty()),
        Some(Value::Array(items)) => Some(!items.is_empty()),
        Some(other) => {
            row.fault(key, format!("expected a template, found {}", shown(other)));
            None
        }
    }
}

fn quantization(config: &mut Row<'_>, facts: &mut Facts) {
    const METHOD: &str = "quantization_config.quant_method";
    const BITS: &str = "quantization_config.bits";
    let is_set = |config: &mut Row<'_>, key: &str| config.boolean(key) == Some(true);
    let flagged = if is_set(config, "quantization_config.load_in_4bit") {
        Some(4)
    } else if is_set(config, "quantization_config.load_in_8bit") {
        Some(8)
    } else {
        None
    };
    let bits = config.quantity(BITS);
    facts.quantization_bits = if config.present(BITS).is_some() { bits } else { flagged };
    // Early bitsandbytes files carry only the flags.
    facts.quantization_method = match config.present(METHOD) {
        Some(_) => config.word(METHOD),
        None => flagged.map(|_| "bitsandbytes".to_owned()),
    };
}

#[cfg(test)]
mod tests;
