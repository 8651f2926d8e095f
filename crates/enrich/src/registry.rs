//! Who the owners are: a reviewed file, kept in the repository.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use schema::Day;
use serde::Deserialize;

const OWNERS: &str = include_str!("../../../registry/owners.csv");
const COUNTRIES: &str = include_str!("../../../registry/countries.csv");
const ALIASES: &str = include_str!("../../../registry/model_aliases.csv");

/// The country code of an owner that was reviewed and could not be placed.
const UNPLACED: &str = "ZZ";
const SECTORS: [&str; 7] =
    ["industry", "academia", "non-profit", "government", "community", "unaffiliated", UNKNOWN];

/// What an attribute says when a review found that it cannot be told.
pub(crate) const UNKNOWN: &str = "unknown";

/// The registry: owners, countries, and names that models had before.
#[derive(Debug, Clone, Default)]
pub struct Registry {
    owners: BTreeMap<String, Owner>,
    countries: BTreeMap<String, Country>,
    aliases: HashMap<String, Move>,
}

/// Where a model went whose name changed.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Move {
    new_id: String,
    /// The first day on which the new id is known to hold.
    moved_on: Day,
}

/// One reviewed owner.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Owner {
    /// The namespace on the Hub.
    pub owner: String,
    /// The organisation's name, or a person's handle.
    pub name: String,
    /// ISO 3166-1 alpha-2 code of the seat; `XX` international, `ZZ` could not be placed.
    pub country: String,
    /// Industry, academia, non-profit, government, community, unaffiliated, or unknown.
    pub sector: String,
    /// The namespace of the organisation whose account this is; empty for its own.
    pub parent: String,
    /// Why, in one sentence.
    pub evidence: String,
    /// When it was reviewed.
    pub reviewed_on: String,
    /// High, medium or low.
    pub confidence: String,
    /// Other defensible placements, as `country=SG;sector=community`.
    pub alternatives: String,
}

/// One country.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Country {
    /// ISO 3166-1 alpha-2 code, `XX` or `ZZ`.
    pub code: String,
    /// Its name in English.
    pub name: String,
    /// The group it is counted with.
    pub country_group: String,
}

#[derive(Debug, Deserialize)]
struct Alias {
    old_id: String,
    new_id: String,
    moved_on: String,
}

/// Whether someone has looked at an owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnerReview<'a> {
    /// In the registry.
    Reviewed(&'a Owner),
    /// Not in the registry, which says nothing about it.
    Unreviewed,
}

impl Registry {
    /// The registry that comes with this version.
    ///
    /// # Panics
    ///
    /// Never: a test reads the same files.
    #[must_use]
    pub fn builtin() -> &'static Self {
        static BUILTIN: LazyLock<Registry> = LazyLock::new(|| {
            Registry::parse(OWNERS, COUNTRIES, ALIASES).expect("a test reads the same files")
        });
        &BUILTIN
    }

    /// Reads a registry from its three CSV files; every fault is named.
    pub fn parse(owners: &str, countries: &str, aliases: &str) -> Result<Self, Vec<String>> {
        let mut faults = Vec::new();
        let mut registry = Self::default();
        for country in rows::<Country>("countries.csv", countries, &mut faults) {
            registry.countries.insert(country.code.clone(), country);
        }
        for alias in rows::<Alias>("model_aliases.csv", aliases, &mut faults) {
            let Ok(moved_on) = alias.moved_on.parse() else {
                faults.push(format!("model_aliases.csv: '{}' has no date", alias.old_id));
                continue;
            };
            let to = Move { new_id: alias.new_id, moved_on };
            if registry.aliases.insert(alias.old_id.clone(), to).is_some() {
                faults.push(format!("model_aliases.csv: '{}' stands twice", alias.old_id));
            }
        }
        for owner in rows::<Owner>("owners.csv", owners, &mut faults) {
            faults.extend(registry.fault_of(&owner));
            if registry.owners.insert(owner.owner.clone(), owner.clone()).is_some() {
                faults.push(format!("owners.csv: '{}' stands twice", owner.owner));
            }
        }
        for owner in registry.owners.values().filter(|owner| !owner.parent.is_empty()) {
            if !registry.owners.contains_key(&owner.parent) {
                let Owner { owner, parent, .. } = owner;
                faults.push(format!("owners.csv: '{owner}' has the parent '{parent}', not there"));
            }
        }
        if faults.is_empty() { Ok(registry) } else { Err(faults) }
    }

    /// This registry with further owners, for a simulated Hub whose owners are known by design.
    #[must_use]
    pub fn with_owners(&self, owners: impl IntoIterator<Item = Owner>) -> Self {
        let mut registry = self.clone();
        registry.owners.extend(owners.into_iter().map(|owner| (owner.owner.clone(), owner)));
        registry
    }

    /// What is known of an owner.
    #[must_use]
    pub fn review(&self, owner: &str) -> OwnerReview<'_> {
        self.owners.get(owner).map_or(OwnerReview::Unreviewed, OwnerReview::Reviewed)
    }

    /// The namespace that stands for the owner's organisation: its own or its parent's.
    #[must_use]
    pub fn organisation<'a>(&'a self, owner: &'a str) -> &'a str {
        match self.review(owner) {
            OwnerReview::Reviewed(reviewed) if !reviewed.parent.is_empty() => &reviewed.parent,
            _ => owner,
        }
    }

    /// The country of an owner: `None` when nobody reviewed it.
    #[must_use]
    pub fn country(&self, owner: &str) -> Option<&str> {
        let OwnerReview::Reviewed(owner) = self.review(owner) else { return None };
        if owner.country == UNPLACED {
            return Some(UNKNOWN);
        }
        self.countries.get(&owner.country).map(|country| country.name.as_str())
    }

    /// The country group of an owner: `None` when nobody reviewed it.
    #[must_use]
    pub fn country_group(&self, owner: &str) -> Option<&str> {
        let OwnerReview::Reviewed(owner) = self.review(owner) else { return None };
        if owner.country == UNPLACED {
            return Some(UNKNOWN);
        }
        self.countries.get(&owner.country).map(|country| country.country_group.as_str())
    }

    /// The sector of an owner: `None` when nobody reviewed it.
    #[must_use]
    pub fn sector(&self, owner: &str) -> Option<&str> {
        let OwnerReview::Reviewed(owner) = self.review(owner) else { return None };
        Some(&owner.sector)
    }

    /// The id that a legacy or renamed model has now.
    #[must_use]
    pub fn alias(&self, id: &str) -> Option<&str> {
        self.aliases.get(id).map(|to| to.new_id.as_str())
    }

    /// As [`Registry::alias`], with the first day on which the new id is known to hold.
    #[must_use]
    pub fn dated_alias(&self, id: &str) -> Option<(&str, Day)> {
        self.aliases.get(id).map(|to| (to.new_id.as_str(), to.moved_on))
    }

    /// The id that a model carries today, of one that was read at an instant; see
    /// [`Registry::dated_alias`].
    #[must_use]
    pub fn current_id<'a>(&'a self, id: &'a str, at: schema::Instant) -> &'a str {
        crate::identity::current_id(self, id, at)
    }

    /// How many owners were reviewed.
    #[must_use]
    pub fn owner_count(&self) -> usize {
        self.owners.len()
    }

    /// The three files as they are, for the fingerprint of what depends on them.
    #[must_use]
    pub fn text() -> [&'static str; 3] {
        [OWNERS, COUNTRIES, ALIASES]
    }

    fn fault_of(&self, owner: &Owner) -> Option<String> {
        let name = &owner.owner;
        if !self.countries.contains_key(&owner.country) {
            return Some(format!(
                "owners.csv: '{name}' has an unknown country '{}'",
                owner.country
            ));
        }
        if !SECTORS.contains(&owner.sector.as_str()) {
            return Some(format!("owners.csv: '{name}' has an unknown sector '{}'", owner.sector));
        }
        if !["high", "medium", "low"].contains(&owner.confidence.as_str()) {
            return Some(format!("owners.csv: '{name}' has no confidence"));
        }
        if owner.reviewed_on.parse::<schema::Day>().is_err() {
            return Some(format!("owners.csv: '{name}' has no date of review"));
        }
        owner.evidence.is_empty().then(|| format!("owners.csv: '{name}' has no evidence"))
    }
}

fn rows<T: for<'de> Deserialize<'de>>(file: &str, text: &str, faults: &mut Vec<String>) -> Vec<T> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for row in reader.deserialize() {
        match row {
            Ok(row) => rows.push(row),
            Err(fault) => faults.push(format!("{file}: {fault}")),
        }
    }
    rows
}

#[cfg(test)]
mod tests;
