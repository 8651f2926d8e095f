use proptest::prelude::*;
use schema::Day;

use super::*;

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
    insta::assert_snapshot!(show(&flows), @r"
    2026-01-05 observed 70 [70, 70]
    2026-01-12 estimated 70 [0, 210]
    2026-01-19 estimated 70 [0, 210]
    2026-01-26 estimated 70 [0, 210]
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

/// Weekly flows of a simulated model: a random walk in logs with a burst now and then.
fn simulated_truth(seed: u64, weeks: usize) -> Vec<f64> {
    let mut state = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
    let mut uniform = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    let mut level = 10.0_f64.powf(1.5 + 3.5 * uniform());
    (0..weeks)
        .map(|_| {
            // The sum of twelve uniforms less six is close to a standard normal.
            let normal = (0..12).map(|_| uniform()).sum::<f64>() - 6.0;
            level *= (0.15 * normal).exp();
            let burst = if uniform() < 0.02 { 1.8 } else { 1.0 };
            (level * burst).round()
        })
        .collect()
}

/// Readings on Mondays of a truth with a weekday pattern; 8 % of them are lost.
fn simulated_readings(truth: &[f64], seed: u64) -> Vec<CounterReading> {
    const PATTERN: [f64; 7] = [1.1, 1.15, 1.15, 1.1, 1.0, 0.75, 0.75];
    let monday = Instant::parse("2024-01-01T00:00:00Z").unwrap();
    let daily: Vec<f64> =
        truth.iter().flat_map(|flow| PATTERN.map(|share| flow * share / 7.0)).collect();
    (5..=truth.len())
        .filter(|week| !(seed + *week as u64 * 2_654_435_761).is_multiple_of(12))
        .map(|week| CounterReading {
            at: Instant::from_millis(monday.millis() + week as i64 * 7 * DAY_MS),
            downloads_30d: Some(daily[week * 7 - 30..week * 7].iter().sum::<f64>().round() as i64),
            downloads_all_time: None,
            likes: None,
        })
        .collect()
}

/// On simulated truth, intervals cover near 95 % and the error is below that of the simple rate.
#[test]
fn intervals_of_rolling_flows_cover_simulated_truth() {
    let first = Instant::parse("2024-01-01T00:00:00Z").unwrap().week();
    let (mut covered, mut cells, mut error, mut rate_error, mut mass) = (0, 0, 0.0, 0.0, 0.0);
    for seed in 0..300 {
        let truth = simulated_truth(seed, 60);
        let readings = simulated_readings(&truth, seed);
        let through = readings.last().unwrap().at;
        for cell in flows_of_model(&readings, Birth::Unknown, span(through)).cells {
            let index = usize::try_from(cell.week.number() - first.number()).unwrap();
            // The first weeks lie before the record and the last are filtered, not smoothed.
            if cell.state == CellState::Missing || !(10..55).contains(&index) {
                continue;
            }
            let flow = truth[index];
            covered += i32::from(cell.low <= flow && flow <= cell.high);
            cells += 1;
            error += (cell.value - flow).abs();
            mass += flow;
            let rate = readings.iter().rfind(|reading| reading.at <= cell.week.end()).unwrap();
            rate_error += (rate.downloads_30d.unwrap() as f64 * 7.0 / 30.0 - flow).abs();
        }
    }
    let coverage = f64::from(covered) / f64::from(cells);
    assert!((0.92..=0.99).contains(&coverage), "coverage {coverage}");
    assert!(error < 0.7 * rate_error, "{} against {}", error / mass, rate_error / mass);
}

proptest! {
    /// Cells between two readings at week boundaries add up to the difference, exactly.
    #[test]
    fn cells_conserve_what_the_counter_gained(
        steps in prop::collection::vec((1..50_i64, 0..100_000_i64), 2..30),
        offset in 0..7_i64,
    ) {
        let mut at = Day::from_epoch_days(20_000).week().start().millis() + offset * DAY_MS;
        let mut value = 0;
        let mut readings = Vec::new();
        for (days, gained) in steps {
            at += days * DAY_MS;
            value += gained;
            readings.push(CounterReading {
                at: Instant::from_millis(at),
                downloads_30d: None,
                downloads_all_time: Some(value),
                likes: None,
            });
        }
        let through = readings.last().unwrap().at;
        let flows = flows_of_model(&readings, Birth::Unknown, span(through));
        let sum: f64 = flows.cells.iter().map(|cell| cell.value).sum();
        let gained = readings.last().unwrap().downloads_all_time.unwrap()
            - readings[0].downloads_all_time.unwrap();
        prop_assert!(sum <= gained as f64);
        for cell in &flows.cells {
            prop_assert!(cell.value >= 0.0 && cell.low <= cell.value && cell.value <= cell.high);
            prop_assert!(cell.value.fract().abs() < f64::EPSILON);
        }
        if let (Some(first), Some(last)) = (flows.cells.first(), flows.cells.last()) {
            let (from, to) = (first.week.start(), last.week.end());
            let inside = |r: &&CounterReading| r.at >= from && r.at <= to;
            if let (Some(a), Some(b)) = (readings.iter().find(inside), readings.iter().rfind(inside)) {
                let least = b.downloads_all_time.unwrap() - a.downloads_all_time.unwrap();
                prop_assert!(sum >= least as f64, "{sum} covers at least {least}");
            }
        }
    }
}
