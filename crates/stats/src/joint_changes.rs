//! Where several series jump together, and what each does there.

use crate::change_dates::{DateOptions, beside, date_ranges, mean};
use crate::change_points::{Penalty, joint_change_points};
use crate::error::Refusal;
use crate::serial::{Whitened, about_means, without_lag_one};
use crate::sum::sum;

/// The jumps that several series share.
#[derive(Debug, Clone, PartialEq)]
pub struct JointChanges {
    /// The jumps, in order of their dates.
    pub changes: Vec<JointChange>,
    /// The noise of each series.
    pub noise: Vec<SeriesNoise>,
    /// How many independent series the given ones count for, 1 to their number.
    pub effective_series: f64,
}

/// The noise of a series about a mean that may jump.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SeriesNoise {
    /// The correlation of a week with the week before, −0.99 to 0.99.
    pub correlation: f64,
    /// Its robust standard deviation, in the series' unit, above 0.
    pub deviation: f64,
}

/// A date at which the series jump.
#[derive(Debug, Clone, PartialEq)]
pub struct JointChange {
    /// The first observation after the jump.
    pub at: usize,
    /// The earliest place it may be at.
    pub earliest: usize,
    /// The latest place it may be at.
    pub latest: usize,
    /// What each series does there, in the order of the series.
    pub jumps: Vec<Jump>,
}

/// What one series does at a jump, up to the neighbouring jumps.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Jump {
    /// The mean before, in the series' unit.
    pub before: f64,
    /// The mean after.
    pub after: f64,
    /// The size of the effect: after less before, in robust standard deviations of the noise.
    pub deviations: f64,
    /// The standard error of after less before, in the series' unit.
    pub error: f64,
}

impl Jump {
    /// The mean after less the mean before, in the series' unit.
    #[must_use]
    pub fn step(&self) -> f64 {
        self.after - self.before
    }
}

/// Finds where series of the same weeks jump together, when, how sure that is, and by how much
/// each.
///
/// Each series is freed of its lag-one correlation and divided by the robust standard deviation
/// of what is left; then PELT takes the sum of all with the criterion for several series.
/// Series that move together count for fewer than they are.
/// Refused with fewer than 12 observations or two segments, and where a series has no spread.
/// Series of unequal length are a caller's error.
/// `docs/methods/change-points.md`.
pub fn joint_changes(series: &[&[f64]], options: &DateOptions) -> Result<JointChanges, Refusal> {
    let have = series.iter().map(|series| series.len()).min().unwrap_or(0);
    assert!(series.iter().all(|series| series.len() == have), "the series are of one length");
    // The first observation has no week before it.
    let needed = (2 * options.min_segment + 1).max(12);
    if have < needed {
        return Err(Refusal::TooShort { have, needed });
    }
    let first_look: Option<Vec<Whitened>> = series.iter().map(|x| without_lag_one(x)).collect();
    let whites = first_look.ok_or_else(|| no_spread(series))?;
    let found = search(&whites, options.min_segment).changes;
    let closer: Option<Vec<Whitened>> = series.iter().map(|x| about_means(x, &found)).collect();
    let whites = closer.ok_or_else(|| no_spread(series))?;
    let search = search(&whites, options.min_segment);
    let noise: Vec<SeriesNoise> = whites.iter().map(SeriesNoise::of).collect();
    let rows: Vec<&[f64]> = search.rows.iter().map(Vec::as_slice).collect();
    // The first observation has no white one.
    let white_changes: Vec<usize> = search.changes.iter().map(|at| at - 1).collect();
    let ranges = date_ranges(&rows, &white_changes, options);
    let dated = search.changes.iter().zip(ranges).enumerate().map(|(number, (&at, range))| {
        let (start, end) = beside(&search.changes, number, have);
        let sides = series.iter().map(|series| (&series[start..at], &series[at..end]));
        let jumps = sides.zip(&noise).map(|(sides, noise)| noise.jump(sides)).collect();
        JointChange { at, earliest: range.0 + 1, latest: range.1 + 1, jumps }
    });
    let changes = dated.collect();
    Ok(JointChanges { changes, noise, effective_series: search.effective_series })
}

/// The refusal of the first series that has no spread.
fn no_spread(series: &[&[f64]]) -> Refusal {
    let number = series.iter().position(|x| without_lag_one(x).is_none());
    Refusal::NoSpread { series: number.unwrap_or(0) }
}

/// The jumps of white series.
struct Search {
    /// The values in standard deviations.
    rows: Vec<Vec<f64>>,
    /// The first observation after each jump, counted in the series as they were.
    changes: Vec<usize>,
    effective_series: f64,
}

fn search(whites: &[Whitened], min_segment: usize) -> Search {
    let scale = |white: &Whitened| -> Vec<f64> {
        let deviation = white.variance.sqrt();
        white.values.iter().map(|value| value / deviation).collect()
    };
    let rows: Vec<Vec<f64>> = whites.iter().map(scale).collect();
    let slices: Vec<&[f64]> = rows.iter().map(Vec::as_slice).collect();
    let effective_series = effective_series(&slices);
    // Moments of a sum of squares: so many independent ones, each of that much more variance.
    let variance = slices.len() as f64 / effective_series;
    let penalty = Penalty::JointMbic { variance, series: effective_series };
    let found = joint_change_points(&slices, min_segment, penalty);
    let changes = found.iter().map(|place| place + 1).collect();
    Search { rows, changes, effective_series }
}

impl SeriesNoise {
    fn of(white: &Whitened) -> Self {
        let carried = 1.0 - white.correlation * white.correlation;
        Self { correlation: white.correlation, deviation: (white.variance / carried).sqrt() }
    }

    fn jump(&self, (before, after): (&[f64], &[f64])) -> Jump {
        // A mean of n weeks that carry φ of the week before has the variance σ²·(1 + φ)/(1 − φ)/n.
        let carried = (1.0 + self.correlation) / (1.0 - self.correlation);
        let weeks = 1.0 / before.len() as f64 + 1.0 / after.len() as f64;
        let error = self.deviation * (carried * weeks).sqrt();
        let (before, after) = (mean(before), mean(after));
        Jump { before, after, deviations: (after - before) / self.deviation, error }
    }
}

/// Beyond this many standard deviations a step of a series counts as this many.
const LARGEST_STEP: f64 = 2.5;

/// How many independent series would have a sum of squares of as much relative variance:
/// `d²/Σ r²` with the correlations of the noise, 1 to d.
///
/// The correlations are those of the steps from week to week, which see a jump once, with large
/// steps cut. Satterthwaite (1946).
fn effective_series(rows: &[&[f64]]) -> f64 {
    let steps = |row: &&[f64]| -> Vec<f64> {
        // A step between two independent values has twice the variance of each.
        let steps = row.windows(2).map(|pair| (pair[1] - pair[0]) / 2.0_f64.sqrt());
        steps.map(|step| step.clamp(-LARGEST_STEP, LARGEST_STEP)).collect()
    };
    let steps: Vec<Vec<f64>> = rows.iter().map(steps).collect();
    let product = |a: &[f64], b: &[f64]| sum(a.iter().zip(b).map(|(a, b)| a * b));
    let lengths: Vec<f64> = steps.iter().map(|steps| product(steps, steps)).collect();
    let mut squares = 0.0;
    for (a, steps_a) in steps.iter().enumerate() {
        for (b, steps_b) in steps[..a].iter().enumerate() {
            squares += 2.0 * product(steps_a, steps_b).powi(2) / (lengths[a] * lengths[b]);
        }
    }
    let count = rows.len() as f64;
    count * count / (count + squares)
}
