use super::*;

fn check(from: &str, to: &str, room: f64, expect: &str) {
    let millis = |text: &str| text.parse::<Day>().unwrap().start().millis() as f64;
    let shown: Vec<String> = ticks(millis(from), millis(to), room, false)
        .into_iter()
        .map(|tick| match tick.year {
            Some(year) => format!("{} {year}", tick.label),
            None => tick.label,
        })
        .collect();
    assert_eq!(shown.join(" | "), expect);
}

#[test]
fn days() {
    check("2024-12-30", "2025-01-02", 40.0, "30 Dec 2024 | 31 Dec | 1 Jan 2025 | 2 Jan");
}

#[test]
fn weeks_begin_on_mondays() {
    check("2024-03-01", "2024-04-01", 40.0, "4 Mar 2024 | 11 Mar | 18 Mar | 25 Mar | 1 Apr");
}

#[test]
fn months() {
    check("2024-11-15", "2025-05-15", 40.0, "Dec 2024 | Jan 2025 | Feb | Mar | Apr | May");
    check("2024-01-01", "2025-06-30", 30.0, "Jan 2024 | Apr | Jul | Oct | Jan 2025 | Apr");
}

#[test]
fn years() {
    check(
        "2016-05-01",
        "2026-05-01",
        48.0,
        "2017 | 2018 | 2019 | 2020 | 2021 | 2022 | 2023 | 2024 | 2025 | 2026",
    );
    check("2016-05-01", "2026-05-01", 20.0, "2018 | 2020 | 2022 | 2024 | 2026");
}

#[test]
fn one_moment_has_one_tick() {
    check("2024-03-04", "2024-03-04", 40.0, "4 Mar 2024");
}

#[test]
fn a_span_within_one_step_keeps_a_tick() {
    let from = 1_709_550_000_000.0;
    assert_eq!(ticks(from, from + 3_600_000.0, 40.0, false).len(), 1);
    assert_eq!(ticks(from, from + 86_400_000.0 * 3.0, 5.0, false).len(), 1);
}

#[test]
fn weekly_figures_have_ticks_on_mondays_only() {
    let monday = "2024-03-04".parse::<Day>().unwrap().start().millis() as f64;
    let shown = ticks(monday, monday + 14.0 * MS_PER_DAY, 100.0, true);
    assert_eq!(
        shown.iter().map(|tick| &*tick.label).collect::<Vec<_>>(),
        ["4 Mar", "11 Mar", "18 Mar"]
    );
    assert_eq!(ticks(monday, monday, 100.0, true).len(), 1);
}
