//! The largest units of a market.

use panel::{PARTS, Sums};
use schema::Statistic;

use super::units_of;

/// How many units a statistic takes the largest of.
pub(super) const fn units(statistic: Statistic) -> Option<u64> {
    match statistic {
        Statistic::Cr1 => Some(1),
        Statistic::Cr4 => Some(4),
        Statistic::Cr10 => Some(10),
        _ => None,
    }
}

/// What the `k` largest units hold.
pub(super) struct Top {
    k: u64,
    n: u64,
    held: u64,
    /// The smallest of them.
    least: u64,
    /// How many units are larger than that.
    larger: u64,
    /// How many are of its size.
    equal: u64,
}

impl Top {
    /// Finds the `k` largest of `n` units.
    pub(super) fn new(sums: &Sums, unattributed: &[u32], n: u64, k: u64) -> Self {
        // Descending. Codes of which nothing is known hold nothing, and change nothing.
        let mut largest = vec![0; k as usize];
        for value in units_of(sums, unattributed).flatten() {
            if *value > largest[largest.len() - 1] {
                let place = largest.partition_point(|larger| larger >= value);
                largest.pop();
                largest.insert(place, *value);
            }
        }
        let least = largest[largest.len() - 1];
        let larger = largest.partition_point(|value| *value > least) as u64;
        let count =
            |units: &[u64]| units.iter().map(|value| u64::from(*value == least)).sum::<u64>();
        let equal = match least {
            0 => n.saturating_sub(larger),
            _ => units_of(sums, unattributed).map(count).sum(),
        };
        Self { k, n, held: largest.iter().sum(), least, larger, equal }
    }

    /// What they hold.
    pub(super) fn held(&self) -> f64 {
        self.held as f64 / f64::from(PARTS)
    }

    /// The share of all that they hold; `None` where there is nothing.
    pub(super) fn ratio(&self, total: f64) -> Option<f64> {
        (total > 0.0).then(|| self.held() / total)
    }

    /// How much of a unit of some size is among them, 0 to 1; of units of one size, the middle
    /// one stands for all.
    pub(super) fn held_of(&self, value: u64) -> f64 {
        if value > self.least || self.k >= self.n {
            1.0
        } else if value == self.least {
            (self.k - self.larger) as f64 / self.equal as f64
        } else {
            0.0
        }
    }
}
