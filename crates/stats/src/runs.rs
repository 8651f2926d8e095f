//! Indices of a market whose equal units are given together.
//!
//! A million models have some ten thousand different weekly flows: the indices that only ask for
//! the order of units are short sums over them. Each equals its twin over single units.

use crate::market::is_sum;
use crate::sum::{Sum, sum};

/// Units of one value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Run {
    /// The value of each, finite and at least 0.
    pub value: f64,
    /// How many they are.
    pub count: u64,
}

/// A market in ascending order of value, no value twice.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Runs {
    ascending: Vec<Run>,
    units: f64,
    total: f64,
}

impl Runs {
    /// Takes runs in ascending order.
    #[must_use]
    pub fn new(runs: Vec<Run>) -> Self {
        let is_market = runs.iter().all(|run| is_sum(run.value))
            && runs.windows(2).all(|pair| pair[0].value < pair[1].value);
        debug_assert!(is_market, "runs are sums in ascending order");
        let units = runs.iter().map(|run| run.count).sum::<u64>() as f64;
        let total = sum(runs.iter().map(|run| run.value * run.count as f64));
        Self { ascending: runs, units, total }
    }

    /// The runs, ascending.
    #[must_use]
    pub fn runs(&self) -> &[Run] {
        &self.ascending
    }

    /// How many units there are, idle ones included.
    #[must_use]
    pub fn units(&self) -> f64 {
        self.units
    }

    /// All units together.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.total
    }

    fn has_mass(&self) -> bool {
        self.total > 0.0 && self.total.is_finite()
    }

    fn over_shares(&self, term: impl Fn(f64) -> f64) -> Option<f64> {
        let terms =
            self.ascending.iter().map(|run| run.count as f64 * term(run.value / self.total));
        self.has_mass().then(|| sum(terms))
    }

    /// [`crate::hhi`].
    #[must_use]
    pub fn hhi(&self) -> Option<f64> {
        self.over_shares(|share| share * share).map(|squares| 10_000.0 * squares)
    }

    /// [`crate::hhi_normalized`].
    #[must_use]
    pub fn hhi_normalized(&self) -> Option<f64> {
        if self.units < 2.0 {
            return None;
        }
        let mean = self.units.recip();
        let spread = self.over_shares(|share| (share - mean).powi(2))?;
        Some((spread * self.units / (self.units - 1.0)).min(1.0))
    }

    /// [`crate::effective_number`].
    #[must_use]
    pub fn effective_number(&self) -> Option<f64> {
        self.over_shares(|share| share * share).map(f64::recip)
    }

    /// [`crate::entropy`].
    #[must_use]
    pub fn entropy(&self) -> Option<f64> {
        self.over_shares(|share| if share > 0.0 { -share * share.ln() } else { 0.0 })
    }

    /// [`crate::theil`].
    #[must_use]
    pub fn theil(&self) -> Option<f64> {
        let term = |share: f64| if share > 0.0 { share * (self.units * share).ln() } else { 0.0 };
        self.over_shares(term).map(|theil| theil.clamp(0.0, self.units.ln()))
    }

    /// [`crate::gini`].
    #[must_use]
    pub fn gini(&self) -> Option<f64> {
        // Units of one value have the ranks r + 1 … r + c, whose sum is c·(2r + c + 1)/2.
        let mut smaller = 0.0;
        let terms = self.ascending.iter().map(|run| {
            let count = run.count as f64;
            let rank = 2.0 * smaller + count - self.units;
            smaller += count;
            rank * count * (run.value / self.total)
        });
        let terms = sum(terms);
        self.has_mass().then(|| (terms / self.units).max(0.0))
    }

    /// [`crate::concentration_ratio`].
    #[must_use]
    pub fn concentration_ratio(&self, k: usize) -> Option<f64> {
        if !self.has_mass() {
            return None;
        }
        let (mut held, mut others) = (Sum::default(), Sum::default());
        let mut left = k as u64;
        for run in self.ascending.iter().rev() {
            let taken = left.min(run.count);
            left -= taken;
            held.add(run.value * taken as f64);
            others.add(run.value * (run.count - taken) as f64);
        }
        Some(held.value() / (held.value() + others.value()))
    }

    /// The value of the unit at `part` (0 to 1) of all, counted from the smallest: the least value
    /// that at least that part of the units does not exceed.
    #[must_use]
    pub fn quantile(&self, part: f64) -> Option<f64> {
        let wanted = (part.clamp(0.0, 1.0) * self.units).ceil().max(1.0) as u64;
        let mut seen = 0;
        self.ascending
            .iter()
            .find(|run| {
                seen += run.count;
                seen >= wanted
            })
            .map(|run| run.value)
    }

    /// The share that `part` (0 to 1) of the units, the smallest, hold together: a point of the
    /// Lorenz curve, which is straight between units.
    #[must_use]
    pub fn lorenz_at(&self, part: f64) -> Option<f64> {
        if !self.has_mass() {
            return None;
        }
        let mut left = part.clamp(0.0, 1.0) * self.units;
        let mut held = Sum::default();
        for run in &self.ascending {
            let taken = left.min(run.count as f64);
            held.add(run.value * taken);
            left -= taken;
            if left <= 0.0 {
                break;
            }
        }
        Some((held.value() / self.total).min(1.0))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn runs_of(units: &[f64]) -> Runs {
        let mut sorted = units.to_vec();
        sorted.sort_by(f64::total_cmp);
        let runs = sorted.chunk_by(|a, b| a.total_cmp(b).is_eq());
        Runs::new(runs.map(|run| Run { value: run[0], count: run.len() as u64 }).collect())
    }

    fn close(one: Option<f64>, other: Option<f64>) -> bool {
        match (one, other) {
            (Some(one), Some(other)) => (one - other).abs() <= 1e-12 * other.abs().max(1.0),
            (one, other) => one == other,
        }
    }

    /// Worked out by hand: 0, 0, 1, 3 of 4.
    #[test]
    fn a_small_market() {
        let runs = runs_of(&[1.0, 0.0, 3.0, 0.0]);
        assert_eq!(runs.hhi(), Some(6_250.0));
        assert_eq!(runs.quantile(0.5), Some(0.0));
        assert_eq!(runs.quantile(0.75), Some(1.0));
        assert_eq!(runs.quantile(1.0), Some(3.0));
        assert_eq!(runs.lorenz_at(0.75), Some(0.25));
        assert_eq!(runs.lorenz_at(0.875), Some(0.625), "straight within a unit");
        assert_eq!(runs.concentration_ratio(1), Some(0.75));
        // 2·(3·1 + 4·3)/(4·4) − 5/4.
        assert_eq!(runs.gini(), Some(0.625));
        assert_eq!(Runs::default().gini(), None);
        assert_eq!(runs_of(&[0.0]).quantile(0.5), Some(0.0));
    }

    proptest! {
        #[test]
        fn indices_equal_their_twins_over_single_units(
            units in prop::collection::vec(prop_oneof![(0..20_u32).prop_map(f64::from), 0.0..1e6_f64], 0..60),
            k in 0..12_usize,
        ) {
            let runs = runs_of(&units);
            prop_assert!(close(runs.hhi(), crate::hhi(&units)));
            prop_assert!(close(runs.hhi_normalized(), crate::hhi_normalized(&units)));
            prop_assert!(close(runs.effective_number(), crate::effective_number(&units)));
            prop_assert!(close(runs.entropy(), crate::entropy(&units)));
            prop_assert!(close(runs.theil(), crate::theil(&units)));
            prop_assert!(close(runs.gini(), crate::gini(&units)));
            prop_assert!(close(runs.concentration_ratio(k), crate::concentration_ratio(&units, k)));
            for (part, share) in crate::lorenz(&units, 100) {
                prop_assert!(close(runs.lorenz_at(part), Some(share)));
            }
        }
    }
}
