//! Concentration from the sum, the sum of squares and the largest of a market's units.
//!
//! Whoever adds units up has these at hand, and need not hold the units themselves.

use crate::bounds::Bounds;
use crate::concentration::MONOPOLY;

/// What concentration asks of a market.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Moments {
    /// All units together.
    pub total: f64,
    /// The sum of the squares of the units.
    pub squares: f64,
    /// The largest unit.
    pub largest: f64,
}

impl Moments {
    /// [`crate::hhi`].
    #[must_use]
    pub fn hhi(&self) -> Option<f64> {
        (self.total > 0.0 && self.squares.is_finite())
            .then(|| MONOPOLY * (self.squares / self.total / self.total))
    }

    /// [`crate::effective_number`].
    #[must_use]
    pub fn effective_number(&self) -> Option<f64> {
        self.hhi().map(|hhi| MONOPOLY / hhi)
    }

    /// [`crate::hhi_bounds`].
    #[must_use]
    pub fn hhi_bounds(&self, unattributed: f64) -> Option<Bounds> {
        let low = Self { total: self.total + unattributed, ..*self };
        // (largest + u)² − largest², added so that no digits cancel.
        let more = unattributed * (2.0 * self.largest + unattributed);
        let high = Self { squares: self.squares + more, ..low };
        Some(Bounds { low: low.hhi()?, high: high.hhi()?.min(MONOPOLY) })
    }

    /// [`crate::effective_number_bounds`].
    #[must_use]
    pub fn effective_number_bounds(&self, unattributed: f64) -> Option<Bounds> {
        let hhi = self.hhi_bounds(unattributed)?;
        Some(Bounds { low: MONOPOLY / hhi.high, high: MONOPOLY / hhi.low })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn moments(units: &[f64]) -> Moments {
        Moments {
            // An empty sum of floats is −0.
            total: units.iter().fold(0.0, |sum, unit| sum + unit),
            squares: units.iter().fold(0.0, |sum, unit| sum + unit * unit),
            largest: units.iter().copied().fold(0.0, f64::max),
        }
    }

    fn close(one: Option<f64>, other: Option<f64>) -> bool {
        match (one, other) {
            (Some(one), Some(other)) if other.is_finite() => (one - other).abs() <= 1e-12 * other,
            (one, other) => one == other,
        }
    }

    proptest! {
        #[test]
        fn indices_equal_their_twins_over_single_units(
            units in prop::collection::vec(prop_oneof![1 => Just(0.0), 3 => 0.0..1e6_f64], 0..40),
            unattributed in prop_oneof![Just(0.0), 0.0..1e7_f64],
        ) {
            let moments = moments(&units);
            prop_assert!(close(moments.hhi(), crate::hhi(&units)));
            prop_assert!(close(moments.effective_number(), crate::effective_number(&units)));
            for (own, twin) in [
                (moments.hhi_bounds(unattributed), crate::hhi_bounds(&units, unattributed)),
                (
                    moments.effective_number_bounds(unattributed),
                    crate::effective_number_bounds(&units, unattributed),
                ),
            ] {
                prop_assert!(close(own.map(|own| own.low), twin.map(|twin| twin.low)));
                prop_assert!(close(own.map(|own| own.high), twin.map(|twin| twin.high)));
            }
        }
    }
}
