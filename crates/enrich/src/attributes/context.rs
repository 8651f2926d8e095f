//! How long a text the model takes in.

use schema::{Attribute, Confidence, Value, ValueType};

use super::describe::{blank, group};
use super::{Context, Explanation, Family};
use crate::tables::Model;

mod named;

/// The family.
pub(super) const FAMILY: Family = Family { attributes: ATTRIBUTES, derive, explain };

const NAME: &str = "context";
const SOURCE: &str = "configuration, GGUF file or other source, name, tokenizer";
const METHOD: &str = "the first that is known of the configuration, the GGUF file or the source's \
                      own field, a word of the name such as 128k or 1M, and the tokenizer's \
                      longest input, which is often shorter than what the model takes in";
const NAMED: &[&str] = &["model_id", "task"];
/// What tells how long a text may be.
const INPUTS: &[&str] = &[
    "context_configured",
    "context_length",
    "gguf_architecture",
    "context_tokenizer",
    "model_id",
    "task",
];
/// Lengths that differ by no more are the same: 128k is 131,072 and 128,000.
const TOLERANCE: f64 = 0.1;
/// The bands: least number of tokens and name.
const BANDS: [(i64, &str); 6] = [
    (1_000_000, "≥ 1000 K"),
    (131_072, "128–1000 K"),
    (32_768, "32–128 K"),
    (8_192, "8–32 K"),
    (2_048, "2–8 K"),
    (0, "< 2 K"),
];

/// A length, as one source tells it.
const fn length(name: &'static str, title: &'static str, meaning: &'static str) -> Attribute {
    Attribute { name, unit: "tokens", title, meaning, ..blank(NAME, ValueType::Integer) }
}

/// The descriptions, in the order of the values.
pub(super) const ATTRIBUTES: &[Attribute] = &[
    Attribute {
        source: SOURCE,
        method: METHOD,
        version: 2,
        inputs: INPUTS,
        confidence: Confidence::Inferred,
        ..length("context_length", "Context length", "Longest text that the model takes in.")
    },
    Attribute {
        name: "context_length_source",
        title: "Source of the context length",
        meaning: "Where the context length is from: configuration, gguf, source, name, or \
                  tokenizer.",
        source: SOURCE,
        method: METHOD,
        inputs: INPUTS,
        confidence: Confidence::Inferred,
        ..group(NAME)
    },
    Attribute {
        name: "context_band",
        title: "Band of the context length",
        meaning: "Band of the context length, in thousands of tokens; a band holds its lower bound.",
        source: SOURCE,
        method: "bounds at 2,048, 8,192, 32,768, 131,072 and a million tokens",
        is_ordered: true,
        inputs: INPUTS,
        confidence: Confidence::Inferred,
        ..group(NAME)
    },
    Attribute {
        source: "max_position_embeddings and its like in the configuration",
        method: "as written; of a model of several parts, of its text model",
        inputs: &["context_configured"],
        confidence: Confidence::Stated,
        ..length(
            "context_length_configured",
            "Configured context length",
            "Context length that the configuration says.",
        )
    },
    Attribute {
        source: "name",
        method: "words such as 128k or 1M of models that take in text; none below 4k, which are \
                 counts of other things",
        inputs: NAMED,
        confidence: Confidence::Inferred,
        ..length(
            "context_length_named",
            "Context length in the name",
            "Context length that the model's name says.",
        )
    },
    Attribute {
        source: "model_max_length of the tokenizer's configuration",
        method: "as written; null for tokenizers without a limit, which write 10^30",
        inputs: &["context_tokenizer"],
        confidence: Confidence::Stated,
        ..length(
            "context_length_tokenizer",
            "Longest input of the tokenizer",
            "Longest text that the tokenizer hands over.",
        )
    },
    Attribute {
        name: "context_length_conflict",
        title: "Conflicting context lengths",
        meaning: "Context lengths that differ from the one taken by more than 10 %.",
        source: SOURCE,
        method: "each other length with its source, as 'name 131072'; null where none differs",
        inputs: INPUTS,
        confidence: Confidence::Inferred,
        ..blank(NAME, ValueType::Text)
    },
];

/// The lengths that are told, each with its source, the most trusted first.
fn lengths(model: &Model) -> [(Option<i64>, &'static str); 4] {
    let facts = &model.facts;
    let is_gguf = facts.gguf_architecture.is_some();
    let positive = |length: Option<i64>| length.filter(|length| *length > 0);
    [
        (positive(facts.context_configured), "configuration"),
        (positive(facts.context_length), if is_gguf { "gguf" } else { "source" }),
        (named::read(model), "name"),
        (positive(facts.context_tokenizer), "tokenizer"),
    ]
}

fn derive(model: &Model, _context: &Context<'_>) -> Vec<Value> {
    let lengths = lengths(model);
    let taken = taken(&lengths);
    let [(configured, _), _, (named, _), (tokenizer, _)] = lengths;
    vec![
        taken.map(|(length, _)| length).into(),
        taken.map(|(_, source)| source).into(),
        taken.map(|(length, _)| band(length)).into(),
        configured.into(),
        named.into(),
        tokenizer.into(),
        taken.and_then(|taken| conflict(&lengths, taken)).into(),
    ]
}

fn explain(model: &Model, _context: &Context<'_>, name: &str) -> Option<Explanation> {
    if !matches!(name, "context_length" | "context_length_source" | "context_band") {
        return None;
    }
    let (length, source) = taken(&lengths(model))?;
    let confidence = match source {
        "name" | "tokenizer" => Confidence::Inferred,
        _ => Confidence::Stated,
    };
    Some(Explanation { confidence, because: format!("the {source} says {length}") })
}

fn taken(lengths: &[(Option<i64>, &'static str)]) -> Option<(i64, &'static str)> {
    lengths.iter().find_map(|(length, source)| Some(((*length)?, *source)))
}

fn conflict(
    lengths: &[(Option<i64>, &'static str)],
    (taken, source): (i64, &'static str),
) -> Option<String> {
    let mut others = Vec::new();
    for (length, other) in lengths {
        let Some(length) = length.filter(|_| *other != source) else { continue };
        if length.abs_diff(taken) as f64 > TOLERANCE * taken as f64 {
            others.push(format!("{other} {length}"));
        }
    }
    (!others.is_empty()).then(|| others.join("; "))
}

fn band(length: i64) -> &'static str {
    let band = BANDS.iter().find(|(least, _)| length >= *least);
    band.map_or(BANDS[BANDS.len() - 1].1, |(_, name)| name)
}

#[cfg(test)]
mod tests;
