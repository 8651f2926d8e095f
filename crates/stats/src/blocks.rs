//! Resampling of a series whose neighbours resemble each other: whole stretches are drawn.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

use crate::sum::sum;

/// The stationary bootstrap: stretches of random length, laid end to end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StationaryBootstrap {
    /// The mean length of a stretch in observations, at least 1; see [`politis_white`].
    pub mean_block: f64,
    /// How many replicates.
    pub replicates: usize,
    /// The seed; equal seeds give equal replicates.
    pub seed: u64,
}

impl StationaryBootstrap {
    /// The value of `statistic` in each replicate of the series, in order.
    ///
    /// Politis and Romano (1994); `docs/methods/block-bootstrap.md`.
    pub fn replicate<T>(&self, series: &[f64], mut statistic: impl FnMut(&[f64]) -> T) -> Vec<T> {
        let mut positions = vec![0; series.len()];
        let mut drawn = vec![0.0; series.len()];
        let mut values = Vec::with_capacity(self.replicates);
        for number in 0..self.replicates {
            self.draw(number, &mut positions);
            for (value, &position) in drawn.iter_mut().zip(&positions) {
                *value = series[position];
            }
            values.push(statistic(&drawn));
        }
        values
    }

    /// Writes which observation stands at each place of a replicate, numbered from 0.
    ///
    /// One draw can serve several series of one length, which keeps them paired.
    pub fn draw(&self, replicate: usize, positions: &mut [usize]) {
        debug_assert!(self.mean_block >= 1.0, "a stretch has at least one observation");
        let mut rng = ChaCha8Rng::seed_from_u64(self.seed);
        rng.set_stream(replicate as u64);
        let n = positions.len();
        let ends_below = 2.0_f64.powi(32) / self.mean_block;
        let mut at = 0;
        for (place, position) in positions.iter_mut().enumerate() {
            let starts = f64::from(rng.next_u32()) < ends_below;
            // After the last observation comes the first.
            at = if starts || place == 0 {
                // The high half of a product maps 32 random bits onto 0..n.
                ((u64::from(rng.next_u32()) * n as u64) >> 32) as usize
            } else {
                (at + 1) % n
            };
            *position = at;
        }
    }
}

/// The mean length of stretches for [`StationaryBootstrap`], chosen from the series itself.
///
/// From 1 to `⌈min(3·√n, n/3)⌉` observations.
/// `None` with fewer than 12 observations, and where all of them are equal.
/// Politis and White (2004), as corrected with Patton (2009); `docs/methods/block-bootstrap.md`.
#[must_use]
pub fn politis_white(series: &[f64]) -> Option<f64> {
    let n = series.len() as f64;
    let run = 5_usize.max(n.log10() as usize);
    let largest_lag = n.sqrt().ceil() as usize + run;
    if series.len() < 12 {
        return None;
    }
    let covariances = autocovariances(series, largest_lag);
    if covariances[0] == 0.0 {
        return None;
    }
    // The first of `run` lags in a row that do not stand out; twice as far the window reaches.
    let usual = 2.0 * (n.log10() / n).sqrt();
    let quiet: Vec<bool> =
        correlations(series, &covariances).map(|correlation| correlation.abs() < usual).collect();
    let first = quiet[..largest_lag].windows(run).position(|lags| lags.iter().all(|&is| is));
    let window = first.map_or(largest_lag, |first| (2 * first.max(1)).min(largest_lag));
    let (mut slope, mut long_run) = (0.0, covariances[0]);
    for (lag, covariance) in covariances.iter().enumerate().take(window + 1).skip(1) {
        // A flat top that falls to 0 over the outer half.
        let weight = (2.0 * (1.0 - lag as f64 / window as f64)).min(1.0);
        slope += 2.0 * weight * lag as f64 * covariance;
        long_run += 2.0 * weight * covariance;
    }
    let length = (slope / long_run).powi(2).cbrt() * n.cbrt();
    let longest = (3.0 * n.sqrt()).min(n / 3.0).ceil();
    Some(if length.is_nan() { longest } else { length.clamp(1.0, longest) })
}

/// The correlation of the series with itself at each lag, over the variances of its two ends
/// that are one observation shorter still, as arch has it.
fn correlations(series: &[f64], covariances: &[f64]) -> impl Iterator<Item = f64> {
    let n = series.len();
    let mean = sum(series.iter().copied()) / n as f64;
    let spread = move |part: &[f64]| sum(part.iter().map(|x| (x - mean) * (x - mean)));
    covariances.iter().enumerate().map(move |(lag, covariance)| {
        let ends = spread(&series[lag + 1..]) * spread(&series[..n - lag - 1]);
        n as f64 * covariance / ends.sqrt()
    })
}

/// The covariance of the series with itself at each lag from 0.
fn autocovariances(series: &[f64], largest_lag: usize) -> Vec<f64> {
    debug_assert!(series.iter().all(|x| x.is_finite()), "an observation is not a number");
    let n = series.len() as f64;
    let mean = sum(series.iter().copied()) / n;
    let centred: Vec<f64> = series.iter().map(|x| x - mean).collect();
    let at_lag = |lag: usize| sum(centred.iter().zip(&centred[lag..]).map(|(a, b)| a * b)) / n;
    (0..=largest_lag).map(at_lag).collect()
}
