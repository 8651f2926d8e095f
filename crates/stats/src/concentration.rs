//! How much of a market a few units hold.

use crate::market::totals;
use crate::sum::sum;

/// The index of a market with one unit.
pub(crate) const MONOPOLY: f64 = 10_000.0;

/// Herfindahl–Hirschman index: the sum of squared shares on a scale to 10,000.
///
/// Takes the units' sums, idle ones allowed, which change nothing.
/// Runs from 10,000/n, all n units equal, to 10,000, one unit alone; `None` for an empty or
/// all-idle market. This is the raw index; [`hhi_normalized`] is another number.
/// `docs/methods/hhi.md`.
#[must_use]
pub fn hhi(units: &[f64]) -> Option<f64> {
    squared_shares(units).map(|squares| MONOPOLY * squares)
}

/// Herfindahl–Hirschman index with the number of units taken out: 0 when all are equal, 1 for
/// one alone.
///
/// `(HHI/10,000 − 1/n) / (1 − 1/n)`, where n counts idle units too.
/// `None` for an empty or all-idle market, and for one of a single unit, where it is 0/0.
/// `docs/methods/hhi.md`.
#[must_use]
pub fn hhi_normalized(units: &[f64]) -> Option<f64> {
    let market = totals(units)?;
    if units.len() < 2 {
        return None;
    }
    // Σ s² − 1/n = Σ (s − 1/n)²: the left side loses its digits where units are nearly equal.
    let mean = market.total / market.units;
    let spread = sum(units.iter().map(|unit| ((unit - mean) / market.total).powi(2)));
    Some((spread * market.units / (market.units - 1.0)).min(1.0))
}

/// Number of equal units that would give the same [`hhi`]: 10,000/HHI.
///
/// Runs from 1 to n; `None` for an empty or all-idle market.
/// `docs/methods/effective-number.md`.
#[must_use]
pub fn effective_number(units: &[f64]) -> Option<f64> {
    squared_shares(units).map(f64::recip)
}

/// Share of the `k` largest units, 0 to 1.
///
/// The share of no unit is 0, that of as many as there are, or more, is 1.
/// `None` for an empty or all-idle market.
/// `docs/methods/concentration-ratio.md`.
#[must_use]
pub fn concentration_ratio(units: &[f64], k: usize) -> Option<f64> {
    totals(units)?;
    if k == 0 {
        return Some(0.0);
    }
    if k >= units.len() {
        return Some(1.0);
    }
    let mut units = units.to_vec();
    units.select_nth_unstable_by(k - 1, |a, b| b.total_cmp(a));
    let (largest, others) = units.split_at(k);
    let held = sum(largest.iter().copied());
    // Both parts come from this split, so that an idle rest gives exactly 1.
    Some(held / (held + sum(others.iter().copied())))
}

/// The sum of squared shares, 1/n to 1.
fn squared_shares(units: &[f64]) -> Option<f64> {
    let market = totals(units)?;
    // Relative to the largest unit no square overflows.
    let squares = sum(units.iter().map(|unit| (unit / market.largest).powi(2)));
    Some(squares / (market.total / market.largest).powi(2))
}

#[cfg(test)]
mod tests;
