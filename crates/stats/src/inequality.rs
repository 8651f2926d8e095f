//! How unequal the units of a market are.

use crate::market::{Totals, totals};
use crate::sum::sum;

/// Gini coefficient of all units, idle ones included: 0 when all are equal, (n − 1)/n when one
/// has everything.
///
/// `2·Σ i·x_(i) / (n·Σx) − (n + 1)/n` with the units in ascending order, the coefficient of the
/// market as it is, not the estimate for a larger one that it was drawn from.
/// A single unit has 0; `None` for an empty or all-idle market.
/// `docs/methods/gini.md`.
#[must_use]
pub fn gini(units: &[f64]) -> Option<f64> {
    let market = totals(units)?;
    let mut ascending = units.to_vec();
    ascending.sort_unstable_by(f64::total_cmp);
    // The same sum taken in pairs from the two ends inwards: every term is at least 0, so no
    // digits cancel, and equal units give exactly 0.
    let pairs = ascending.iter().zip(ascending.iter().rev()).take(units.len() / 2);
    let terms = pairs.enumerate().map(|(rank, (low, high))| {
        let weight = market.units - 1.0 - 2.0 * rank as f64;
        weight * ((high - low) / market.total)
    });
    Some(sum(terms) / market.units)
}

/// Gini coefficient of the larger market from which the units were drawn: [`gini`] · n/(n − 1),
/// 0 to 1.
///
/// It takes away the bias of small samples, and one of n units that has everything gives 1.
/// `None` for an empty or all-idle market, and for one of a single unit, where it is 0/0.
/// Deltas (2003); `docs/methods/gini.md`.
#[must_use]
pub fn gini_sample(units: &[f64]) -> Option<f64> {
    let n = units.len() as f64;
    gini(units).filter(|_| units.len() >= 2).map(|gini| (gini * (n / (n - 1.0))).min(1.0))
}

/// Theil's T in nats: 0 when all units are equal, ln n when one of n has everything.
///
/// `Σ s·ln(n·s)` over the shares s, where n counts idle units too and 0·ln 0 is 0.
/// `None` for an empty or all-idle market.
/// `docs/methods/theil.md`.
#[must_use]
pub fn theil(units: &[f64]) -> Option<f64> {
    let market = totals(units)?;
    let mean = market.total / market.units;
    // Since the deviations d = x/mean − 1 add up to 0, taking d away from each term changes
    // nothing but leaves every term at least 0, so no digits cancel between units.
    let excess = sum(units.iter().map(|unit| theil_excess((unit - mean) / mean)));
    Some((excess / market.units).min(market.units.ln()))
}

/// Shannon entropy of the shares in nats: 0 when one unit has everything, ln n when n are equal.
///
/// `−Σ s·ln s`, 0·ln 0 being 0, so that idle units change nothing.
/// `None` for an empty or all-idle market.
/// `docs/methods/entropy.md`.
#[must_use]
pub fn entropy(units: &[f64]) -> Option<f64> {
    let market = totals(units)?;
    Some(sum(units.iter().map(|&unit| surprise(unit, market))))
}

/// `(1 + d)·ln(1 + d) − d` for d of at least −1: 0 at 0, and above it everywhere else.
fn theil_excess(deviation: f64) -> f64 {
    // Below this the two parts agree in so many digits that the series is the better formula;
    // here its first left-out term is below 1e-17 of the first.
    const SMALL: f64 = 0.01;
    const TERMS: i32 = 10;
    if deviation.abs() < SMALL {
        let mut series = 0.0;
        for k in (2..TERMS).rev() {
            let coefficient = f64::from(k * (k - 1)).recip();
            series = coefficient - deviation * series;
        }
        deviation * deviation * series
    } else if deviation > -1.0 {
        (1.0 + deviation) * deviation.ln_1p() - deviation
    } else {
        1.0
    }
}

/// `−s·ln s` for the share s of a unit, 0 for an idle one.
fn surprise(unit: f64, market: Totals) -> f64 {
    let share = unit / market.total;
    // Only the largest unit can hold more than half; its logarithm is that of 1 − the rest.
    let log = if share > 0.5 { (-market.rest / market.total).ln_1p() } else { share.ln() };
    if share > 0.0 { share * -log } else { 0.0 }
}

#[cfg(test)]
mod tests;
