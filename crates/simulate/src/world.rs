//! The economy, grown from a seed.

mod birth;
mod lineage;

use std::collections::{BTreeMap, HashMap, HashSet};

use schema::Instant;

use crate::catalogue::Kind;
use crate::model::{Model, ObjectId};
use crate::numbers::{Draws, unit};
use crate::owners::{self, OwnerLabel};

/// Creation of every repository that is older than the field: 2022-03-02T23:29:04Z.
const FLOOR_SECONDS: u32 = 0x621f_fdc0;
/// The first creation that is a real one.
const FIRST_SECONDS: u32 = FLOOR_SECONDS + 2;
/// The share of models that are older than the field.
const FLOOR_SHARE: f64 = 0.02;
/// Days after the date asked for during which models are still born.
const HORIZON_DAYS: f64 = 365.0;
const DAY_SECONDS: f64 = 86_400.0;
/// Seconds from the floor until planted trends have run their course: about 4.5 years.
const TREND_SECONDS: f64 = 1_650.0 * DAY_SECONDS;

/// What the economy is grown from; the same options grow the same economy on every machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// How many models there are at `at`.
    pub models: u64,
    /// The seed of every draw.
    pub seed: u64,
    /// The simulated now, from 2022-03-04 on. Models are born for up to a year after it, so that the date can move.
    pub at: Instant,
}

/// A whole economy: every model with all that will ever happen to it.
#[derive(Debug, Clone)]
pub struct World {
    /// By creation.
    models: Vec<Model>,
    /// Lower-case ids, and the bare names under which models older than the floor were known.
    by_name: HashMap<String, u32>,
    labels: Vec<OwnerLabel>,
}

impl World {
    /// Every model, by creation.
    pub(crate) fn models(&self) -> &[Model] {
        &self.models
    }

    /// The model with this index.
    pub(crate) fn model(&self, index: u32) -> &Model {
        &self.models[index as usize]
    }

    /// The index of the model that is or was known by this name, in whatever letter case.
    pub(crate) fn find(&self, name: &str) -> Option<u32> {
        self.by_name.get(&name.to_ascii_lowercase()).copied()
    }

    /// How many models the Hub shows at a date.
    #[must_use]
    pub fn model_count(&self, at: Instant) -> u64 {
        self.models.partition_point(|model| model.created_at() <= at) as u64
    }
}

/// Grows an economy.
#[must_use]
pub fn world(options: &Options) -> World {
    let mut growth = Growth {
        seed: options.seed,
        individuals: owners::individuals(options.models),
        models: Vec::new(),
        bases: BTreeMap::new(),
        ids: HashSet::new(),
    };
    for (number, seconds) in creations(options).into_iter().enumerate() {
        growth.add(number as u64, seconds);
    }
    let Growth { models, individuals, .. } = growth;
    let by_name = names(&models);
    World { models, by_name, labels: owners::labels(options.seed, individuals) }
}

/// What a review of the economy's owners would find, sorted by owner.
///
/// Most individuals are not in it: nobody has looked at them.
#[must_use]
pub fn owner_registry(world: &World) -> Vec<OwnerLabel> {
    world.labels.clone()
}

/// An economy while it grows.
struct Growth {
    seed: u64,
    individuals: u64,
    models: Vec<Model>,
    /// Indices of models that others are made from.
    bases: BTreeMap<Kind, Vec<u32>>,
    /// Lower-case ids that are taken.
    ids: HashSet<String>,
}

impl Growth {
    fn add(&mut self, number: u64, seconds: u32) {
        let mut draws = Draws::new(self.seed, number);
        let progress = (f64::from(seconds - FLOOR_SECONDS) / TREND_SECONDS).clamp(0.0, 1.0);
        let object_id = ObjectId::new(seconds, draws.bits());
        let mut model = birth::model(self, &mut draws, object_id, progress);
        model.id = self.unique(&model.id);
        let base_share = model.origin.as_ref().map_or(1.0, |(relation, _)| relation.base_share());
        if draws.chance(base_share) {
            let bases = self.bases.entry(model.architecture().kind).or_default();
            bases.push(self.models.len() as u32);
        }
        self.models.push(model);
    }

    /// The id, or the first numbered form of it that is not taken.
    fn unique(&mut self, id: &str) -> String {
        let mut candidate = id.to_owned();
        let mut number = 2_u32;
        while !self.ids.insert(candidate.to_ascii_lowercase()) {
            candidate = format!("{id}-v{number}");
            number += 1;
        }
        candidate
    }
}

/// Creations in seconds since 1970, ascending: the number of models grows with time squared.
fn creations(options: &Options) -> Vec<u32> {
    let now = (options.at.millis().div_euclid(1000)).clamp(0, i64::from(u32::MAX)) as f64;
    let elapsed = (now - f64::from(FIRST_SECONDS)).max(DAY_SECONDS);
    let old = (options.models as f64 * FLOOR_SHARE) as u64;
    let young = options.models - old;
    let horizon = elapsed.min(HORIZON_DAYS * DAY_SECONDS);
    let reach = 1.0 + horizon / elapsed;
    let total = (young as f64 * reach * reach) as u64;
    let mut creations: Vec<u32> =
        (0..old).map(|number| FLOOR_SECONDS + (number % 2) as u32).collect();
    for number in 0..total {
        let place = unit(crate::numbers::mix(options.seed ^ number));
        let passed = ((number as f64 + place) / young as f64).sqrt() * elapsed;
        creations.push(FIRST_SECONDS + passed.min(elapsed * reach) as u32);
    }
    creations.sort_unstable();
    creations
}

fn names(models: &[Model]) -> HashMap<String, u32> {
    let mut names = HashMap::with_capacity(models.len());
    for (index, model) in models.iter().enumerate() {
        names.insert(model.id.to_ascii_lowercase(), index as u32);
        let is_old = model.created_at().millis() < i64::from(FIRST_SECONDS) * 1000;
        if is_old {
            names.entry(model.name().to_ascii_lowercase()).or_insert(index as u32);
        }
    }
    names
}

#[cfg(test)]
mod tests;
