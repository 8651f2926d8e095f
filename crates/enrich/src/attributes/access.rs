//! What stands between the public and the files.

use schema::{Attribute, Confidence, Value, ValueType};

use super::describe::{blank, group};
use super::{Context, Family};
use crate::tables::Model;

/// The family.
pub(super) const FAMILY: Family = Family::plain(ATTRIBUTES, derive);

const NAME: &str = "access";
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
];

fn derive(model: &Model, _context: &Context<'_>) -> Vec<Value> {
    let gate = model.facts.gating.as_deref().and_then(|written| {
        let known = GATES.iter().find(|(word, _)| written.trim().eq_ignore_ascii_case(word));
        known.map(|(_, gate)| *gate)
    });
    vec![gate.into(), gate.map(|gate| gate != "no").into()]
}

#[cfg(test)]
mod tests;
