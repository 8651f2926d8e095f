use super::super::tests::line;
use super::*;
use crate::attributes::{catalogue, derive as derive_all};
use crate::{Facts, Registry};

#[expect(clippy::unnecessary_wraps, reason = "facts are optional")]
fn at(text: &str) -> Option<Instant> {
    Some(Instant::parse(text).unwrap())
}

fn dated(created: &str, updated: &str) -> Facts {
    Facts { created_at: at(created), updated_at: at(updated), ..Facts::default() }
}

const CHANGES: [&str; 5] =
    ["days_since_update", "update_band", "updated_year", "is_stale", "maintained_days"];

/// Ages are as of 2026-08-21T20:00:24Z; days by Python's `datetime`.
#[test]
fn changes_are_measured_from_the_newest_reading() {
    for (created, updated, expected) in [
        ("2025-08-21T20:00:24Z", "2025-08-21T20:00:24Z", "365 | 365–729 days | 2025 | yes | 0"),
        ("2025-08-20T00:00:00Z", "2025-08-22T12:00:00Z", "364 | 90–364 days | 2025 | no | 2"),
        ("2022-06-01T00:00:00Z", "2024-02-19T11:06:12Z", "914 | ≥ 730 days | 2024 | yes | 628"),
        ("2026-08-20T00:00:00Z", "2026-08-21T20:00:00Z", "0 | < 30 days | 2026 | no | 1"),
        // A commit after the newest reading, and one before the creation.
        ("2026-08-01T00:00:00Z", "2026-08-22T00:00:00Z", "– | – | 2026 | – | 21"),
        ("2026-08-01T00:00:00Z", "2026-07-22T00:00:00Z", "30 | 30–89 days | 2026 | no | –"),
        // The Hub's floor is no date of creation.
        ("2022-03-02T23:29:04Z", "2026-08-11T20:00:24Z", "10 | < 30 days | 2026 | no | –"),
    ] {
        assert_eq!(line("a/b", dated(created, updated), &CHANGES), expected, "{created} {updated}");
    }
    assert_eq!(line("a/b", Facts::default(), &CHANGES), "– | – | – | – | –");
}

#[test]
fn upkeep_is_measured_against_the_life_of_the_repository() {
    let columns = ["is_changed_after_upload", "maintained_share"];
    let half = dated("2026-08-01T20:00:24Z", "2026-08-11T20:00:24Z");
    assert_eq!(line("a/b", half, &columns), "yes | 0.5");
    let once = dated("2026-08-01T20:00:24Z", "2026-08-01T21:00:24Z");
    assert!(line("a/b", once, &columns).starts_with("no | 0.002"));
    let future = dated("2026-08-22T00:00:00Z", "2026-08-22T00:00:00Z");
    assert_eq!(line("a/b", future, &columns), "no | –");
}

#[test]
fn a_flag_that_is_set_makes_a_model_unavailable() {
    let of = |is_removed, is_disabled| {
        let facts = Facts { is_removed, is_disabled, ..Facts::default() };
        line("a/b", facts, &["is_available"])
    };
    assert_eq!(of(None, None), "–");
    assert_eq!(of(Some(false), None), "yes");
    assert_eq!(of(Some(false), Some(true)), "no");
    assert_eq!(of(Some(true), None), "no");
}

#[test]
fn history_is_held_against_the_current_files() {
    let of = |stored, sizes: &[&str]| {
        let file_bytes = Some(sizes.iter().map(|size| (*size).to_owned()).collect());
        let facts = Facts { storage_bytes: stored, file_bytes, ..Facts::default() };
        line("a/b", facts, &["history_ratio"])
    };
    assert_eq!(of(Some(3000), &["1000 model.gguf"]), "3");
    assert_eq!(of(Some(0), &["1000 model.gguf"]), "–");
    assert_eq!(of(Some(3000), &[]), "–");
}

/// Readings lie beside the facts: a model that was seen before it was created is another one.
#[test]
fn readings_tell_of_models_that_came_back_or_went() {
    let value = |created: &str, first: &str, last: &str, name: &str| {
        let facts = Facts { created_at: at(created), ..Facts::default() };
        let mut model = Model::new("a/b", facts);
        (model.first_seen_at, model.last_seen_at) = (at(first).unwrap(), at(last).unwrap());
        let columns =
            derive_all(&[model], Registry::builtin(), at("2026-08-21T20:00:24Z").unwrap());
        let place = catalogue().position(|attribute| attribute.name == name).unwrap();
        columns[place][0].clone()
    };
    let (early, late) = ("2026-01-01T00:00:00Z", "2026-08-20T00:00:00Z");
    let created = "2026-03-01T00:00:00Z";
    assert_eq!(value(created, early, late, "is_recreated"), Value::Boolean(true));
    assert_eq!(value(created, "2026-02-28T00:00:00Z", late, "is_recreated"), Value::Boolean(false));
    assert_eq!(value(created, late, late, "is_recreated"), Value::Boolean(false));
    assert_eq!(value(created, early, late, "days_since_seen"), Value::Integer(1));
}
