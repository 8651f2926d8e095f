//! What happens to models after their birth: renames, transfers, deletions, names taken again.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use schema::Instant;

use super::Growth;
use crate::names;
use crate::numbers::{Draws, between};
use crate::owners::ORGANISATIONS;

const DAY_SECONDS: f64 = 86_400.0;
/// Sets the draws of events apart from those of births, which they must not disturb.
const STREAM: u64 = 0x5eed_e7e7;
/// How names that are given to a model later end.
const NEW_ENDINGS: [&str; 5] = ["-hf", "-release", "-final", "-preview", "-base"];

/// How much happens to models after their birth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EventRates {
    /// The share of models that get another name under the same owner, 0 to 1.
    pub renamed_share: f64,
    /// The share of models that go over to another owner, 0 to 1.
    pub transferred_share: f64,
    /// The share of models that are deleted, 0 to 1.
    pub deleted_share: f64,
    /// The share of names given up, by deletion or by a new name, that another model takes, 0 to 1.
    pub taken_again_share: f64,
    /// Whether counting changes: definitions, restatements and days without new counts.
    pub has_counter_events: bool,
}

impl EventRates {
    /// Nothing happens.
    pub const NONE: Self = Self {
        renamed_share: 0.0,
        transferred_share: 0.0,
        deleted_share: 0.0,
        taken_again_share: 0.0,
        has_counter_events: false,
    };

    /// About as much happens as on the real Hub.
    pub const USUAL: Self = Self {
        renamed_share: 0.015,
        transferred_share: 0.007,
        deleted_share: 0.02,
        taken_again_share: 1.0 / 3.0,
        has_counter_events: true,
    };
}

/// A model's new id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Move {
    /// Seconds since 1970 from which it is known by it.
    pub(crate) since: u32,
    /// The new id.
    pub(crate) id: Box<str>,
}

/// All that ever happens to models, by index.
#[derive(Debug, Clone, Default)]
pub(crate) struct History {
    /// New ids, by time.
    pub(crate) moves: HashMap<u32, Vec<Move>>,
    /// Deletions, in seconds since 1970.
    pub(crate) deletions: HashMap<u32, u32>,
    /// Models that took the name of another.
    pub(crate) successors: Vec<u32>,
}

impl History {
    /// The new id that a model has at a date, if it has one by then.
    pub(crate) fn moved_id(&self, index: u32, at: Instant) -> Option<&str> {
        let moves = self.moves.get(&index)?;
        moves.iter().rev().find(|it| has_come(it.since, at)).map(|it| &*it.id)
    }

    /// Whether a model is deleted by a date.
    pub(crate) fn is_deleted(&self, index: u32, at: Instant) -> bool {
        self.deletions.get(&index).is_some_and(|since| has_come(*since, at))
    }
}

/// Whether a time in seconds since 1970 is not later than `at`.
pub(crate) fn has_come(seconds: u32, at: Instant) -> bool {
    i64::from(seconds) * 1_000 <= at.millis()
}

/// Names that will be taken again: when, and which.
pub(super) type Vacancies = BinaryHeap<Reverse<(u32, String)>>;

impl Growth {
    /// Draws what will happen to the model with this index, which has just been born.
    pub(super) fn plan_events(&mut self, index: u32) {
        if self.rates == EventRates::NONE {
            return;
        }
        let model = &self.models[index as usize];
        let born = (model.created_at().millis() / 1_000) as u32;
        let mut id = model.id.clone();
        let mut draws = Draws::new(self.seed ^ STREAM, u64::from(index));
        let after = |draws: &mut Draws, share: f64, from: f64, to: f64| {
            let (happens, place) = (draws.chance(share), draws.unit());
            let seconds = between(from, to, place) * DAY_SECONDS;
            happens.then(|| born.saturating_add(seconds as u32))
        };
        let renamed = after(&mut draws, self.rates.renamed_share, 20.0, 700.0);
        let transferred = after(&mut draws, self.rates.transferred_share, 20.0, 700.0);
        let deleted = after(&mut draws, self.rates.deleted_share, 5.0, 700.0);
        let mut moves = [(renamed, false), (transferred, true)];
        moves.sort_unstable();
        let mut taken = Vec::new();
        for (since, is_transfer) in moves {
            let Some(since) = since.filter(|since| deleted.is_none_or(|deleted| *since < deleted))
            else {
                continue;
            };
            let wanted = new_id(self, &mut draws, &id, is_transfer);
            let new = self.unique(&wanted);
            self.names.claim(&new, since, index);
            self.vacate(&mut draws, since, std::mem::replace(&mut id, new.clone()));
            taken.push(Move { since, id: new.into() });
        }
        if !taken.is_empty() {
            self.history.moves.insert(index, taken);
        }
        if let Some(deleted) = deleted {
            self.history.deletions.insert(index, deleted);
            self.vacate(&mut draws, deleted, id);
        }
    }

    /// Lets a name be taken again, a while after it was given up, or not.
    fn vacate(&mut self, draws: &mut Draws, since: u32, id: String) {
        let (is_taken, place) = (draws.chance(self.rates.taken_again_share), draws.unit());
        if is_taken {
            let after = between(2.0, 90.0, place) * DAY_SECONDS;
            self.vacancies.push(Reverse((since.saturating_add(after as u32), id)));
        }
    }
}

/// The id that a model gets by a rename or by a transfer.
fn new_id(growth: &Growth, draws: &mut Draws, id: &str, is_transfer: bool) -> String {
    let (owner, name) = id.split_once('/').unwrap_or(("", id));
    if !is_transfer {
        let name = names::with_ending(owner, name, draws.pick(&NEW_ENDINGS));
        return format!("{owner}/{name}");
    }
    let is_organisation = draws.chance(0.5);
    let (organisation, number) =
        (draws.pick(ORGANISATIONS), draws.below(growth.individuals as usize) as u64);
    let new_owner = if is_organisation && organisation.name != owner {
        organisation.name.to_owned()
    } else {
        names::individual(growth.seed, number)
    };
    format!("{new_owner}/{}", names::with_ending(&new_owner, name, ""))
}

#[cfg(test)]
mod tests;
