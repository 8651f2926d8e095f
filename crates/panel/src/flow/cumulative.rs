//! Flow from a cumulative counter: differences of the counter at the weeks' boundaries.

use schema::{CellState, Instant, Week};

use super::{Birth, Cell, ModelFlows, Restatement};

/// A boundary whose neighbouring readings lie this close is read, not estimated.
const OBSERVED_BRACKET_DAYS: f64 = 1.5;
/// Inside longer gaps a week's flow is not told.
const LONGEST_GAP_DAYS: f64 = 56.0;

/// The flows between the first and the last reading; `readings` are sorted, one an instant.
pub(super) fn flows(readings: &[(Instant, i64)], birth: Birth, last: Week) -> ModelFlows {
    let mut series = readings.to_vec();
    if let (Birth::Known(at), Some((first_at, _))) = (birth, series.first())
        && at < *first_at
    {
        // At its birth a model had no downloads.
        series.insert(0, (at, 0));
    }
    let restatements = series.windows(2).filter(|pair| pair[1].1 < pair[0].1).map(restatement);
    let restatements: Vec<Restatement> = restatements.collect();
    let (Some(first), Some(newest)) = (series.first(), series.last()) else {
        return ModelFlows::default();
    };
    let first_week = match birth {
        Birth::Known(_) => first.0.week(),
        // The week of the first reading is only partly covered.
        _ if first.0 == first.0.week().start() => first.0.week(),
        _ => first.0.week().plus(1),
    };
    let last_week = Week::last_complete(newest.0).min(last);
    let cells = first_week.to(last_week).map(|week| cell(&series, &restatements, week)).collect();
    ModelFlows { cells, restatements }
}

fn restatement(pair: &[(Instant, i64)]) -> Restatement {
    let ((before_at, before), (after_at, after)) = (pair[0], pair[1]);
    Restatement { before_at, before, after_at, after }
}

fn cell(series: &[(Instant, i64)], restatements: &[Restatement], week: Week) -> Cell {
    let is_restated =
        |fall: &Restatement| fall.before_at < week.end() && fall.after_at > week.start();
    if restatements.iter().any(is_restated) {
        return Cell::missing(week);
    }
    let (Some(start), Some(end)) = (boundary(series, week.start()), boundary(series, week.end()))
    else {
        return Cell::missing(week);
    };
    let widest = start.bracket_days.max(end.bracket_days);
    if widest > LONGEST_GAP_DAYS {
        return Cell::missing(week);
    }
    let state =
        if widest <= OBSERVED_BRACKET_DAYS { CellState::Observed } else { CellState::Estimated };
    Cell {
        week,
        value: (end.value - start.value) as f64,
        low: (end.low - start.high).max(0) as f64,
        high: (end.high - start.low) as f64,
        state,
    }
}

/// The counter at a week's boundary, and within which readings it lies.
struct Boundary {
    value: i64,
    low: i64,
    high: i64,
    bracket_days: f64,
}

/// Interpolates and rounds down, so that the cells between two readings add up exactly.
fn boundary(series: &[(Instant, i64)], at: Instant) -> Option<Boundary> {
    let after = series.partition_point(|(read_at, _)| *read_at < at);
    let (next_at, next) = *series.get(after)?;
    if next_at == at {
        return Some(Boundary { value: next, low: next, high: next, bracket_days: 0.0 });
    }
    let Some(before) = after.checked_sub(1) else {
        // Only a birth begins a series inside a week; before it the counter stood at nothing.
        return (next == 0).then_some(Boundary { value: 0, low: 0, high: 0, bracket_days: 0.0 });
    };
    let (previous_at, previous) = series[before];
    let elapsed = i128::from(at.millis() - previous_at.millis());
    let whole = i128::from(next_at.millis() - previous_at.millis());
    let gained = i128::from(next - previous) * elapsed / whole;
    Some(Boundary {
        value: previous + gained as i64,
        low: previous,
        high: next,
        bracket_days: next_at.days_since(previous_at),
    })
}
