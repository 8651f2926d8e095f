//! By what factor a mean changed, and how sure that is.

use crate::interval::{Estimated, Interval, percentile_interval, studentized_interval};
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
/// The intervals are symmetric studentised ones; where so few clusters matter that these have no
/// end, percentile intervals.
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
    let own = changes(clusters, &vec![1; clusters.len()])?;
    let draws = replicate(clusters.len(), resampling, |weights| changes(clusters, weights));
    let defined: Vec<Changes> = draws.into_iter().flatten().collect();
    let (logs, differences): (Vec<Estimated>, Vec<Estimated>) =
        defined.iter().map(|changes| (changes.log_ratio, changes.difference)).unzip();
    let log = interval(own.log_ratio, &logs, confidence)?;
    Some(MeanRatio {
        before,
        after,
        ratio: after / before,
        ratio_interval: Interval { low: log.low.exp(), high: log.high.exp() },
        difference_interval: interval(own.difference, &differences, confidence)?,
        without_one: all.without_one(clusters),
        undefined: resampling.replicates - defined.len(),
    })
}

fn interval(own: Estimated, replicates: &[Estimated], confidence: f64) -> Option<Interval> {
    studentized_interval(own, replicates, confidence).or_else(|| {
        let values: Vec<f64> = replicates.iter().map(|replicate| replicate.value).collect();
        percentile_interval(&values, confidence)
    })
}

/// What the change of the means is in a replicate.
struct Changes {
    log_ratio: Estimated,
    difference: Estimated,
}

/// `None` where a period has no weight, or both means are 0.
fn changes(clusters: &[MeanParts], weights: &[u16]) -> Option<Changes> {
    let mut sums = [0.0; 4];
    let mut copies_of_all = 0.0;
    for (parts, &copies) in clusters.iter().zip(weights) {
        let copies = f64::from(copies);
        copies_of_all += copies;
        for (sum, own) in sums.iter_mut().zip(numbers(parts)) {
            *sum += copies * own;
        }
    }
    let (before, after) = means(sums).filter(|&(before, after)| before > 0.0 || after > 0.0)?;
    // The influence of a cluster on each change is how fast it grows with the cluster's weight.
    let (mut of_log, mut of_difference) = (0.0, 0.0);
    for (parts, &copies) in clusters.iter().zip(weights) {
        let influence_before = (parts.before.sum - before * parts.before.weight) / sums[1];
        let influence_after = (parts.after.sum - after * parts.after.weight) / sums[3];
        let copies = f64::from(copies);
        of_log += copies * (influence_after / after - influence_before / before).powi(2);
        of_difference += copies * (influence_after - influence_before).powi(2);
    }
    // One cluster is as good as given, since the influences add up to 0.
    let widened = copies_of_all / (copies_of_all - 1.0);
    let estimated =
        |value: f64, squares: f64| Estimated { value, error: (squares * widened).sqrt() };
    Some(Changes {
        log_ratio: estimated((after / before).ln(), of_log),
        difference: estimated(after - before, of_difference),
    })
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
