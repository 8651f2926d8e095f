//! Sums of units to estimates of statistics: value, interval, bounds.

mod slopes;

use std::cell::OnceCell;

use panel::Sums;
use schema::{Estimate, MeasureKind, Statistic};
use stats::{Run, Runs};

use crate::bounds;
pub(crate) use slopes::{Market, Rank, range_of, ranks, slope_of};

/// A market at one time: what its units add up to, known apart from unattributed.
pub(crate) struct Standings<'a> {
    sums: &'a Sums,
    /// The codes of units of which something is known.
    units: Vec<u32>,
    /// Their sums.
    values: Vec<f64>,
    /// The codes of mass that belongs to no unit, as unreviewed owners.
    pub(crate) unattributed: Vec<u32>,
    missing: u64,
    kind: MeasureKind,
    known: f64,
    unattributed_mass: f64,
    spread: Spread,
    ascending: OnceCell<Runs>,
}

/// Half-widths of an interval, downwards and upwards.
#[derive(Clone, Copy, Default)]
pub(crate) struct Spread {
    pub(crate) below: f64,
    pub(crate) above: f64,
}

impl Spread {
    /// Joins what one independent part, of half-widths `below` and `above`, does to a number that
    /// moves by `slope` with it; where the number falls with the part, the sides change places.
    pub(crate) fn add(&mut self, slope: f64, below: f64, above: f64) {
        let (down, up) = (slope * below, slope * above);
        let (below, above) = if slope >= 0.0 { (down, up) } else { (up, down) };
        self.below += below * below;
        self.above += above * above;
    }

    /// The half-widths of what was added.
    pub(crate) fn joined(self) -> Self {
        Self { below: self.below.sqrt(), above: self.above.sqrt() }
    }
}

impl<'a> Standings<'a> {
    /// Splits sums into units and unattributed mass.
    pub(crate) fn new(
        sums: &'a Sums,
        kind: MeasureKind,
        is_attributed: impl Fn(u32) -> bool,
    ) -> Self {
        let is_known = |code: &u32| sums.is_known(*code);
        let codes = (0..sums.unit_count() as u32).filter(is_known);
        let (units, unattributed): (Vec<u32>, Vec<u32>) =
            codes.partition(|code| is_attributed(*code));
        let mut spread = Spread::default();
        if sums.has_widths() {
            for code in units.iter().chain(&unattributed) {
                spread.add(1.0, sums.below(*code), sums.above(*code));
            }
        }
        let values: Vec<f64> = units.iter().map(|code| sums.value(*code)).collect();
        Self {
            known: values.iter().sum(),
            unattributed_mass: unattributed.iter().map(|code| sums.value(*code)).sum(),
            missing: sums.missing_total(),
            spread: spread.joined(),
            sums,
            units,
            values,
            unattributed,
            kind,
            ascending: OnceCell::new(),
        }
    }

    /// The codes of the `limit` largest units, largest first.
    pub(crate) fn largest(&self, limit: usize) -> Vec<u32> {
        let mut codes = self.units.clone();
        let by_size = |one: &u32, other: &u32| {
            self.sums.parts(*other).cmp(&self.sums.parts(*one)).then(one.cmp(other))
        };
        if limit == 0 {
            return Vec::new();
        }
        if limit < codes.len() {
            codes.select_nth_unstable_by(limit - 1, by_size);
            codes.truncate(limit);
        }
        codes.sort_unstable_by(by_size);
        codes
    }

    /// The units in ascending order.
    pub(crate) fn ascending(&self) -> &Runs {
        self.ascending.get_or_init(|| {
            let runs = panel::ascending(self.units.iter().map(|code| self.sums.parts(*code)));
            Runs::new(runs.into_iter().map(|(value, count)| Run { value, count }).collect())
        })
    }

    fn total_mass(&self) -> f64 {
        self.known + self.unattributed_mass
    }

    /// The market's total.
    pub(crate) fn total(&self) -> Estimate {
        let total = self.total_mass();
        let models = self.all().map(|code| self.sums.model_count(code)).sum();
        if models == 0 && self.missing > 0 {
            // Of cells that are all missing no sum is known, and above all none of zero.
            let none = Estimate { bound_low: Some(0.0), ..Estimate::undefined(0) };
            return self.mark(none, 0.0, 0.0, self.missing);
        }
        let mut estimate = Estimate::exact(total, models);
        estimate.low = Some((total - self.spread.below).max(0.0));
        estimate.high = Some(total + self.spread.above);
        // What a missing cell holds is not bounded here.
        estimate.bound_high = (self.missing == 0).then_some(total);
        let estimated = self.all().map(|code| self.sums.estimated(code)).sum();
        self.mark(estimate, estimated, total, self.missing)
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

    /// A market-wide statistic over the units; unattributed mass enters its bounds only.
    pub(crate) fn statistic(&self, statistic: Statistic) -> Estimate {
        let estimated = self.units.iter().map(|code| self.sums.estimated(*code)).sum();
        let n = self.units.len() as u64;
        let Some(value) = self.value_of(statistic) else {
            return self.mark(Estimate::undefined(n), estimated, self.known, self.missing);
        };
        let spread = self.spread_of(statistic, value);
        let mut estimate =
            between(Estimate::exact(value, n), spread, range_of(statistic, n as f64));
        if self.unattributed_mass > 0.0 {
            let bounds = bounds::of(statistic, &self.values, self.unattributed_mass);
            estimate.bound_low = bounds.map(|bounds| bounds.low);
            // A bound at infinity is no bound.
            estimate.bound_high = bounds.map(|bounds| bounds.high).filter(|high| high.is_finite());
        }
        self.mark(estimate, estimated, self.known, self.missing)
    }

    /// A number about parts of the units, as a quantile, whose interval is not known where any
    /// unit's has a width, and whose bounds where any mass belongs to none.
    pub(crate) fn of_part(&self, value: Option<f64>) -> Estimate {
        let estimated = self.units.iter().map(|code| self.sums.estimated(*code)).sum();
        let n = self.units.len() as u64;
        let mut estimate =
            value.map_or_else(|| Estimate::undefined(n), |value| Estimate::exact(value, n));
        if self.sums.has_widths() {
            (estimate.low, estimate.high) = (None, None);
        }
        if self.unattributed_mass > 0.0 {
            (estimate.bound_low, estimate.bound_high) = (None, None);
        }
        self.mark(estimate, estimated, self.known, self.missing)
    }

    fn value_of(&self, statistic: Statistic) -> Option<f64> {
        match statistic {
            Statistic::Hhi => stats::hhi(&self.values),
            Statistic::HhiNormalized => stats::hhi_normalized(&self.values),
            Statistic::EffectiveNumber => stats::effective_number(&self.values),
            Statistic::Entropy => stats::entropy(&self.values),
            Statistic::Theil => stats::theil(&self.values),
            // Only these ask for the order of units.
            _ => value_of_runs(statistic, self.ascending()),
        }
    }

    /// First-order propagation of the units' intervals: Σ (∂statistic/∂x_u · σ_u)².
    fn spread_of(&self, statistic: Statistic, value: f64) -> Spread {
        if self.spread.below == 0.0 && self.spread.above == 0.0 {
            return Spread::default();
        }
        let market = Market::new(&self.values, self.known, value);
        let ranks = slopes::asks_for_rank(statistic).then(|| ranks(self.ascending()));
        let mut spread = Spread::default();
        for (code, value) in self.units.iter().zip(&self.values) {
            let (below, above) = (self.sums.below(*code), self.sums.above(*code));
            if below + above > 0.0 {
                let rank = ranks.as_ref().map_or(Rank::default(), |ranks| {
                    let runs = self.ascending().runs();
                    ranks[runs.partition_point(|run| run.value < *value)]
                });
                spread.add(slope_of(statistic, &market, *value, rank), below, above);
            }
        }
        spread.joined()
    }

    fn all(&self) -> impl Iterator<Item = u32> {
        self.units.iter().chain(&self.unattributed).copied()
    }

    fn is_unattributed(&self, code: u32) -> bool {
        self.unattributed.binary_search(&code).is_ok()
    }

    fn mark_unit(&self, estimate: Estimate, code: u32) -> Estimate {
        let sums = self.sums;
        self.mark(estimate, sums.estimated(code), sums.value(code), sums.missing(code))
    }

    fn mark(&self, estimate: Estimate, estimated: f64, mass: f64, missing: u64) -> Estimate {
        marked(estimate, self.kind, (estimated, mass), missing)
    }
}

/// A number with its interval, cut to the range that it can have.
pub(crate) fn between(
    mut estimate: Estimate,
    spread: Spread,
    (least, most): (f64, f64),
) -> Estimate {
    estimate.low = estimate.value.map(|value| (value - spread.below).max(least));
    estimate.high = estimate.value.map(|value| (value + spread.above).min(most));
    estimate
}

/// Says how much of a number's mass is estimated, and how many cells are not in it.
pub(crate) fn marked(
    mut estimate: Estimate,
    kind: MeasureKind,
    (estimated, mass): (f64, f64),
    missing: u64,
) -> Estimate {
    let share = if mass > 0.0 { (estimated / mass).clamp(0.0, 1.0) } else { 0.0 };
    estimate.estimated_share = (kind == MeasureKind::Flow).then_some(share);
    estimate.missing_cells = Some(missing);
    estimate
}

/// A market-wide statistic of units in ascending order.
pub(crate) fn value_of_runs(statistic: Statistic, runs: &Runs) -> Option<f64> {
    match statistic {
        Statistic::Hhi => runs.hhi(),
        Statistic::HhiNormalized => runs.hhi_normalized(),
        Statistic::EffectiveNumber => runs.effective_number(),
        Statistic::Cr1 => runs.concentration_ratio(1),
        Statistic::Cr4 => runs.concentration_ratio(4),
        Statistic::Cr10 => runs.concentration_ratio(10),
        Statistic::Gini => runs.gini(),
        Statistic::Entropy => runs.entropy(),
        Statistic::Theil => runs.theil(),
        Statistic::Sum
        | Statistic::Share
        | Statistic::Top
        | Statistic::Quantiles
        | Statistic::Lorenz => None,
    }
}

#[cfg(test)]
mod tests;
