//! What the top hundredth holds.

use crate::market::totals;
use crate::sum::sum;

/// Share of the largest `fraction` of the units, 0 to 1, of a fraction between 0 and 1.
///
/// `1 − L(1 − fraction)` with the Lorenz curve L, which is straight between units: where the
/// fraction ends within a unit, that part of it counts.
/// Idle units count as units; for a number of units see [`crate::concentration_ratio`].
/// `None` for an empty or all-idle market; any other fraction is a caller's error.
/// Piketty and Saez (2003); `docs/methods/further-indices.md`.
#[must_use]
pub fn top_share(units: &[f64], fraction: f64) -> Option<f64> {
    let is_fraction = (0.0..=1.0).contains(&fraction);
    debug_assert!(is_fraction, "a fraction of the units is between 0 and 1");
    let market = totals(units).filter(|_| is_fraction)?;
    let count = fraction * market.units;
    let whole = count.floor() as usize;
    if whole >= units.len() {
        return Some(1.0);
    }
    let mut units = units.to_vec();
    let (larger, next, _) = units.select_nth_unstable_by(whole, |a, b| b.total_cmp(a));
    let part = *next * (count - whole as f64);
    Some(((sum(larger.iter().copied()) + part) / market.total).min(1.0))
}
