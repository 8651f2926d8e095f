//! What an index could be, wherever the unattributed mass belongs.
//!
//! Known are the sums of some units and the unattributed mass beside them.
//! Every attribution adds that mass to units, and takes nothing away from any.
//! Where the units are an open class (owners, families), part of it may also go to units that
//! nobody knows yet; where the class is closed (countries, sectors), all of it goes to the units
//! at hand, idle ones included.
//! The bounds hold for every attribution, and treat the mass as divisible without limit, which
//! can only widen them.
//! They are of attribution alone, and have nothing to do with chance.

use crate::concentration::{MONOPOLY, concentration_ratio, hhi, hhi_normalized};
use crate::inequality::{entropy, gini, theil};
use crate::market::{is_sum, totals};
use crate::sum::Sum;

/// The least and the most that a number could be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// The least, at most `high`.
    pub low: f64,
    /// The most; infinite where nothing limits the number.
    pub high: f64,
}

/// Bounds of a unit's share, 0 to 1: none or all of the unattributed mass is its own.
///
/// `total` is all mass, the unattributed included; `None` where it is 0.
/// A unit and unattributed mass that together exceed the total (by more than rounding, 1e-9) are
/// a caller's error, as is what is not a sum.
/// `docs/methods/bounds.md`.
#[must_use]
pub fn share_bounds(known: f64, unattributed: f64, total: f64) -> Option<Bounds> {
    let most = known + unattributed;
    let is_part = is_sum(known) && is_sum(unattributed) && is_sum(total);
    let is_part = is_part && most <= total * (1.0 + 1e-9);
    debug_assert!(is_part, "a unit and the unattributed mass are not part of the total");
    (is_part && total > 0.0)
        .then(|| Bounds { low: (known / total).min(1.0), high: (most / total).min(1.0) })
}

/// Bounds of [`hhi`], 0 to 10,000, over an open class.
///
/// Low: the mass spread thinly over many new units; high: all of it with the largest unit.
/// Where no unit is known the bounds are 0 and 10,000.
/// `None` where there is no mass at all.
/// `docs/methods/bounds.md`.
#[must_use]
pub fn hhi_bounds(known: &[f64], unattributed: f64) -> Option<Bounds> {
    let known_share = known_share(known, unattributed)?;
    let low = hhi(known).map_or(0.0, |hhi| hhi * known_share * known_share);
    let high = hhi(&all_to_largest(known, unattributed))?;
    // A mass near nothing can leave the two a rounding out of order.
    Some(Bounds { low: low.min(high), high })
}

/// Bounds of [`effective_number`](crate::effective_number) over an open class: those of [`hhi`],
/// inverted.
///
/// The most is infinite where no unit is known.
/// `None` where there is no mass at all.
/// `docs/methods/bounds.md`.
#[must_use]
pub fn effective_number_bounds(known: &[f64], unattributed: f64) -> Option<Bounds> {
    let hhi = hhi_bounds(known, unattributed)?;
    Some(Bounds { low: MONOPOLY / hhi.high, high: MONOPOLY / hhi.low })
}

/// Bounds of [`hhi_normalized`], 0 to 1, over a closed class, which fixes the number of units.
///
/// Low: the smallest units filled first ([`water_fill`]); high: all with the largest unit.
/// `None` for fewer than two units, and where there is no mass at all.
/// `docs/methods/bounds.md`.
#[must_use]
pub fn hhi_normalized_bounds(known: &[f64], unattributed: f64) -> Option<Bounds> {
    over_closed_class(known, unattributed, hhi_normalized)
}

/// Bounds of [`concentration_ratio`], 0 to 1, over an open class.
///
/// Low: no unattributed mass with the `k` largest known units; high: all of it.
/// `None` where there is no mass at all.
/// `docs/methods/bounds.md`.
#[must_use]
pub fn concentration_ratio_bounds(known: &[f64], unattributed: f64, k: usize) -> Option<Bounds> {
    let known_share = known_share(known, unattributed)?;
    let low = concentration_ratio(known, k).map_or(0.0, |ratio| ratio * known_share);
    let more = if k == 0 { 0.0 } else { 1.0 - known_share };
    Some(Bounds { low, high: (low + more).min(1.0) })
}

/// Bounds of [`gini`], 0 to 1, over a closed class.
///
/// Low: the smallest units filled first ([`water_fill`]); high: all with the largest unit.
/// `None` for no units, and where there is no mass at all.
/// `docs/methods/bounds.md`.
#[must_use]
pub fn gini_bounds(known: &[f64], unattributed: f64) -> Option<Bounds> {
    over_closed_class(known, unattributed, gini)
}

/// Bounds of [`entropy`] in nats, 0 to ln n, over a closed class.
///
/// Low: all with the largest unit; high: the smallest units filled first ([`water_fill`]).
/// `None` for no units, and where there is no mass at all.
/// `docs/methods/bounds.md`.
#[must_use]
pub fn entropy_bounds(known: &[f64], unattributed: f64) -> Option<Bounds> {
    over_closed_class(known, unattributed, entropy)
}

/// Bounds of [`theil`] in nats, 0 to ln n, over a closed class.
///
/// Low: the smallest units filled first ([`water_fill`]); high: all with the largest unit.
/// `None` for no units, and where there is no mass at all.
/// `docs/methods/bounds.md`.
#[must_use]
pub fn theil_bounds(known: &[f64], unattributed: f64) -> Option<Bounds> {
    over_closed_class(known, unattributed, theil)
}

/// Adds `mass` to the smallest units so that they end on one level, as water finds it.
///
/// The result is in the order of `known`; of all ways to attribute the mass to these units it is
/// the most equal one. Empty where there is no unit to fill.
/// What is not a sum is a caller's error, which gives an empty result.
/// `docs/methods/bounds.md`.
#[must_use]
pub fn water_fill(known: &[f64], mass: f64) -> Vec<f64> {
    let are_sums = is_sum(mass) && known.iter().all(|&unit| is_sum(unit));
    debug_assert!(are_sums, "a unit or the mass is negative, infinite or undefined");
    if !are_sums {
        return Vec::new();
    }
    let level = water_level(known, mass);
    known.iter().map(|unit| unit.max(level)).collect()
}

/// The level to which `mass` raises the smallest units; 0 where there are none.
fn water_level(known: &[f64], mass: f64) -> f64 {
    let mut ascending = known.to_vec();
    ascending.sort_unstable_by(f64::total_cmp);
    let mut volume = Sum::default();
    volume.add(mass);
    let mut level = 0.0;
    for (below, &unit) in ascending.iter().enumerate() {
        if below > 0 && level <= unit {
            break;
        }
        volume.add(unit);
        level = volume.value() / (below + 1) as f64;
    }
    level
}

/// The most unequal attribution: all mass to the largest unit, or to a new one if none is known.
fn all_to_largest(known: &[f64], mass: f64) -> Vec<f64> {
    let mut units = known.to_vec();
    match units.iter_mut().max_by(|a, b| a.total_cmp(b)) {
        Some(largest) => *largest += mass,
        None => units.push(mass),
    }
    units
}

/// The share of the known units in all mass; `None` where there is none, or it is not a sum.
fn known_share(known: &[f64], unattributed: f64) -> Option<f64> {
    debug_assert!(is_sum(unattributed), "the unattributed mass is not a sum");
    if !is_sum(unattributed) {
        return None;
    }
    let Some(market) = totals(known) else {
        // Either nothing is known, or the units are not sums, which no mass can mend.
        let is_idle = known.iter().all(|&unit| unit == 0.0);
        return (is_idle && unattributed > 0.0).then_some(0.0);
    };
    let total = market.total + unattributed;
    total.is_finite().then(|| market.total / total)
}

/// Bounds of an index that orders attributions by how unequal they make the units.
///
/// Every attribution is at least as unequal as water-filling and at most as unequal as all mass
/// with the largest unit, so the index of each lies between those two, whichever is the larger.
fn over_closed_class(
    known: &[f64],
    unattributed: f64,
    index: fn(&[f64]) -> Option<f64>,
) -> Option<Bounds> {
    known_share(known, unattributed)?;
    let most_equal = index(&water_fill(known, unattributed))?;
    let least_equal = index(&all_to_largest(known, unattributed))?;
    Some(Bounds { low: most_equal.min(least_equal), high: most_equal.max(least_equal) })
}

#[cfg(test)]
mod tests;
