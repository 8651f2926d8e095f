//! What every index needs to know of a market before it can be computed.

use crate::sum::Sum;

/// The totals of a market that has mass, so that its indices are defined.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Totals {
    /// How many units there are, idle ones included.
    pub(crate) units: f64,
    /// The largest unit, above 0.
    pub(crate) largest: f64,
    /// All units together.
    pub(crate) total: f64,
    /// All units together without the largest, to full precision even where it is a tiny part.
    pub(crate) rest: f64,
}

/// The totals of a market; `None` where it is empty or all idle, or a unit is not a sum.
pub(crate) fn totals(units: &[f64]) -> Option<Totals> {
    let mut sum = Sum::default();
    let mut largest = 0.0_f64;
    let mut are_sums = true;
    for &unit in units {
        are_sums &= is_sum(unit);
        largest = largest.max(unit);
        sum.add(unit);
    }
    debug_assert!(are_sums, "a unit of a market is negative, infinite or undefined");
    let total = sum.value();
    sum.add(-largest);
    let are_sums = are_sums && total.is_finite();
    (are_sums && largest > 0.0).then(|| Totals {
        units: units.len() as f64,
        largest,
        total,
        rest: sum.value(),
    })
}

/// Whether a value can be a sum: finite and not negative.
pub(crate) fn is_sum(value: f64) -> bool {
    value.is_finite() && value >= 0.0
}

#[cfg(test)]
pub(crate) mod tests;
