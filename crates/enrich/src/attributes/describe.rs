//! Starts the description of an attribute, so that a family spells out only what differs.

use schema::{Attribute, Confidence, ValueType};

/// A description with nothing but its family and type; a test finds what a family left empty.
/// Yes and no can always be the units of a market.
pub(super) const fn blank(family: &'static str, value_type: ValueType) -> Attribute {
    Attribute {
        name: "",
        value_type,
        unit: "",
        title: "",
        meaning: "",
        source: "",
        method: "",
        version: 1,
        inputs: &[],
        confidence: Confidence::Derived,
        family,
        is_groupable: matches!(value_type, ValueType::Boolean),
        is_ordered: false,
    }
}

/// A description of values that can be the units of a market.
pub(super) const fn group(family: &'static str) -> Attribute {
    Attribute { is_groupable: true, ..blank(family, ValueType::Text) }
}
