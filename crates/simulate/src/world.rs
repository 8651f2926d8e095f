//! The economy, grown from a seed.

mod birth;
mod counting;
mod directory;
mod events;
mod lineage;

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};

use schema::{Day, Instant};

use crate::catalogue::Kind;
use crate::model::{Model, ObjectId};
use crate::numbers::{Draws, unit};
use crate::owners::{self, OwnerLabel};

use directory::Directory;
use events::{History, Vacancies};

pub(crate) use counting::{Counters, Counting};
pub use events::EventRates;
pub(crate) use events::has_come;

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
    /// How many models are born by `at`; where none is deleted, so many there are.
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
    /// Every id that a model ever had, and the bare names of models older than the floor.
    names: Directory,
    history: History,
    counting: Counting,
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

    /// What happens to models after their birth.
    pub(crate) fn history(&self) -> &History {
        &self.history
    }

    /// How downloads are counted.
    pub(crate) fn counting(&self) -> &Counting {
        &self.counting
    }

    /// Whether the Hub shows a model at a date.
    pub(crate) fn is_visible(&self, index: u32, at: Instant) -> bool {
        self.model(index).created_at() <= at && !self.history.is_deleted(index, at)
    }

    /// Models that the Hub shows at a date, by creation.
    pub(crate) fn visible(&self, at: Instant) -> impl Iterator<Item = (u32, &Model)> {
        let born = self.models.partition_point(|model| model.created_at() <= at);
        let models = self.models[..born].iter().enumerate();
        models
            .map(|(index, model)| (index as u32, model))
            .filter(move |(index, _)| !self.history.is_deleted(*index, at))
    }

    /// The id of a model at a date.
    pub(crate) fn id_at(&self, index: u32, at: Instant) -> &str {
        self.history.moved_id(index, at).unwrap_or(&self.model(index).id)
    }

    /// The model that a name, in whatever letter case, leads to at a date.
    ///
    /// A name that was given up leads to the model that had it, until another takes it.
    pub(crate) fn find(&self, name: &str, at: Instant) -> Option<u32> {
        self.names.find(name, at).filter(|index| self.is_visible(*index, at))
    }

    /// What the Hub shows of a model's downloads on a day.
    pub(crate) fn counters(&self, model: &Model, day: Day) -> Counters {
        self.counting.shown(model, day)
    }

    /// How many models the Hub shows at a date.
    #[must_use]
    pub fn model_count(&self, at: Instant) -> u64 {
        self.visible(at).count() as u64
    }
}

/// Grows an economy in which nothing happens to a model after its birth.
#[must_use]
pub fn world(options: &Options) -> World {
    world_with_events(options, &EventRates::NONE)
}

/// Grows an economy in which models are renamed, transferred, deleted and named anew, and in
/// which counting has its peculiarities; as many are born as without, and fewer remain.
#[must_use]
pub fn world_with_events(options: &Options, rates: &EventRates) -> World {
    let creations = creations(options);
    let mut growth = Growth {
        seed: options.seed,
        rates: *rates,
        individuals: owners::individuals(options.models),
        models: Vec::with_capacity(creations.len()),
        bases: BTreeMap::new(),
        ids: HashSet::with_capacity(creations.len()),
        names: Directory::with_capacity(creations.len()),
        history: History::default(),
        vacancies: Vacancies::new(),
    };
    for (number, seconds) in creations.into_iter().enumerate() {
        while let Some(Reverse((since, _))) = growth.vacancies.peek()
            && *since <= seconds
            && let Some(Reverse((since, id))) = growth.vacancies.pop()
        {
            growth.succeed(since, id);
        }
        growth.add(number as u64, seconds, None);
    }
    let Growth { mut models, individuals, names, history, .. } = growth;
    models.shrink_to_fit();
    let counting =
        if rates.has_counter_events { Counting::before(options.at) } else { Counting::default() };
    let labels = owners::labels(options.seed, individuals);
    World { models, names, history, counting, labels }
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
    rates: EventRates,
    individuals: u64,
    models: Vec<Model>,
    /// Indices of models that others are made from.
    bases: BTreeMap<Kind, Vec<u32>>,
    /// Lower-case ids that are or will be taken.
    ids: HashSet<Box<str>>,
    names: Directory,
    history: History,
    vacancies: Vacancies,
}

impl Growth {
    /// Adds the model that takes a name which another gave up.
    fn succeed(&mut self, seconds: u32, id: String) {
        self.history.successors.push(self.models.len() as u32);
        // Streams of successors are counted from the other end, away from those of births.
        let number = u64::MAX - self.history.successors.len() as u64;
        self.add(number, seconds, Some(id));
    }

    /// Adds the model of a stream of draws, under a name of its own or the one given.
    fn add(&mut self, number: u64, seconds: u32, name: Option<String>) {
        let mut draws = Draws::new(self.seed, number);
        let progress = (f64::from(seconds - FLOOR_SECONDS) / TREND_SECONDS).clamp(0.0, 1.0);
        let object_id = ObjectId::new(seconds, draws.bits());
        let mut model = birth::model(self, &mut draws, object_id, progress);
        model.id = name.unwrap_or_else(|| self.unique(&model.id));
        let base_share = model.origin.as_ref().map_or(1.0, |(relation, _)| relation.base_share());
        let index = self.models.len() as u32;
        if draws.chance(base_share) {
            self.bases.entry(model.architecture().kind).or_default().push(index);
        }
        self.names.claim(&model.id, seconds, index);
        if seconds < FIRST_SECONDS {
            self.names.claim_if_free(model.name(), seconds, index);
        }
        self.models.push(model);
        self.plan_events(index);
    }

    /// The id, or the first numbered form of it that is not taken.
    fn unique(&mut self, id: &str) -> String {
        let mut candidate = id.to_owned();
        let mut number = 2_u32;
        while !self.ids.insert(candidate.to_ascii_lowercase().into_boxed_str()) {
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

#[cfg(test)]
mod tests;
