use schema::{CellState, Day, Instant};

use crate::readings::CounterReading;

use super::*;

mod conservation;
mod coverage;
mod reconcile;
pub(crate) mod simulated;

const DAY_MS: i64 = 86_400_000;

fn all_time(rows: &[(&str, i64)]) -> Vec<CounterReading> {
    rows.iter()
        .map(|(at, value)| CounterReading {
            at: Instant::parse(at).unwrap(),
            downloads_30d: None,
            downloads_all_time: Some(*value),
            likes: None,
        })
        .collect()
}

fn through(text: &str) -> Instant {
    Instant::parse(text).unwrap()
}

/// Readings that began long before.
fn span(through: Instant) -> Span {
    Span { since: Instant::from_millis(0), through }
}

fn show(flows: &ModelFlows) -> String {
    let show = |c: &Cell| format!("{} {} {} [{}, {}]", c.week, c.state, c.value, c.low, c.high);
    flows.cells.iter().map(show).collect::<Vec<_>>().join("\n")
}

// 2026-01-05 is a Monday. Expected values are worked out by hand from the definition.

#[test]
fn readings_at_both_ends_of_a_week_make_it_observed() {
    let readings = all_time(&[
        ("2026-01-05T00:00:00Z", 100),
        ("2026-01-12T00:00:00Z", 170),
        ("2026-01-19T00:00:00Z", 170),
    ]);
    let flows = flows_of_model(&readings, Birth::Unknown, span(through("2026-01-19T00:00:00Z")));
    insta::assert_snapshot!(show(&flows), @r"
    2026-01-05 observed 70 [70, 70]
    2026-01-12 observed 0 [0, 0]
    ");
}

#[test]
fn a_gap_is_spread_and_never_booked_on_the_day_the_source_came_back() {
    let readings = all_time(&[
        ("2026-01-05T00:00:00Z", 0),
        ("2026-01-12T00:00:00Z", 70),
        ("2026-02-02T00:00:00Z", 280),
        ("2026-02-09T00:00:00Z", 350),
    ]);
    let flows = flows_of_model(&readings, Birth::Unknown, span(through("2026-02-09T00:00:00Z")));
    // Both inner readings lie on the line of their neighbours: share² = 3 · 0.25 / 5 = 0.15. A week
    // is a third of the gap: variance 2/3 · (0.15 · 70² + 70) = 537, and the interval is
    // 70 by (h + √(1 + h²))² = 1.743 with h = 1.7 · √537 / (2 · 70), rounded outward.
    insta::assert_snapshot!(show(&flows), @r"
    2026-01-05 observed 70 [70, 70]
    2026-01-12 estimated 70 [40, 122]
    2026-01-19 estimated 70 [40, 122]
    2026-01-26 estimated 70 [40, 122]
    2026-02-02 observed 70 [70, 70]
    ");
}

#[test]
fn a_counter_that_falls_gives_no_negative_flow_but_missing_and_an_event() {
    let readings = all_time(&[
        ("2026-01-05T00:00:00Z", 100),
        ("2026-01-12T00:00:00Z", 170),
        ("2026-01-19T00:00:00Z", 50),
        ("2026-01-26T00:00:00Z", 90),
    ]);
    let flows = flows_of_model(&readings, Birth::Unknown, span(through("2026-01-26T00:00:00Z")));
    insta::assert_snapshot!(show(&flows), @r"
    2026-01-05 observed 70 [70, 70]
    2026-01-12 missing 0 [0, 0]
    2026-01-19 observed 40 [40, 40]
    ");
    assert_eq!(flows.restatements.len(), 1);
    assert_eq!((flows.restatements[0].before, flows.restatements[0].after), (170, 50));
}

#[test]
fn a_week_inside_a_gap_of_more_than_eight_weeks_is_missing() {
    let readings = all_time(&[("2026-01-05T00:00:00Z", 0), ("2026-03-09T00:00:00Z", 900)]);
    let flows = flows_of_model(&readings, Birth::Unknown, span(through("2026-03-09T00:00:00Z")));
    assert_eq!(flows.cells.len(), 9);
    assert!(flows.cells.iter().all(|cell| cell.state == CellState::Missing));
    // Their sum is known.
    let (first, last) = (flows.cells[0].week, flows.cells[8].week);
    let sum = KnownSum { first, last, downloads: 900.0, low: 900.0, high: 900.0 };
    assert_eq!(flows.known_sums, [sum]);
}

#[test]
fn the_week_of_birth_holds_all_downloads_since_creation() {
    let born = Birth::Known(Instant::parse("2026-01-07T00:00:00Z").unwrap());
    let readings = all_time(&[("2026-01-12T00:00:00Z", 50), ("2026-01-19T00:00:00Z", 60)]);
    let flows = flows_of_model(&readings, born, span(through("2026-01-19T00:00:00Z")));
    insta::assert_snapshot!(show(&flows), @r"
    2026-01-05 observed 50 [50, 50]
    2026-01-12 observed 10 [10, 10]
    ");
}

/// Before its first reading a collection knows newborn models only: that is no week of a market.
#[test]
fn a_cumulative_counter_tells_no_week_before_the_record() {
    let born = Birth::Known(Instant::parse("2026-01-07T00:00:00Z").unwrap());
    let mut readings = all_time(&[("2026-01-19T00:00:00Z", 50), ("2026-01-26T00:00:00Z", 60)]);
    let span =
        Span { since: readings[0].at, through: Instant::parse("2026-01-26T00:00:00Z").unwrap() };
    insta::assert_snapshot!(show(&flows_of_model(&readings, born, span)), @"2026-01-19 observed 10 [10, 10]");
    // The rolling sum tells the weeks before, and they meet without a hole.
    readings[0].downloads_30d = Some(50);
    let flows = flows_of_model(&readings, born, span);
    let states: Vec<_> = flows.cells.iter().map(|c| format!("{} {}", c.week, c.state)).collect();
    assert_eq!(states, ["2026-01-05 estimated", "2026-01-12 estimated", "2026-01-19 observed"]);
    let sum: f64 = flows.cells.iter().take(2).map(|cell| cell.value).sum();
    assert!((sum - 50.0).abs() < 15.0, "{sum}");
}

#[test]
fn after_the_last_reading_a_model_is_missing_not_zero() {
    let readings = all_time(&[("2026-01-05T00:00:00Z", 100), ("2026-01-12T00:00:00Z", 170)]);
    let flows = flows_of_model(&readings, Birth::Unknown, span(through("2026-01-27T00:00:00Z")));
    insta::assert_snapshot!(show(&flows), @r"
    2026-01-05 observed 70 [70, 70]
    2026-01-12 missing 0 [0, 0]
    2026-01-19 missing 0 [0, 0]
    ");
}

#[test]
fn first_year_is_not_known_for_models_of_unknown_age() {
    let day = |text: &str| text.parse::<Day>().unwrap();
    let born = Birth::Known(Instant::parse("2025-01-01T10:00:00Z").unwrap());
    assert_eq!(born.is_in_first_year(day("2026-01-01")), Some(true));
    assert_eq!(born.is_in_first_year(day("2026-01-02")), Some(false));
    assert_eq!(Birth::Unknown.is_in_first_year(day("2026-01-02")), None);
    let floor = Birth::from_created_at(Some(Instant::parse("2022-03-02T23:29:04Z").unwrap()));
    assert_eq!(floor, Birth::BeforeFloor);
    assert_eq!(floor.is_in_first_year(day("2022-06-01")), None);
    assert_eq!(floor.is_in_first_year(day("2026-06-01")), Some(false));
}

#[test]
fn a_later_rise_above_the_old_maximum_does_not_undo_a_restatement() {
    let readings = all_time(&[
        ("2026-01-05T00:00:00Z", 100),
        ("2026-01-12T00:00:00Z", 50),
        ("2026-01-19T00:00:00Z", 500),
    ]);
    let flows = flows_of_model(&readings, Birth::Unknown, span(through("2026-01-19T00:00:00Z")));
    insta::assert_snapshot!(show(&flows), @r"
    2026-01-05 missing 0 [0, 0]
    2026-01-12 observed 450 [450, 450]
    ");
    assert_eq!(flows.restatements.len(), 1);
}

/// A counter that stands at the same value on both sides gained nothing between, however far apart.
#[test]
fn a_model_that_does_not_move_stays_observed_at_zero() {
    let readings = all_time(&[
        ("2026-01-01T00:00:00Z", 7),
        ("2026-01-20T00:00:00Z", 7),
        ("2026-02-10T00:00:00Z", 7),
    ]);
    let flows = flows_of_model(&readings, Birth::Unknown, span(through("2026-02-10T00:00:00Z")));
    assert_eq!(flows.cells.len(), 5);
    for cell in &flows.cells {
        assert_eq!((cell.state, cell.value, cell.high), (CellState::Observed, 0.0, 0.0));
    }
}

/// The counter is the square of the week, so that weeks gain 1, 3, 5, …; its slope is the same by
/// three points as in truth, and a cubic through points and slopes of a parabola is the parabola.
#[test]
fn growth_goes_on_inside_a_gap() {
    let monday = Instant::parse("2026-01-05T00:00:00Z").unwrap().week();
    let reading = |week: i64| (monday.plus(week as i32).start().to_string(), week * week * 100);
    let rows: Vec<_> = [0, 1, 2, 5, 6, 7].map(reading).into();
    let rows: Vec<_> = rows.iter().map(|(at, value)| (at.as_str(), *value)).collect();
    let readings = all_time(&rows);
    let flows = flows_of_model(&readings, Birth::Unknown, span(readings[5].at));
    let values: Vec<f64> = flows.cells.iter().map(|cell| cell.value).collect();
    assert_eq!(values, [100.0, 300.0, 500.0, 700.0, 900.0, 1_100.0, 1_300.0]);
    assert_eq!(flows.cells[3].method, Method::Interpolated);
}

/// Two holes of nine weeks are two sums, so that a window over one of them can use it.
#[test]
fn each_gap_has_a_sum_of_its_own() {
    let readings = all_time(&[
        ("2026-01-05T00:00:00Z", 0),
        ("2026-03-11T00:00:00Z", 650),
        ("2026-05-14T00:00:00Z", 1_290),
        ("2026-05-18T00:00:00Z", 1_330),
    ]);
    let flows = flows_of_model(&readings, Birth::Unknown, span(through("2026-05-18T00:00:00Z")));
    // Ten downloads a day throughout: the sums end with the week before the reading's.
    let sums: Vec<_> = (flows.known_sums.iter())
        .map(|sum| format!("{} {} {}", sum.first, sum.last, sum.downloads))
        .collect();
    assert_eq!(sums, ["2026-01-05 2026-03-02 630", "2026-03-09 2026-05-11 700"]);
}

/// A constant stream of 10 a day reads as 300; the flow is 70 a week.
#[test]
fn a_constant_rolling_sum_is_a_constant_flow() {
    let monday = Instant::parse("2026-01-05T00:00:00Z").unwrap().millis();
    let readings: Vec<_> = (0..20)
        .map(|week| CounterReading {
            at: Instant::from_millis(monday + week * 7 * DAY_MS),
            downloads_30d: Some(300),
            downloads_all_time: None,
            likes: None,
        })
        .collect();
    let through = readings[19].at;
    let flows = flows_of_model(&readings, Birth::Unknown, span(through));
    for cell in &flows.cells {
        assert_eq!(cell.state, CellState::Estimated);
        assert!((cell.value - 70.0).abs() < 3.0 && cell.low < 70.0 && cell.high > 70.0, "{cell:?}");
    }
    assert_eq!(
        flows.cells.len(),
        23,
        "the first window covers four weeks before the first reading"
    );
}

/// Weeks that no 30-day window covers are missing.
#[test]
fn a_hole_longer_than_the_window_is_missing_and_no_spike() {
    let monday = Instant::parse("2026-01-05T00:00:00Z").unwrap().millis();
    let weeks = [0, 1, 2, 3, 4, 14, 15, 16];
    let readings: Vec<_> = weeks
        .iter()
        .map(|week| CounterReading {
            at: Instant::from_millis(monday + week * 7 * DAY_MS),
            downloads_30d: Some(300),
            downloads_all_time: None,
            likes: None,
        })
        .collect();
    let flows = flows_of_model(&readings, Birth::Unknown, span(readings.last().unwrap().at));
    let missing = flows.cells.iter().filter(|cell| cell.state == CellState::Missing).count();
    assert_eq!(missing, 6, "weeks 4 to 9: the window of week 14 reaches back to week 10");
    assert!(flows.cells.iter().all(|cell| cell.value < 90.0));
}
