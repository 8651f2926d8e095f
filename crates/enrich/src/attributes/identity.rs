//! What the model is called, how old it is, and since when it is seen.

use schema::{Attribute, Confidence, Instant, Value, ValueType};

use super::describe::{blank, group};
use super::{Context, Family};
use crate::identity::name_of;
use crate::tables::Model;

/// The family.
pub(super) const FAMILY: Family = Family::plain(ATTRIBUTES, derive);

const NAME: &str = "identity";
const CREATED: &str = "creation date of the source";
/// Repositories older than the Hub's own record carry one of these two seconds.
const FLOOR: [i64; 2] = [1_646_263_744, 1_646_263_745];
const MS_PER_SECOND: i64 = 1000;
/// The paper's periods begin with all that is older.
const FIRST_NAMED_YEAR: i32 = 2023;

/// The descriptions, in the order of the values.
pub(super) const ATTRIBUTES: &[Attribute] = &[
    Attribute {
        name: "model_name",
        title: "Name",
        meaning: "The model's name without its namespace.",
        source: "model id",
        method: "the part of the id after '/'",
        inputs: &["model_id"],
        ..blank(NAME, ValueType::Text)
    },
    Attribute {
        name: "created_on",
        title: "Created on",
        meaning: "Day on which the repository was created.",
        source: CREATED,
        method: "UTC day; null at the Hub's floor of 2022-03-02T23:29:04Z, which is no real date",
        inputs: &["created_at"],
        ..blank(NAME, ValueType::Day)
    },
    Attribute {
        name: "created_week",
        title: "Week of creation",
        meaning: "Week in which the repository was created, named by its Monday.",
        source: CREATED,
        method: "Monday of the ISO week of the UTC day; null at the Hub's floor",
        is_ordered: true,
        inputs: &["created_at"],
        ..group(NAME)
    },
    Attribute {
        name: "created_year",
        title: "Year of creation",
        meaning: "Year in which the repository was created; all before 2023 are one group.",
        source: CREATED,
        method: "year of the UTC day; '≤ 2022' before 2023, which holds at the Hub's floor too",
        is_ordered: true,
        inputs: &["created_at"],
        ..group(NAME)
    },
    Attribute {
        name: "is_created_before_floor",
        title: "Older than the record",
        meaning: "Whether the repository is older than the Hub's record of creation dates.",
        source: CREATED,
        method: "whether the date is the Hub's floor, 2022-03-02T23:29:04Z or a second later",
        inputs: &["created_at"],
        ..blank(NAME, ValueType::Boolean)
    },
    Attribute {
        name: "age_days",
        unit: "days",
        title: "Age",
        meaning: "Whole days from the creation to the newest reading of the collection.",
        source: CREATED,
        method: "rounded down; null at the Hub's floor and for a creation after the last reading",
        inputs: &["created_at", "as_of"],
        ..blank(NAME, ValueType::Integer)
    },
    Attribute {
        name: "updated_on",
        title: "Updated on",
        meaning: "Day of the last commit on the default branch.",
        source: "last modification of the source",
        method: "UTC day",
        inputs: &["updated_at"],
        confidence: Confidence::Stated,
        ..blank(NAME, ValueType::Day)
    },
    Attribute {
        name: "first_seen_on",
        title: "First seen on",
        meaning: "Day of the model's first reading in the collection.",
        source: "readings",
        method: "UTC day of the earliest reading",
        inputs: &["seen"],
        ..blank(NAME, ValueType::Day)
    },
    Attribute {
        name: "is_removed",
        title: "Removed",
        meaning: "Whether the source has seen the model removed from the Hub.",
        source: "removal flag of the source",
        method: "as the source says; null where it keeps no such flag",
        inputs: &["is_removed"],
        confidence: Confidence::Stated,
        ..blank(NAME, ValueType::Boolean)
    },
];

fn derive(model: &Model, context: &Context<'_>) -> Vec<Value> {
    let facts = &model.facts;
    let stated = facts.created_at;
    let known = created_at(model);
    vec![
        name_of(&model.model_id).into(),
        known.map(Instant::day).into(),
        known.map(|at| at.week().to_string()).into(),
        stated.map(year_group).into(),
        stated.map(is_floor).into(),
        known.and_then(|at| age_days(at, context.as_of)).into(),
        facts.updated_at.map(Instant::day).into(),
        model.first_seen_at.day().into(),
        facts.is_removed.into(),
    ]
}

/// When the repository was created; `None` at the Hub's floor, which is no real date.
pub(super) fn created_at(model: &Model) -> Option<Instant> {
    model.facts.created_at.filter(|at| !is_floor(*at))
}

fn is_floor(at: Instant) -> bool {
    FLOOR.contains(&at.millis().div_euclid(MS_PER_SECOND))
}

fn year_group(at: Instant) -> String {
    let year = at.day().year();
    if year < FIRST_NAMED_YEAR { "≤ 2022".to_owned() } else { year.to_string() }
}

fn age_days(created: Instant, as_of: Instant) -> Option<i64> {
    let days = as_of.days_since(created);
    (days >= 0.0).then_some(days as i64)
}

#[cfg(test)]
mod tests;
