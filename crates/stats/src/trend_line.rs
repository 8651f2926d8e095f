//! The straight line of least squares through a series, and how sure its slope is.

use crate::distribution::{student_quantile, two_sided_student};
use crate::interval::Interval;
use crate::sum::sum;

/// What the standard error of the slope allows for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Errors {
    /// Independent deviations of one spread.
    Ordinary,
    /// Deviations whose spread changes and that are correlated up to so many observations apart,
    /// with Bartlett's weights; [`newey_west_lags`] has the usual number.
    NeweyWest {
        /// The largest lag that counts.
        lags: usize,
    },
}

/// A line of least squares.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TrendLine {
    /// The value of the line at time 0.
    pub intercept: f64,
    /// In the unit of the values per unit of time.
    pub slope: f64,
    /// The standard error of the slope.
    pub slope_error: f64,
    /// How likely a slope at least as far from 0 is where there is none.
    pub p_value: f64,
    /// Observations less the two numbers that the line has.
    pub degrees: usize,
}

impl TrendLine {
    /// The interval of the slope by Student's t, at a confidence such as 0.95.
    #[must_use]
    pub fn slope_interval(&self, confidence: f64) -> Interval {
        let t = student_quantile(f64::midpoint(1.0, confidence), self.degrees as f64);
        let reach = t * self.slope_error;
        Interval { low: self.slope - reach, high: self.slope + reach }
    }
}

/// The line of least squares through values at their times, which are in order.
///
/// Both kinds of error are multiplied by `√(n/(n − 2))`, as two numbers were fitted.
/// `None` with fewer than 3 observations, and where all times are equal.
/// Newey and West (1987); `docs/methods/trends.md`.
#[must_use]
pub fn trend_line(times: &[f64], values: &[f64], errors: Errors) -> Option<TrendLine> {
    assert_eq!(times.len(), values.len(), "each value has a time");
    debug_assert!(times.is_sorted(), "the times are not in order");
    let degrees = times.len().checked_sub(2).filter(|&degrees| degrees > 0)?;
    let n = times.len() as f64;
    let mean_time = sum(times.iter().copied()) / n;
    let mean = sum(values.iter().copied()) / n;
    let centred: Vec<f64> = times.iter().map(|time| time - mean_time).collect();
    let spread = sum(centred.iter().map(|time| time * time));
    if spread == 0.0 {
        return None;
    }
    let pairs = centred.iter().zip(values);
    let slope = sum(pairs.clone().map(|(time, value)| time * (value - mean))) / spread;
    let residuals: Vec<f64> = pairs.map(|(time, value)| (value - mean) - slope * time).collect();
    let variance = match errors {
        Errors::Ordinary => sum(residuals.iter().map(|residual| residual * residual)) / n / spread,
        Errors::NeweyWest { lags } => {
            let moved: Vec<f64> =
                centred.iter().zip(&residuals).map(|(time, rest)| time * rest / spread).collect();
            long_run(&moved, lags)
        }
    };
    let slope_error = (variance.max(0.0) * n / degrees as f64).sqrt();
    Some(TrendLine {
        intercept: mean - slope * mean_time,
        slope,
        slope_error,
        p_value: p_value(slope, slope_error, degrees),
        degrees,
    })
}

/// The number of lags that Newey and West use for n observations: `⌊4·(n/100)^(2/9)⌋`.
///
/// Newey and West (1994); `docs/methods/trends.md`.
#[must_use]
pub fn newey_west_lags(n: usize) -> usize {
    (4.0 * (n as f64 / 100.0).powf(2.0 / 9.0)).floor() as usize
}

/// The sum of the products of all pairs at most `lags` apart, farther ones weighing less.
fn long_run(parts: &[f64], lags: usize) -> f64 {
    let product = |lag: usize| sum(parts.iter().zip(&parts[lag..]).map(|(a, b)| a * b));
    let lags = lags.min(parts.len() - 1);
    let weight = |lag: usize| 1.0 - lag as f64 / (lags + 1) as f64;
    product(0) + 2.0 * sum((1..=lags).map(|lag| weight(lag) * product(lag)))
}

fn p_value(slope: f64, error: f64, degrees: usize) -> f64 {
    if error > 0.0 {
        return two_sided_student(slope / error, degrees as f64);
    }
    // Observations exactly on a line: either it is level, or nothing is doubtful.
    if slope == 0.0 { 1.0 } else { 0.0 }
}
