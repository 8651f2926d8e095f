//! Sums of units to estimates of statistics: value, interval, bounds.

use panel::{Sums, UnitSum};
use schema::{Estimate, MeasureKind, Statistic};

use crate::bounds;

/// A market at one time: what its units add up to, known apart from unattributed.
pub(crate) struct Standings<'a> {
    /// Units, largest first.
    pub(crate) units: Vec<&'a UnitSum>,
    /// Mass that belongs to no unit, as unreviewed owners.
    pub(crate) unattributed: Vec<&'a UnitSum>,
    missing: u64,
    kind: MeasureKind,
    total: f64,
    unattributed_mass: f64,
    spread: Spread,
}

/// Half-widths of an interval, downwards and upwards.
#[derive(Clone, Copy, Default)]
struct Spread {
    below: f64,
    above: f64,
}

impl<'a> Standings<'a> {
    /// Splits sums into units and unattributed mass, and sorts the units.
    pub(crate) fn new(
        sums: &'a Sums,
        kind: MeasureKind,
        is_attributed: impl Fn(u32) -> bool,
    ) -> Self {
        let (mut units, unattributed): (Vec<_>, Vec<_>) =
            sums.units.iter().partition(|unit| is_attributed(unit.code));
        units.sort_by(|a, b| b.value.total_cmp(&a.value).then(a.code.cmp(&b.code)));
        let unattributed_mass = unattributed.iter().map(|unit| unit.value).sum();
        let known: f64 = units.iter().map(|unit| unit.value).sum();
        let square = |side: fn(&UnitSum) -> f64| {
            sums.units.iter().map(|unit| side(unit) * side(unit)).sum::<f64>().sqrt()
        };
        Self {
            units,
            unattributed,
            missing: sums.missing,
            kind,
            total: known + unattributed_mass,
            unattributed_mass,
            spread: Spread { below: square(|u| u.below), above: square(|u| u.above) },
        }
    }

    /// The market's total.
    pub(crate) fn total(&self) -> Estimate {
        let models = self.all().map(|unit| unit.model_count).sum();
        let mut estimate = Estimate::exact(self.total, models);
        estimate.low = Some((self.total - self.spread.below).max(0.0));
        estimate.high = Some(self.total + self.spread.above);
        // What a missing cell holds is not bounded here.
        estimate.bound_high = (self.missing == 0).then_some(self.total);
        self.mark(estimate, self.all().map(|unit| unit.estimated).sum(), self.total, self.missing)
    }

    /// One unit's sum; unattributed mass may all be its own.
    pub(crate) fn sum_of(&self, unit: &UnitSum) -> Estimate {
        let mut estimate = Estimate::exact(unit.value, unit.model_count);
        estimate.low = Some((unit.value - unit.below).max(0.0));
        estimate.high = Some(unit.value + unit.above);
        let most = if self.is_unattributed(unit) {
            unit.value
        } else {
            unit.value + self.unattributed_mass
        };
        estimate.bound_high = (self.missing == 0).then_some(most);
        self.mark(estimate, unit.estimated, unit.value, unit.missing)
    }

    /// One unit's share of the market, unattributed mass included.
    pub(crate) fn share_of(&self, unit: &UnitSum) -> Estimate {
        if self.total <= 0.0 {
            return self.mark(Estimate::undefined(unit.model_count), 0.0, 0.0, unit.missing);
        }
        let share = unit.value / self.total;
        // The total moves with the unit: d share = (δ_k − share·ΣΔ) / D.
        // It is least where the unit is low and all others are high, and the other way round.
        let width = |own: f64, all: f64, own_in_all: f64| {
            let others = (all * all - own_in_all * own_in_all).max(0.0);
            ((1.0 - share).powi(2) * own * own + share * share * others).sqrt() / self.total
        };
        let mut estimate = Estimate::exact(share, unit.model_count);
        estimate.low = Some((share - width(unit.below, self.spread.above, unit.above)).max(0.0));
        estimate.high = Some((share + width(unit.above, self.spread.below, unit.below)).min(1.0));
        if self.is_unattributed(unit) {
            estimate.bound_low = Some(0.0);
        } else if let Some(bounds) =
            stats::share_bounds(unit.value, self.unattributed_mass, self.total)
        {
            estimate.bound_low = Some(bounds.low);
            estimate.bound_high = Some(bounds.high);
        }
        self.mark(estimate, unit.estimated, unit.value, unit.missing)
    }

    /// A market-wide statistic over the units; unattributed mass enters its bounds only.
    pub(crate) fn statistic(&self, statistic: Statistic) -> Estimate {
        let values: Vec<f64> = self.units.iter().map(|unit| unit.value).collect();
        let known: f64 = values.iter().sum();
        let estimated = self.units.iter().map(|unit| unit.estimated).sum();
        let n = self.units.len() as u64;
        let Some(value) = value_of(statistic, &values) else {
            return self.mark(Estimate::undefined(n), estimated, known, self.missing);
        };
        let mut estimate = Estimate::exact(value, n);
        let spread = self.spread_of(statistic, &values, known, value);
        let (least, most) = range_of(statistic, n as f64);
        estimate.low = Some((value - spread.below).max(least));
        estimate.high = Some((value + spread.above).min(most));
        if self.unattributed_mass > 0.0 {
            let bounds = bounds::of(statistic, &values, self.unattributed_mass);
            estimate.bound_low = bounds.map(|bounds| bounds.low);
            // A bound at infinity is no bound.
            estimate.bound_high = bounds.map(|bounds| bounds.high).filter(|high| high.is_finite());
        }
        self.mark(estimate, estimated, known, self.missing)
    }

    /// First-order propagation of the units' intervals: Σ (∂statistic/∂x_u · σ_u)².
    fn spread_of(&self, statistic: Statistic, values: &[f64], known: f64, value: f64) -> Spread {
        if self.spread.below == 0.0 && self.spread.above == 0.0 {
            return Spread::default();
        }
        let mut spread = Spread::default();
        for (rank, unit) in self.units.iter().enumerate() {
            let slope = slope_of(statistic, values, rank, known, value);
            let (down, up) = (slope * unit.below, slope * unit.above);
            // Where the statistic falls with the unit, the sides change places.
            let (below, above) = if slope >= 0.0 { (down, up) } else { (up, down) };
            spread.below += below * below;
            spread.above += above * above;
        }
        Spread { below: spread.below.sqrt(), above: spread.above.sqrt() }
    }

    fn all(&self) -> impl Iterator<Item = &&'a UnitSum> {
        self.units.iter().chain(&self.unattributed)
    }

    fn is_unattributed(&self, unit: &UnitSum) -> bool {
        self.unattributed.iter().any(|other| other.code == unit.code)
    }

    fn mark(&self, mut estimate: Estimate, estimated: f64, mass: f64, missing: u64) -> Estimate {
        let share = if mass > 0.0 { (estimated / mass).clamp(0.0, 1.0) } else { 0.0 };
        estimate.estimated_share = (self.kind == MeasureKind::Flow).then_some(share);
        estimate.missing_cells = Some(missing);
        estimate
    }
}

fn value_of(statistic: Statistic, values: &[f64]) -> Option<f64> {
    match statistic {
        Statistic::Hhi => stats::hhi(values),
        Statistic::HhiNormalized => stats::hhi_normalized(values),
        Statistic::EffectiveNumber => stats::effective_number(values),
        Statistic::Cr1 => stats::concentration_ratio(values, 1),
        Statistic::Cr4 => stats::concentration_ratio(values, 4),
        Statistic::Cr10 => stats::concentration_ratio(values, 10),
        Statistic::Gini => stats::gini(values),
        Statistic::Entropy => stats::entropy(values),
        Statistic::Theil => stats::theil(values),
        Statistic::Sum | Statistic::Share | Statistic::Top => None,
    }
}

/// The least and the most that a statistic of `n` units can be.
fn range_of(statistic: Statistic, n: f64) -> (f64, f64) {
    match statistic {
        Statistic::Hhi => (0.0, 10_000.0),
        Statistic::EffectiveNumber => (1.0, n),
        Statistic::Entropy | Statistic::Theil => (0.0, n.ln()),
        _ => (0.0, 1.0),
    }
}

/// The derivative of a statistic by the sum of the unit at `rank`, largest first.
fn slope_of(statistic: Statistic, values: &[f64], rank: usize, known: f64, value: f64) -> f64 {
    let n = values.len() as f64;
    let share = values[rank] / known;
    let hhi = || values.iter().map(|x| (x / known).powi(2)).sum::<f64>();
    let top = |k: usize| (f64::from(u8::from(rank < k)) - value) / known;
    match statistic {
        Statistic::Hhi => 2.0 * (share - value / 10_000.0) / known * 10_000.0,
        Statistic::HhiNormalized => 2.0 * (share - hhi()) / known / (1.0 - 1.0 / n),
        Statistic::EffectiveNumber => -2.0 * (share - 1.0 / value) / known * value * value,
        Statistic::Cr1 => top(1),
        Statistic::Cr4 => top(4),
        Statistic::Cr10 => top(10),
        Statistic::Gini => {
            let ascending = n - rank as f64;
            (2.0 * ascending - n - 1.0) / (n * known) - value / known
        }
        Statistic::Entropy if share > 0.0 => -(share.ln() + value) / known,
        Statistic::Theil if share > 0.0 => ((n * share).ln() - value) / known,
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests;
