use super::*;
use crate::flow::Method;

// 2026-01-05 is a Monday. Expected values are worked out by hand from the definition.

fn windows(rows: &[(&str, &str, i64)]) -> Vec<WindowFlow> {
    let at = |text: &str| Instant::parse(text).unwrap();
    rows.iter()
        .map(|(from, to, downloads)| WindowFlow {
            from: at(from),
            to: at(to),
            downloads: *downloads,
        })
        .collect()
}

fn show(flows: &ModelFlows) -> String {
    let show = |c: &Cell| format!("{} {} {} [{}, {}]", c.week, c.state, c.value, c.low, c.high);
    flows.cells.iter().map(show).collect::<Vec<_>>().join("\n")
}

fn last() -> Week {
    "2026-01-26".parse().unwrap()
}

#[test]
fn windows_of_weeks_are_weeks_and_a_gap_between_them_is_missing() {
    let windows = windows(&[
        ("2026-01-05T00:00:00Z", "2026-01-12T00:00:00Z", 40),
        ("2026-01-19T06:00:00Z", "2026-01-26T06:00:00Z", 60),
    ]);
    insta::assert_snapshot!(show(&with_windows(ModelFlows::default(), &windows, last())), @r"
    2026-01-05 observed 40 [40, 40]
    2026-01-12 missing 0 [0, 0]
    2026-01-19 observed 60 [60, 60]
    2026-01-26 missing 0 [0, 0]
    ");
}

#[test]
fn windows_across_weeks_are_shared_out_by_the_curve() {
    // Thursdays: of the week of 12 January, three days lie in the first window and four in the second.
    // The counter 0, 70, 210 has slopes 70, 105, 140 a week; on the Mondays, 4/7 into each window, the
    // curve stands at 70 · 0.5015 = 35 and 70 + 140 · 0.5452 = 146. The middle reading is 35 off the
    // middle of its neighbours: share² = (3 · 0.25 + (35² / 0.25 − 210) · 2 / 210²) / 4 = 0.2407, the
    // variances of the two parts are 361 and 1150, and the interval is
    // 111.2 by (h + √(1 + h²))² = 1.796 with h = 1.7 · √1511 / (2 · 111.2).
    let windows = windows(&[
        ("2026-01-08T00:00:00Z", "2026-01-15T00:00:00Z", 70),
        ("2026-01-15T00:00:00Z", "2026-01-22T00:00:00Z", 140),
    ]);
    let flows = with_windows(ModelFlows::default(), &windows, "2026-01-12".parse().unwrap());
    insta::assert_snapshot!(show(&flows), @"2026-01-12 estimated 111 [61, 200]");
}

#[test]
fn of_windows_that_overlap_those_of_whole_weeks_hold() {
    let days: Vec<WindowFlow> = (0..14)
        .map(|day| {
            let to = Instant::parse("2026-01-12T03:00:00Z").unwrap().millis() + day * 86_400_000;
            let from = Instant::from_millis(to - 7 * 86_400_000);
            WindowFlow { from, to: Instant::from_millis(to), downloads: 100 + day }
        })
        .collect();
    let flows = with_windows(ModelFlows::default(), &days, "2026-01-12".parse().unwrap());
    insta::assert_snapshot!(show(&flows), @r"
    2026-01-05 observed 100 [100, 100]
    2026-01-12 observed 107 [107, 107]
    ");
}

#[test]
fn counters_tell_the_weeks_that_no_window_does() {
    let cell = |week: &str, value| Cell {
        week: week.parse().unwrap(),
        value,
        low: value,
        high: value,
        state: CellState::Observed,
        method: Method::Difference,
    };
    let counted = ModelFlows {
        cells: vec![cell("2026-01-05", 1.0), cell("2026-01-12", 2.0)],
        ..ModelFlows::default()
    };
    let windows = windows(&[("2026-01-12T00:00:00Z", "2026-01-19T00:00:00Z", 50)]);
    let flows = with_windows(counted, &windows, "2026-01-12".parse().unwrap());
    insta::assert_snapshot!(show(&flows), @r"
    2026-01-05 observed 1 [1, 1]
    2026-01-12 observed 50 [50, 50]
    ");
}

proptest::proptest! {
    /// Whatever the windows, cells have no holes, no negative flow, and no more in all than the windows.
    #[test]
    fn cells_are_sound_and_add_up_to_no_more_than_the_windows(
        rows in proptest::collection::vec((20_000..20_200_i32, 1..40_i32, 0..10_000_i64), 0..30),
    ) {
        let at = |day: i32| schema::Day::from_epoch_days(day).start();
        let windows: Vec<WindowFlow> = rows
            .iter()
            .map(|(day, days, downloads)| WindowFlow { from: at(*day), to: at(day + days), downloads: *downloads })
            .collect();
        let last = at(20_300).week();
        let flows = with_windows(ModelFlows::default(), &windows, last);
        let sum: f64 = flows.cells.iter().map(|cell| cell.value).sum();
        let given: i64 = windows.iter().map(|window| window.downloads).sum();
        proptest::prop_assert!(sum <= given as f64);
        for pair in flows.cells.windows(2) {
            proptest::prop_assert_eq!(pair[1].week, pair[0].week.plus(1));
        }
        for cell in &flows.cells {
            proptest::prop_assert!(0.0 <= cell.low && cell.low <= cell.value && cell.value <= cell.high);
        }
    }
}
