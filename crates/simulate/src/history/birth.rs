//! How the models of a history come to be.

use std::collections::BTreeMap;

use super::HistoryOptions;
use super::owners::{self, is_driver, is_quantizer};
use super::plan::{CLASSES_AVAILABLE, OPEN_WEIGHTS_ELSE, Plan, SIZES, at_birth};
use super::{Class, Disclosure, Scenario};
use crate::numbers::{Draws, between};

/// Weeks after which nothing is left of a model's use, and so weeks for which the economy has
/// existed when the record begins: what is alive in its first week is of every age.
pub(super) const LIFE_WEEKS: u32 = 208;
/// Models of each driver, and the most of anyone else.
const MODELS_OF_DRIVER: usize = 80;
const MODELS_MAX: f64 = 24.0;
/// How much more the most used owner is used than the least, before chance.
const MOST_ATTENTION: f64 = 12.0;
/// How much more the most used model of an owner is used than the least.
const MOST_LEVEL: f64 = 5.0;
/// Births in the last week for one in the first.
const MORE_BIRTHS: f64 = 2.5;
/// The part of the crowd's models that are trained from others.
const FINETUNED: f64 = 0.4;
/// Draws after which a birth is where it fell last, whatever its chance.
const TRIES: usize = 64;

/// A model before anything is counted.
#[derive(Debug, Clone)]
pub(super) struct Life {
    pub(super) owner: u32,
    /// The week of its birth, before the record where negative.
    pub(super) born: i32,
    pub(super) traits: Traits,
    /// Its use when it is new, before demand.
    pub(super) level: f64,
    /// Weeks after which its use has fallen to a quarter.
    pub(super) fades_after: f64,
    pub(super) role: Role,
    /// The place of the model that it was made from, which is before its own.
    pub(super) root: Option<u32>,
    pub(super) parameters: u64,
}

/// What demand asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Traits {
    /// The place among [`SIZES`].
    pub(super) size: usize,
    pub(super) is_moe: bool,
    pub(super) is_multimodal: bool,
    pub(super) class: Class,
    pub(super) disclosure: Disclosure,
}

/// What the owner does with a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Originator,
    Finetuner,
    Quantizer,
}

/// What a model shares with what was made from it.
type Shape = (usize, bool, bool);

/// Draws all models, by birth.
pub(super) fn lives(options: &HistoryOptions, plan: &Plan) -> Vec<Life> {
    let mut lives = Vec::new();
    for owner in 0..options.owners {
        let mut draws = Draws::new(options.seed, u64::from(owner));
        let attention = attention(&mut draws);
        let count = count(&mut draws, owner);
        for _ in 0..count {
            lives.push(life(&mut draws, owner, attention, options, plan));
        }
    }
    // Stable, so that those of a week stay by owner.
    lives.sort_by_key(|life| life.born);
    find_roots(&mut Draws::new(options.seed, u64::MAX), &mut lives);
    lives
}

/// How many times the least an owner is used: a Pareto tail of exponent 4/3, cut.
fn attention(draws: &mut Draws) -> f64 {
    let tail = 1.0 - draws.unit();
    (1.0 / (tail.sqrt() * tail.sqrt().sqrt())).min(MOST_ATTENTION)
}

/// How many models an owner has: a Pareto tail of exponent 1, cut.
fn count(draws: &mut Draws, owner: u32) -> usize {
    // Drawn for drivers, too, so that the streams of all owners are alike.
    let tail = (1.5 / (1.0 - draws.unit())).min(MODELS_MAX);
    if is_driver(owner) { MODELS_OF_DRIVER } else { tail as usize }
}

fn life(
    draws: &mut Draws,
    owner: u32,
    attention: f64,
    options: &HistoryOptions,
    plan: &Plan,
) -> Life {
    let born = birth(draws, options);
    let traits = traits(draws, plan, born.max(0) as usize);
    let tail = 1.0 - draws.unit();
    let level = if is_driver(owner) {
        1.0 / tail.sqrt().sqrt()
    } else {
        attention * (1.0 / tail.sqrt()).min(MOST_LEVEL)
    };
    let fades_after = between(20.0, 140.0, draws.unit());
    let parameters = (SIZES[traits.size].0 * between(0.8, 1.2, draws.unit())) as u64;
    let is_finetuned = draws.chance(FINETUNED);
    let role = match (is_driver(owner), is_quantizer(owner)) {
        (_, true) => Role::Quantizer,
        (false, _) if is_finetuned => Role::Finetuner,
        _ => Role::Originator,
    };
    Life { owner, born, traits, level, fades_after, role, root: None, parameters }
}

/// The week of a birth: as likely in every week where nothing is planted, and more likely later
/// where growth is.
fn birth(draws: &mut Draws, options: &HistoryOptions) -> i32 {
    let span = LIFE_WEEKS + options.weeks;
    let mut born = 0;
    for _ in 0..TRIES {
        born = draws.below(span as usize) as i32 - LIFE_WEEKS as i32;
        let progress = f64::from(born.max(0)) / f64::from(options.weeks);
        let chance = between(1.0, MORE_BIRTHS, progress) / MORE_BIRTHS;
        if options.scenario == Scenario::Null || draws.chance(chance) {
            break;
        }
    }
    born
}

/// Draws what a model is by what is asked for about the week of its birth.
fn traits(draws: &mut Draws, plan: &Plan, week: usize) -> Traits {
    let size = draws.weighted((0..SIZES.len()).map(|size| plan.size_at_birth(week, size)));
    let is_moe = draws.chance(at_birth(&plan.experts, week));
    let is_multimodal = draws.chance(at_birth(&plan.multimodal, week));
    let is_available = draws.chance(at_birth(&plan.available, week));
    let (place, is_told) = (draws.unit(), draws.chance(0.5));
    let [open_source, open_weights] = CLASSES_AVAILABLE;
    let class = match place {
        place if is_available && place < open_source => Class::OpenSource,
        place if is_available && place < open_source + open_weights => Class::OpenWeights,
        place if !is_available && place < OPEN_WEIGHTS_ELSE => Class::OpenWeights,
        _ => Class::Restricted,
    };
    let disclosure = match (is_available, is_told) {
        (true, _) => Disclosure::Available,
        (false, true) => Disclosure::Disclosed,
        (false, false) => Disclosure::Neither,
    };
    Traits { size, is_moe, is_multimodal, class, disclosure }
}

/// Finds for each model that is made from another one of its shape that was there before and is
/// somebody else's; it has the root's parameters. Where there is none, the model is an original.
fn find_roots(draws: &mut Draws, lives: &mut [Life]) {
    let mut originals: BTreeMap<Shape, Vec<u32>> = BTreeMap::new();
    for place in 0..lives.len() {
        let Life { owner, role, traits, .. } = lives[place];
        let shape = (traits.size, traits.is_moe, traits.is_multimodal);
        if role == Role::Originator {
            originals.entry(shape).or_default().push(place as u32);
            continue;
        }
        let of_shape = originals.get(&shape).map_or(&[][..], Vec::as_slice);
        let others = of_shape.iter().filter(|root| lives[**root as usize].owner != owner);
        let others: Vec<u32> = others.copied().collect();
        if others.is_empty() {
            lives[place].role = Role::Originator;
            originals.entry(shape).or_default().push(place as u32);
            continue;
        }
        let root = draws.pick(&others);
        lives[place].root = Some(root);
        lives[place].parameters = lives[root as usize].parameters;
    }
}

/// The name of an owner's country and group.
pub(super) fn home(owner: u32) -> (&'static str, &'static str) {
    let country = &owners::COUNTRIES[owners::country_of(owner)];
    (country.code, country.group)
}
