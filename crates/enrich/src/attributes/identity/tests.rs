use schema::Instant;

use super::super::tests::line;
use crate::Facts;

const DATES: [&str; 5] =
    ["created_on", "created_week", "created_year", "is_created_before_floor", "age_days"];

fn dates(created: &str) -> String {
    let created_at = Some(Instant::parse(created).unwrap());
    line("a/b", Facts { created_at, ..Facts::default() }, &DATES)
}

/// Mondays and days between dates as Python's `datetime` has them; as of 2026-08-21T20:00:24Z.
#[test]
fn ages_are_as_of_the_newest_reading() {
    assert_eq!(dates("2026-08-18T06:09:20Z"), "2026-08-18 | 2026-08-17 | 2026 | no | 3");
    assert_eq!(dates("2024-02-29T23:59:59Z"), "2024-02-29 | 2024-02-26 | 2024 | no | 903");
    assert_eq!(dates("2023-01-01T00:00:00Z"), "2023-01-01 | 2022-12-26 | 2023 | no | 1328");
    assert_eq!(dates("2022-12-31T00:00:00Z"), "2022-12-31 | 2022-12-26 | ≤ 2022 | no | 1329");
}

#[test]
fn the_floor_is_no_date_but_tells_the_year_group() {
    for floor in ["2022-03-02T23:29:04.000Z", "2022-03-02T23:29:05.000Z"] {
        assert_eq!(dates(floor), "– | – | ≤ 2022 | yes | –");
    }
    assert_eq!(dates("2022-03-02T23:29:06Z"), "2022-03-02 | 2022-02-28 | ≤ 2022 | no | 1632");
}

#[test]
fn a_model_created_after_the_last_reading_has_no_age() {
    assert_eq!(dates("2026-08-22T00:00:00Z"), "2026-08-22 | 2026-08-17 | 2026 | no | –");
}

#[test]
fn names_and_flags_are_taken_over() {
    let facts = Facts {
        updated_at: Some(Instant::parse("2026-08-18T06:21:48Z").unwrap()),
        is_removed: Some(true),
        ..Facts::default()
    };
    let names = ["model_name", "updated_on", "first_seen_on", "is_removed"];
    assert_eq!(
        line("Qwen/Qwen3-8B", facts.clone(), &names),
        "Qwen3-8B | 2026-08-18 | 1970-01-01 | yes"
    );
    assert_eq!(line("gpt2", facts, &["model_name"]), "gpt2");
}
