//! Names that models and their owners had before.

use std::collections::BTreeMap;

use enrich::{FORMER_ID_COLUMNS, Registry};
use schema::{Day, Instant, Value};
use store::{Column, Layer, Release, Result, Store, values_of_batch};

use crate::model::MODELS;
use crate::texts::Texts;

/// The file of the ids under which models were read before they got the ones that they have.
pub const FORMER_IDS: &str = "former_ids.parquet";

/// A name that a model had before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Former {
    /// The id that it had.
    pub id: String,
    /// The id that it has.
    pub current: String,
    /// How that is known.
    pub known: FormerKnown,
}

/// How it is known that a model had another name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormerKnown {
    /// By the registry, with the first day on which the new name is known to hold.
    Registry(Day),
    /// By the Hub's `_id`, under which both were read; the model was last read under the old one at
    /// this instant.
    Readings(Instant),
}

impl FormerKnown {
    /// The name of the way, for programs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Registry(_) => "registry",
            Self::Readings(_) => "readings",
        }
    }

    /// Until when it had the name, as far as is known.
    #[must_use]
    pub fn until(self) -> Instant {
        match self {
            Self::Registry(day) => day.start(),
            Self::Readings(at) => at,
        }
    }
}

/// Models that went from one owner's name to another's: an account that was renamed, or gave its
/// models away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The name before.
    pub from: String,
    /// The name after.
    pub to: String,
    /// How many models the registry knows to have gone.
    pub models: u64,
    /// The last day on which one of them went.
    pub last: Day,
}

/// Every name that the models of a release are known to have had before: those under which it read
/// them, then those of the registry.
pub fn former_names(store: &Store, release: &Release) -> Result<Vec<Former>> {
    let models = store.open_table(Layer::Tables, &release.collection, &release.tables, MODELS)?;
    let ids = Texts::read(&models.read(Some(&["model_id"]))?, "model_id")?;
    former_of(store, release, &|row| ids.get(row))
}

/// The same where the id of the model of a row is at hand. Of two models that had the same name
/// the one that had it last comes first.
pub(crate) fn former_of<'a>(
    store: &Store,
    release: &Release,
    id: &dyn Fn(usize) -> Option<&'a str>,
) -> Result<Vec<Former>> {
    let mut known = read(store, release, id)?;
    known.sort_by(|a, b| a.id.cmp(&b.id).then(b.known.until().cmp(&a.known.until())));
    known.extend(registered());
    Ok(known)
}

/// Every name that the registry knows a model to have had before, in the order of the names.
#[must_use]
pub fn registered() -> Vec<Former> {
    let registry = Registry::builtin();
    let former = |(id, current): (&str, &str)| {
        let (_, moved_on) = registry.dated_alias(id)?;
        let known = FormerKnown::Registry(moved_on);
        Some(Former { id: id.to_owned(), current: current.to_owned(), known })
    };
    let mut known: Vec<Former> = registry.aliases().filter_map(former).collect();
    known.sort_by(|a, b| a.id.cmp(&b.id));
    known
}

/// Those that a release read; none of one that was built before they were written down.
fn read<'a>(
    store: &Store,
    release: &Release,
    id_of: &dyn Fn(usize) -> Option<&'a str>,
) -> Result<Vec<Former>> {
    let Release { collection, tables, .. } = release;
    let manifest = store.manifest(Layer::Tables, collection, tables)?;
    if !manifest.files.iter().any(|file| file.name == FORMER_IDS) {
        return Ok(Vec::new());
    }
    let batches = store.read_table(Layer::Tables, collection, tables, FORMER_IDS)?;
    let columns = FORMER_ID_COLUMNS.map(|(name, value_type)| Column { name, value_type });
    let [rows, names, seen] = columns.each_ref().map(|column| values_of_batch(&batches, column));
    let former = |((row, id), at): ((Value, Value), Value)| match (row, id, at) {
        (Value::Integer(row), Value::Text(id), Value::Instant(at)) => {
            let current = id_of(usize::try_from(row).ok()?)?.to_owned();
            Some(Former { id, current, known: FormerKnown::Readings(at) })
        }
        _ => None,
    };
    Ok(rows?.into_iter().zip(names?).zip(seen?).filter_map(former).collect())
}

/// Every pair of owners between which models went, in the order of the names.
#[must_use]
pub fn moves() -> Vec<Moved> {
    let registry = Registry::builtin();
    let owner = |id: &'static str| id.split_once('/').map(|(owner, _)| owner);
    let mut known: BTreeMap<(&str, &str), (u64, Day)> = BTreeMap::new();
    for (old, _) in registry.aliases() {
        let Some((now, on)) = registry.dated_alias(old) else { continue };
        let (Some(from), Some(to)) = (owner(old), owner(now)) else { continue };
        if from != to {
            let (models, last) = known.entry((from, to)).or_insert((0, on));
            *models += 1;
            *last = (*last).max(on);
        }
    }
    let moved = |((from, to), (models, last)): ((&str, &str), (u64, Day))| Moved {
        from: from.to_owned(),
        to: to.to_owned(),
        models,
        last,
    };
    known.into_iter().map(moved).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Counted in the registry's file itself.
    #[test]
    fn owners_between_whom_models_went_are_told_with_how_many() {
        let rows = include_str!("../../../registry/model_aliases.csv").lines().skip(1);
        let went = rows.filter(|row| row.starts_with("THUDM/") && row.contains(",zai-org/"));
        let days = went.clone().map(|row| row.split(',').nth(2).unwrap());
        let moves = moves();
        let found =
            moves.iter().find(|moved| moved.from == "THUDM").expect("it is in the registry");
        assert_eq!((found.to.as_str(), found.models), ("zai-org", went.count() as u64));
        assert_eq!(found.last.to_string(), days.max().unwrap());
        assert!(
            moves.iter().all(|moved| moved.from != moved.to),
            "a new name of a model is no move"
        );
    }
}
