//! How sure the date and the size of a jump are.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

use crate::interval::quantile;
use crate::sum::sum;

/// A jump of the mean, with the range of its date.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChangeDate {
    /// The first observation after the jump.
    pub at: usize,
    /// The earliest place it may be at.
    pub earliest: usize,
    /// The latest place it may be at.
    pub latest: usize,
    /// The size of the effect: the mean after less the mean before, up to the neighbouring jumps.
    pub step: f64,
}

/// How the range of a date is found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DateOptions {
    /// The shortest segment, as it was for the search, at least 1.
    pub min_segment: usize,
    /// How many series are drawn for each jump.
    pub replicates: usize,
    /// The seed; equal seeds give equal ranges.
    pub seed: u64,
    /// How sure the range is, such as 0.95.
    pub confidence: f64,
}

/// The date of each jump that [`crate::change_points`] found, with its range by a bootstrap of
/// residuals.
///
/// The two segments beside a jump are drawn again as their means with residuals of both, and the
/// one best date is searched in each draw; so the range is that of a jump that is there.
/// `docs/methods/change-points.md`.
#[must_use]
pub fn change_dates(series: &[f64], changes: &[usize], options: &DateOptions) -> Vec<ChangeDate> {
    debug_assert!(changes.is_sorted(), "the changes are not in order");
    let edges: Vec<usize> =
        [0].into_iter().chain(changes.iter().copied()).chain([series.len()]).collect();
    let between = edges.windows(3).enumerate();
    between.map(|(number, edges)| date(series, edges, number, options)).collect()
}

fn date(series: &[f64], edges: &[usize], number: usize, options: &DateOptions) -> ChangeDate {
    let (start, at, end) = (edges[0], edges[1], edges[2]);
    let (before, after) = (&series[start..at], &series[at..end]);
    let (mean_before, mean_after) = (mean(before), mean(after));
    let mut residuals = residuals(before, mean_before);
    residuals.extend(self::residuals(after, mean_after));
    let mut rng = ChaCha8Rng::seed_from_u64(options.seed);
    rng.set_stream(number as u64);
    let count = residuals.len();
    let mut places: Vec<f64> = Vec::with_capacity(options.replicates);
    let mut drawn = vec![0.0; count];
    for _ in 0..options.replicates {
        for (place, value) in drawn.iter_mut().enumerate() {
            // The high half of a product maps 32 random bits onto the residuals.
            let picked = ((u64::from(rng.next_u32()) * count as u64) >> 32) as usize;
            let mean = if start + place < at { mean_before } else { mean_after };
            *value = mean + residuals[picked];
        }
        places.push((start + best_split(&drawn, options.min_segment)) as f64);
    }
    places.sort_unstable_by(f64::total_cmp);
    let tail = (1.0 - options.confidence) / 2.0;
    // Without draws the date is all there is.
    let place = |probability: f64| quantile(&places, probability).unwrap_or(at as f64);
    ChangeDate {
        at,
        earliest: (place(tail).floor() as usize).min(at),
        latest: (place(1.0 - tail).ceil() as usize).max(at),
        step: mean_after - mean_before,
    }
}

fn mean(values: &[f64]) -> f64 {
    sum(values.iter().copied()) / values.len() as f64
}

/// Distances to the mean, widened by what fitting the mean took from them.
fn residuals(values: &[f64], mean: f64) -> Vec<f64> {
    let n = values.len() as f64;
    let widened = if n > 1.0 { (n / (n - 1.0)).sqrt() } else { 1.0 };
    values.iter().map(|value| widened * (value - mean)).collect()
}

/// The first observation of the second of two segments whose means differ most, in standard errors.
fn best_split(values: &[f64], min_segment: usize) -> usize {
    let n = values.len();
    let mean = mean(values);
    let (mut best, mut best_gain, mut sum) = (min_segment, -1.0, 0.0);
    for (before, value) in values.iter().enumerate() {
        if before >= min_segment && before + min_segment <= n {
            let gain = sum * sum / (before * (n - before)) as f64;
            if gain > best_gain {
                (best, best_gain) = (before, gain);
            }
        }
        sum += value - mean;
    }
    best
}
