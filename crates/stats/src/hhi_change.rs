//! What a change of concentration is made of.

use crate::concentration::MONOPOLY;
use crate::sum::Sum;

/// The sums of a unit in two periods, each at least 0; `None` where it is not there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct UnitSums {
    /// In the first period.
    pub before: Option<f64>,
    /// In the second.
    pub after: Option<f64>,
}

/// The parts of a change of the HHI, in its points of 10,000.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HhiChange {
    /// Units in both periods: `Σ s₁² − s₀²`; above 0 where the large grew at the cost of the small.
    pub continuing: f64,
    /// Units that entered: `Σ s₁²`, at least 0.
    pub entry: f64,
    /// Units that left, with its sign as it counts in the change: `−Σ s₀²`, at most 0.
    pub exit: f64,
}

impl HhiChange {
    /// The change that the parts add up to.
    #[must_use]
    pub fn change(&self) -> f64 {
        self.continuing + self.entry + self.exit
    }
}

/// Splits the change of [`crate::hhi`] by what continuing, entering and leaving units did.
///
/// The parts add up to the change. Entry dilutes the shares of all others, which counts as
/// theirs: an entrant can lower the HHI though its own part is never below 0.
/// `None` where a period has no mass.
/// `docs/methods/decomposition.md`.
#[must_use]
pub fn hhi_change(units: &[UnitSums]) -> Option<HhiChange> {
    let before = total(units.iter().filter_map(|unit| unit.before))?;
    let after = total(units.iter().filter_map(|unit| unit.after))?;
    let [mut continuing, mut entry, mut exit] = [Sum::default(); 3];
    for unit in units {
        match (unit.before.map(|x| x / before), unit.after.map(|x| x / after)) {
            // s₁² − s₀², multiplied so that no digits cancel.
            (Some(s0), Some(s1)) => continuing.add((s1 - s0) * (s1 + s0)),
            (None, Some(s1)) => entry.add(s1 * s1),
            (Some(s0), None) => exit.add(-s0 * s0),
            (None, None) => {}
        }
    }
    Some(HhiChange {
        continuing: MONOPOLY * continuing.value(),
        entry: MONOPOLY * entry.value(),
        exit: MONOPOLY * exit.value(),
    })
}

fn total(sums: impl Iterator<Item = f64>) -> Option<f64> {
    let mut total = Sum::default();
    for sum in sums {
        debug_assert!(sum.is_finite() && sum >= 0.0, "a sum is negative or not a number");
        total.add(sum);
    }
    Some(total.value()).filter(|&total| total > 0.0 && total.is_finite())
}
