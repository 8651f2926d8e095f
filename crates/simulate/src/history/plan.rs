//! What is planted: the share of everything in every week, before anything is drawn.

use std::ops::Range;

use super::Scenario;
use super::owners::{COUNTRIES, DRIVERS, DRIVERS_A_ROUND, is_driver};
use crate::numbers::between;

/// Downloads of an owner in a week, on average over all owners, at the beginning.
const DOWNLOADS_AN_OWNER: f64 = 2_000.0;
/// By how much all downloads grow from the beginning to the end.
const GROWTH: f64 = 4.0;

/// Shares of the first round's drivers before it, at its height, and after it.
const FIRST: [[f64; DRIVERS_A_ROUND]; 3] = [
    [0.030, 0.025, 0.020, 0.015, 0.012, 0.010],
    [0.080, 0.070, 0.060, 0.050, 0.040, 0.030],
    [0.022, 0.018, 0.014, 0.010, 0.008, 0.006],
];
/// Shares of the second round's drivers before it and at its height.
const SECOND: [[f64; DRIVERS_A_ROUND]; 2] =
    [[0.010, 0.008, 0.007, 0.006, 0.005, 0.004], [0.070, 0.060, 0.050, 0.045, 0.040, 0.035]];
/// When the first round begins, is at its height, begins to fall and has fallen, and when the
/// second begins and is at its height; in parts of the history.
pub(super) const TURNS: [f64; 6] = [0.12, 0.32, 0.36, 0.60, 0.66, 0.94];

/// Sizes in parameters, each with its share where models are small and where they are large.
pub(super) const SIZES: [(f64, f64, f64); 8] = [
    (0.11e9, 0.45, 0.00),
    (0.35e9, 0.30, 0.00),
    (1.5e9, 0.20, 0.15),
    (8e9, 0.05, 0.30),
    (32e9, 0.00, 0.33),
    (70e9, 0.00, 0.15),
    (120e9, 0.00, 0.05),
    (235e9, 0.00, 0.02),
];
/// The mean size by download in the first quarter of the history, in parameters, and by what it
/// has been multiplied in the last.
const FIRST_SIZE: f64 = 1.3e9;
pub(super) const SIZE_RATIO: f64 = 17.0;
/// The shares in the second quarter and in the last.
const EXPERTS: [f64; 2] = [0.04, 0.28];
const MULTIMODAL: [f64; 2] = [0.06, 0.204];
/// The shares in the first quarter and in the last.
const AVAILABLE: [f64; 2] = [0.79, 0.40];
const QUANTIZED: [f64; 2] = [0.04, 0.20];

/// The part of births that is of what will be asked for in the end.
const AHEAD: f64 = 0.25;

/// The part of the models whose training data is available that are open source, and open weights;
/// the rest is restricted.
pub(super) const CLASSES_AVAILABLE: [f64; 2] = [0.85, 0.10];
/// The part of the other models that are open weights.
pub(super) const OPEN_WEIGHTS_ELSE: f64 = 0.70;

/// The shares that are planted, week by week.
pub(super) struct Plan {
    /// Downloads of all models.
    pub(super) total: Vec<f64>,
    /// Shares of the drivers.
    pub(super) drivers: Vec<[f64; DRIVERS]>,
    /// Shares of countries in what is not the drivers'.
    pub(super) crowd: Vec<[f64; COUNTRIES.len()]>,
    /// The share of downloads whose size is drawn from the large ones.
    pub(super) large: Vec<f64>,
    /// The share of mixtures of experts.
    pub(super) experts: Vec<f64>,
    /// The share of models of texts and images.
    pub(super) multimodal: Vec<f64>,
    /// The share with training data that is available.
    pub(super) available: Vec<f64>,
    /// The share of what quantizers publish.
    pub(super) quantized: Vec<f64>,
}

impl Plan {
    /// Plants a history, or the middle of one in every week.
    pub(super) fn new(weeks: u32, owners: u32, scenario: Scenario) -> Self {
        let progress: Vec<f64> =
            (0..weeks).map(|week| (f64::from(week) + 0.5) / f64::from(weeks)).collect();
        let start = DOWNLOADS_AN_OWNER * f64::from(owners);
        let total: Vec<f64> = progress.iter().map(|at| start * between(1.0, GROWTH, *at)).collect();
        let squares: Vec<f64> = progress.iter().map(|at| at * at).collect();
        let cubes: Vec<f64> = progress.iter().map(|at| at * at * at).collect();
        let [small, large] = mean_sizes();
        let large_for = |size: f64| (size - small) / (large - small);
        let sizes = [large_for(FIRST_SIZE), large_for(FIRST_SIZE * SIZE_RATIO)];
        let plan = Self {
            large: ramp(&cubes, &total, [0, 3], sizes),
            experts: ramp(&cubes, &total, [1, 3], EXPERTS),
            multimodal: ramp(&squares, &total, [1, 3], MULTIMODAL),
            available: ramp(&progress, &total, [0, 3], AVAILABLE),
            quantized: ramp(&squares, &total, [0, 3], QUANTIZED),
            drivers: progress.iter().map(|at| drivers(*at)).collect(),
            crowd: progress.iter().map(|at| crowd(*at)).collect(),
            total,
        };
        match scenario {
            Scenario::Planted => plan,
            Scenario::Null => plan.flat(),
        }
    }

    /// What the drivers leave to all others.
    pub(super) fn crowd_share(&self, week: usize) -> f64 {
        1.0 - self.drivers[week].iter().sum::<f64>()
    }

    /// The share of a country in a week.
    pub(super) fn country(&self, week: usize, country: usize) -> f64 {
        let of = |round: usize| {
            let from = round * DRIVERS_A_ROUND;
            self.drivers[week][from..from + DRIVERS_A_ROUND].iter().sum::<f64>()
        };
        // The drivers of a round are those of the country of its place.
        let drivers = if country < 2 { of(country) } else { 0.0 };
        drivers + self.crowd_share(week) * self.crowd[week][country]
    }

    /// The share of a size, by its place among [`SIZES`], in a week.
    pub(super) fn size(&self, week: usize, size: usize) -> f64 {
        let (_, small, large) = SIZES[size];
        between(small, large, self.large[week])
    }

    /// The share of a size among the births of a week.
    pub(super) fn size_at_birth(&self, week: usize, size: usize) -> f64 {
        between(self.size(week, size), self.size(self.total.len() - 1, size), AHEAD)
    }

    /// The mean size by download in a week, in parameters.
    pub(super) fn mean_size(&self, week: usize) -> f64 {
        let [small, large] = mean_sizes();
        between(small, large, self.large[week])
    }

    /// The share of downloads of an owner's kind of trade among those that are not drivers'.
    pub(super) fn quantized_in_crowd(&self, week: usize) -> f64 {
        self.quantized[week] / self.crowd_share(week)
    }

    /// The same in every week: the middle of the planted.
    fn flat(self) -> Self {
        let middle = |values: &[f64]| vec![values[values.len() / 2]; values.len()];
        let weeks = self.total.len();
        let between_extremes = |driver: usize| {
            let shares = || self.drivers.iter().map(|shares| shares[driver]);
            let (low, high) = (shares().fold(1.0, f64::min), shares().fold(0.0, f64::max));
            f64::midpoint(low, high)
        };
        Self {
            total: middle(&self.total),
            drivers: vec![std::array::from_fn(between_extremes); weeks],
            crowd: vec![self.crowd[weeks / 2]; weeks],
            large: middle(&self.large),
            experts: middle(&self.experts),
            multimodal: middle(&self.multimodal),
            available: middle(&self.available),
            quantized: middle(&self.quantized),
        }
    }
}

/// The share among the births of a week of what has these shares of downloads: most of them follow
/// what is asked for, and some what will be asked for in the end, so that what is rare is never
/// the work of one model.
pub(super) fn at_birth(shares: &[f64], week: usize) -> f64 {
    between(shares[week], shares[shares.len() - 1], AHEAD)
}

/// The weeks of a quarter of the history, 0 to 3: the years, where it has four.
pub(super) fn quarter(weeks: usize, place: usize) -> Range<usize> {
    weeks * place / 4..weeks * (place + 1) / 4
}

/// The mean of the small sizes and of the large ones.
fn mean_sizes() -> [f64; 2] {
    let mean = |share: fn(&(f64, f64, f64)) -> f64| SIZES.iter().map(|it| it.0 * share(it)).sum();
    [mean(|it| it.1), mean(|it| it.2)]
}

/// A line in `shape` that has the two values, on average by `weight`, in two quarters.
fn ramp(shape: &[f64], weight: &[f64], quarters: [usize; 2], values: [f64; 2]) -> Vec<f64> {
    let [first, last] = quarters.map(|place| mean(shape, weight, quarter(shape.len(), place)));
    let slope = (values[1] - values[0]) / (last - first);
    shape.iter().map(|at| values[0] + (at - first) * slope).collect()
}

/// The mean of some weeks' values by their weight.
pub(super) fn mean(values: &[f64], weights: &[f64], weeks: Range<usize>) -> f64 {
    let sum: f64 = weeks.clone().map(|week| values[week] * weights[week]).sum();
    sum / weights[weeks].iter().sum::<f64>()
}

fn crowd(progress: f64) -> [f64; COUNTRIES.len()] {
    COUNTRIES.each_ref().map(|country| between(country.first, country.last, progress))
}

fn drivers(progress: f64) -> [f64; DRIVERS] {
    let [begins, peaks, falls, has_fallen, begins_again, ends] = TURNS;
    let part = |from: f64, to: f64| ((progress - from) / (to - from)).clamp(0.0, 1.0);
    std::array::from_fn(|driver| {
        debug_assert!(is_driver(driver as u32));
        if driver < DRIVERS_A_ROUND {
            let [before, height, after] = FIRST.map(|shares| shares[driver]);
            let rising = between_squares(before, height, part(begins, peaks));
            between_squares(rising, after, part(falls, has_fallen))
        } else {
            let [before, height] = SECOND.map(|shares| shares[driver - DRIVERS_A_ROUND]);
            between_squares(before, height, part(begins_again, ends))
        }
    })
}

/// Between two shares so that their squares go along a line: what they add to the index of
/// Herfindahl and Hirschman turns at the dates that are planted, and goes straight between them.
fn between_squares(from: f64, to: f64, part: f64) -> f64 {
    between(from * from, to * to, part).sqrt()
}
