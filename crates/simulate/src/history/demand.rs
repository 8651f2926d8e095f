//! How often each model is expected to be downloaded in each week.
//!
//! A model fades from its birth, and demand weighs it: by what it is, its weight is the share that
//! is planted in the week over the share by which it was drawn at its birth. So in every week the
//! models of every age have, in expectation, the planted shares.

use super::Scenario;
use super::birth::{LIFE_WEEKS, Life, Traits};
use super::owners::{COUNTRIES, DRIVERS, country_of, is_driver, is_quantizer};
use super::plan::{Plan, at_birth};

/// Steps of fitting the factors of countries and trades, which change nothing long before.
const STEPS: usize = 100;

/// Whether an owner quantizes, as a place.
type Trades = [f64; 2];

/// The expected downloads of each model in each week from its birth, or the record's first.
pub(super) fn expected(
    scenario: Scenario,
    owners: u32,
    lives: &[Life],
    plan: &Plan,
) -> Vec<Vec<f64>> {
    let crowd = Crowd::count(owners);
    let weeks = plan.total.len();
    let factors: Vec<_> = (0..weeks).map(|week| crowd.factors(plan, week)).collect();
    let mut flows: Vec<Vec<f64>> = Vec::with_capacity(lives.len());
    for life in lives {
        let trade = usize::from(is_quantizer(life.owner));
        let country = country_of(life.owner);
        let flow = (life.born.max(0) as usize..weeks).map(|week| {
            let (countries, trades) = &factors[week];
            let of_owner =
                if is_driver(life.owner) { 1.0 } else { countries[country] * trades[trade] };
            let age = (week as i32 - life.born) as u32;
            of_owner * life.level * fading(age, life.fades_after)
        });
        flows.push(flow.collect());
    }
    scale(scenario, lives, plan, &mut flows);
    // Weighed last: to scale what is weighed would favour what has little weight.
    for (life, flow) in lives.iter().zip(&mut flows) {
        for (week, expected) in (weeks - flow.len()..).zip(flow) {
            *expected *= weight(plan, life, week);
        }
    }
    flows
}

/// What is left of a model's use at an age in weeks: a quarter after some time, and nothing at
/// the end of its life.
pub(super) fn fading(age: u32, fades_after: f64) -> f64 {
    let scaled = 1.0 + f64::from(age) / fades_after;
    let left = 1.0 - f64::from(age) / f64::from(LIFE_WEEKS);
    left.max(0.0) / (scaled * scaled)
}

/// How much more is asked for what a model is than when it was born.
fn weight(plan: &Plan, life: &Life, week: usize) -> f64 {
    let born = life.born.max(0) as usize;
    let Traits { size, is_moe, is_multimodal, disclosure, .. } = life.traits;
    let part = |is_so: bool, shares: &[f64]| {
        let of = |share: f64| if is_so { share } else { 1.0 - share };
        of(shares[week]) / of(at_birth(shares, born))
    };
    plan.size(week, size) / plan.size_at_birth(born, size)
        * part(is_moe, &plan.experts)
        * part(is_multimodal, &plan.multimodal)
        * part(disclosure.is_available(), &plan.available)
}

/// Gives each driver, and all others together, their share before demand weighs their models: in
/// every week where something is planted; where nothing is, over the whole record, so that chance
/// has its way in between.
fn scale(scenario: Scenario, lives: &[Life], plan: &Plan, flows: &mut [Vec<f64>]) {
    let weeks = plan.total.len();
    let part_of = |life: &Life| (life.owner as usize).min(DRIVERS);
    let mut sums = vec![[0.0; DRIVERS + 1]; weeks];
    for (life, flow) in lives.iter().zip(&*flows) {
        for (week, expected) in (weeks - flow.len()..).zip(flow) {
            sums[week][part_of(life)] += expected;
        }
    }
    if scenario == Scenario::Null {
        let means = std::array::from_fn(|part| {
            sums.iter().map(|sums| sums[part]).sum::<f64>() / weeks as f64
        });
        sums.fill(means);
    }
    let share = |week: usize, part: usize| {
        plan.drivers[week].get(part).copied().unwrap_or_else(|| plan.crowd_share(week))
    };
    for (life, flow) in lives.iter().zip(flows) {
        let part = part_of(life);
        for (week, expected) in (weeks - flow.len()..).zip(flow) {
            *expected *= plan.total[week] * share(week, part) / sums[week][part];
        }
    }
}

/// How many owners that are no drivers there are, by country and trade.
struct Crowd([Trades; COUNTRIES.len()]);

impl Crowd {
    fn count(owners: u32) -> Self {
        let mut counts = [[0.0; 2]; COUNTRIES.len()];
        for owner in (0..owners).filter(|owner| !is_driver(*owner)) {
            counts[country_of(owner)][usize::from(is_quantizer(owner))] += 1.0;
        }
        Self(counts)
    }

    /// Factors for countries and trades by which both have their planted shares, by proportional
    /// fitting (Deming and Stephan 1940).
    fn factors(&self, plan: &Plan, week: usize) -> ([f64; COUNTRIES.len()], Trades) {
        let quantized = plan.quantized_in_crowd(week);
        let wanted = [1.0 - quantized, quantized];
        let (mut countries, mut trades) = ([1.0; COUNTRIES.len()], [1.0; 2]);
        for _ in 0..STEPS {
            for (country, factor) in countries.iter_mut().enumerate() {
                let sum: f64 = (0..2).map(|trade| self.0[country][trade] * trades[trade]).sum();
                // A country without owners has no downloads, and its share goes to all others.
                *factor = if sum > 0.0 { plan.crowd[week][country] / sum } else { 0.0 };
            }
            for (trade, factor) in trades.iter_mut().enumerate() {
                let of = |country: usize| self.0[country][trade] * countries[country];
                let sum: f64 = (0..COUNTRIES.len()).map(of).sum();
                *factor = if sum > 0.0 { wanted[trade] / sum } else { 0.0 };
            }
        }
        (countries, trades)
    }
}
