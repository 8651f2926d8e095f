//! How many units there are, in effect.

use crate::inequality::entropy;
use crate::market::totals;
use crate::sum::sum;

/// Hill number of the order `q`, at least 0 and possibly infinite: the number of equal units
/// that would be as diverse.
///
/// `(Σ s^q)^(1/(1−q))`; order 0 is the number of units that are not idle, order 1 the limit
/// `exp(entropy)`, order 2 the [`crate::effective_number`], infinite order 1 over the share of the
/// largest.
/// Runs from 1 to n and falls with q; idle units change nothing.
/// `None` for an empty or all-idle market; a negative or undefined order is a caller's error.
/// Hill (1973); `docs/methods/further-indices.md`.
#[must_use]
pub fn hill_number(units: &[f64], q: f64) -> Option<f64> {
    debug_assert!(q >= 0.0, "the order of a Hill number is at least 0");
    let market = totals(units).filter(|_| q >= 0.0)?;
    let active = units.iter().filter(|&&unit| unit > 0.0);
    if q == 0.0 {
        return Some(active.count() as f64);
    }
    if q.is_infinite() {
        return Some(market.total / market.largest);
    }
    if (q - 1.0).abs() < f64::EPSILON {
        return entropy(units).map(f64::exp);
    }
    // Σ s^q − 1 = Σ s·(s^(q−1) − 1), whose terms are of one sign: near q = 1 no digits cancel.
    let shares = active.map(|unit| unit / market.total);
    let excess = sum(shares.clone().map(|s| s * ((q - 1.0) * s.ln()).exp_m1()));
    let log_of_sum = if excess > -0.5 {
        excess.ln_1p()
    } else {
        // Relative to the largest, no power falls out of range.
        let largest = market.largest / market.total;
        q * largest.ln() + sum(shares.map(|s| (s / largest).powf(q))).ln()
    };
    Some((log_of_sum / (1.0 - q)).exp())
}
