//! Standard errors from influence functions: sampling of clusters without resampling.
//!
//! The influence of a cluster is how fast the index changes with its weight; the variance of the
//! index is the sum of their squares (the infinitesimal jackknife of Jaeckel 1972).

use crate::concentration::{MONOPOLY, concentration_ratio, hhi};
use crate::inequality::gini;
use crate::market::totals;
use crate::sum::{Sum, sum};

/// Above this share of the largest unit the closed form of [`hhi_standard_error`] is too small.
pub const HHI_CLOSED_FORM_LIMIT: f64 = 0.1;

/// Standard error of the share that the units marked in `is_member` hold together.
///
/// `√Σ (s·(1{i ∈ c} − P))²` with the shares s and the share P of the members.
/// `None` for an empty or all-idle market; slices of unequal length are a caller's error.
/// `docs/methods/resampling.md`.
#[must_use]
pub fn share_standard_error(units: &[f64], is_member: &[bool]) -> Option<f64> {
    let is_matched = units.len() == is_member.len();
    debug_assert!(is_matched, "each unit is a member or not");
    let market = totals(units).filter(|_| is_matched)?;
    let members = units.iter().zip(is_member).filter(|&(_, &is)| is);
    let share = sum(members.map(|(unit, _)| *unit)) / market.total;
    let influence = units.iter().zip(is_member).map(|(unit, &is)| {
        let distance = if is { 1.0 - share } else { -share };
        unit / market.total * distance
    });
    Some(root_of_squares(influence))
}

/// Standard error of [`hhi`], on its scale.
///
/// `10,000·√Σ (s² − 2·H·s + H/n)²` with the shares s and the sum H of their squares.
/// `None` where one unit holds more than [`HHI_CLOSED_FORM_LIMIT`], since the index is then no
/// longer near enough to linear: measured, the error is a fifth too small where one holds 30 %.
/// `None` also for an empty or all-idle market.
/// `docs/methods/resampling.md`.
#[must_use]
pub fn hhi_standard_error(units: &[f64]) -> Option<f64> {
    let largest = concentration_ratio(units, 1)?;
    if largest > HHI_CLOSED_FORM_LIMIT {
        return None;
    }
    let market = totals(units)?;
    let squares = hhi(units)? / MONOPOLY;
    // A copy of a unit is a unit of its own, so a weight enters s² once, and not squared.
    let influence = units.iter().map(|unit| {
        let share = unit / market.total;
        share * share - 2.0 * squares * share + squares / market.units
    });
    Some(MONOPOLY * root_of_squares(influence))
}

/// Standard error of [`gini`]: the root of the sum of squares of [`gini_influence`].
///
/// `None` for an empty or all-idle market.
/// `docs/methods/resampling.md`.
#[must_use]
pub fn gini_standard_error(units: &[f64]) -> Option<f64> {
    Some(root_of_squares(gini_influence(units)?))
}

/// How fast [`gini`] changes with the weight of each unit, in their order.
///
/// `(Z − Z̄) / (n·x̄)` with `Z = −(G + 1)·x + 2·F·x − (2/n)·Σ_{smaller} x`, F being the rank over n,
/// and a unit standing half above itself in both.
/// What a cluster of units does is the sum of what its units do.
/// `None` for an empty or all-idle market.
/// Davidson (2009); `docs/methods/resampling.md`.
#[must_use]
pub fn gini_influence(units: &[f64]) -> Option<Vec<f64>> {
    let market = totals(units)?;
    let gini = gini(units)?;
    let mut ascending: Vec<usize> = (0..units.len()).collect();
    ascending.sort_unstable_by(|a, b| units[*a].total_cmp(&units[*b]));
    let mut below = Sum::default();
    let mut influence = vec![0.0; units.len()];
    for (before, place) in ascending.into_iter().enumerate() {
        below.add(units[place]);
        let rank = (before + 1) as f64 / market.units;
        influence[place] =
            (2.0 * rank - gini - 1.0) * units[place] - 2.0 * below.value() / market.units;
    }
    let mean = sum(influence.iter().copied()) / market.units;
    for term in &mut influence {
        *term = (*term - mean) / market.total;
    }
    Some(influence)
}

/// The root of the sum of squares.
pub(crate) fn root_of_squares(values: impl IntoIterator<Item = f64>) -> f64 {
    sum(values.into_iter().map(|value| value * value)).sqrt()
}
