//! The records of some models, joined; their facts are only pointed to.

use std::ops::Range;

use schema::{Instant, Value};

use super::{FACT_COLUMNS, FormerId, Identities, Reading, ShortRecord};

/// Where a fact stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The snapshot.
    pub snapshot: u32,
    /// The row of its records table.
    pub row: u32,
}

/// Some models of a collection that follow each other, joined.
#[derive(Debug, Default)]
pub struct Merged {
    /// The models, in the order of their places.
    pub models: Vec<MergedModel>,
    /// Their readings, sorted by model, then instant, then snapshot.
    pub readings: Vec<Reading>,
    /// For each fact and model where the newest that is known of it stands.
    pub facts: Vec<Vec<Option<Place>>>,
    /// Ids that the models had before, by model.
    former: Vec<Former>,
}

/// An id that a model had before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Former {
    model: u32,
    /// The number of the id.
    id: u32,
    last_seen_at: Instant,
}

/// One model, without its facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MergedModel {
    /// Its place among all models.
    pub model: u32,
    model_id: u32,
    hub_id: Option<u32>,
    /// Its first reading.
    pub first_seen_at: Instant,
    /// Its last reading.
    pub last_seen_at: Instant,
}

/// Joins all records of the models in a range, as [`super::Tables::join`] does. Their order does
/// not matter.
///
/// # Panics
///
/// When a record is of another model, or a model has none.
#[must_use]
pub fn merge(models: &Range<u32>, mut records: Vec<ShortRecord>) -> Merged {
    records.sort_unstable_by_key(|record| {
        let model = record.identity.model();
        (model, record.at, record.snapshot, record.line, record.ordinal)
    });
    let mut merged = Merged {
        models: Vec::with_capacity(models.len()),
        readings: Vec::with_capacity(records.len()),
        facts: vec![vec![None; models.len()]; FACT_COLUMNS.len()],
        former: Vec::new(),
    };
    for of_model in records.chunk_by(|a, b| a.identity.model() == b.identity.model()) {
        merged.take(models, of_model);
    }
    assert_eq!(merged.models.len(), models.len(), "each model has a record");
    merged
}

impl Merged {
    /// Takes the records of the next model, from the oldest to the newest.
    fn take(&mut self, models: &Range<u32>, records: &[ShortRecord]) {
        let (first, last) = (records[0], records[records.len() - 1]);
        let model = last.identity.model();
        assert!(models.contains(&model), "a record of a model in the range");
        self.models.push(MergedModel {
            model,
            model_id: last.identity.model_id(),
            hub_id: records.iter().rev().find_map(|record| record.identity.hub_id()),
            first_seen_at: first.at,
            last_seen_at: last.at,
        });
        self.point_to_facts((model - models.start) as usize, records);
        self.note_former(records);
        for record in records {
            let ShortRecord { at, snapshot, counters, .. } = *record;
            // Names that meet in one model may be read twice at one instant; the later line holds.
            match self.readings.last_mut() {
                Some(last) if (last.model, last.at, last.snapshot) == (model, at, snapshot) => {
                    last.counters = counters;
                }
                _ => self.readings.push(Reading { model, at, snapshot, counters }),
            }
        }
    }

    /// Looks from the newest record back, until no older one knows what no newer one does.
    fn point_to_facts(&mut self, place: usize, records: &[ShortRecord]) {
        let mut found = 0;
        for record in records.iter().rev() {
            let mut more = record.known_facts & !found;
            found |= more;
            while more != 0 {
                let fact = more.trailing_zeros() as usize;
                more &= more - 1;
                let at = Place { snapshot: record.snapshot, row: record.row };
                self.facts[fact][place] = Some(at);
            }
        }
    }

    /// Notes each id that the model had before its newest record, with when it was last read.
    fn note_former(&mut self, records: &[ShortRecord]) {
        let newest = records[records.len() - 1].identity;
        let of_model = self.former.len();
        for record in records {
            let id = record.identity.model_id();
            if id == newest.model_id() {
                continue;
            }
            let former = Former { model: newest.model(), id, last_seen_at: record.at };
            match self.former[of_model..].iter_mut().find(|known| known.id == id) {
                Some(known) => *known = former,
                None => self.former.push(former),
            }
        }
    }

    /// The ids that the models had before, in the order of [`super::FormerId`].
    #[must_use]
    pub fn former_ids(&self, identities: &Identities) -> Vec<FormerId> {
        let named = |former: &Former| FormerId {
            model: former.model,
            id: identities.text(former.id).to_owned(),
            last_seen_at: former.last_seen_at,
        };
        let mut named: Vec<FormerId> = self.former.iter().map(named).collect();
        named.sort();
        named
    }

    /// Who the models are, as columns of values in the order of [`super::IDENTITY_COLUMNS`].
    #[must_use]
    pub fn identity_values(&self, identities: &Identities) -> Vec<Vec<Value>> {
        let column =
            |value: &dyn Fn(&MergedModel) -> Value| self.models.iter().map(value).collect();
        vec![
            column(&|model| identities.key(model.model).into()),
            column(&|model| identities.text(model.model_id).into()),
            column(&|model| model.hub_id.map(|number| identities.text(number)).into()),
            column(&|model| model.first_seen_at.into()),
            column(&|model| model.last_seen_at.into()),
        ]
    }
}

#[cfg(test)]
mod tests;
