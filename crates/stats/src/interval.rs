//! Intervals of an estimate: from replicates, from a standard error, and over bounds.

use crate::bounds::Bounds;
use crate::distribution::{normal_cdf, normal_quantile};
use crate::sum::sum;

/// Where a number may lie.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end, at least `low`.
    pub high: f64,
}

impl Interval {
    /// Whether a number lies within, ends included.
    #[must_use]
    pub fn contains(&self, value: f64) -> bool {
        (self.low..=self.high).contains(&value)
    }
}

/// Percentile interval: the middle `confidence` of the replicates, such as 0.95.
///
/// A quantile between two replicates is taken on the line between them.
/// The interval follows any monotone change of scale.
/// `None` without replicates; an undefined one, or a confidence outside 0 to 1, is a caller's
/// error. Efron (1979); `docs/methods/resampling.md`.
#[must_use]
pub fn percentile_interval(replicates: &[f64], confidence: f64) -> Option<Interval> {
    let tail = (1.0 - confidence) / 2.0;
    between_quantiles(replicates, tail, 1.0 - tail)
}

/// BCa interval: the percentile interval, corrected for bias and for a spread that changes with
/// the value.
///
/// `without` has the estimate with each cluster left out in turn, from which the acceleration
/// is taken; without spread among them it is 0.
/// `None` without replicates, and where all of them lie on one side of the estimate.
/// Efron (1987); `docs/methods/resampling.md`.
#[must_use]
pub fn bca_interval(
    estimate: f64,
    replicates: &[f64],
    without: &[f64],
    confidence: f64,
) -> Option<Interval> {
    let below = replicates.iter().filter(|&&value| value < estimate).count();
    let not_above = replicates.iter().filter(|&&value| value <= estimate).count();
    let bias = normal_quantile((below + not_above) as f64 / (2 * replicates.len()) as f64);
    if !bias.is_finite() {
        return None;
    }
    let acceleration = acceleration(without);
    let level = |z: f64| {
        let shifted = bias + z;
        normal_cdf(bias + shifted / (1.0 - acceleration * shifted))
    };
    let z = normal_quantile(f64::midpoint(1.0, confidence));
    between_quantiles(replicates, level(-z), level(z))
}

/// An estimate and its standard error, such as those of a replicate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimated {
    /// The estimate; infinite where the replicate has no finite one.
    pub value: f64,
    /// Its standard error, at least 0.
    pub error: f64,
}

/// Symmetric studentised interval: as many standard errors to each side as the replicates are
/// away from the estimate, each counted in standard errors of its own, in `confidence` of cases.
///
/// `None` without replicates, without a standard error, and where so many replicates have none,
/// or are infinite, that the interval has no end.
/// Hall (1988); `docs/methods/resampling.md`.
#[must_use]
pub fn studentized_interval(
    estimate: Estimated,
    replicates: &[Estimated],
    confidence: f64,
) -> Option<Interval> {
    // Without a spread of its own, or one of rounding only, a replicate says nothing of how far
    // away it is.
    let away = |replicate: &Estimated| {
        let has_spread = replicate.error > 1e-9 * estimate.error;
        let away = ((replicate.value - estimate.value) / replicate.error).abs();
        if has_spread && !away.is_nan() { away } else { f64::INFINITY }
    };
    let mut away: Vec<f64> = replicates.iter().map(away).collect();
    away.sort_unstable_by(f64::total_cmp);
    let reach = quantile(&away, confidence)? * estimate.error;
    (reach.is_finite() && estimate.error > 0.0)
        .then_some(Interval { low: estimate.value - reach, high: estimate.value + reach })
}

/// A sixth of the skewness of the estimate, as leaving out one cluster at a time shows it.
fn acceleration(without: &[f64]) -> f64 {
    let mean = sum(without.iter().copied()) / without.len() as f64;
    let power = |power| sum(without.iter().map(|value| (mean - value).powi(power)));
    let spread = power(2).powf(1.5);
    if spread > 0.0 { power(3) / spread / 6.0 } else { 0.0 }
}

/// The interval between two quantiles of the replicates.
fn between_quantiles(replicates: &[f64], low: f64, high: f64) -> Option<Interval> {
    debug_assert!(replicates.iter().all(|value| !value.is_nan()), "a replicate is undefined");
    debug_assert!((0.0..=1.0).contains(&low) && low <= high, "a confidence is from 0 to 1");
    let mut ascending = replicates.to_vec();
    ascending.sort_unstable_by(f64::total_cmp);
    Some(Interval { low: quantile(&ascending, low)?, high: quantile(&ascending, high)? })
}

/// The quantile of sorted values, on the line between the two that it falls between (type 7 of
/// Hyndman and Fan 1996).
pub(crate) fn quantile(ascending: &[f64], probability: f64) -> Option<f64> {
    let last = ascending.len().checked_sub(1)?;
    let at = probability.clamp(0.0, 1.0) * last as f64;
    let before = at.floor() as usize;
    let (low, high) = (ascending[before], ascending[(before + 1).min(last)]);
    let part = at - before as f64;
    // No line leads on from infinity.
    Some(if part == 0.0 || low.is_infinite() { low } else { low + part * (high - low) })
}

/// Normal interval: the estimate and z standard errors to each side, such as 1.96 for 0.95.
///
/// `docs/methods/resampling.md`.
#[must_use]
pub fn normal_interval(estimate: f64, standard_error: f64, confidence: f64) -> Interval {
    let reach = normal_quantile(f64::midpoint(1.0, confidence)) * standard_error;
    Interval { low: estimate - reach, high: estimate + reach }
}

/// Interval of a number that is known only within bounds, each of which is an estimate.
///
/// `[low − c·se_low, high + c·se_high]` with `Φ(c + (high − low)/max(se)) − Φ(−c) = confidence`:
/// wide bounds leave one end to miss at, so that c falls from 1.96 to 1.64 (for 0.95).
/// Standard errors are at least 0; where both are 0 the interval is the bounds.
/// Imbens and Manski (2004); `docs/methods/resampling.md`.
#[must_use]
pub fn imbens_manski(bounds: Bounds, low_error: f64, high_error: f64, confidence: f64) -> Interval {
    let largest = low_error.max(high_error);
    debug_assert!(low_error >= 0.0 && high_error >= 0.0, "a standard error is at least 0");
    if largest == 0.0 {
        return Interval { low: bounds.low, high: bounds.high };
    }
    let width = (bounds.high - bounds.low) / largest;
    let coverage = |c: f64| normal_cdf(c + width) - normal_cdf(-c);
    let mut low = normal_quantile(confidence);
    let mut high = normal_quantile(f64::midpoint(1.0, confidence));
    // Coverage rises with c, so halving the range 60 times finds it to the last digit.
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if coverage(middle) < confidence { low = middle } else { high = middle }
    }
    let c = f64::midpoint(low, high);
    Interval { low: bounds.low - c * low_error, high: bounds.high + c * high_error }
}
