//! Whether units that exist and were not used count.

use std::borrow::Cow;

/// What is done with idle units, which matters wherever the number of units does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Idle {
    /// They are units like others.
    Include,
    /// The market is that of the units in use.
    Exclude,
}

/// The units of a market with its idle ones, or without them.
///
/// `docs/methods/gini.md`.
#[must_use]
pub fn with_idle(units: &[f64], idle: Idle) -> Cow<'_, [f64]> {
    match idle {
        Idle::Include => Cow::Borrowed(units),
        Idle::Exclude => units.iter().copied().filter(|&unit| unit != 0.0).collect(),
    }
}
