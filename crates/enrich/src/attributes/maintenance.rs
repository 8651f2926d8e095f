//! Whether someone looks after the model.

use schema::{Attribute, Confidence, Instant, Value, ValueType};

use super::describe::{blank, group};
use super::identity::created_at;
use super::{Context, Family};
use crate::tables::Model;

/// The family.
pub(super) const FAMILY: Family = Family::plain(ATTRIBUTES, derive);

const NAME: &str = "maintenance";
const UPDATED: &str = "last modification of the source";
const BOTH: &str = "creation date and last modification of the source";
const UPDATE_INPUTS: &[&str] = &["updated_at", "as_of"];
const BOTH_INPUTS: &[&str] = &["created_at", "updated_at"];
const SEEN: &[&str] = &["seen", "as_of"];
/// A model that nobody changed for so long is stale.
const STALE_DAYS: f64 = 365.0;
/// Uploads take their time; what is changed later was looked after.
const UPLOAD_DAYS: f64 = 1.0;
/// Clocks differ, and snapshots are dated by the day.
const RECREATED_DAYS: f64 = 2.0;
/// The bands of days since the last change: least days and name.
const BANDS: [(i64, &str); 5] = [
    (730, "≥ 730 days"),
    (365, "365–729 days"),
    (90, "90–364 days"),
    (30, "30–89 days"),
    (0, "< 30 days"),
];

/// The descriptions, in the order of the values.
pub(super) const ATTRIBUTES: &[Attribute] = &[
    Attribute {
        name: "days_since_update",
        unit: "days",
        title: "Since the last change",
        meaning: "Whole days from the last commit to the newest reading of the collection.",
        source: UPDATED,
        method: "rounded down; null for a commit after the newest reading",
        inputs: UPDATE_INPUTS,
        ..blank(NAME, ValueType::Integer)
    },
    Attribute {
        name: "update_band",
        title: "Band of the last change",
        meaning: "Band of the time since the last commit; a band holds its lower bound.",
        source: UPDATED,
        method: "bounds at 30, 90, 365 and 730 days",
        is_ordered: true,
        inputs: UPDATE_INPUTS,
        ..group(NAME)
    },
    Attribute {
        name: "updated_year",
        title: "Year of the last change",
        meaning: "Year of the last commit.",
        source: UPDATED,
        method: "of the UTC day",
        is_ordered: true,
        inputs: &["updated_at"],
        ..group(NAME)
    },
    Attribute {
        name: "is_stale",
        title: "Stale",
        meaning: "Whether nobody has changed the repository for a year.",
        source: UPDATED,
        method: "365 days or more from the last commit to the newest reading",
        inputs: UPDATE_INPUTS,
        ..blank(NAME, ValueType::Boolean)
    },
    Attribute {
        name: "maintained_days",
        unit: "days",
        title: "Days of maintenance",
        meaning: "Whole days from the creation of the repository to its last commit.",
        source: BOTH,
        method: "rounded down; null at the Hub's floor and for a commit before the creation",
        inputs: BOTH_INPUTS,
        ..blank(NAME, ValueType::Integer)
    },
    Attribute {
        name: "is_changed_after_upload",
        title: "Changed after the upload",
        meaning: "Whether the repository was changed more than a day after its creation.",
        source: BOTH,
        method: "time from creation to last commit; null at the Hub's floor",
        inputs: BOTH_INPUTS,
        ..blank(NAME, ValueType::Boolean)
    },
    Attribute {
        name: "maintained_share",
        unit: "share",
        title: "Share of its life that it was maintained",
        meaning: "Time from creation to last commit, by the time from creation to the newest \
                  reading, 0 to 1.",
        source: BOTH,
        method: "null at the Hub's floor and where the times are out of order",
        inputs: &["created_at", "updated_at", "as_of"],
        ..blank(NAME, ValueType::Number)
    },
    Attribute {
        name: "is_recreated",
        title: "Created anew",
        meaning: "Whether a model of this name was seen before this repository was created.",
        source: "creation date and readings",
        method: "first reading more than 2 days before the creation; null where the creation is \
                 not known; a source that tells the Hub's own ids keeps the two apart, and this \
                 is no",
        inputs: &["created_at", "seen"],
        confidence: Confidence::Inferred,
        ..blank(NAME, ValueType::Boolean)
    },
    Attribute {
        name: "days_since_seen",
        unit: "days",
        title: "Since last seen",
        meaning: "Whole days from the model's last reading to the newest of the collection.",
        source: "readings",
        method: "rounded down; models leave a collection when they are removed or fall out of \
                 what its source lists",
        inputs: SEEN,
        ..blank(NAME, ValueType::Integer)
    },
    Attribute {
        name: "is_available",
        title: "Available",
        meaning: "Whether the model can still be had, as far as the source knows.",
        source: "removal flag and disabled flag of the source",
        method: "no where either is set; null where the source keeps neither",
        inputs: &["is_removed", "is_disabled"],
        ..blank(NAME, ValueType::Boolean)
    },
    Attribute {
        name: "history_ratio",
        unit: "ratio",
        title: "History by current files",
        meaning: "Bytes over the whole history of the repository, by those of its current files: \
                  how often large files were replaced.",
        source: "usedStorage and sizes of files",
        method: "null where either is not known or there are no bytes",
        inputs: &["storage_bytes", "file_bytes"],
        ..blank(NAME, ValueType::Number)
    },
];

fn derive(model: &Model, context: &Context<'_>) -> Vec<Value> {
    let facts = &model.facts;
    let as_of = context.as_of;
    let updated = facts.updated_at;
    let since = |at: Instant| Some(as_of.days_since(at)).filter(|days| *days >= 0.0);
    let since_update = updated.and_then(since);
    let kept = created_at(model).zip(updated);
    let kept = kept.map(|(created, updated)| updated.days_since(created));
    let kept = kept.filter(|days| *days >= 0.0);
    let age = created_at(model).and_then(since).filter(|days| *days > 0.0);
    let share = kept.zip(age).map(|(kept, age)| kept / age).filter(|share| *share <= 1.0);
    let is_recreated =
        facts.created_at.map(|created| created.days_since(model.first_seen_at) > RECREATED_DAYS);
    let bytes = super::files::bytes_of(model).filter(|bytes| *bytes > 0);
    let stored = facts.storage_bytes.filter(|bytes| *bytes > 0);
    let whole = |days: Option<f64>| days.map(|days| days as i64);
    vec![
        whole(since_update).into(),
        whole(since_update).map(band).into(),
        updated.map(|at| at.day().year().to_string()).into(),
        since_update.map(|days| days >= STALE_DAYS).into(),
        whole(kept).into(),
        kept.map(|days| days > UPLOAD_DAYS).into(),
        share.into(),
        is_recreated.into(),
        whole(since(model.last_seen_at)).into(),
        is_available(model).into(),
        stored.zip(bytes).map(|(stored, bytes)| stored as f64 / bytes as f64).into(),
    ]
}

fn is_available(model: &Model) -> Option<bool> {
    let flags = [model.facts.is_removed, model.facts.is_disabled];
    let is_gone = flags.contains(&Some(true));
    flags.iter().any(Option::is_some).then_some(!is_gone)
}

fn band(days: i64) -> &'static str {
    let band = BANDS.iter().find(|(least, _)| days >= *least);
    band.map_or(BANDS[BANDS.len() - 1].1, |(_, name)| name)
}

#[cfg(test)]
mod tests;
