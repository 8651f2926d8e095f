//! Concentration by rank.

use crate::market::totals;
use crate::sum::sum;

/// Hall–Tideman index: 1/n when all n units are equal, 1 when one has everything.
///
/// `1 / (2·Σ i·s_(i) − 1)` with the shares in descending order and i from 1.
/// Each unit counts by its rank, so the number of units matters more than in [`crate::hhi`];
/// idle units come last and change nothing.
/// It is `1/(n·(1 − G))` with the [`crate::gini`] G of the same units.
/// `None` for an empty or all-idle market.
/// Hall and Tideman (1967); `docs/methods/further-indices.md`.
#[must_use]
pub fn hall_tideman(units: &[f64]) -> Option<f64> {
    let market = totals(units)?;
    let mut descending = units.to_vec();
    descending.sort_unstable_by(|a, b| b.total_cmp(a));
    // 2·Σ i·s − 1 = Σ (2i − 1)·s, which subtracts nothing.
    let ranked = descending.iter().enumerate();
    let weighted = sum(ranked.map(|(before, unit)| (2 * before + 1) as f64 * unit));
    Some((market.total / weighted).min(1.0))
}
