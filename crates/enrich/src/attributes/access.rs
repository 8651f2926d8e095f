//! What stands between the public and the files.

use schema::{Attribute, Confidence, Value, ValueType};

use super::describe::{blank, group};
use super::{Context, Family};
use crate::tables::Model;

/// The family.
pub(super) const FAMILY: Family = Family::plain(ATTRIBUTES, derive);

const NAME: &str = "access";
/// What tells of the fields of a gate's form.
const GATE: &[&str] = &["gate_fields", "gating", "card_keys"];
/// What sources write, and what it means.
const GATES: [(&str, &str); 6] = [
    ("no", "no"),
    ("false", "no"),
    ("auto", "auto"),
    ("manual", "manual"),
    ("yes", "yes"),
    ("true", "yes"),
];

/// The descriptions, in the order of the values.
pub(super) const ATTRIBUTES: &[Attribute] = &[
    Attribute {
        name: "gating",
        title: "Gate",
        meaning: "Who may download: no gate, a form answered at once (auto), a request that a \
                  person decides (manual), or a gate of unsaid kind (yes).",
        source: "gated",
        method: "as the source says; null for other words",
        inputs: &["gating"],
        confidence: Confidence::Stated,
        ..group(NAME)
    },
    Attribute {
        name: "is_gated",
        title: "Gated",
        meaning: "Whether one must agree to something before downloading.",
        source: "gated",
        method: "any gate; null where the source does not say",
        inputs: &["gating"],
        ..blank(NAME, ValueType::Boolean)
    },
    Attribute {
        name: "is_approval_required",
        title: "Approval required",
        meaning: "Whether a person of the publisher decides who may download.",
        source: "gated",
        method: "a gate of the kind manual; null where the source does not say, or says only that \
                 there is a gate",
        inputs: &["gating"],
        ..blank(NAME, ValueType::Boolean)
    },
    Attribute {
        name: "gate_fields",
        title: "Fields of the gate",
        meaning: "What the form of the gate asks for; empty where it asks for nothing beyond the \
                  account.",
        source: "extra_gated_fields of the card",
        method: "names as written; empty for a model without a gate; null where the source does \
                 not carry the card",
        inputs: GATE,
        ..blank(NAME, ValueType::TextList)
    },
    Attribute {
        name: "gate_field_count",
        unit: "fields",
        title: "Number of fields of the gate",
        meaning: "Number of fields of the form that one fills in before downloading.",
        source: "extra_gated_fields of the card",
        method: "0 for a form without fields and for a model without a gate; null where the \
                 source does not carry the card",
        inputs: GATE,
        ..blank(NAME, ValueType::Integer)
    },
    Attribute {
        name: "has_gate_terms",
        title: "Terms at the gate",
        meaning: "Whether the gate shows terms or a notice of the publisher's own.",
        source: "extra_gated_prompt and its like on the card",
        method: "no for a model without a gate; null where the source does not carry the card",
        inputs: &["gate_has_terms", "gating", "card_keys"],
        ..blank(NAME, ValueType::Boolean)
    },
    Attribute {
        name: "is_closed_to_eu",
        title: "Closed to the European Union",
        meaning: "Whether the gate keeps out users in the European Union.",
        source: "extra_gated_eu_disallowed of the card",
        method: "no for a model without a gate; null where the source does not carry the card",
        inputs: &["gate_excludes_eu", "gating", "card_keys"],
        ..blank(NAME, ValueType::Boolean)
    },
];

fn derive(model: &Model, _context: &Context<'_>) -> Vec<Value> {
    let gate = gate(model);
    let facts = &model.facts;
    // Cards keep their form when a gate is opened, and need none to have a gate.
    let is_open = gate == Some("no");
    let is_bare = is_open || facts.card_keys.is_some();
    let fields = facts.gate_fields.clone().filter(|_| !is_open).or(is_bare.then(Vec::new));
    let has_terms = facts.gate_has_terms.filter(|_| !is_open).or(is_bare.then_some(false));
    let is_closed = facts.gate_excludes_eu.filter(|_| !is_open).or(is_bare.then_some(false));
    vec![
        gate.into(),
        gate.map(|gate| gate != "no").into(),
        gate.filter(|gate| *gate != "yes").map(|gate| gate == "manual").into(),
        fields.clone().into(),
        fields.map(|fields| fields.len() as i64).into(),
        has_terms.into(),
        is_closed.into(),
    ]
}

/// What stands before the files: `no`, `auto`, `manual`, or `yes` where the kind is not said.
pub(super) fn gate(model: &Model) -> Option<&'static str> {
    let written = model.facts.gating.as_deref()?.trim();
    let known = GATES.iter().find(|(word, _)| written.eq_ignore_ascii_case(word));
    known.map(|(_, gate)| *gate)
}

#[cfg(test)]
mod tests;
