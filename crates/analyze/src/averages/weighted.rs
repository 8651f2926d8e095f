//! Values with weights, and what is usual of them.

use panel::Sums;
use schema::{Estimate, MeasureKind};

use super::{Average, Values, Weight};
use crate::estimates::{Spread, between, marked};

/// The percentiles of the known between which what is not known is assumed to lie, as parts.
const ASSUMED: (f64, f64) = (0.01, 0.99);

/// The values of a market at one time, each with its weight.
pub(super) struct Weighted<'a> {
    /// In ascending order of values.
    units: Vec<Unit>,
    /// The weight up to and with each unit.
    up_to: Vec<f64>,
    /// The weight of models of which the value is not known.
    unknown: f64,
    /// How many models have a value.
    n: u64,
    weight: Weight,
    kind: MeasureKind,
    sums: &'a Sums,
    /// What comes from estimated cells of models with a value.
    estimated: f64,
}

struct Unit {
    value: f64,
    weight: f64,
    code: u32,
}

impl<'a> Weighted<'a> {
    /// Puts values and what their models add up to together.
    pub(super) fn new(sums: &'a Sums, values: &Values, weight: Weight, kind: MeasureKind) -> Self {
        let weight_of = |code: u32| match weight {
            Weight::Measure => sums.value(code),
            Weight::Model => sums.model_count(code) as f64,
        };
        let mut weighted = Self {
            units: Vec::new(),
            up_to: Vec::new(),
            unknown: 0.0,
            n: 0,
            weight,
            kind,
            sums,
            estimated: 0.0,
        };
        let mut total = 0.0;
        for code in &values.ascending {
            let Some(value) = values.of_code[*code as usize] else { continue };
            let of_unit = weight_of(*code);
            weighted.n += sums.model_count(*code);
            weighted.estimated += sums.estimated(*code);
            if of_unit > 0.0 {
                total += of_unit;
                weighted.units.push(Unit { value, weight: of_unit, code: *code });
                weighted.up_to.push(total);
            }
        }
        let is_unknown = |code: &u32| values.of_code[*code as usize].is_none();
        weighted.unknown =
            (0..sums.unit_count() as u32).filter(is_unknown).map(weight_of).sum::<f64>();
        weighted
    }

    fn known(&self) -> f64 {
        self.up_to.last().copied().unwrap_or_default()
    }

    /// The share of the weight of models of which the value is known.
    pub(super) fn known_share(&self) -> Option<f64> {
        let all = self.known() + self.unknown;
        (all > 0.0).then(|| self.known() / all)
    }

    /// A mean or a quantile with its interval and bounds.
    pub(super) fn average(&self, average: Average) -> Estimate {
        let estimate = match (self.units.is_empty(), average.part()) {
            (true, _) => Estimate::undefined(self.n),
            (false, None) => self.mean(),
            (false, Some(part)) => self.quantile(part),
        };
        let (estimated, mass) = match self.weight {
            Weight::Measure => (self.estimated, self.known()),
            // That a model is there is not estimated.
            Weight::Model => (0.0, 0.0),
        };
        let missing = (0..self.sums.unit_count() as u32).map(|code| self.sums.missing(code)).sum();
        marked(estimate, self.kind, (estimated, mass), missing)
    }

    fn mean(&self) -> Estimate {
        let known = self.known();
        // Around the middle value, so that large values lose no digits.
        let middle = self.at(0.5);
        let excess: f64 = self.units.iter().map(|unit| unit.weight * (unit.value - middle)).sum();
        let mean = middle + excess / known;
        let spread = self.spread(|unit| (unit.value - mean) / known);
        let (least, most) = (self.units[0].value, self.units[self.units.len() - 1].value);
        let mut estimate = between(Estimate::exact(mean, self.n), spread, (least, most));
        let with = |assumed: f64| mean + self.unknown / (known + self.unknown) * (assumed - mean);
        let (low, high) = (self.at(ASSUMED.0), self.at(ASSUMED.1));
        // Of a heavy tail the mean may lie beyond the percentiles.
        estimate.bound_low = Some(with(low).min(mean));
        estimate.bound_high = Some(with(high).max(mean));
        estimate
    }

    fn quantile(&self, part: f64) -> Estimate {
        let value = self.at(part);
        let known = self.known();
        let spread = self.spread(|unit| (f64::from(unit.value <= value) - part) / known);
        let mut estimate = Estimate::exact(value, self.n);
        // Where more lies below the value, the quantile is smaller.
        estimate.low = Some(self.at(part - spread.above));
        estimate.high = Some(self.at(part + spread.below));
        let (low, high) = (self.at(ASSUMED.0), self.at(ASSUMED.1));
        let all = known + self.unknown;
        // All that is not known lies at the one end or at the other.
        let if_low = if part * all <= self.unknown {
            low
        } else {
            self.at((part * all - self.unknown) / known).max(low)
        };
        let if_high = if part * all > known { high } else { self.at(part * all / known).min(high) };
        estimate.bound_low = Some(if_low.min(value));
        estimate.bound_high = Some(if_high.max(value));
        estimate
    }

    /// The least value that at least a part of the known weight does not exceed.
    fn at(&self, part: f64) -> f64 {
        // What is a whole number of weights but for rounding is one.
        let wanted = part.clamp(0.0, 1.0) * self.known() * (1.0 - 4.0 * f64::EPSILON);
        let place = self.up_to.partition_point(|up_to| *up_to < wanted);
        self.units[place.min(self.units.len() - 1)].value
    }

    /// First-order propagation of the weights' intervals; weights that count models are exact.
    fn spread(&self, slope: impl Fn(&Unit) -> f64) -> Spread {
        let mut spread = Spread::default();
        if self.weight == Weight::Model || !self.sums.has_widths() {
            return spread;
        }
        for unit in &self.units {
            spread.add(slope(unit), self.sums.below(unit.code), self.sums.above(unit.code));
        }
        spread.joined()
    }
}
