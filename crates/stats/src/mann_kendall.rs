//! Whether a series rises or falls, whatever the shape of the rise.

use crate::distribution::{normal_quantile, two_sided_normal};
use crate::sum::sum;
use crate::theil_sen::{median, slopes};

/// The result of a Mann–Kendall test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MannKendall {
    /// Pairs of observations that rise, less pairs that fall.
    pub score: f64,
    /// The size of the effect: the score over the number of pairs, −1 (falls throughout) to 1
    /// (rises throughout).
    pub tau: f64,
    /// The variance of the score where nothing rises or falls.
    pub variance: f64,
    /// By how much serial correlation multiplied the variance; 1 where none was corrected for.
    pub correction: f64,
    /// The score in standard deviations, one step nearer to 0.
    pub z: f64,
    /// How likely a score at least as far from 0 is where nothing rises or falls.
    pub p_value: f64,
}

/// Mann–Kendall test of independent observations in the order of time; ties are allowed for.
///
/// `None` with fewer than 3 observations.
/// Mann (1945), Kendall (1975); `docs/methods/trends.md`.
#[must_use]
pub fn mann_kendall(series: &[f64]) -> Option<MannKendall> {
    test(series, 1.0)
}

/// Mann–Kendall test whose variance allows for serial correlation, after Hamed and Rao.
///
/// The ranks of the series without its Theil–Sen line are correlated with themselves at every
/// lag, and the lags beyond ±1.96/√n enter the variance.
/// `None` with fewer than 4 observations, and where the corrected variance is not above 0.
/// Hamed and Rao (1998); `docs/methods/trends.md`.
#[must_use]
pub fn mann_kendall_hamed_rao(series: &[f64]) -> Option<MannKendall> {
    if series.len() < 4 {
        return None;
    }
    let places: Vec<f64> = (1..=series.len()).map(|place| place as f64).collect();
    let slope = median(&slopes(&places, series)?);
    let level: Vec<f64> = series.iter().zip(&places).map(|(x, place)| x - place * slope).collect();
    let correction = variance_factor(&ranks(&level));
    if correction > 0.0 { test(series, correction) } else { None }
}

fn test(series: &[f64], correction: f64) -> Option<MannKendall> {
    debug_assert!(series.iter().all(|x| x.is_finite()), "an observation is not a number");
    if series.len() < 3 {
        return None;
    }
    let n = series.len() as f64;
    let mut score = 0.0;
    for (at, first) in series.iter().enumerate() {
        let later = &series[at + 1..];
        let rises = later.iter().filter(|&x| x > first).count();
        let falls = later.iter().filter(|&x| x < first).count();
        score += rises as f64 - falls as f64;
    }
    let variance = correction * (tie_term(n) - ties(series)) / 18.0;
    // A score of 0 has z = 0, also where all observations are equal and the variance is 0.
    let step = if score == 0.0 { 0.0 } else { score.signum() };
    let z = if step == 0.0 { 0.0 } else { (score - step) / variance.sqrt() };
    let tau = score / (0.5 * n * (n - 1.0));
    Some(MannKendall { score, tau, variance, correction, z, p_value: two_sided_normal(z) })
}

/// `k(k − 1)(2k + 5)`, 18 times the variance of the score of k observations.
pub(crate) fn tie_term(k: f64) -> f64 {
    k * (k - 1.0) * (2.0 * k + 5.0)
}

/// What groups of equal values take from the variance of the score, 18 times.
pub(crate) fn ties(values: &[f64]) -> f64 {
    let mut ascending = values.to_vec();
    ascending.sort_unstable_by(f64::total_cmp);
    // In ascending order, a value that is not below the next equals it.
    sum(ascending.chunk_by(|a, b| a >= b).map(|equal| tie_term(equal.len() as f64)))
}

/// The rank of each value, from 1; equal values share the mean of their ranks.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    let mut ranks = vec![0.0; values.len()];
    let mut before = 0;
    for equal in order.chunk_by(|&a, &b| values[a] >= values[b]) {
        let rank = before as f64 + (equal.len() + 1) as f64 / 2.0;
        for &at in equal {
            ranks[at] = rank;
        }
        before += equal.len();
    }
    ranks
}

/// By how much correlated ranks widen the variance of the score:
/// `1 + 2/(n(n − 1)(n − 2)) · Σ (n − k)(n − k − 1)(n − k − 2)·ρ_k` over the lags that stand out.
fn variance_factor(ranks: &[f64]) -> f64 {
    let n = ranks.len() as f64;
    let mean = f64::midpoint(n, 1.0);
    let product = |lag: usize| -> f64 {
        let pairs = ranks.iter().zip(&ranks[lag..]);
        sum(pairs.map(|(one, other)| (one - mean) * (other - mean)))
    };
    let variance = product(0);
    if variance == 0.0 {
        return 1.0;
    }
    let usual = normal_quantile(0.975) / n.sqrt();
    let mut excess = 0.0;
    for lag in 1..ranks.len() {
        let correlation = product(lag) / variance;
        let left = n - lag as f64;
        if correlation.abs() > usual {
            excess += left * (left - 1.0) * (left - 2.0) * correlation;
        }
    }
    1.0 + 2.0 / (n * (n - 1.0) * (n - 2.0)) * excess
}
