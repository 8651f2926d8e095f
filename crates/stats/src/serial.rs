//! What a series is without the echo of the observation before.

use crate::sum::sum;

/// A series without its lag-one correlation.
#[derive(Debug, Clone, PartialEq)]
pub struct Whitened {
    /// Each observation but the first, less `correlation` times the one before.
    pub values: Vec<f64>,
    /// The correlation of neighbours about a mean that may jump, −0.99 to 0.99.
    pub correlation: f64,
    /// The variance of the values about a mean that may jump.
    pub variance: f64,
}

/// Takes the lag-one correlation out of a series whose mean may jump.
///
/// Jumps would pass for correlation if it were measured as usual; differences between neighbours
/// and between next neighbours see each jump once, and robust spreads of both ignore it:
/// `Q(x₂ − x₀)²/Q(x₁ − x₀)² − 1` with the scale Q of Rousseeuw and Croux.
/// A jump by d in the series is one by `(1 − correlation)·d` in the values.
/// `None` with fewer than 12 observations, and where more than half of the differences are equal.
/// Chakar, Lebarbier, Lévy-Leduc and Robin (2017); `docs/methods/change-points.md`.
#[must_use]
pub fn without_lag_one(series: &[f64]) -> Option<Whitened> {
    debug_assert!(series.iter().all(|x| x.is_finite()), "an observation is not a number");
    if series.len() < 12 {
        return None;
    }
    let near = spread(&differences(series, 1));
    let far = spread(&differences(series, 2));
    if near == 0.0 {
        return None;
    }
    whiten(series, (far / near).powi(2) - 1.0)
}

/// [`without_lag_one`] where it is known where the mean jumps: the correlation is that of the
/// distances to the means of the segments, which is about twice as sure.
///
/// A mean takes from the correlation what Kendall (1954) found: `(1 + 3·φ)/n` for each segment.
pub(crate) fn about_means(series: &[f64], changes: &[usize]) -> Option<Whitened> {
    let mut residuals = Vec::with_capacity(series.len());
    for number in 0..=changes.len() {
        let start = number.checked_sub(1).map_or(0, |before| changes[before]);
        let end = changes.get(number).copied().unwrap_or(series.len());
        let mean = sum(series[start..end].iter().copied()) / (end - start) as f64;
        residuals.extend(series[start..end].iter().map(|x| x - mean));
    }
    let squares = sum(residuals[..residuals.len() - 1].iter().map(|e| e * e));
    if squares == 0.0 {
        return None;
    }
    let measured = sum(residuals.windows(2).map(|pair| pair[0] * pair[1])) / squares;
    let taken = (changes.len() + 1) as f64 / series.len() as f64;
    whiten(series, measured + taken * (1.0 + 3.0 * measured))
}

/// Takes a correlation out of a series.
fn whiten(series: &[f64], correlation: f64) -> Option<Whitened> {
    let correlation = correlation.clamp(-0.99, 0.99);
    let values: Vec<f64> = series.windows(2).map(|pair| pair[1] - correlation * pair[0]).collect();
    let noise = spread(&differences(&values, 1));
    // The difference of two independent values has twice the variance of each.
    (noise > 0.0).then(|| Whitened { values, correlation, variance: noise * noise / 2.0 })
}

fn differences(series: &[f64], lag: usize) -> Vec<f64> {
    series.iter().zip(&series[lag..]).map(|(before, after)| after - before).collect()
}

/// 1/(√2·Φ⁻¹(5/8)), which makes the scale the standard deviation of normal values.
const NORMAL: f64 = 2.219_144_465_985_076;

/// The scale Qn: about the lower quartile of the distances between all pairs.
///
/// Rousseeuw and Croux (1993).
fn spread(values: &[f64]) -> f64 {
    let mut distances = Vec::with_capacity(values.len() * values.len() / 2);
    for (at, value) in values.iter().enumerate() {
        distances.extend(values[at + 1..].iter().map(|other| (other - value).abs()));
    }
    let half = values.len() / 2 + 1;
    let rank = half * (half - 1) / 2;
    let (_, quartile, _) = distances.select_nth_unstable_by(rank - 1, f64::total_cmp);
    NORMAL * *quartile
}
