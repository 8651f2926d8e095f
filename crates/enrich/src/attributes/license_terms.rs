//! What the terms of a licence ask for beyond allowing commercial use or not.

use std::collections::HashMap;
use std::sync::LazyLock;

use schema::{Attribute, Confidence, Value, ValueType};
use serde::Deserialize;

use super::describe::{blank, group};
use super::license::{self, Statement, answer, statement};
use super::sections::is_without_card;
use super::signs::file_paths;
use super::{Context, Family, rules};
use crate::tables::Model;

/// The family.
pub(super) const FAMILY: Family = Family::plain(ATTRIBUTES, derive);

const NAME: &str = "license_terms";
const TABLE: &str = "license and rules/license_terms.csv";
/// What tells the licence.
const INPUTS: &[&str] = &["license", "license_name", "tags"];
const NULL: &str = "looked up, with the clause as evidence; null where the licence is not known \
                    or nobody read its clauses for this";
/// Names that files with terms begin with.
const FILES: [&str; 3] = ["license", "licence", "copying"];

/// The descriptions, in the order of the values.
pub(super) const ATTRIBUTES: &[Attribute] = &[
    Attribute {
        name: "is_license_stated",
        title: "Licence stated",
        meaning: "Whether the publisher states a licence at all.",
        source: "license of the card, else the tag license:*",
        method: "no where card or tags name none, or name 'unknown'; null where the source has \
                 neither",
        inputs: &["license", "license_name", "tags", "card_keys", "file_paths"],
        ..blank(NAME, ValueType::Boolean)
    },
    Attribute {
        name: "is_license_custom",
        title: "Custom licence",
        meaning: "Whether the licence is none of those that the Hub has an identifier for.",
        source: "license of the card, else the tag license:*",
        method: "no for identifiers of the Hub other than 'other'; null where none is stated",
        inputs: INPUTS,
        ..blank(NAME, ValueType::Boolean)
    },
    Attribute {
        name: "license_commercial_use",
        title: "Commercial use",
        meaning: "Whether the terms allow commercial use (allowed), only up to a number of users \
                  or a revenue (conditional), or not (barred).",
        source: "license, rules/licenses.csv and rules/license_terms.csv",
        method: "looked up; null where the terms are not known or leave it open",
        inputs: INPUTS,
        ..group(NAME)
    },
    Attribute {
        name: "has_license_use_restrictions",
        title: "Use restricted",
        meaning: "Whether the terms forbid uses by their purpose, as harm or surveillance.",
        source: TABLE,
        method: NULL,
        inputs: INPUTS,
        ..blank(NAME, ValueType::Boolean)
    },
    Attribute {
        name: "is_license_attribution_required",
        title: "Attribution required",
        meaning: "Whether whoever passes the model on must keep notices or name its maker.",
        source: TABLE,
        method: NULL,
        inputs: INPUTS,
        ..blank(NAME, ValueType::Boolean)
    },
    Attribute {
        name: "is_license_share_alike",
        title: "Share alike",
        meaning: "Whether changed versions must be given under the same terms.",
        source: TABLE,
        method: "clauses that only pass restrictions on do not count; looked up, with the clause \
                 as evidence; null where the licence is not known or nobody read its clauses for \
                 this",
        inputs: INPUTS,
        ..blank(NAME, ValueType::Boolean)
    },
    Attribute {
        name: "is_license_modification_allowed",
        title: "Changed versions allowed",
        meaning: "Whether changed versions may be passed on.",
        source: TABLE,
        method: NULL,
        inputs: INPUTS,
        ..blank(NAME, ValueType::Boolean)
    },
    Attribute {
        name: "license_derivative_name",
        title: "Name of derivatives",
        meaning: "What the names of models made from this one must begin with by its terms.",
        source: TABLE,
        method: "looked up; null where the terms ask for no name and where they are not known",
        inputs: INPUTS,
        ..blank(NAME, ValueType::Text)
    },
    Attribute {
        name: "license_user_limit",
        unit: "users a month",
        title: "Limit of users",
        meaning: "Number of monthly users above which the terms no longer hold.",
        source: TABLE,
        method: "looked up; null where there is no such limit and where the terms are not known",
        inputs: INPUTS,
        ..blank(NAME, ValueType::Integer)
    },
    Attribute {
        name: "license_revenue_limit",
        unit: "US dollars a year",
        title: "Limit of revenue",
        meaning: "Annual revenue above which the terms no longer hold.",
        source: TABLE,
        method: "looked up; null where there is no such limit and where the terms are not known",
        inputs: INPUTS,
        ..blank(NAME, ValueType::Integer)
    },
    Attribute {
        name: "license_link",
        title: "Link to the licence",
        meaning: "Where a custom licence can be read.",
        source: "license_link of the card",
        method: "as written, which may be a path in the repository; null where the card gives \
                 none or the source does not carry it",
        inputs: &["license_link"],
        confidence: Confidence::Stated,
        ..blank(NAME, ValueType::Text)
    },
    Attribute {
        name: "has_license_file",
        title: "File of the licence",
        meaning: "Whether the repository holds the text of its licence.",
        source: "files",
        method: "a file at the top that begins with LICENSE, LICENCE or COPYING; null where the \
                 source has no files",
        inputs: &["file_paths"],
        ..blank(NAME, ValueType::Boolean)
    },
];

fn derive(model: &Model, _context: &Context<'_>) -> Vec<Value> {
    let facts = &model.facts;
    let statement = statement(model);
    let clauses = statement.as_ref().and_then(clauses_of);
    let word = |pick: fn(&Clauses) -> &str| -> Value {
        clauses.and_then(|clauses| answer(pick(clauses))).into()
    };
    let naming = clauses.map(|clauses| clauses.naming.as_str()).filter(|name| !name.is_empty());
    let link = facts.license_link.as_deref().map(str::trim).filter(|link| !link.is_empty());
    let paths = facts.file_paths.as_ref().map(|_| file_paths(model));
    vec![
        is_stated(model, statement.as_ref()).into(),
        statement
            .as_ref()
            .filter(|s| s.license != license::UNKNOWN)
            .map(Statement::is_custom)
            .into(),
        statement.as_ref().and_then(|statement| commercial_use(statement, clauses)).into(),
        word(|clauses| &clauses.behaviour),
        word(|clauses| &clauses.attribution),
        word(|clauses| &clauses.share_alike),
        word(|clauses| &clauses.derivatives),
        naming.into(),
        clauses.and_then(|clauses| clauses.user_limit).into(),
        clauses.and_then(|clauses| clauses.revenue_limit).into(),
        link.into(),
        paths.map(|paths| paths.iter().any(|path| is_license_file(path))).into(),
    ]
}

fn clauses_of(statement: &Statement) -> Option<&'static Clauses> {
    CLAUSES.get(statement.terms()).copied()
}

/// Whether a licence is stated; `None` where neither card nor tags are known.
fn is_stated(model: &Model, statement: Option<&Statement>) -> Option<bool> {
    let facts = &model.facts;
    let is_silent = facts.tags.is_some() || facts.card_keys.is_some() || is_without_card(model);
    match statement {
        Some(statement) => Some(statement.license != license::UNKNOWN),
        None => is_silent.then_some(false),
    }
}

fn commercial_use(statement: &Statement, clauses: Option<&Clauses>) -> Option<&'static str> {
    let is_limited =
        clauses.is_some_and(|it| it.user_limit.is_some() || it.revenue_limit.is_some());
    Some(match statement.is_commercial()? {
        false => "barred",
        true if is_limited => "conditional",
        true => "allowed",
    })
}

/// How open the terms are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Terms {
    /// Approved as open source, or without limits on use, scale and change.
    Open,
    /// With such limits.
    Restricted,
    /// Not stated, so nothing is allowed.
    None,
}

/// What the terms allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Allowance {
    /// How open they are, where that is known.
    pub terms: Option<Terms>,
    /// Whether they bar commercial use; unknown where no licence is stated, too.
    pub is_barred: Option<bool>,
}

/// What the terms of a model allow.
pub(super) fn allowance(model: &Model) -> Allowance {
    let statement = statement(model);
    let is_unstated = is_stated(model, statement.as_ref()) == Some(false);
    let Some(statement) = statement.filter(|_| !is_unstated) else {
        return Allowance { terms: is_unstated.then_some(Terms::None), is_barred: None };
    };
    let clauses = clauses_of(&statement);
    let commercial = commercial_use(&statement, clauses);
    let says = |word: fn(&Clauses) -> &str| clauses.and_then(|clauses| answer(word(clauses)));
    let restricts = says(|clauses| &clauses.behaviour);
    let allows_change = says(|clauses| &clauses.derivatives);
    let is_limited = commercial.is_some_and(|commercial| commercial != "allowed")
        || restricts == Some(true)
        || allows_change == Some(false);
    let is_free = commercial == Some("allowed") && restricts == Some(false);
    let terms = if statement.is_open_source() == Some(true) {
        Some(Terms::Open)
    } else if is_limited {
        Some(Terms::Restricted)
    } else {
        (is_free && allows_change == Some(true)).then_some(Terms::Open)
    };
    Allowance { terms, is_barred: commercial.map(|commercial| commercial == "barred") }
}

fn is_license_file(path: &str) -> bool {
    let begins =
        |name: &&str| path.get(..name.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(name));
    !path.contains('/') && FILES.iter().any(begins)
}

/// The clauses of some licences; an empty answer is one that nobody read out of the text.
#[derive(Debug, Deserialize)]
struct Clauses {
    /// Identifiers and names of custom licences, parted by `|`.
    identifiers: String,
    attribution: String,
    share_alike: String,
    derivatives: String,
    behaviour: String,
    /// What the names of derivatives must begin with.
    naming: String,
    /// Monthly users above which the terms no longer hold.
    user_limit: Option<i64>,
    /// Annual revenue in US dollars above which the terms no longer hold.
    revenue_limit: Option<i64>,
}

static ROWS: LazyLock<Vec<Clauses>> =
    LazyLock::new(|| rules::rows(include_str!("../../rules/license_terms.csv")));

static CLAUSES: LazyLock<HashMap<&'static str, &'static Clauses>> = LazyLock::new(|| {
    let by_identifier = |row: &'static Clauses| row.identifiers.split('|').map(move |id| (id, row));
    ROWS.iter().flat_map(by_identifier).collect()
});

#[cfg(test)]
mod tests;
