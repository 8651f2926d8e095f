//! Who the owners are: a reviewed file, kept in the repository.

mod check;
mod diff;
mod files;
mod owner;

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use schema::Day;
use serde::Deserialize;

pub use check::RegistryFault;
pub use diff::{ComparedField, Comparison, OtherRegistry, Verdict};
pub use files::RegistryFiles;
pub use owner::Owner;

/// The member states of the European Union since 1 February 2020.
const EUROPEAN_UNION: [&str; 27] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT",
    "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
];
/// The country code of an owner that was reviewed and could not be placed.
const UNPLACED: &str = "ZZ";

/// What an attribute says when a review found that it cannot be told.
pub(crate) const UNKNOWN: &str = "unknown";

/// The registry: owners, countries, and names that models had before.
#[derive(Debug, Clone, Default)]
pub struct Registry {
    owners: BTreeMap<String, Owner>,
    countries: BTreeMap<String, Country>,
    aliases: HashMap<String, Move>,
    /// Where each owner's row stands.
    places: HashMap<String, RowPlace>,
}

/// Where a row of the registry stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowPlace {
    /// The path of the file inside the registry's folder.
    pub path: String,
    /// The line, from 1.
    pub line: u64,
}

/// Where a model went whose name changed.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Move {
    new_id: String,
    /// The first day on which the new id is known to hold.
    moved_on: Day,
    /// Why, in one sentence.
    evidence: String,
    place: RowPlace,
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
    /// Names that other registries use for it, with `;` between them.
    pub other_names: String,
}

impl Country {
    /// The names by which it goes: its own and those that other registries use.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(owner::listed(&self.other_names))
    }
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
            Registry::parse(&RegistryFiles::builtin()).expect("a test reads the same files")
        });
        &BUILTIN
    }

    /// Reads a registry from the text of its files.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the files, with file and line, sorted.
    pub fn parse(files: &RegistryFiles) -> Result<Self, Vec<RegistryFault>> {
        check::parse(files)
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

    /// The row of an owner; `None` when nobody reviewed it.
    pub(crate) fn reviewed(&self, owner: &str) -> Option<&Owner> {
        self.owners.get(owner)
    }

    /// The namespace of the organisation's main account, or the owner itself; a name that an
    /// organisation gave up still stands for it.
    #[must_use]
    pub fn organisation<'a>(&'a self, owner: &'a str) -> &'a str {
        match self.review(owner) {
            OwnerReview::Reviewed(reviewed) if !reviewed.account_of.is_empty() => {
                &reviewed.account_of
            }
            _ => owner,
        }
    }

    /// The country of an owner: `None` when nobody reviewed it.
    #[must_use]
    pub fn country(&self, owner: &str) -> Option<&str> {
        self.country_of(self.reviewed(owner)?)
    }

    /// The country of a reviewed owner.
    pub(crate) fn country_of(&self, owner: &Owner) -> Option<&str> {
        if owner.country == UNPLACED {
            return Some(UNKNOWN);
        }
        self.countries.get(&owner.country).map(|country| country.name.as_str())
    }

    /// The country group of an owner: `None` when nobody reviewed it.
    #[must_use]
    pub fn country_group(&self, owner: &str) -> Option<&str> {
        self.country_group_of(self.reviewed(owner)?)
    }

    /// The country group of a reviewed owner.
    pub(crate) fn country_group_of(&self, owner: &Owner) -> Option<&str> {
        if owner.country == UNPLACED {
            return Some(UNKNOWN);
        }
        self.countries.get(&owner.country).map(|country| country.country_group.as_str())
    }

    /// Whether the seat of a reviewed owner is in the European Union.
    pub(crate) fn european_union_of(&self, owner: &Owner) -> Option<&str> {
        match owner.country.as_str() {
            UNPLACED => Some(UNKNOWN),
            code if EUROPEAN_UNION.contains(&code) => Some("European Union"),
            code => self.countries.get(code).map(|_| "elsewhere"),
        }
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

    /// Every id that a model had before, with the one that it has now, in no order.
    pub fn aliases(&self) -> impl Iterator<Item = (&str, &str)> {
        self.aliases.iter().map(|(old, to)| (old.as_str(), to.new_id.as_str()))
    }

    /// As [`Registry::alias`], with the first day on which the new id is known to hold.
    #[must_use]
    pub fn dated_alias(&self, id: &str) -> Option<(&str, Day)> {
        self.aliases.get(id).map(|to| (to.new_id.as_str(), to.moved_on))
    }

    /// Where the row of a reviewed owner stands; `None` for one that is not of the files.
    #[must_use]
    pub fn place(&self, owner: &str) -> Option<&RowPlace> {
        self.places.get(owner)
    }

    /// Why an old id stands for another, and where that is written.
    #[must_use]
    pub fn alias_evidence(&self, id: &str) -> Option<(&str, &RowPlace)> {
        self.aliases.get(id).map(|to| (to.evidence.as_str(), &to.place))
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
}

#[cfg(test)]
mod tests;
