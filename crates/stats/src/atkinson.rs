//! Inequality by how much the least weigh.

use crate::market::{Totals, totals};
use crate::sum::sum;

/// Atkinson's index with the aversion `epsilon`, at least 0: 0 when all units are equal, 1 in
/// the limit where one has everything.
///
/// `1 − (Σ (x/x̄)^(1−ε) / n)^(1/(1−ε))`, and for ε = 1 one less the geometric mean over the mean.
/// The larger ε, the more the small units count; with ε of 1 or more a single idle unit gives 1.
/// It is the part of the market that could be given up for equality at no loss of welfare.
/// `None` for an empty or all-idle market; a negative or infinite ε is a caller's error.
/// Atkinson (1970); `docs/methods/further-indices.md`.
#[must_use]
pub fn atkinson(units: &[f64], epsilon: f64) -> Option<f64> {
    let is_aversion = epsilon.is_finite() && epsilon >= 0.0;
    debug_assert!(is_aversion, "an aversion to inequality is at least 0");
    let market = totals(units).filter(|_| is_aversion)?;
    if epsilon >= 1.0 && units.contains(&0.0) {
        return Some(1.0);
    }
    let power = 1.0 - epsilon;
    let log_of_mean = if power == 0.0 {
        mean_of_excess(units, market, log_excess)
    } else {
        mean_of_excess(units, market, |ratio, d| power_excess(ratio, d, power)).ln_1p() / power
    };
    // Added to 0 so that equality is not −0.
    Some(0.0 + (-log_of_mean.exp_m1()).clamp(0.0, 1.0))
}

/// The mean of a function of the deviations d = x/mean − 1, from which its tangent at 0 was
/// taken away: since the deviations add up to 0 the mean is the same, and no digits cancel.
///
/// The function is given x/mean too, of whose digits the deviation of a tiny unit keeps none.
fn mean_of_excess(units: &[f64], market: Totals, excess: impl Fn(f64, f64) -> f64) -> f64 {
    let mean = market.total / market.units;
    sum(units.iter().map(|unit| excess(unit / mean, (unit - mean) / mean))) / market.units
}

/// `ln(ratio)` with all its digits, where the deviation is `ratio − 1`.
fn log(ratio: f64, deviation: f64) -> f64 {
    if deviation > -0.5 { deviation.ln_1p() } else { ratio.ln() }
}

/// Below this deviation the closed forms lose digits, and the power series is used.
const SMALL: f64 = 0.01;

/// `(1 + d)^p − 1 − p·d` for d of at least −1.
fn power_excess(ratio: f64, deviation: f64, power: f64) -> f64 {
    if deviation.abs() >= SMALL / (1.0 + power.abs()) {
        return (power * log(ratio, deviation)).exp_m1() - power * deviation;
    }
    // The binomial series from its second term on; each is below a hundredth of the one before.
    let mut term = power * deviation;
    let mut series = 0.0;
    for k in 2..12 {
        let k = f64::from(k);
        term *= (power - k + 1.0) / k * deviation;
        series += term;
    }
    series
}

/// `ln(1 + d) − d` for d above −1.
fn log_excess(ratio: f64, deviation: f64) -> f64 {
    if deviation.abs() >= SMALL {
        return log(ratio, deviation) - deviation;
    }
    let mut power = deviation;
    let mut series = 0.0;
    for k in 2..12 {
        power *= -deviation;
        series += power / f64::from(k);
    }
    series
}
