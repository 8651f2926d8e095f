//! What a change of a weighted mean is made of.

use crate::sum::Sum;

/// A unit in both periods: its share of the market, 0 to 1, and its own value; `None` where it
/// is not there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Presence {
    /// Share and value in the first period.
    pub before: Option<(f64, f64)>,
    /// Share and value in the second.
    pub after: Option<(f64, f64)>,
}

/// The parts of a change, in the unit of the value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Decomposition {
    /// Values that changed, at the shares of before: `Σ s₀·Δm` over those that stay.
    pub within: f64,
    /// Shares that moved to higher values of before: `Σ Δs·(m₀ − M₀)`.
    pub between: f64,
    /// Shares and values that moved together: `Σ Δs·Δm`.
    pub cross: f64,
    /// Units that entered: `Σ s₁·(m₁ − M₀)`.
    pub entry: f64,
    /// Units that left, with its sign as it counts in the change: `−Σ s₀·(m₀ − M₀)`.
    pub exit: f64,
}

impl Decomposition {
    /// The change that the parts add up to.
    #[must_use]
    pub fn change(&self) -> f64 {
        self.within + self.between + self.cross + self.entry + self.exit
    }
}

/// Splits the change of `M = Σ s·m` by what continuing, entering and leaving units did.
///
/// The parts add up to the change where the shares of each period add up to 1.
/// Foster, Haltiwanger and Krizan (2001); `docs/methods/decomposition.md`.
#[must_use]
pub fn foster_haltiwanger_krizan(units: &[Presence]) -> Decomposition {
    let mut mean = Sum::default();
    for (share, value) in units.iter().filter_map(|unit| unit.before) {
        mean.add(share * value);
    }
    let mean = mean.value();
    let [mut within, mut between, mut cross, mut entry, mut exit] = [Sum::default(); 5];
    for unit in units {
        match (unit.before, unit.after) {
            (Some((s0, m0)), Some((s1, m1))) => {
                within.add(s0 * (m1 - m0));
                between.add((s1 - s0) * (m0 - mean));
                cross.add((s1 - s0) * (m1 - m0));
            }
            (None, Some((s1, m1))) => entry.add(s1 * (m1 - mean)),
            (Some((s0, m0)), None) => exit.add(-s0 * (m0 - mean)),
            (None, None) => {}
        }
    }
    Decomposition {
        within: within.value(),
        between: between.value(),
        cross: cross.value(),
        entry: entry.value(),
        exit: exit.value(),
    }
}
