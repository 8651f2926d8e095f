//! Sampling intervals of the Gini index by the closed form: it asks for every unit in order, so that
//! drawing a million of them a thousand times takes too long.

use schema::Estimate;
use stats::{gini_influence, two_sided_normal};

use super::Drawable;

/// The 97.5 % point of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// How the Gini index of one time moves with each owner.
pub(super) struct Moved {
    /// By code.
    of_owners: Vec<f64>,
    /// The squares of what units without any downloads do, added up: of whom they are is not read,
    /// and each counts as an owner of its own.
    of_idle: f64,
}

impl Moved {
    /// Reads it of a market whose units each belong to one owner; `estimate` is the index of the
    /// same time, of all units that are known, idle ones included.
    pub(super) fn of(market: &Drawable, time: usize, estimate: &Estimate) -> Option<Self> {
        let holdings = &market.holdings;
        let (mut owners, mut units) = (Vec::new(), Vec::new());
        for (row, holding) in holdings.rows.iter().enumerate() {
            let value = holdings.of_row(row)[time];
            if market.is_unit(holding.unit) && value > 0.0 {
                owners.push(holding.owner);
                units.push(value);
            }
        }
        units.resize(units.len().max(estimate.n as usize), 0.0);
        let influence = gini_influence(&units)?;
        let mut of_owners = vec![0.0; holdings.owners];
        for (owner, moved) in owners.iter().zip(&influence) {
            of_owners[*owner as usize] += moved;
        }
        let of_idle = influence[owners.len()..].iter().map(|moved| moved * moved).sum();
        Some(Self { of_owners, of_idle })
    }

    /// Puts the interval beside the index.
    pub(super) fn mark(&self, estimate: &mut Estimate) {
        let squares: f64 = self.of_owners.iter().map(|moved| moved * moved).sum();
        put(estimate, (squares + self.of_idle).sqrt(), 0.0);
    }

    /// Puts the interval beside the change to another time, and tests whether there is any: the
    /// same owners are there at both times.
    pub(super) fn mark_change(&self, later: &Self, change: &mut Estimate) -> Option<f64> {
        let pairs = self.of_owners.iter().zip(&later.of_owners);
        let squares: f64 = pairs.map(|(moved, later)| (later - moved).powi(2)).sum();
        let error = (squares + self.of_idle + later.of_idle).sqrt();
        put(change, error, -1.0);
        change.value.filter(|_| error > 0.0).map(|value| two_sided_normal(value / error))
    }
}

fn put(estimate: &mut Estimate, error: f64, least: f64) {
    estimate.sampling_low = estimate.value.map(|value| (value - Z * error).max(least));
    estimate.sampling_high = estimate.value.map(|value| (value + Z * error).min(1.0));
}
