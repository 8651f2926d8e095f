//! In which numbers the weights are written.

use schema::{Attribute, Confidence, Value, ValueType};

use super::describe::{blank, group};
use super::signs::tags;
use super::{Context, Explanation, Family, name};
use crate::identity::name_of;
use crate::tables::Model;
use elements::Elements;

mod elements;

/// The family.
pub(super) const FAMILY: Family = Family { attributes: ATTRIBUTES, derive, explain };

const NAME: &str = "weights";
const ELEMENTS: &str = "safetensors.parameters";
const ELEMENT_INPUTS: &[&str] = &["weight_types"];
const TYPE_INPUTS: &[&str] = &["weight_types", "model_id", "tags"];
/// Words of names and tags that say a type of numbers.
const WORDS: [(&str, &str); 10] = [
    ("bf16", "BF16"),
    ("bfloat16", "BF16"),
    ("fp16", "F16"),
    ("f16", "F16"),
    ("float16", "F16"),
    ("fp32", "F32"),
    ("f32", "F32"),
    ("float32", "F32"),
    ("e4m3", "F8_E4M3"),
    ("e5m2", "F8_E5M2"),
];

/// The descriptions, in the order of the values.
pub(super) const ATTRIBUTES: &[Attribute] = &[
    Attribute {
        name: "weight_type",
        title: "Type of numbers",
        meaning: "Type of number in which most bytes of the weights are written, as BF16; packed \
                  weights lie in whole numbers such as I32 or U8.",
        source: "safetensors.parameters, name, tags",
        method: "of the elements in files that of most bytes; else a word such as bf16 or fp16 \
                 of the name, else of a tag; null without any",
        inputs: TYPE_INPUTS,
        confidence: Confidence::Inferred,
        ..group(NAME)
    },
    Attribute {
        name: "weight_type_source",
        title: "Source of the type of numbers",
        meaning: "Where the type of number is from: files, name, or tag.",
        source: "safetensors.parameters, name, tags",
        method: "the first of the three that says one",
        inputs: TYPE_INPUTS,
        confidence: Confidence::Inferred,
        ..group(NAME)
    },
    Attribute {
        name: "weight_type_bits",
        unit: "bits",
        title: "Bits of a number",
        meaning: "Bits that one number of the type of most bytes takes in the files.",
        source: "weight_type",
        method: "by the specification of safetensors; null for other types",
        inputs: TYPE_INPUTS,
        confidence: Confidence::Inferred,
        ..blank(NAME, ValueType::Integer)
    },
    Attribute {
        name: "weight_types",
        title: "Types of numbers",
        meaning: "Types of numbers in which the weights are written.",
        source: ELEMENTS,
        method: "those of most bytes first; null where the Hub does not show the types",
        inputs: ELEMENT_INPUTS,
        ..blank(NAME, ValueType::TextList)
    },
    Attribute {
        name: "weight_type_share",
        unit: "share",
        title: "Share of the main type",
        meaning: "Share of the bytes of the weights that are of the main type, 0 to 1.",
        source: ELEMENTS,
        method: "its bytes by those of all types of the specification of safetensors; null where \
                 the Hub does not show the types",
        inputs: ELEMENT_INPUTS,
        ..blank(NAME, ValueType::Number)
    },
    Attribute {
        name: "is_mixed_precision",
        title: "Mixed precision",
        meaning: "Whether the weights are written in several types of numbers.",
        source: ELEMENTS,
        method: "two or more types that each take at least 1 % of the bytes; null where the Hub \
                 does not show the types of elements",
        inputs: ELEMENT_INPUTS,
        ..blank(NAME, ValueType::Boolean)
    },
    Attribute {
        name: "is_packed",
        title: "Packed weights",
        meaning: "Whether one number in the files holds several weights.",
        source: ELEMENTS,
        method: "most bytes are of whole numbers that pack smaller ones (U8, I32, U32, I64); \
                 null where the Hub does not show the types of elements",
        inputs: ELEMENT_INPUTS,
        confidence: Confidence::Inferred,
        ..blank(NAME, ValueType::Boolean)
    },
    Attribute {
        name: "weight_bytes",
        unit: "bytes",
        title: "Bytes of the weights",
        meaning: "Bytes of the elements of the weights, without headers and other files.",
        source: ELEMENTS,
        method: "elements of each type by its bits; null where the Hub does not show the types \
                 or a type is not of the specification",
        inputs: ELEMENT_INPUTS,
        ..blank(NAME, ValueType::Integer)
    },
];

fn derive(model: &Model, _context: &Context<'_>) -> Vec<Value> {
    let elements = Elements::of(model);
    let main = main_type(model, elements.as_ref());
    let bits = main.and_then(|(name, _)| elements::bits_of(name));
    let of = |read: fn(&Elements<'_>) -> Value| elements.as_ref().map_or(Value::Null, read);
    vec![
        main.map(|(name, _)| name).into(),
        main.map(|(_, source)| source).into(),
        bits.into(),
        of(|elements| elements.names().into()),
        of(|elements| elements.main_share().into()),
        of(|elements| elements.is_mixed().into()),
        of(|elements| elements.is_packed().into()),
        of(|elements| elements.bytes().into()),
    ]
}

/// The bytes of the elements of the weights.
pub(super) fn bytes(model: &Model) -> Option<i64> {
    Elements::of(model)?.bytes()
}

fn explain(model: &Model, _context: &Context<'_>, name: &str) -> Option<Explanation> {
    if !matches!(name, "weight_type" | "weight_type_source" | "weight_type_bits") {
        return None;
    }
    let elements = Elements::of(model);
    let (found, source) = main_type(model, elements.as_ref())?;
    let (confidence, because) = match source {
        "files" => (Confidence::Stated, "the elements in files".to_owned()),
        other => (Confidence::Inferred, format!("a word of the {other} that says {found}")),
    };
    Some(Explanation { confidence, because })
}

/// The type of most bytes, with what says it.
fn main_type<'a>(
    model: &Model,
    elements: Option<&Elements<'a>>,
) -> Option<(&'a str, &'static str)> {
    if let Some(name) = elements.and_then(Elements::main) {
        return Some((name, "files"));
    }
    let of_word = |word: &str| {
        let known = WORDS.iter().find(|(known, _)| word.eq_ignore_ascii_case(known));
        known.map(|(_, name)| *name)
    };
    // What was made from it may be named after it: the last word holds.
    let named = name::words(name_of(&model.model_id)).into_iter().rev().find_map(of_word);
    let tagged = || tags(model).iter().find_map(|tag| of_word(tag));
    named.map(|name| (name, "name")).or_else(|| tagged().map(|name| (name, "tag")))
}

#[cfg(test)]
mod tests;
