//! Which records are of one model, found out from their ids alone.

use std::collections::HashMap;
use std::ops::Range;

use arrow_array::cast::AsArray;
use arrow_array::types::TimestampMillisecondType;
use arrow_array::{Array, RecordBatch};
use schema::Instant;

use crate::Registry;
use crate::identity::current_id;

/// Stands for no text and no model.
const NONE: u32 = u32::MAX;

/// Takes the ids of all records of all snapshots, snapshot by snapshot, and then knows the models.
///
/// Texts are held once and numbered, so that a record costs 12 bytes.
#[derive(Debug)]
pub struct IdentityFinder<'a> {
    registry: &'a Registry,
    numbers: HashMap<Box<str>, u32>,
    /// For each id the `_id` it was last seen with, so that sources without `_id` join by name.
    newest: HashMap<u32, (Instant, Box<str>)>,
    snapshots: Vec<Vec<Identity>>,
}

/// Of which model a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identity {
    /// The model's place among all of the collection; of a record that does not count, none.
    model: u32,
    /// The number of the id that the model carries today, as far as this record knows.
    model_id: u32,
    /// The number of the Hub's `_id`, where the record has it.
    hub_id: u32,
}

/// The models of a collection, and of which of them each record is.
#[derive(Debug)]
pub struct Identities {
    texts: Vec<Box<str>>,
    /// The numbers of the models' keys, in the order of the keys.
    keys: Vec<u32>,
    snapshots: Vec<Vec<Identity>>,
}

impl Identity {
    const OF_NONE: Self = Self { model: NONE, model_id: NONE, hub_id: NONE };
}

impl<'a> IdentityFinder<'a> {
    /// Has seen nothing.
    #[must_use]
    pub fn new(registry: &'a Registry) -> Self {
        Self { registry, numbers: HashMap::new(), newest: HashMap::new(), snapshots: Vec::new() }
    }

    /// Begins the next snapshot.
    pub fn begin_snapshot(&mut self) {
        self.snapshots.push(Vec::new());
    }

    /// Takes the next rows of the snapshot, which have the [`super::ID_COLUMNS`] in their order;
    /// those whose ordinal `counts` denies are of no model.
    ///
    /// Returns the newest instant of those that count.
    ///
    /// # Panics
    ///
    /// When the columns are others, or no snapshot was begun.
    pub fn see_batch(
        &mut self,
        batch: &RecordBatch,
        counts: impl Fn(i64) -> bool,
    ) -> Option<Instant> {
        let ordinal = batch.column(0).as_primitive::<arrow_array::types::Int64Type>();
        let model_id = batch.column(1).as_string::<i32>();
        let hub_id = batch.column(2).as_string::<i32>();
        let at = batch.column(3).as_primitive::<TimestampMillisecondType>();
        let mut newest = None;
        for row in 0..batch.num_rows() {
            if !counts(ordinal.value(row)) {
                self.rows().push(Identity::OF_NONE);
                continue;
            }
            let at = Instant::from_millis(at.value(row));
            let hub_id = hub_id.is_valid(row).then(|| hub_id.value(row));
            self.see(model_id.value(row), hub_id, at);
            newest = newest.max(Some(at));
        }
        newest
    }

    /// Takes the ids of the next record of the snapshot.
    ///
    /// # Panics
    ///
    /// When no snapshot was begun.
    pub fn see(&mut self, model_id: &str, hub_id: Option<&str>, at: Instant) {
        let model_id = current_id(self.registry, model_id, at);
        let model_id = self.number(model_id);
        let Some(hub_id) = hub_id else {
            self.rows().push(Identity { model_id, ..Identity::OF_NONE });
            return;
        };
        let newer = |(seen_at, seen): &(Instant, Box<str>)| (at, hub_id) > (*seen_at, seen);
        if self.newest.get(&model_id).is_none_or(newer) {
            self.newest.insert(model_id, (at, hub_id.into()));
        }
        let hub_id = self.number(hub_id);
        self.rows().push(Identity { model: NONE, model_id, hub_id });
    }

    /// Tells the models apart and puts them in the order of their keys.
    #[must_use]
    pub fn finish(mut self) -> Identities {
        let newest = std::mem::take(&mut self.newest);
        let newest: HashMap<u32, u32> =
            newest.into_iter().map(|(id, (_, hub_id))| (id, self.number(&hub_id))).collect();
        let mut texts = vec![Box::default(); self.numbers.len()];
        for (text, number) in self.numbers {
            texts[number as usize] = text;
        }
        // First the number of the key stands in the model's place.
        let mut is_key = vec![false; texts.len()];
        for identity in self.snapshots.iter_mut().flatten() {
            if identity.model_id == NONE {
                continue;
            }
            identity.model = match identity.hub_id {
                NONE => newest.get(&identity.model_id).copied().unwrap_or(identity.model_id),
                hub_id => hub_id,
            };
            is_key[identity.model as usize] = true;
        }
        let mut keys: Vec<u32> =
            (0..texts.len() as u32).filter(|number| is_key[*number as usize]).collect();
        keys.sort_unstable_by(|a, b| texts[*a as usize].cmp(&texts[*b as usize]));
        let mut places = vec![NONE; texts.len()];
        for (place, number) in keys.iter().enumerate() {
            places[*number as usize] = place as u32;
        }
        for identity in self.snapshots.iter_mut().flatten() {
            if identity.model != NONE {
                identity.model = places[identity.model as usize];
            }
        }
        Identities { texts, keys, snapshots: self.snapshots }
    }

    fn rows(&mut self) -> &mut Vec<Identity> {
        self.snapshots.last_mut().expect("a snapshot is begun before its records are seen")
    }

    fn number(&mut self, text: &str) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = u32::try_from(self.numbers.len()).expect("fewer than 2^32 ids");
        self.numbers.insert(text.into(), number);
        number
    }
}

impl Identities {
    /// How many models there are.
    #[must_use]
    pub fn model_count(&self) -> u32 {
        self.keys.len() as u32
    }

    /// What makes a model the same over time.
    #[must_use]
    pub fn key(&self, model: u32) -> &str {
        self.text(self.keys[model as usize])
    }

    /// The text of a number.
    pub(super) fn text(&self, number: u32) -> &str {
        &self.texts[number as usize]
    }

    /// The rows of a snapshot that are of some models, in order.
    #[must_use]
    pub fn rows_of(&self, snapshot: u32, models: &Range<u32>) -> Vec<u32> {
        let rows = self.snapshots[snapshot as usize].iter().enumerate();
        let own = rows.filter(|(_, identity)| models.contains(&identity.model));
        own.map(|(row, _)| row as u32).collect()
    }

    pub(super) fn of_row(&self, snapshot: u32, row: u32) -> Identity {
        self.snapshots[snapshot as usize][row as usize]
    }
}

impl Identity {
    /// The model's place.
    pub(super) fn model(self) -> u32 {
        self.model
    }

    /// The number of the model's id.
    pub(super) fn model_id(self) -> u32 {
        self.model_id
    }

    /// The number of the Hub's `_id`.
    pub(super) fn hub_id(self) -> Option<u32> {
        (self.hub_id != NONE).then_some(self.hub_id)
    }
}
