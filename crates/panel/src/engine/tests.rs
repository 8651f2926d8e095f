use proptest::prelude::*;

use super::*;
use crate::readings::CounterReading;

fn at(text: &str) -> Instant {
    Instant::parse(text).unwrap()
}

fn reading(day: &str, downloads: Option<i64>) -> CounterReading {
    CounterReading {
        at: at(&format!("{day}T00:00:00Z")),
        downloads_30d: downloads,
        downloads_all_time: None,
        likes: None,
    }
}

fn sums(panel: &Panel, day: &str) -> (Vec<(u32, f64, u64)>, u64) {
    let grouping = Grouping::by_value(
        &[Some("x".into()), Some("x".into()), Some("y".into()), None],
        "unreviewed",
        "unknown",
    );
    let filter = Filter::all(4);
    let sums = panel.sums_as_of(
        ReadingKind::Downloads30d,
        at(&format!("{day}T12:00:00Z")),
        &grouping,
        &filter,
    );
    (sums.units.iter().map(|u| (u.code, u.value, u.model_count)).collect(), sums.missing)
}

#[test]
fn as_of_takes_each_model_s_last_known_reading() {
    let rows = [
        (0, reading("2026-01-01", Some(5))),
        (0, reading("2026-01-03", None)),
        (1, reading("2026-01-02", Some(7))),
        (2, reading("2026-01-02", None)),
        (3, reading("2026-01-02", Some(0))),
    ];
    let panel = Panel::new(Readings::new(4, rows), Cells::default(), vec![Birth::Unknown; 4]);
    assert_eq!(sums(&panel, "2025-12-31"), (vec![], 0));
    assert_eq!(sums(&panel, "2026-01-01"), (vec![(0, 5.0, 1)], 0));
    // An unknown counter does not overwrite a known one; one never known is missing, not zero;
    // zero is known.
    assert_eq!(sums(&panel, "2026-01-03"), (vec![(0, 12.0, 2), (2, 0.0, 1)], 1));
}

fn cell_rows() -> impl Strategy<Value = Vec<(i32, u32, f64, u8)>> {
    prop::collection::vec((0..6_i32, 0..5_u32, 0.0..1e6_f64, 0..3_u8), 0..60)
}

proptest! {
    /// The engine equals a plain loop over all cells.
    #[test]
    fn sums_equal_their_naive_twin(rows in cell_rows(), first in -1..6_i32, length in 0..4_i32) {
        let mut rows = rows;
        rows.sort_by_key(|row| (row.0, row.1));
        rows.dedup_by_key(|row| (row.0, row.1));
        let mut table = FlowTable::default();
        for (week, model, value, state) in &rows {
            table.week.push(Week::from_number(*week));
            table.model.push(*model);
            table.value.push(*value);
            table.low.push(*value);
            table.high.push(*value);
            table.state.push(CellState::from_code(*state).unwrap());
        }
        let panel = Panel::new(Readings::new(5, []), Cells::new(table), vec![Birth::Unknown; 5]);
        let grouping = Grouping::by_model((0..5).map(|i| i.to_string()).collect());
        let (first, last) = (Week::from_number(first), Week::from_number(first + length));
        let sums = panel.sums_of_weeks(Measure::Downloads, first, last, &grouping, &Filter::all(5));

        let asked = || rows.iter().filter(|row| (first.number()..=last.number()).contains(&row.0));
        let missing = asked().filter(|row| row.3 == 2).count() as u64;
        prop_assert_eq!(sums.missing, missing);
        for unit in &sums.units {
            let known = || asked().filter(|row| row.1 == unit.code && row.3 != 2);
            let sum: f64 = known().map(|row| row.2).sum();
            prop_assert!((unit.value - sum).abs() <= 1e-12 * sum);
            let estimated: f64 = known().filter(|row| row.3 == 1).map(|row| row.2).sum();
            prop_assert!((unit.estimated - estimated).abs() <= 1e-12 * sum);
        }
        let with_known = (0..5).filter(|m| asked().any(|row| row.1 == *m && row.3 != 2)).count();
        prop_assert_eq!(sums.units.len(), with_known);
    }
}
