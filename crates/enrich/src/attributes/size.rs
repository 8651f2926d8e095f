//! How large the model is.

use schema::{Attribute, Confidence, Value, ValueType};

use super::describe::{blank, group};
use super::quantization::quantization;
use super::{Context, Family, name};
use crate::identity::name_of;
use crate::lineage::{Relation, relation};
use crate::tables::Model;

/// The family.
pub(super) const FAMILY: Family = Family::plain(ATTRIBUTES, derive);

const NAME: &str = "size";
const SOURCE: &str = "number of parameters of the source, else name";
const METHOD: &str = "as the source says; for packed weights, whose elements hold several \
                      parameters each, the number in the name if at least 1.5 times larger; for \
                      GGUF, counted from one file, if at least 4 times larger; null where packed \
                      weights cannot be corrected; names of adapters and drafts are not read";
/// What tells how many parameters there are.
const INPUTS: &[&str] = &[
    "parameters",
    "parameters_origin",
    "weight_types",
    "model_id",
    "quantization_method",
    "quantization_bits",
    "gguf_architecture",
    "formats",
    "file_paths",
    "tags",
    "model_type",
    "library",
    "base_models",
    "base_relation",
];
/// What tells how many of them work on each token.
const ACTIVE_INPUTS: &[&str] = &[
    "parameters_active",
    "model_id",
    "base_models",
    "base_relation",
    "file_paths",
    "library",
    "tags",
];
/// Names round, and sources count embeddings or not; packed weights differ by more than this.
const PACKED_RATIO: f64 = 1.5;
/// A GGUF repository may be counted by its vision projector or by one part of the model.
const PART_RATIO: f64 = 4.0;
/// Beginnings of words that mark a part of a model or an addition to it, whose name holds the
/// size of the whole.
const PARTS: [&str; 9] =
    ["lora", "qlora", "dora", "adapter", "draft", "speculator", "eagle", "dflash", "dspark"];
/// Types of elements into which several weights are packed.
const PACKED_TYPES: [&str; 3] = ["I32", "U32", "U8"];
/// The bands: least number of parameters and name.
const BANDS: [(i64, &str); 7] = [
    (200_000_000_000, "≥ 200 B"),
    (40_000_000_000, "40–200 B"),
    (10_000_000_000, "10–40 B"),
    (4_000_000_000, "4–10 B"),
    (1_000_000_000, "1–4 B"),
    (100_000_000, "0.1–1 B"),
    (0, "< 0.1 B"),
];

/// The descriptions, in the order of the values.
pub(super) const ATTRIBUTES: &[Attribute] = &[
    Attribute {
        name: "parameters",
        unit: "parameters",
        title: "Parameters",
        meaning: "Number of parameters of the model; of an adapter, its own.",
        source: SOURCE,
        method: METHOD,
        inputs: INPUTS,
        confidence: Confidence::Inferred,
        ..blank(NAME, ValueType::Integer)
    },
    Attribute {
        name: "parameters_source",
        title: "Source of the parameters",
        meaning: "Where the number of parameters is from: safetensors, gguf, source, or name.",
        source: SOURCE,
        method: METHOD,
        inputs: INPUTS,
        confidence: Confidence::Inferred,
        ..group(NAME)
    },
    Attribute {
        name: "size_band",
        title: "Size",
        meaning: "Band of the number of parameters, in billions; a band holds its lower bound.",
        source: "parameters",
        method: "bounds at 0.1, 1, 4, 10, 40 and 200 billion",
        is_ordered: true,
        inputs: INPUTS,
        confidence: Confidence::Inferred,
        ..group(NAME)
    },
    Attribute {
        name: "parameters_active",
        unit: "parameters",
        title: "Active parameters",
        meaning: "Parameters that work on each token, of a mixture of experts.",
        source: "active parameters of the source, else name",
        method: "as the source says, else as a name such as 30B-A3B says; never computed",
        inputs: ACTIVE_INPUTS,
        confidence: Confidence::Inferred,
        ..blank(NAME, ValueType::Integer)
    },
    Attribute {
        name: "storage_bytes",
        unit: "bytes",
        title: "Storage",
        meaning: "Bytes that the repository takes, on the Hub over its whole history.",
        source: "storage of the source",
        method: "as the source says",
        inputs: &["storage_bytes"],
        confidence: Confidence::Stated,
        ..blank(NAME, ValueType::Integer)
    },
];

fn derive(model: &Model, _context: &Context<'_>) -> Vec<Value> {
    let facts = &model.facts;
    let named = name::read(&model.model_id);
    // The name of an adapter or a draft tells the size of what it belongs to.
    let is_whole = relation(model) != Some(Relation::Adapter) && !is_part(&model.model_id);
    let parameters = parameters(model, named.total.filter(|_| is_whole));
    let count = parameters.map(|(count, _)| count);
    let active =
        facts.parameters_active.filter(|active| *active > 0).or(named.active.filter(|_| is_whole));
    vec![
        count.into(),
        parameters.map(|(_, source)| source).into(),
        count.map(size_band).into(),
        active.into(),
        facts.storage_bytes.into(),
    ]
}

fn is_part(model_id: &str) -> bool {
    let words = name::words(name_of(model_id));
    let marks = |word: &str| PARTS.iter().any(|part| word.starts_with(part));
    words.iter().any(|word| marks(&word.to_ascii_lowercase()))
}

/// The number of parameters and where it is from.
fn parameters(model: &Model, named: Option<i64>) -> Option<(i64, &str)> {
    let facts = &model.facts;
    let origin = facts.parameters_origin.as_deref().unwrap_or("source");
    let stated = facts.parameters.filter(|count| *count > 0).map(|count| (count, origin));
    let named = named.map(|count| (count, "name"));
    let Some((count, _)) = stated else { return named };
    let larger = |ratio: f64| named.filter(|(named, _)| *named as f64 >= ratio * count as f64);
    match packing(model) {
        Packing::None => stated,
        Packing::Parts => larger(PART_RATIO).or(stated),
        Packing::Possible => larger(PACKED_RATIO).or(stated),
        // With neither a larger nor a similar number in the name, the count is wrong.
        Packing::Certain => larger(PACKED_RATIO).or(stated.filter(|_| named.is_some())),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Packing {
    None,
    /// The count may be that of one of several files.
    Parts,
    /// The source may have unpacked the count, as the Hub does for some methods since 2026.
    Possible,
    /// The count is one of packed elements.
    Certain,
}

fn packing(model: &Model) -> Packing {
    let quantization = quantization(model);
    let method = quantization.method.as_deref().unwrap_or_default();
    // Eight-bit floats stand one in an element.
    if quantization.is_quantized != Some(true) || ["fp8", "mxfp8"].contains(&method) {
        return Packing::None;
    }
    if method == "gguf" {
        return Packing::Parts;
    }
    if method == "mlx" || is_mostly_packed(model) { Packing::Certain } else { Packing::Possible }
}

/// Whether most elements of the weights are of a type that packs, with a count that was not
/// corrected: it is the sum over the types.
fn is_mostly_packed(model: &Model) -> bool {
    let (mut packed, mut all) = (0_i128, 0_i128);
    for entry in model.facts.weight_types.iter().flatten() {
        let Some((name, count)) = entry.split_once(':') else { continue };
        let count = count.parse::<i64>().map_or(0, i128::from);
        all += count;
        if PACKED_TYPES.contains(&name) {
            packed += count;
        }
    }
    2 * packed > all && model.facts.parameters.is_some_and(|total| i128::from(total) == all)
}

fn size_band(parameters: i64) -> &'static str {
    let band = BANDS.iter().find(|(least, _)| parameters >= *least);
    band.map_or(BANDS[BANDS.len() - 1].1, |(_, name)| name)
}

#[cfg(test)]
mod tests;
