//! Plants anomalies in the lives of models, at most one in each.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::numbers::{Draws, between};

use super::flow::Life;
use super::{Planted, PlantedKind, PlantedOptions};

/// Weeks after birth before anything is planted.
const SETTLED: u32 = 16;
/// Weeks after birth before a floor is laid.
const OLD: u32 = 60;
/// Downloads a week below which no jump is planted.
const LEAST_LEVEL: f64 = 20.0;
const SPIKES: [f64; 6] = [3.0, 5.0, 10.0, 100.0, 0.2, 0.05];
const SHIFTS: [f64; 5] = [3.0, 5.0, 10.0, 0.2, 0.05];
const SHARED: [f64; 4] = [2.0, 3.0, 5.0, 0.3];
const FLOORS: [f64; 5] = [2.0, 4.0, 8.0, 20.0, 60.0];

/// Plants, and says what.
pub(super) fn plant(
    draws: &mut Draws,
    lives: &mut [Life],
    options: &PlantedOptions,
) -> Vec<Planted> {
    let mut planted = Vec::new();
    for models in by_owner(lives) {
        match draws.below(12) {
            0 => planted.extend(jump_together(draws, lives, models, options)),
            1 => planted.extend(lay_floor(draws, lives, models, options)),
            _ => planted.extend(models.filter_map(|model| jump(draws, lives, model, options))),
        }
    }
    planted.sort_by_key(|it: &Planted| (it.kind, it.model));
    planted
}

/// Places of the models of each owner, who has them in a row.
fn by_owner(lives: &[Life]) -> Vec<Range<usize>> {
    let mut ranges: BTreeMap<u32, Range<usize>> = BTreeMap::new();
    for (place, life) in lives.iter().enumerate() {
        ranges.entry(life.owner).or_insert(place..place).end = place + 1;
    }
    ranges.into_values().collect()
}

/// Plants a spike or a shift in one model of six that is used enough.
fn jump(
    draws: &mut Draws,
    lives: &mut [Life],
    model: usize,
    options: &PlantedOptions,
) -> Option<Planted> {
    if !draws.chance(1.0 / 6.0) {
        return None;
    }
    let life = &mut lives[model];
    let settled = life.first_week + SETTLED;
    if settled + 2 >= options.weeks {
        return None;
    }
    let from = settled + draws.below((options.weeks - settled - 1) as usize) as u32;
    let level = life.flows[(from - life.first_week) as usize];
    if level < LEAST_LEVEL {
        return None;
    }
    let (kind, size, weeks) = if draws.chance(0.6) {
        (PlantedKind::Spike, draws.pick(&SPIKES), 1 + draws.below(3) as u32)
    } else {
        (PlantedKind::Shift, draws.pick(&SHIFTS), options.weeks)
    };
    let weeks = weeks.min(options.weeks - from);
    // What lasts begins on some day of its first week.
    let part = if weeks > 1 { between(0.3, 1.0, draws.unit()) } else { 1.0 };
    multiply(life, from, weeks, size, part);
    Some(Planted { kind, model: model as u32, from, weeks, size, level })
}

/// Lets most models of an owner jump in one week, for the week or for good.
fn jump_together(
    draws: &mut Draws,
    lives: &mut [Life],
    models: Range<usize>,
    options: &PlantedOptions,
) -> Vec<Planted> {
    let size = draws.pick(&SHARED);
    let joins = between(0.6, 1.0, draws.unit());
    let from = options.weeks / 2 + 4 + draws.below((options.weeks / 2 - 6) as usize) as u32;
    let weeks = if draws.chance(0.5) { 1 } else { options.weeks - from };
    let mut planted = Vec::new();
    for model in models {
        let life = &mut lives[model];
        if life.first_week + SETTLED > from || !draws.chance(joins) {
            continue;
        }
        let level = life.flows[(from - life.first_week) as usize];
        if level >= LEAST_LEVEL {
            multiply(life, from, weeks, size, 1.0);
            let kind = PlantedKind::Synchronous;
            planted.push(Planted { kind, model: model as u32, from, weeks, size, level });
        }
    }
    planted
}

/// Lets the old models of an owner with ten or more of them fall out of use, but for a floor.
fn lay_floor(
    draws: &mut Draws,
    lives: &mut [Life],
    models: Range<usize>,
    options: &PlantedOptions,
) -> Vec<Planted> {
    let size = draws.pick(&FLOORS);
    let is_old = |life: &Life| life.first_week + OLD + 13 < options.weeks;
    let old: Vec<usize> = models.filter(|model| is_old(&lives[*model])).collect();
    if old.len() < 10 {
        return Vec::new();
    }
    let mut planted = Vec::new();
    for model in old {
        // One model in seven is in use still.
        if draws.chance(1.0 / 7.0) {
            continue;
        }
        let life = &mut lives[model];
        let from = life.first_week + OLD;
        let level = life.flows[OLD as usize];
        life.flows[OLD as usize..].fill(size);
        let weeks = options.weeks - from;
        let kind = PlantedKind::Floor;
        planted.push(Planted { kind, model: model as u32, from, weeks, size, level });
    }
    planted
}

/// Multiplies the flow of some weeks; of the first of them only a part is odd.
fn multiply(life: &mut Life, from: u32, weeks: u32, size: f64, part: f64) {
    let first = (from - life.first_week) as usize;
    for (place, flow) in life.flows[first..first + weeks as usize].iter_mut().enumerate() {
        *flow *= if place == 0 { 1.0 + (size - 1.0) * part } else { size };
    }
}
