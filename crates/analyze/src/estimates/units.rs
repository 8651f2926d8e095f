//! Single units of a market: which are the largest, and what each holds.

use std::cmp::Reverse;

use schema::{Estimate, Statistic};

use super::Standings;

impl Standings<'_> {
    /// The codes of the `limit` largest units, largest first; of one size, by their place.
    pub(crate) fn largest(&self, limit: usize, place: impl Fn(u32) -> u32) -> Vec<u32> {
        self.by_size(self.units().iter().copied(), limit, place)
    }

    /// The same of some units only.
    pub(crate) fn largest_of(
        &self,
        codes: &[u32],
        limit: usize,
        place: impl Fn(u32) -> u32,
    ) -> Vec<u32> {
        self.by_size(codes.iter().copied().filter(|code| self.is_unit(*code)), limit, place)
    }

    fn by_size(
        &self,
        codes: impl Iterator<Item = u32>,
        limit: usize,
        place: impl Fn(u32) -> u32,
    ) -> Vec<u32> {
        if limit == 0 {
            return Vec::new();
        }
        let size = |code| (Reverse(self.sums.parts(code)), place(code), code);
        let mut units: Vec<_> = codes.map(size).collect();
        if limit < units.len() {
            units.select_nth_unstable(limit - 1);
            units.truncate(limit);
        }
        units.sort_unstable();
        units.into_iter().map(|(.., code)| code).collect()
    }

    /// One unit's sum; unattributed mass may all be its own.
    pub(crate) fn sum_of(&self, code: u32) -> Estimate {
        let value = self.sums.value(code);
        let mut estimate = Estimate::exact(value, self.sums.model_count(code));
        estimate.low = Some((value - self.sums.below(code)).max(0.0));
        estimate.high = Some(value + self.sums.above(code));
        let most = if self.is_unattributed(code) { value } else { value + self.unattributed_mass };
        estimate.bound_high = (self.missing == 0).then_some(most);
        self.mark_unit(estimate, code)
    }

    /// One unit's share of the market, unattributed mass included.
    pub(crate) fn share_of(&self, code: u32) -> Estimate {
        let (total, value) = (self.total_mass(), self.sums.value(code));
        let models = self.sums.model_count(code);
        if total <= 0.0 {
            let missing = self.sums.missing(code);
            return self.mark(Estimate::undefined(models), 0.0, 0.0, missing);
        }
        let share = value / total;
        // The total moves with the unit: d share = (δ_k − share·ΣΔ) / D.
        // It is least where the unit is low and all others are high, and the other way round.
        let width = |own: f64, all: f64, own_in_all: f64| {
            let others = (all * all - own_in_all * own_in_all).max(0.0);
            ((1.0 - share).powi(2) * own * own + share * share * others).sqrt() / total
        };
        let (below, above) = (self.sums.below(code), self.sums.above(code));
        let mut estimate = Estimate::exact(share, models);
        estimate.low = Some((share - width(below, self.spread.above, above)).max(0.0));
        estimate.high = Some((share + width(above, self.spread.below, below)).min(1.0));
        if self.is_unattributed(code) {
            estimate.bound_low = Some(0.0);
        } else if let Some(bounds) = stats::share_bounds(value, self.unattributed_mass, total) {
            estimate.bound_low = Some(bounds.low);
            estimate.bound_high = Some(bounds.high);
        }
        self.mark_unit(estimate, code)
    }

    /// The sum, or the share, of all units but these, with the models that it rests on; `None`
    /// where there are no others, or nothing at all.
    ///
    /// No interval is claimed for a sum of others, since theirs depend on each other.
    pub(crate) fn others(&self, named: &[u32], statistic: Statistic) -> Option<Estimate> {
        let named: Vec<u32> = named.iter().copied().filter(|code| self.is_unit(*code)).collect();
        let total = self.total_mass();
        if self.n <= named.len() as u64 || (statistic == Statistic::Share && total <= 0.0) {
            return None;
        }
        let apart = || named.iter().chain(&self.unattributed).copied();
        let models = apart().map(|code| self.sums.model_count(code)).sum::<u64>();
        // Whole numbers of parts, so that nothing is lost.
        let held = named.iter().map(|code| self.sums.value(*code)).sum::<f64>();
        let estimated = named.iter().map(|code| self.sums.estimated(*code)).sum::<f64>();
        let value = self.moments.total - held;
        let number = if statistic == Statistic::Share { value / total } else { value };
        let estimate = Estimate {
            value: Some(number),
            ..Estimate::undefined(self.sums.model_total() - models)
        };
        let missing = apart().map(|code| self.sums.missing(code)).sum::<u64>();
        Some(self.mark(estimate, self.estimated - estimated, value, self.missing - missing))
    }

    fn mark_unit(&self, estimate: Estimate, code: u32) -> Estimate {
        let sums = self.sums;
        self.mark(estimate, sums.estimated(code), sums.value(code), sums.missing(code))
    }
}
