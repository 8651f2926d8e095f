//! How large the model is.

use schema::{Attribute, Confidence, Value, ValueType};

use super::describe::{blank, group};
use super::{Context, Explanation, Family, name};
use crate::lineage::{Relation, relation};
use crate::tables::Model;
use estimate::Estimates;

mod estimate;

/// The family.
pub(super) const FAMILY: Family = Family { attributes: ATTRIBUTES, derive, explain };

const NAME: &str = "size";
const SOURCE: &str = "number of parameters of the source, rules/families.csv, name";
const METHOD: &str = "as the maker of the family publishes it, where the name's words name a \
                      family and the files do not tell of another model: a count of unpacked \
                      elements that differs by more than 10 % stands above it, and one that \
                      rounds to it is the more exact; else as the source says; for packed \
                      weights, whose elements hold several parameters each, the number in the \
                      name if at least 1.5 times larger; for GGUF, counted from one file, if at \
                      least 4 times larger; null where packed weights cannot be corrected; names \
                      of adapters and drafts are not read";
const ACTIVE_METHOD: &str = "as the maker of the family publishes it, else as the source says, \
                             else as a name such as 30B-A3B says; never computed";
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
/// What tells whether the model is an adapter or a part, whose name is another's.
const NAME_INPUTS: &[&str] =
    &["model_id", "base_models", "base_relation", "file_paths", "library", "tags"];
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
        version: 2,
        inputs: INPUTS,
        confidence: Confidence::Inferred,
        ..blank(NAME, ValueType::Integer)
    },
    Attribute {
        name: "parameters_source",
        title: "Source of the parameters",
        meaning: "Where the number of parameters is from: published, safetensors, gguf, source, \
                  or name.",
        source: SOURCE,
        method: METHOD,
        version: 2,
        inputs: INPUTS,
        confidence: Confidence::Inferred,
        ..group(NAME)
    },
    Attribute {
        name: "parameters_confidence",
        title: "Confidence of the parameters",
        meaning: "How far the number of parameters can be trusted: high, medium, or low.",
        source: SOURCE,
        method: "high for unpacked elements in files, and for a published number within 10 % of \
                 them; low for a number read in the name; medium for all else",
        is_ordered: true,
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
        version: 2,
        is_ordered: true,
        inputs: INPUTS,
        confidence: Confidence::Inferred,
        ..group(NAME)
    },
    Attribute {
        name: "parameters_published",
        unit: "parameters",
        title: "Published parameters",
        meaning: "Number of parameters that the maker of the model's family publishes.",
        source: "name, with rules/families.csv",
        method: "the longest row of the family's words in the name; null where a word beside \
                 them marks another model, such as distill, pruned or tiny, where another size \
                 stands in the name, and for adapters and drafts",
        inputs: NAME_INPUTS,
        confidence: Confidence::Inferred,
        ..blank(NAME, ValueType::Integer)
    },
    Attribute {
        name: "parameters_named",
        unit: "parameters",
        title: "Parameters in the name",
        meaning: "Number of parameters that the model's name says.",
        source: "name",
        method: "a word such as 7B, 0.6b or 350M that is no version, date, context or width; \
                 null for 8x7B, whose experts share layers, and for adapters and drafts",
        inputs: NAME_INPUTS,
        confidence: Confidence::Inferred,
        ..blank(NAME, ValueType::Integer)
    },
    Attribute {
        name: "weight_element_count",
        unit: "elements",
        title: "Elements in files",
        meaning: "Number of elements of the weights as the Hub reads them from the files.",
        source: "safetensors.total or gguf.total",
        method: "as the Hub says; one element may hold several parameters, and a GGUF count is \
                 that of one file; null where the number is not from files",
        inputs: &["parameters", "parameters_origin"],
        confidence: Confidence::Stated,
        ..blank(NAME, ValueType::Integer)
    },
    Attribute {
        name: "parameters_conflict",
        title: "Conflicting sizes",
        meaning: "Numbers of parameters that differ from the one taken by more than 10 %.",
        source: SOURCE,
        method: "each other number with its source, as 'name 7 B'; elements of packed weights \
                 and of single GGUF files are no number of parameters; null where none differs",
        inputs: INPUTS,
        confidence: Confidence::Inferred,
        ..blank(NAME, ValueType::Text)
    },
    Attribute {
        name: "parameters_active",
        unit: "parameters",
        title: "Active parameters",
        meaning: "Parameters that work on each token, of a mixture of experts.",
        source: "active parameters of the source, rules/families.csv, name",
        method: ACTIVE_METHOD,
        version: 2,
        inputs: ACTIVE_INPUTS,
        confidence: Confidence::Inferred,
        ..blank(NAME, ValueType::Integer)
    },
    Attribute {
        name: "parameters_active_source",
        title: "Source of the active parameters",
        meaning: "Where the number of active parameters is from: published, source, or name.",
        source: "active parameters of the source, rules/families.csv, name",
        method: ACTIVE_METHOD,
        inputs: ACTIVE_INPUTS,
        confidence: Confidence::Inferred,
        ..group(NAME)
    },
    Attribute {
        name: "active_share",
        unit: "of all",
        title: "Active share",
        meaning: "Share of the parameters that work on each token, of a mixture of experts.",
        source: "parameters and active parameters",
        method: "one divided by the other; null where it would be above 1",
        inputs: ACTIVE_INPUTS,
        confidence: Confidence::Inferred,
        ..blank(NAME, ValueType::Number)
    },
    Attribute {
        name: "base_parameters",
        unit: "parameters",
        title: "Parameters of the base",
        meaning: "Number of parameters of the model that an adapter works on.",
        source: "name of the first declared base, with rules/families.csv",
        method: "as published of the base's family, else as the base's name says; null for \
                 models that are no adapters",
        inputs: NAME_INPUTS,
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
    Attribute {
        name: "bytes_per_parameter",
        unit: "bytes",
        title: "Bytes for each parameter",
        meaning: "Bytes of the weights in files, by the number of parameters.",
        source: "safetensors.parameters and parameters",
        method: "null where the types of elements or the parameters are not known",
        inputs: INPUTS,
        confidence: Confidence::Inferred,
        ..blank(NAME, ValueType::Number)
    },
];

fn derive(model: &Model, _context: &Context<'_>) -> Vec<Value> {
    let facts = &model.facts;
    let estimates = Estimates::of(model);
    let parameters = estimates.parameters();
    let count = parameters.map(|estimate| estimate.count);
    let active = estimates.active();
    let active_count = active.map(|(count, _)| count);
    let share = count.zip(active_count).map(|(all, active)| active as f64 / all as f64);
    let bytes = count.and_then(|_| super::weights::bytes(model));
    let is_from_files = facts.parameters_origin.as_deref().is_some_and(|from| from != "source");
    vec![
        count.into(),
        parameters.map(|estimate| estimate.source).into(),
        parameters.map(|estimate| estimate.confidence).into(),
        count.map(size_band).into(),
        estimates.published.map(|family| family.total).into(),
        estimates.named.total.into(),
        facts.parameters.filter(|_| is_from_files).into(),
        estimates.conflict().into(),
        active_count.into(),
        active.map(|(_, source)| source).into(),
        share.filter(|share| *share <= 1.0).into(),
        base_parameters(model).into(),
        facts.storage_bytes.into(),
        bytes.zip(count).map(|(bytes, count)| bytes as f64 / count as f64).into(),
    ]
}

/// An adapter is small; what it works on is not.
fn base_parameters(model: &Model) -> Option<i64> {
    if relation(model) != Some(Relation::Adapter) {
        return None;
    }
    let base = model.facts.base_models.as_ref()?.first()?;
    let named = name::read(base);
    let family = super::published::published(base, &named);
    family.map(|family| family.total).or(named.total)
}

fn explain(model: &Model, _context: &Context<'_>, name: &str) -> Option<Explanation> {
    let estimates = Estimates::of(model);
    let because = match name {
        "parameters" | "parameters_source" | "parameters_confidence" | "size_band" => {
            estimates.explain_parameters()?
        }
        "parameters_published" => estimates.published?.describe(),
        "parameters_active" | "parameters_active_source" | "active_share" => {
            estimates.explain_active()?
        }
        _ => return None,
    };
    Some(Explanation { confidence: Confidence::Inferred, because })
}

fn size_band(parameters: i64) -> &'static str {
    let band = BANDS.iter().find(|(least, _)| parameters >= *least);
    band.map_or(BANDS[BANDS.len() - 1].1, |(_, name)| name)
}

#[cfg(test)]
mod tests;
