use super::*;

fn instant(pattern: &str, text: &str) -> Option<String> {
    let pattern = NamePattern::parse(pattern).unwrap();
    pattern.instant(text, Clock::default()).map(|at| at.to_string())
}

#[test]
fn dates_are_found_where_the_pattern_says() {
    for (pattern, text, expected) in [
        ("{date}T{hour}{minute}{second}*", "2026-08-19T093631.jsonl.gz", "2026-08-19T09:36:31Z"),
        ("*_{day}-{month}-{year}*", "transformers_js_08-05-2024.csv", "2024-05-08T00:00:00Z"),
        ("{year}{month}{day}", "20240229", "2024-02-29T00:00:00Z"),
        ("*/{date}/*", "models/2026-01-05/models.parquet", "2026-01-05T00:00:00Z"),
    ] {
        assert_eq!(instant(pattern, text).as_deref(), Some(expected), "{pattern}: {text}");
    }
    for (pattern, text) in [
        ("{date}", "2026-02-30"),
        ("{date}", "2026-02-3"),
        ("{date}", "2026-02-03.csv"),
        ("{date}T{hour}", "2026-02-03T24"),
        ("{date}", "２026-02-03"),
        ("*{date}", ""),
    ] {
        assert_eq!(instant(pattern, text), None, "{pattern}: {text}");
    }
}

#[test]
fn a_pattern_shows_an_example_of_itself() {
    let example = |pattern: &str| NamePattern::parse(pattern).unwrap().example();
    assert_eq!(example("{date}T{hour}{minute}{second}*"), "2026-08-19T093631…");
    assert_eq!(example("*_{day}-{month}-{year}.csv"), "…_19-08-2026.csv");
}

#[test]
fn a_day_without_a_time_is_taken_at_the_clock_s() {
    let clock =
        Clock { time_ms: time_of_day("12:00").unwrap(), offset_ms: utc_offset("+02:00").unwrap() };
    let at = |pattern: &str, text: &str| {
        NamePattern::parse(pattern).unwrap().instant(text, clock).unwrap().to_string()
    };
    assert_eq!(at("{date}", "2026-01-05"), "2026-01-05T10:00:00Z");
    assert_eq!(at("{date}T{hour}", "2026-01-05T01"), "2026-01-04T23:00:00Z");
}

#[test]
fn patterns_times_and_offsets_that_mean_nothing_are_refused() {
    for pattern in ["{dat}", "{year}-{month}", "{date}{day}", "{"] {
        assert!(NamePattern::parse(pattern).is_err(), "{pattern}");
    }
    assert_eq!(utc_offset("-05:30"), Some(-(5 * 60 + 30) * 60_000));
    assert_eq!(utc_offset("Z"), Some(0));
    for text in ["", "02:00", "+2:00", "+24:00", "+02:60", "+02", "Zulu", "+é"] {
        assert_eq!(utc_offset(text), None, "{text}");
    }
}
