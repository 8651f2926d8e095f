//! By what factor a mean changed, and how sure that is.

use crate::interval::{Interval, percentile_interval};
use crate::sampling::{Resampling, replicate};
use crate::sum::Sum;

/// What a cluster, for us an owner, adds to a weighted mean in one period.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct MeanPart {
    /// Its values times their weights, together; at least 0.
    pub sum: f64,
    /// Its weights together, such as its downloads; 0 where it is not there.
    pub weight: f64,
}

/// A cluster in both periods.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct MeanParts {
    /// In the first period.
    pub before: MeanPart,
    /// In the second.
    pub after: MeanPart,
}

/// The change of a weighted mean between two periods.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeanRatio {
    /// The mean of the first period.
    pub before: f64,
    /// The mean of the second.
    pub after: f64,
    /// The second over the first, above 0.
    pub ratio: f64,
    /// Sampling interval of the ratio; infinite where a replicate's first mean is 0 too often.
    pub ratio_interval: Interval,
    /// Sampling interval of `after − before`.
    pub difference_interval: Interval,
    /// The least and the largest ratio with one cluster left out, among those defined.
    pub without_one: Option<Interval>,
    /// Replicates in which a period had no weight or both means were 0; in no interval.
    pub undefined: usize,
}

/// The ratio of the weighted means of two periods, with the interval on the log scale.
///
/// A cluster is drawn for both periods at once, so that what it has in both is paired; a
/// permutation of models between periods would not be, as most models live in both.
/// `None` where a mean is not above 0 or no replicate is defined.
/// `docs/methods/mean-ratio.md`.
#[must_use]
pub fn mean_ratio(
    clusters: &[MeanParts],
    resampling: &Resampling,
    confidence: f64,
) -> Option<MeanRatio> {
    let are_masses = clusters.iter().all(|parts| is_mass(parts.before) && is_mass(parts.after));
    debug_assert!(are_masses, "a sum or a weight is negative or not a number");
    let all = Totals::of(clusters);
    let (before, after) = all.means()?;
    if !(before > 0.0 && after > 0.0) {
        return None;
    }
    let draws = replicate(clusters.len(), resampling, |weights| weighted_means(clusters, weights));
    let defined: Vec<(f64, f64)> = draws
        .into_iter()
        .flatten()
        .filter(|&(before, after)| before > 0.0 || after > 0.0)
        .collect();
    let logs: Vec<f64> = defined.iter().map(|(before, after)| (after / before).ln()).collect();
    let differences: Vec<f64> = defined.iter().map(|(before, after)| after - before).collect();
    let log = percentile_interval(&logs, confidence)?;
    Some(MeanRatio {
        before,
        after,
        ratio: after / before,
        ratio_interval: Interval { low: log.low.exp(), high: log.high.exp() },
        difference_interval: percentile_interval(&differences, confidence)?,
        without_one: all.without_one(clusters),
        undefined: resampling.replicates - defined.len(),
    })
}

/// Both means of a replicate; `None` where a period has no weight in it.
fn weighted_means(clusters: &[MeanParts], weights: &[u16]) -> Option<(f64, f64)> {
    let mut sums = [0.0; 4];
    for (parts, &copies) in clusters.iter().zip(weights) {
        let copies = f64::from(copies);
        for (sum, own) in sums.iter_mut().zip(numbers(parts)) {
            *sum += copies * own;
        }
    }
    means(sums)
}

fn numbers(parts: &MeanParts) -> [f64; 4] {
    [parts.before.sum, parts.before.weight, parts.after.sum, parts.after.weight]
}

fn means([sum_before, before, sum_after, after]: [f64; 4]) -> Option<(f64, f64)> {
    (before > 0.0 && after > 0.0).then(|| (sum_before / before, sum_after / after))
}

fn is_mass(part: MeanPart) -> bool {
    part.sum.is_finite() && part.sum >= 0.0 && part.weight.is_finite() && part.weight >= 0.0
}

/// The sums of all clusters, from which one can be taken away without losing digits.
#[derive(Clone, Copy, Default)]
struct Totals([Sum; 4]);

impl Totals {
    fn of(clusters: &[MeanParts]) -> Self {
        let mut totals = Self::default();
        for parts in clusters {
            totals.add(1.0, parts);
        }
        totals
    }

    fn add(&mut self, sign: f64, parts: &MeanParts) {
        for (sum, own) in self.0.iter_mut().zip(numbers(parts)) {
            sum.add(sign * own);
        }
    }

    fn means(self) -> Option<(f64, f64)> {
        means(self.0.map(Sum::value))
    }

    fn without_one(self, clusters: &[MeanParts]) -> Option<Interval> {
        let ratios = clusters.iter().filter_map(|parts| {
            let mut others = self;
            others.add(-1.0, parts);
            let (before, after) = others.means()?;
            (before > 0.0).then(|| after / before)
        });
        ratios.fold(None, |range: Option<Interval>, ratio| {
            let range = range.unwrap_or(Interval { low: ratio, high: ratio });
            Some(Interval { low: range.low.min(ratio), high: range.high.max(ratio) })
        })
    }
}
