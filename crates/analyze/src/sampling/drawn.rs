//! Intervals and tests of numbers from draws.

use schema::Estimate;
use stats::{Interval, percentile_interval};

use super::CONFIDENCE;

/// Draws in which a number is not defined, as a part of all, beyond which it has no interval.
const MOST_UNDEFINED: f64 = 0.05;

/// What a number would be if nothing had changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Zero {
    /// 0, as of a difference.
    Difference,
    /// 1, as of a ratio.
    Ratio,
}

/// Some numbers in every draw.
#[derive(Debug, Clone)]
pub(crate) struct Drawn {
    /// The numbers of each draw, which are not defined where they are NaN.
    draws: Vec<Vec<f64>>,
}

impl Drawn {
    /// Takes the numbers of each draw; a number that is not defined is NaN.
    pub(crate) fn new(draws: Vec<Vec<f64>>) -> Self {
        Self { draws }
    }

    /// How many draws there are.
    pub(crate) fn count(&self) -> usize {
        self.draws.len()
    }

    /// The numbers of one draw.
    pub(crate) fn draw(&self, draw: usize) -> &[f64] {
        &self.draws[draw]
    }

    fn defined(&self, number: usize) -> Option<Vec<f64>> {
        let values: Vec<f64> =
            self.draws.iter().map(|draw| draw[number]).filter(|value| !value.is_nan()).collect();
        let least = (1.0 - MOST_UNDEFINED) * self.draws.len() as f64;
        (!values.is_empty() && values.len() as f64 >= least).then_some(values)
    }

    /// The part of the draws, 0 to 1, in which a number is defined.
    pub(crate) fn part_defined(&self, number: usize) -> f64 {
        let defined = self.draws.iter().filter(|draw| !draw[number].is_nan()).count();
        defined as f64 / self.draws.len().max(1) as f64
    }

    /// The middle of those draws of a number in which it is defined.
    pub(crate) fn interval_of_defined(&self, number: usize) -> Option<Interval> {
        let defined = self.draws.iter().map(|draw| draw[number]).filter(|value| !value.is_nan());
        percentile_interval(&defined.collect::<Vec<f64>>(), CONFIDENCE)
    }

    /// The middle of the draws of a number; `None` where too many are not defined.
    pub(crate) fn interval(&self, number: usize) -> Option<Interval> {
        percentile_interval(&self.defined(number)?, CONFIDENCE)
    }

    /// Puts the interval of a number beside its estimate, where the estimate is defined.
    pub(crate) fn mark(&self, estimate: &mut Estimate, number: usize) {
        let interval = estimate.value.and_then(|_| self.interval(number));
        estimate.sampling_low = interval.map(|interval| interval.low);
        estimate.sampling_high = interval.map(|interval| interval.high).filter(|h| h.is_finite());
    }

    /// How often draws lie on the other side of no change, doubled: a two-sided test that agrees
    /// with the interval. At least 2 by the number of draws and one.
    ///
    /// Davison and Hinkley (1997), chapter 4.
    pub(crate) fn p_value(&self, number: usize, zero: Zero) -> Option<f64> {
        let values = self.defined(number)?;
        let none = match zero {
            Zero::Difference => 0.0,
            Zero::Ratio => 1.0,
        };
        let below = values.iter().filter(|value| **value <= none).count();
        let above = values.iter().filter(|value| **value >= none).count();
        let tail = (below.min(above) + 1) as f64 / (values.len() + 1) as f64;
        Some((2.0 * tail).min(1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: of 999 draws from −49 to 949, 50 are at most 0: 2·51/1,000.
    #[test]
    fn a_test_counts_the_draws_on_the_other_side() {
        let drawn = Drawn::new((0..999).map(|i| vec![f64::from(i) - 49.0]).collect());
        let p = drawn.p_value(0, Zero::Difference).unwrap();
        assert!((p - 0.102).abs() < 1e-12, "{p}");
        let interval = drawn.interval(0).unwrap();
        assert!(interval.low < 0.0 && interval.high > 900.0);
    }

    #[test]
    fn a_number_that_is_often_undefined_has_no_interval() {
        let of = |undefined: usize| {
            let draw = |i: usize| vec![if i < undefined { f64::NAN } else { i as f64 }];
            Drawn::new((0..100).map(draw).collect())
        };
        assert!(of(5).interval(0).is_some());
        assert!(of(6).interval(0).is_none() && of(6).p_value(0, Zero::Ratio).is_none());
    }
}
