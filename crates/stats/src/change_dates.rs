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
    let ranges = date_ranges(&[series], changes, options);
    let dates = changes.iter().zip(ranges).enumerate().map(|(number, (&at, range))| {
        let (start, end) = beside(changes, number, series.len());
        let step = mean(&series[at..end]) - mean(&series[start..at]);
        ChangeDate { at, earliest: range.0, latest: range.1, step }
    });
    dates.collect()
}

/// Where the segment before a jump begins and the one after it ends.
pub(crate) fn beside(changes: &[usize], number: usize, count: usize) -> (usize, usize) {
    let start = number.checked_sub(1).map_or(0, |before| changes[before]);
    (start, changes.get(number + 1).copied().unwrap_or(count))
}

/// The earliest and the latest place of each jump of several series.
///
/// A draw takes the residuals of one place for all series, so that what they share stays shared.
pub(crate) fn date_ranges(
    series: &[&[f64]],
    changes: &[usize],
    options: &DateOptions,
) -> Vec<(usize, usize)> {
    debug_assert!(changes.is_sorted(), "the changes are not in order");
    let count = series.first().map_or(0, |series| series.len());
    let range = |(number, &at): (usize, &usize)| {
        let (start, end) = beside(changes, number, count);
        let parts: Vec<Part> =
            series.iter().map(|series| Part::new(&series[start..end], at - start)).collect();
        let (earliest, latest) = date_range(&parts, at - start, number, options);
        (start + earliest, start + latest)
    };
    changes.iter().enumerate().map(range).collect()
}

/// Two segments of a series.
struct Part {
    mean_before: f64,
    mean_after: f64,
    residuals: Vec<f64>,
}

impl Part {
    fn new(series: &[f64], at: usize) -> Self {
        let (before, after) = series.split_at(at);
        let (mean_before, mean_after) = (mean(before), mean(after));
        let mut residuals = residuals(before, mean_before);
        residuals.extend(self::residuals(after, mean_after));
        Self { mean_before, mean_after, residuals }
    }
}

/// The range of a jump at a place of its two segments.
fn date_range(parts: &[Part], at: usize, number: usize, options: &DateOptions) -> (usize, usize) {
    let mut rng = ChaCha8Rng::seed_from_u64(options.seed);
    rng.set_stream(number as u64);
    let count = parts.first().map_or(0, |part| part.residuals.len());
    let mut places: Vec<f64> = Vec::with_capacity(options.replicates);
    let mut picked = vec![0; count];
    let mut gains = vec![0.0; count];
    for _ in 0..options.replicates {
        for picked in &mut picked {
            // The high half of a product maps 32 random bits onto the residuals.
            *picked = ((u64::from(rng.next_u32()) * count as u64) >> 32) as usize;
        }
        gains.fill(0.0);
        for part in parts {
            add_gains(part, &picked, at, &mut gains);
        }
        places.push(best_split(&gains, options.min_segment) as f64);
    }
    places.sort_unstable_by(f64::total_cmp);
    let tail = (1.0 - options.confidence) / 2.0;
    // Without draws the date is all there is.
    let place = |probability: f64| quantile(&places, probability).unwrap_or(at as f64);
    ((place(tail).floor() as usize).min(at), (place(1.0 - tail).ceil() as usize).max(at))
}

/// Adds, for each place, what a split there takes from the squared distances of a drawn series.
fn add_gains(part: &Part, picked: &[usize], at: usize, gains: &mut [f64]) {
    let drawn = |place: usize| {
        let mean = if place < at { part.mean_before } else { part.mean_after };
        mean + part.residuals[picked[place]]
    };
    let n = picked.len();
    let mean = sum((0..n).map(drawn)) / n as f64;
    let mut before = 0.0;
    for (place, gain) in gains.iter_mut().enumerate() {
        if place > 0 {
            *gain += before * before * n as f64 / (place * (n - place)) as f64;
        }
        before += drawn(place) - mean;
    }
}

/// The first observation of the second of two segments whose split takes most away.
fn best_split(gains: &[f64], min_segment: usize) -> usize {
    let n = gains.len();
    let (mut best, mut best_gain) = (min_segment, -1.0);
    for (place, &gain) in gains.iter().enumerate() {
        if place >= min_segment && place + min_segment <= n && gain > best_gain {
            (best, best_gain) = (place, gain);
        }
    }
    best
}

pub(crate) fn mean(values: &[f64]) -> f64 {
    sum(values.iter().copied()) / values.len() as f64
}

/// Distances to the mean, widened by what fitting the mean took from them.
fn residuals(values: &[f64], mean: f64) -> Vec<f64> {
    let n = values.len() as f64;
    let widened = if n > 1.0 { (n / (n - 1.0)).sqrt() } else { 1.0 };
    values.iter().map(|value| widened * (value - mean)).collect()
}
