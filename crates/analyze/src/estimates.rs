//! Sums of units to estimates of statistics: value, interval, bounds.

mod places;
mod slopes;
mod top;
mod units;

use std::cell::OnceCell;

use panel::{PARTS, Sums};
use schema::{Estimate, MeasureKind, Statistic};
use stats::{Moments, Run, Runs};

use crate::bounds;
pub(crate) use slopes::{Market, Rank, range_of, ranks, slope_of};
use top::Top;

/// A market at one time: what its units add up to, known apart from unattributed.
///
/// What only some statistics ask for is made when one does.
pub(crate) struct Standings<'a> {
    sums: &'a Sums,
    kind: MeasureKind,
    /// How many units something is known of.
    n: u64,
    /// The codes of mass that belongs to no unit, as unreviewed owners.
    pub(crate) unattributed: Vec<u32>,
    moments: Moments,
    unattributed_mass: f64,
    /// What comes from estimated cells, of units and of all mass.
    estimated: f64,
    all_estimated: f64,
    missing: u64,
    /// The interval of all mass.
    spread: Spread,
    units: OnceCell<Vec<u32>>,
    values: OnceCell<Vec<f64>>,
    ascending: OnceCell<Runs>,
    places: OnceCell<Vec<Rank>>,
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
    /// Splits sums into units and unattributed mass, whose codes are given in ascending order.
    pub(crate) fn new(sums: &'a Sums, kind: MeasureKind, unattributed: &[u32]) -> Self {
        let is_known = |code: &&u32| sums.is_known(**code);
        let unattributed: Vec<u32> = unattributed.iter().filter(is_known).copied().collect();
        let mut estimated = [0; 2];
        let (mut spread, mut missing) = (Spread::default(), 0);
        for (code, doubt) in sums.doubts() {
            let is_unattributed = unattributed.contains(&code);
            estimated[usize::from(is_unattributed)] += doubt.estimated_parts();
            missing += doubt.missing();
            if sums.has_widths() {
                let (below, above) = doubt.squares();
                spread = Spread { below: spread.below + below, above: spread.above + above };
            }
        }
        Self {
            n: (sums.known_count() - unattributed.len()) as u64,
            moments: moments(sums, &unattributed),
            unattributed_mass: unattributed.iter().fold(0.0, |mass, code| mass + sums.value(*code)),
            estimated: whole(estimated[0]),
            all_estimated: whole(estimated[0] + estimated[1]),
            missing,
            spread: spread.joined(),
            sums,
            unattributed,
            kind,
            units: OnceCell::new(),
            values: OnceCell::new(),
            ascending: OnceCell::new(),
            places: OnceCell::new(),
        }
    }

    /// The codes of units of which something is known.
    pub(crate) fn units(&self) -> &[u32] {
        self.units.get_or_init(|| {
            (0..self.sums.unit_count() as u32).filter(|code| self.is_unit(*code)).collect()
        })
    }

    /// Whether something is known of a code, and it is a unit.
    pub(crate) fn is_unit(&self, code: u32) -> bool {
        self.sums.is_known(code) && !self.is_unattributed(code)
    }

    /// Their sums.
    fn values(&self) -> &[f64] {
        let value = |code: &u32| self.sums.value(*code);
        self.values.get_or_init(|| self.units().iter().map(value).collect())
    }

    /// The units in ascending order.
    pub(crate) fn ascending(&self) -> &Runs {
        self.ascending.get_or_init(|| {
            let runs = panel::ascending(self.units().iter().map(|code| self.sums.parts(*code)));
            Runs::new(runs.into_iter().map(|(value, count)| Run { value, count }).collect())
        })
    }

    fn total_mass(&self) -> f64 {
        self.moments.total + self.unattributed_mass
    }

    /// The market's total.
    pub(crate) fn total(&self) -> Estimate {
        let total = self.total_mass();
        let models = self.sums.model_total();
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
        self.mark(estimate, self.all_estimated, total, self.missing)
    }

    /// A market-wide statistic over the units; unattributed mass enters its bounds only.
    pub(crate) fn statistic(&self, statistic: Statistic) -> Estimate {
        let top = top::units(statistic).map(|k| Top::new(self.sums, &self.unattributed, self.n, k));
        let value = match statistic {
            Statistic::Hhi => self.moments.hhi(),
            Statistic::EffectiveNumber => self.moments.effective_number(),
            Statistic::HhiNormalized => stats::hhi_normalized(self.values()),
            Statistic::Entropy => stats::entropy(self.values()),
            Statistic::Theil => stats::theil(self.values()),
            _ => match &top {
                Some(top) => top.ratio(self.moments.total),
                None => value_of_runs(statistic, self.ascending()),
            },
        };
        let Some(value) = value else { return self.mark_market(Estimate::undefined(self.n)) };
        let spread = self.spread_of(statistic, value, top.as_ref());
        let n = self.n as f64;
        let mut estimate = between(Estimate::exact(value, self.n), spread, range_of(statistic, n));
        if self.unattributed_mass > 0.0 {
            let mass = self.unattributed_mass;
            let bounds = match (statistic, &top) {
                (Statistic::Hhi, _) => self.moments.hhi_bounds(mass),
                (Statistic::EffectiveNumber, _) => self.moments.effective_number_bounds(mass),
                (_, Some(top)) => stats::share_bounds(top.held(), mass, self.total_mass()),
                _ => bounds::of(statistic, self.values(), mass),
            };
            estimate.bound_low = bounds.map(|bounds| bounds.low);
            // A bound at infinity is no bound.
            estimate.bound_high = bounds.map(|bounds| bounds.high).filter(|high| high.is_finite());
        }
        self.mark_market(estimate)
    }

    /// A number about parts of the units, as a quantile, whose interval is not known where any
    /// unit's has a width, and whose bounds where any mass belongs to none.
    pub(crate) fn of_part(&self, value: Option<f64>) -> Estimate {
        let mut estimate = value
            .map_or_else(|| Estimate::undefined(self.n), |value| Estimate::exact(value, self.n));
        if self.sums.has_widths() {
            (estimate.low, estimate.high) = (None, None);
        }
        if self.unattributed_mass > 0.0 {
            (estimate.bound_low, estimate.bound_high) = (None, None);
        }
        self.mark_market(estimate)
    }

    /// First-order propagation of the units' intervals: Σ (∂statistic/∂x_u · σ_u)².
    fn spread_of(&self, statistic: Statistic, value: f64, top: Option<&Top>) -> Spread {
        if self.spread.below == 0.0 && self.spread.above == 0.0 {
            return Spread::default();
        }
        let Moments { total, squares, .. } = self.moments;
        let market = Market::new(self.n as f64, total, squares / total / total, value);
        if let Some(top) = top {
            return self.spread_by(|code| {
                slopes::slope_of_held(top.held_of(self.sums.parts(code)), &market)
            });
        }
        if let Some((slope, at_zero)) = slopes::line_of(statistic, &market) {
            return self.spread_by(|code| slope * self.sums.value(code) + at_zero);
        }
        if !slopes::asks_for_rank(statistic) {
            return self.spread_by(|code| {
                slope_of(statistic, &market, self.sums.value(code), Rank::default())
            });
        }
        let (runs, ranks) = (self.ascending().runs(), ranks(self.ascending()));
        self.spread_by(|code| {
            let value = self.sums.value(code);
            let rank = ranks[runs.partition_point(|run| run.value < value)];
            slope_of(statistic, &market, value, rank)
        })
    }

    /// Joins what each unit's interval does to a number that moves by so much with it.
    fn spread_by(&self, slope: impl Fn(u32) -> f64) -> Spread {
        let mut spread = Spread::default();
        let is_apart = !self.unattributed.is_empty();
        for (code, doubt) in self.sums.doubts() {
            if is_apart && self.unattributed.contains(&code) {
                continue;
            }
            // Where the number falls with the unit, the sides change places.
            let slope = slope(code);
            let (rise, fall) = (slope.max(0.0).powi(2), slope.min(0.0).powi(2));
            let (below, above) = doubt.squares();
            spread.below += rise * below + fall * above;
            spread.above += rise * above + fall * below;
        }
        spread.joined()
    }

    fn is_unattributed(&self, code: u32) -> bool {
        self.unattributed.binary_search(&code).is_ok()
    }

    fn mark_market(&self, estimate: Estimate) -> Estimate {
        self.mark(estimate, self.estimated, self.moments.total, self.missing)
    }

    fn mark(&self, estimate: Estimate, estimated: f64, mass: f64, missing: u64) -> Estimate {
        marked(estimate, self.kind, (estimated, mass), missing)
    }
}

/// The moments of the units: all sums but those of mass that belongs to none.
fn moments(sums: &Sums, unattributed: &[u32]) -> Moments {
    let moments = units_of(sums, unattributed)
        .map(panel::moments)
        .fold(panel::Moments::default(), panel::Moments::joined);
    let parts = f64::from(PARTS);
    Moments {
        total: moments.sum / parts,
        squares: moments.squares / parts / parts,
        largest: moments.largest / parts,
    }
}

/// The sums of all units in [`PARTS`], in pieces between those of mass that belongs to none.
fn units_of<'a>(sums: &'a Sums, unattributed: &'a [u32]) -> impl Iterator<Item = &'a [u64]> {
    let begins = std::iter::once(0).chain(unattributed.iter().map(|code| *code as usize + 1));
    let ends = unattributed.iter().map(|code| *code as usize).chain([sums.unit_count()]);
    begins.zip(ends).map(|(begin, end)| &sums.all_parts()[begin..end])
}

/// Parts as whole ones.
fn whole(parts: u64) -> f64 {
    parts as f64 / f64::from(PARTS)
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
        | Statistic::Rank
        | Statistic::Percentile
        | Statistic::Top
        | Statistic::Quantiles
        | Statistic::Lorenz => None,
    }
}

#[cfg(test)]
mod tests;
