//! Names that models and their owners had before.

use std::collections::BTreeMap;

use enrich::Registry;
use schema::Day;

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

/// Every id that the registry knows a model to have had before, with the one that it has now, in the
/// order of the ids.
#[must_use]
pub fn former_ids() -> Vec<(&'static str, &'static str)> {
    let mut known: Vec<_> = Registry::builtin().aliases().collect();
    known.sort_unstable();
    known
}

/// Every pair of owners between which models went, in the order of the names.
#[must_use]
pub fn moves() -> Vec<Moved> {
    let registry = Registry::builtin();
    let owner = |id: &'static str| id.split_once('/').map(|(owner, _)| owner);
    let mut known: BTreeMap<(&str, &str), (u64, Day)> = BTreeMap::new();
    for (old, _) in former_ids() {
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
