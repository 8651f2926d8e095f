//! Under which terms the model is given, and what they allow.

use std::collections::HashMap;
use std::sync::LazyLock;

use schema::{Attribute, Value, ValueType};
use serde::Deserialize;

use super::describe::{blank, group};
use super::signs::tag_values;
use super::{Context, Family, rules};
use crate::tables::Model;

/// The family.
pub(super) const FAMILY: Family = Family::plain(ATTRIBUTES, derive);

const NAME: &str = "license";
const TABLE: &str = "license and rules/licenses.csv";
/// What tells the licence.
const INPUTS: &[&str] = &["license", "license_name", "tags"];
/// A real choice on the Hub, which says as little as no licence.
pub(super) const UNKNOWN: &str = "unknown";
/// A custom licence, which should come with its name.
const OTHER: &str = "other";

/// The descriptions, in the order of the values.
pub(super) const ATTRIBUTES: &[Attribute] = &[
    Attribute {
        name: "license",
        title: "Licence",
        meaning: "Licence identifier of the Hub, or the own name of a custom licence where a \
                  source gives that instead.",
        source: "license of the card, else the tag license:*",
        method: "lower case; common spellings folded into the Hub's identifier; 'unknown' is \
                 what the publisher chose, null is no statement",
        inputs: &["license", "tags"],
        ..group(NAME)
    },
    Attribute {
        name: "license_name",
        title: "Name of a custom licence",
        meaning: "The own name of a licence that the Hub has no identifier for.",
        source: "license_name of the card, else license",
        method: "lower case; the licence itself where it is none of the Hub's identifiers",
        inputs: INPUTS,
        ..blank(NAME, ValueType::Text)
    },
    Attribute {
        name: "license_family",
        title: "Licence family",
        meaning: "Kind of terms: permissive, copyleft, creative commons, creative commons \
                  non-commercial, open data, responsible AI, vendor terms, or other.",
        source: TABLE,
        method: "looked up by identifier, for 'other' by name; 'other' is a custom licence that \
                 nobody classified; null where the licence is unknown or not stated",
        inputs: INPUTS,
        ..group(NAME)
    },
    Attribute {
        name: "is_license_commercial",
        title: "Commercial use allowed",
        meaning: "Whether the terms allow commercial use, be it under conditions.",
        source: TABLE,
        method: "looked up; a name that says non-commercial or research only is no; null where \
                 the terms are not known or leave it open",
        inputs: INPUTS,
        ..blank(NAME, ValueType::Boolean)
    },
    Attribute {
        name: "is_license_open_source",
        title: "Open-source licence",
        meaning: "Whether the Open Source Initiative has approved the licence.",
        source: TABLE,
        method: "looked up; null where the licence is not known, and for families that hold \
                 approved and other versions",
        inputs: INPUTS,
        ..blank(NAME, ValueType::Boolean)
    },
    Attribute {
        name: "license_spdx",
        title: "SPDX licence id",
        meaning: "Identifier of the licence in the SPDX list.",
        source: TABLE,
        method: "looked up; null where SPDX has none or where the Hub does not tell the \
                 versions of a licence apart",
        inputs: INPUTS,
        ..blank(NAME, ValueType::Text)
    },
];

fn derive(model: &Model, _context: &Context<'_>) -> Vec<Value> {
    let statement = statement(model);
    let terms = statement.as_ref().map(|statement| terms_of(statement.terms()));
    let terms = terms.unwrap_or_default();
    let (license, name) = statement.map_or((None, None), |it| (Some(it.license), it.name));
    vec![
        license.into(),
        name.into(),
        terms.family.into(),
        terms.is_commercial.into(),
        terms.is_open_source.into(),
        terms.spdx.into(),
    ]
}

/// A licence as it is stated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Statement {
    /// The identifier, or the name of a custom licence that stands in its place.
    pub license: String,
    /// The own name of a custom licence.
    pub name: Option<String>,
}

impl Statement {
    /// What the terms are looked up by.
    pub(super) fn terms(&self) -> &str {
        match &self.name {
            Some(name) if self.license == OTHER => name,
            _ => &self.license,
        }
    }

    /// Whether the Hub has no identifier for it.
    pub(super) fn is_custom(&self) -> bool {
        self.license == OTHER || self.name.is_some()
    }

    /// Whether the terms allow commercial use, be it under conditions.
    pub(super) fn is_commercial(&self) -> Option<bool> {
        terms_of(self.terms()).is_commercial
    }

    /// Whether the Open Source Initiative has approved the licence.
    pub(super) fn is_open_source(&self) -> Option<bool> {
        terms_of(self.terms()).is_open_source
    }
}

/// The licence that a model states; `None` where it states none or the source does not say.
pub(super) fn statement(model: &Model) -> Option<Statement> {
    let license = license(model)?;
    let name = custom_name(model, &license);
    Some(Statement { license, name })
}

#[derive(Debug, Clone, Copy, Default)]
struct Terms {
    family: Option<&'static str>,
    is_commercial: Option<bool>,
    is_open_source: Option<bool>,
    spdx: Option<&'static str>,
}

fn license(model: &Model) -> Option<String> {
    let stated = model.facts.license.as_deref();
    let written = stated.or_else(|| tag_values(model, "license:").next())?;
    let written = written.trim().to_lowercase();
    let written = written.strip_prefix("license:").unwrap_or(&written);
    let identifier = rule_of(written).map_or(written, |rule| rule.identifier.as_str());
    (!identifier.is_empty()).then(|| identifier.to_owned())
}

fn custom_name(model: &Model, license: &str) -> Option<String> {
    if license != OTHER {
        let is_on_hub = rule_of(license).is_some_and(|rule| rule.is_on_hub);
        return (!is_on_hub).then(|| license.to_owned());
    }
    let name = model.facts.license_name.as_deref()?.trim().to_lowercase();
    (!name.is_empty()).then_some(name)
}

fn terms_of(license: &str) -> Terms {
    if license == UNKNOWN {
        return Terms::default();
    }
    let Some(rule) = rule_of(license) else {
        let is_barred = ["non-commercial", "noncommercial", "research-only", "personal-use-only"]
            .iter()
            .any(|words| license.contains(words));
        return Terms {
            family: Some(OTHER),
            is_commercial: is_barred.then_some(false),
            is_open_source: is_barred.then_some(false),
            spdx: None,
        };
    };
    Terms {
        family: (!rule.family.is_empty()).then_some(&rule.family),
        is_commercial: answer(&rule.commercial),
        is_open_source: answer(&rule.open_source),
        spdx: (!rule.spdx.is_empty()).then_some(&rule.spdx),
    }
}

/// What a table says by yes, no, or nothing.
pub(super) fn answer(word: &str) -> Option<bool> {
    match word {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

#[derive(Debug, Deserialize)]
struct Rule {
    identifier: String,
    is_on_hub: bool,
    family: String,
    commercial: String,
    open_source: String,
    spdx: String,
    /// Other spellings, parted by `|`.
    aliases: String,
}

/// The Hub's identifiers of August 2026, then names of custom licences seen under `other`. Ids
/// and approval agree with version 6.12.0 of the npm package `spdx-license-list`; what the terms
/// allow is a summary, no legal advice, and left empty where it is not certain.
static RULES: LazyLock<Vec<Rule>> =
    LazyLock::new(|| rules::rows(include_str!("../../rules/licenses.csv")));

static BY_SPELLING: LazyLock<HashMap<&'static str, &'static Rule>> = LazyLock::new(|| {
    let spellings = |rule: &'static Rule| {
        let aliases = rule.aliases.split('|').filter(|alias| !alias.is_empty());
        aliases.chain([rule.identifier.as_str()]).map(move |spelling| (spelling, rule))
    };
    RULES.iter().flat_map(spellings).collect()
});

fn rule_of(license: &str) -> Option<&'static Rule> {
    BY_SPELLING.get(license).copied()
}

/// Whether an identifier, or the name of a custom licence, has a rule of its own.
#[cfg(test)]
pub(super) fn is_known(identifier: &str) -> bool {
    rule_of(identifier).is_some_and(|rule| rule.identifier == identifier)
}

#[cfg(test)]
mod tests;
