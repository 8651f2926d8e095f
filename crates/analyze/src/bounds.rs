//! What unattributed mass could do to each statistic.

use schema::Statistic;
use stats::Bounds;

/// The bounds of a market-wide statistic over the known units, given mass that belongs to none.
///
/// See `docs/methods/bounds.md`.
pub(crate) fn of(statistic: Statistic, known: &[f64], unattributed: f64) -> Option<Bounds> {
    match statistic {
        Statistic::Hhi => stats::hhi_bounds(known, unattributed),
        Statistic::HhiNormalized => stats::hhi_normalized_bounds(known, unattributed),
        Statistic::EffectiveNumber => stats::effective_number_bounds(known, unattributed),
        Statistic::Cr1 => stats::concentration_ratio_bounds(known, unattributed, 1),
        Statistic::Cr4 => stats::concentration_ratio_bounds(known, unattributed, 4),
        Statistic::Cr10 => stats::concentration_ratio_bounds(known, unattributed, 10),
        Statistic::Gini => stats::gini_bounds(known, unattributed),
        Statistic::Entropy => stats::entropy_bounds(known, unattributed),
        Statistic::Theil => stats::theil_bounds(known, unattributed),
        Statistic::Sum
        | Statistic::Share
        | Statistic::Rank
        | Statistic::Percentile
        | Statistic::Top
        | Statistic::Quantiles
        | Statistic::Lorenz => None,
    }
}
