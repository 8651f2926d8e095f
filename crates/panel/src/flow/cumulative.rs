//! Flow from a cumulative counter: differences of the counter at the weeks' boundaries.

mod boundary;

use schema::{CellState, Week};

use super::calibration::Calibration;
use super::curve::{self, Point};
use super::{Birth, Cell, KnownSum, Method, ModelFlows, Restatement, variation};
use boundary::{Boundary, Counter, Place};

/// Inside longer gaps a week's flow is not told: eight weeks.
const LONGEST_GAP_MS: i64 = 56 * 86_400_000;

/// Memory that is used again for each model.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    points: Vec<Point>,
    slopes: Vec<(f64, f64)>,
}

/// Fills `flows` with the weeks between the first and the last reading; `readings` are sorted, one
/// an instant, and `last` is the last week that may have a cell.
///
/// `calibration` says how far the intervals of estimated weeks reach.
pub(super) fn flows(
    readings: &[Point],
    birth: Birth,
    last: Week,
    calibration: &Calibration,
    scratch: &mut Scratch,
    flows: &mut ModelFlows,
) {
    flows.clear();
    let points = &mut scratch.points;
    points.clear();
    if let (Birth::Known(at), Some((first_at, _))) = (birth, readings.first())
        && at < *first_at
    {
        // At its birth a model had no downloads.
        points.push((at, 0));
    }
    points.extend_from_slice(readings);
    let (Some(first), Some(newest)) = (points.first(), points.last()) else { return };
    let first_week = match birth {
        Birth::Known(_) => first.0.week(),
        // The week of the first reading is only partly covered.
        _ if first.0 == first.0.week().start() => first.0.week(),
        _ => first.0.week().plus(1),
    };
    let last_week = Week::last_complete(newest.0).min(last);
    let is_fall = |pair: &&[Point]| pair[1].1 < pair[0].1;
    flows.restatements.extend(points.windows(2).filter(is_fall).map(restatement));
    curve::slopes(points, &mut scratch.slopes);
    let share_squared = variation::share_squared(points);
    let mut counter = Counter::new(points, &scratch.slopes, share_squared);
    let mut start = counter.at(first_week.start());
    let mut gap = None;
    for week in first_week.to(last_week) {
        let end = counter.at(week.end());
        let in_gap = gap_of(&start, &end);
        if in_gap != gap.as_ref().map(|open: &OpenGap| open.place) {
            flows.known_sums.extend(
                gap.take().and_then(|open| known_sum(&counter, &open, &start, week, calibration)),
            );
            gap = in_gap.map(|place| OpenGap { place, first: week, start });
        }
        flows.cells.push(cell(&counter, week, &start, &end, calibration));
        start = end;
    }
    let after = last_week.plus(1);
    flows
        .known_sums
        .extend(gap.and_then(|open| known_sum(&counter, &open, &start, after, calibration)));
}

fn restatement(pair: &[Point]) -> Restatement {
    let ((before_at, before), (after_at, after)) = (pair[0], pair[1]);
    Restatement { before_at, before, after_at, after }
}

/// The missing weeks of one gap, as far as they have been passed.
struct OpenGap {
    /// The gap's place among the brackets.
    place: usize,
    first: Week,
    start: Boundary,
}

/// The gap that makes a week missing: the one it ends in, else the one it begins in.
///
/// A week that a fall of the counter touches belongs to no gap: nothing is known of it.
fn gap_of(start: &Boundary, end: &Boundary) -> Option<usize> {
    if start.is_restated_until(end) {
        return None;
    }
    let is_gap = |place: &&Place| place.width_ms > LONGEST_GAP_MS;
    let gap = end.place.as_ref().filter(is_gap).or(start.place.as_ref().filter(is_gap));
    gap.map(|place| place.bracket)
}

/// What the weeks from the gap's first to the one before `next` add up to.
fn known_sum(
    counter: &Counter<'_>,
    gap: &OpenGap,
    end: &Boundary,
    next: Week,
    calibration: &Calibration,
) -> Option<KnownSum> {
    let (from, to) = (gap.start.value?, end.value?);
    let downloads = (to - from) as f64;
    // Both ends are as uncertain as the curve is there; what lies between is known.
    let weeks = f64::from(next.number() - gap.first.number());
    let z = calibration.interpolated(downloads / weeks);
    let spread = z * (counter.variance_at(&gap.start) + counter.variance_at(end)).sqrt();
    Some(KnownSum {
        first: gap.first,
        last: next.plus(-1),
        downloads,
        low: (downloads - spread).max((end.low - gap.start.high) as f64).clamp(0.0, downloads),
        high: (downloads + spread).min((end.high - gap.start.low) as f64).max(downloads),
    })
}

fn cell(
    counter: &Counter<'_>,
    week: Week,
    start: &Boundary,
    end: &Boundary,
    calibration: &Calibration,
) -> Cell {
    let (Some(from), Some(to)) = (start.value, end.value) else { return Cell::missing(week) };
    if start.is_restated_until(end) || gap_of(start, end).is_some() {
        return Cell::missing(week);
    }
    let value = (to - from) as f64;
    let least = (end.low - start.high).max(0) as f64;
    let most = (end.high - start.low) as f64;
    if start.is_read() && end.is_read() {
        let state = CellState::Observed;
        return Cell { week, value, low: least, high: most, state, method: Method::Difference };
    }
    let (expected, variance) = counter.between(start, end);
    let (low, high) = variation::interval(expected, variance, calibration.interpolated(expected));
    Cell {
        week,
        value,
        low: low.max(least).min(value),
        high: high.min(most).max(value),
        state: CellState::Estimated,
        method: Method::Interpolated,
    }
}
