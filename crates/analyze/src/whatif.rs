//! What would be if owners merged, left, or sat elsewhere.
//!
//! An economy is read once, as sums of its owners with their country and sector; a change is made
//! to those and not to the cells, so that it is answered at once. Nothing else is supposed to
//! change: nobody downloads anything else instead. See `docs/methods/what-if.md`.

mod change;
mod economy;
mod effects;
mod indices;

use schema::{Estimate, Statistic};

pub use change::Change;
pub use economy::Economy;

/// What a change does to one number.
#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    /// The group of units that the number is of: the owners', or their countries or sectors.
    pub group: String,
    /// The unit; `None` for an index of all.
    pub unit: Option<String>,
    /// What the number is.
    pub statistic: Statistic,
    /// As things are.
    pub before: Estimate,
    /// As they would be.
    pub after: Estimate,
    /// By how much it would move. What is not sure about both alike is taken out of it.
    pub difference: Estimate,
}

/// The indices that are told.
pub(crate) const INDICES: [Statistic; 9] = [
    Statistic::Hhi,
    Statistic::HhiNormalized,
    Statistic::EffectiveNumber,
    Statistic::Cr1,
    Statistic::Cr4,
    Statistic::Cr10,
    Statistic::Gini,
    Statistic::Entropy,
    Statistic::Theil,
];

#[cfg(test)]
mod tests;
