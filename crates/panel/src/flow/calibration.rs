//! How far intervals must reach to hold the truth in 95 of 100 cases, learned where it is known.

use schema::{CellState, Week};

use super::curve::{self, Point};
use super::worker::fill;
use super::{Birth, Cell, ModelFlows, cumulative, rolling, variation};
use crate::readings::CounterReading;

/// Upper ends of the classes of weekly flow that are calibrated apart; the last has none.
const CLASS_ENDS: [f64; CLASSES - 1] = [10.0, 100.0, 1_000.0, 10_000.0];
/// How many classes of weekly flow there are.
const CLASSES: usize = 5;
/// The usual reach of an interpolated week: a model's variation is told by readings further apart
/// than those it is used between, and so is a little too large.
const INTERPOLATED_Z: f64 = 1.7;
/// The usual reach of a week from rolling sums: bursts give the errors heavier tails than a normal
/// distribution's, whose reach is 1.96.
const ROLLING_Z: f64 = 2.25;
/// With fewer cases a class keeps the usual reach.
const LEAST_CASES: u64 = 200;
/// What no evidence may go below or above.
const Z_RANGE: (f64, f64) = (0.5, 10.0);
const BINS_PER_UNIT: f64 = 20.0;
const BINS: usize = 201;
const WEEK_MS: f64 = 7.0 * 86_400_000.0;

/// How many standard deviations the intervals of estimated cells reach, by class of weekly flow.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Calibration {
    interpolated: [f64; CLASSES],
    rolling: [f64; CLASSES],
}

impl Default for Calibration {
    fn default() -> Self {
        Self { interpolated: [INTERPOLATED_Z; CLASSES], rolling: [ROLLING_Z; CLASSES] }
    }
}

impl Calibration {
    /// Intervals of one standard deviation, by which cases are measured.
    const UNIT: Self = Self { interpolated: [1.0; CLASSES], rolling: [1.0; CLASSES] };

    /// The reach for a week interpolated between readings, with this expected flow.
    #[must_use]
    pub fn interpolated(&self, weekly: f64) -> f64 {
        self.interpolated[class(weekly)]
    }

    /// The reach for a week recovered from rolling sums, with this expected flow.
    #[must_use]
    pub fn rolling(&self, weekly: f64) -> f64 {
        self.rolling[class(weekly)]
    }
}

fn class(weekly: f64) -> usize {
    CLASS_ENDS.iter().take_while(|end| weekly >= **end).count()
}

/// Standardised errors, counted by size.
#[derive(Debug, Clone)]
struct Errors {
    counts: [u64; BINS],
}

impl Errors {
    const NONE: Self = Self { counts: [0; BINS] };

    fn add(&mut self, error: f64) {
        let bin = (error.max(0.0) * BINS_PER_UNIT).min((BINS - 1) as f64);
        self.counts[bin as usize] += 1;
    }

    fn merge(&mut self, other: &Self) {
        self.counts.iter_mut().zip(&other.counts).for_each(|(own, more)| *own += more);
    }

    /// The size that 95 % of the errors stay below; `usual` where there are too few to tell.
    fn quantile(&self, usual: f64) -> f64 {
        let all: u64 = self.counts.iter().sum();
        if all < LEAST_CASES {
            return usual;
        }
        let mut below = 0;
        let bin = self.counts.iter().position(|count| {
            below += count;
            below * 100 >= all * 95
        });
        let end = bin.map_or(Z_RANGE.1, |bin| (bin + 1) as f64 / BINS_PER_UNIT);
        end.clamp(Z_RANGE.0, Z_RANGE.1)
    }
}

/// How wrong the estimators are where readings tell the truth.
#[derive(Debug, Clone)]
pub struct Evidence {
    interpolated: [Errors; CLASSES],
    rolling: [Errors; CLASSES],
}

impl Default for Evidence {
    fn default() -> Self {
        Self { interpolated: [Errors::NONE; CLASSES], rolling: [Errors::NONE; CLASSES] }
    }
}

impl Evidence {
    /// Learns from one model's readings, sorted by time, without stale ones.
    ///
    /// Of a cumulative counter every other reading is held back and told from the rest. Where both
    /// counters are known, the flows that the rolling sums give are held against the weeks that the
    /// cumulative counter tells closely.
    pub fn add(&mut self, readings: &[CounterReading], birth: Birth) {
        let (mut all_time, mut rolling_sums) = (Vec::new(), Vec::new());
        fill(readings, |reading| reading.downloads_all_time, &mut all_time);
        self.add_held_back(&all_time);
        fill(readings, |reading| reading.downloads_30d, &mut rolling_sums);
        let (Some(newest), false) = (readings.last(), all_time.is_empty()) else { return };
        if rolling_sums.len() < 2 {
            return;
        }
        let last = Week::last_complete(newest.at);
        let mut counted = ModelFlows::default();
        let mut scratch = cumulative::Scratch::default();
        cumulative::flows(
            &all_time,
            Birth::Unknown,
            last,
            &Calibration::UNIT,
            &mut scratch,
            &mut counted,
        );
        let mut cells = Vec::new();
        rolling::flows(&rolling_sums, birth, last, &Calibration::UNIT, &mut cells);
        let Some(first) = counted.cells.first().map(|cell| cell.week) else { return };
        for cell in cells.iter().filter(|cell| cell.state == CellState::Estimated) {
            let place = usize::try_from(cell.week.number() - first.number());
            let truth = place.ok().and_then(|place| counted.cells.get(place));
            if let Some(truth) = truth.filter(|truth| tells(truth, cell)) {
                self.rolling[class(cell.value)].add(reach(truth.value, cell));
            }
        }
    }

    fn add_held_back(&mut self, points: &[Point]) {
        let kept: Vec<Point> = points.iter().step_by(2).copied().collect();
        let mut slopes = Vec::new();
        curve::slopes(&kept, &mut slopes);
        let share_squared = variation::share_squared(&kept);
        for (index, pair) in kept.windows(2).enumerate() {
            let [before, held, after] = [pair[0], points[2 * index + 1], pair[1]];
            if held.1 < before.1 || after.1 < held.1 || after.1 == before.1 {
                continue;
            }
            let (whole, width) = ((after.1 - before.1) as f64, millis(before, after));
            let elapsed = millis(before, held);
            let (start, end) = (slopes[index].1, slopes[index + 1].0);
            let expected = curve::gained(elapsed, width, whole, start, end);
            let weeks = elapsed / WEEK_MS;
            let variance = variation::variance(expected, whole, weeks, share_squared);
            let error = variation::reach((held.1 - before.1) as f64, expected, variance);
            self.interpolated[class(expected / weeks)].add(error);
        }
    }

    /// Adds what was learned from other models.
    pub fn merge(&mut self, other: &Self) {
        self.interpolated.iter_mut().zip(&other.interpolated).for_each(|(own, o)| own.merge(o));
        self.rolling.iter_mut().zip(&other.rolling).for_each(|(own, o)| own.merge(o));
    }

    /// The reach that holds the truth in 95 % of the cases, by class; the usual one where they are few.
    #[must_use]
    pub fn calibration(&self) -> Calibration {
        Calibration {
            interpolated: std::array::from_fn(|class| {
                self.interpolated[class].quantile(INTERPOLATED_Z)
            }),
            rolling: std::array::from_fn(|class| self.rolling[class].quantile(ROLLING_Z)),
        }
    }
}

fn millis(from: Point, to: Point) -> f64 {
    (to.0.millis() - from.0.millis()) as f64
}

/// Whether a week of the cumulative counter is known closely enough to judge an estimate by it.
fn tells(truth: &Cell, estimate: &Cell) -> bool {
    truth.state != CellState::Missing
        && (truth.high - truth.low) <= 0.2 * (estimate.high - estimate.low).max(1.0)
}

/// How many times the interval of an estimate must be widened to hold the truth.
fn reach(truth: f64, estimate: &Cell) -> f64 {
    let error = truth - estimate.value;
    let width =
        if error > 0.0 { estimate.high - estimate.value } else { estimate.value - estimate.low };
    if error.abs() <= 0.5 { 0.0 } else { error.abs() / width.max(0.05) }
}
