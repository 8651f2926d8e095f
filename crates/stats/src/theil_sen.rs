//! How fast a series rises, whatever a few odd observations say.

use crate::distribution::normal_quantile;
use crate::interval::Interval;
use crate::mann_kendall::{tie_term, ties};

/// A line through observations that a few odd ones cannot turn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TheilSen {
    /// The median slope of all pairs, in the unit of the values per unit of time.
    pub slope: f64,
    /// The value of the line at time 0.
    pub intercept: f64,
    /// Sen's interval of the slope.
    pub interval: Interval,
}

/// The Theil–Sen line of values at their times, with Sen's interval at a confidence such as 0.95.
///
/// Times may be in any order, and weeks may be missing; pairs at the same time are left out.
/// The intercept is `median(value) − slope·median(time)`.
/// `None` where fewer than two times differ.
/// Theil (1950), Sen (1968), with the intercept of Conover (1980); `docs/methods/trends.md`.
#[must_use]
pub fn theil_sen(times: &[f64], values: &[f64], confidence: f64) -> Option<TheilSen> {
    debug_assert!((0.0..1.0).contains(&confidence), "a confidence is from 0 to 1");
    let slopes = slopes(times, values)?;
    let slope = median(&slopes);
    let intercept = median(&sorted(values)) - slope * median(&sorted(times));
    let variance = (tie_term(values.len() as f64) - ties(times) - ties(values)) / 18.0;
    // Equation 2.6 of Sen: the slopes whose rank is within this many of the middle.
    let reach = normal_quantile(f64::midpoint(1.0, confidence)) * variance.max(0.0).sqrt();
    let (count, last) = (slopes.len() as f64, slopes.len() - 1);
    let low = f64::midpoint(count, -reach).round_ties_even() - 1.0;
    let high = f64::midpoint(count, reach).round_ties_even();
    let interval =
        Interval { low: slopes[low.max(0.0) as usize], high: slopes[(high as usize).min(last)] };
    Some(TheilSen { slope, intercept, interval })
}

/// The slopes of all pairs at different times, in ascending order; `None` where there are none.
pub(crate) fn slopes(times: &[f64], values: &[f64]) -> Option<Vec<f64>> {
    assert_eq!(times.len(), values.len(), "each value has a time");
    debug_assert!(values.iter().all(|value| value.is_finite()), "a value is not a number");
    let mut slopes = Vec::with_capacity(times.len() * times.len().saturating_sub(1) / 2);
    for (at, (time, value)) in times.iter().zip(values).enumerate() {
        for (other_time, other) in times[at + 1..].iter().zip(&values[at + 1..]) {
            let between = other_time - time;
            if between != 0.0 {
                slopes.push((other - value) / between);
            }
        }
    }
    slopes.sort_unstable_by(f64::total_cmp);
    (!slopes.is_empty()).then_some(slopes)
}

/// The middle of sorted values, of which there are some.
pub(crate) fn median(ascending: &[f64]) -> f64 {
    let n = ascending.len();
    f64::midpoint(ascending[(n - 1) / 2], ascending[n / 2])
}

fn sorted(values: &[f64]) -> Vec<f64> {
    let mut ascending = values.to_vec();
    ascending.sort_unstable_by(f64::total_cmp);
    ascending
}
