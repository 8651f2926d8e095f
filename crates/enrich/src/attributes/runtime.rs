//! How the model can be run.

use schema::{Attribute, Confidence, Value, ValueType};

use super::describe::blank;
use super::signs::has_tag;
use super::{Context, Family};
use crate::tables::Model;

/// The family.
pub(super) const FAMILY: Family = Family::plain(ATTRIBUTES, derive);

const NAME: &str = "runtime";

/// The descriptions, in the order of the values.
pub(super) const ATTRIBUTES: &[Attribute] = &[
    Attribute {
        name: "context_length",
        unit: "tokens",
        title: "Context length",
        meaning: "Longest text that the model takes in.",
        source: "context length of the source or of the GGUF file",
        method: "as the source says; null for 0",
        inputs: &["context_length"],
        confidence: Confidence::Stated,
        ..blank(NAME, ValueType::Integer)
    },
    Attribute {
        name: "provider_count",
        unit: "providers",
        title: "Inference providers",
        meaning: "Number of inference providers that are mapped to the model on the Hub.",
        source: "inferenceProviderMapping",
        method: "entries of the mapping; 0 where it is empty",
        inputs: &["provider_count"],
        confidence: Confidence::Stated,
        ..blank(NAME, ValueType::Integer)
    },
    Attribute {
        name: "is_disabled",
        title: "Taken down",
        meaning: "Whether the Hub's staff took the model down.",
        source: "disabled",
        method: "as the source says",
        inputs: &["is_disabled"],
        confidence: Confidence::Stated,
        ..blank(NAME, ValueType::Boolean)
    },
    Attribute {
        name: "is_conversational",
        title: "Conversational",
        meaning: "Whether the model has a template for chats.",
        source: "tag conversational",
        method: "the Hub sets the tag; null where the source has no tags",
        inputs: &["tags"],
        ..blank(NAME, ValueType::Boolean)
    },
];

fn derive(model: &Model, _context: &Context<'_>) -> Vec<Value> {
    let facts = &model.facts;
    let is_conversational = facts.tags.as_ref().map(|_| has_tag(model, &["conversational"]));
    vec![
        facts.context_length.filter(|length| *length > 0).into(),
        facts.provider_count.into(),
        facts.is_disabled.into(),
        is_conversational.into(),
    ]
}

#[cfg(test)]
mod tests;
