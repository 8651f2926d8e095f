//! Which model a name leads to, and when.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use schema::Instant;

use super::events::has_come;

/// Every name that ever led somewhere.
#[derive(Debug, Clone, Default)]
pub(super) struct Directory {
    /// Who had a lower-case name first.
    first: HashMap<Box<str>, Claim>,
    /// Who had it later, by time.
    later: HashMap<Box<str>, Vec<Claim>>,
}

/// A name that leads to a model from a time on.
#[derive(Debug, Clone, Copy)]
struct Claim {
    since: u32,
    index: u32,
}

impl Directory {
    /// A directory with room for so many names.
    pub(super) fn with_capacity(names: usize) -> Self {
        Self { first: HashMap::with_capacity(names), later: HashMap::new() }
    }

    /// Lets a name lead to a model from `since`, in seconds since 1970; claims of one name come
    /// in the order of their times.
    pub(super) fn claim(&mut self, name: &str, since: u32, index: u32) {
        let name = name.to_ascii_lowercase().into_boxed_str();
        let claim = Claim { since, index };
        match self.first.entry(name) {
            Entry::Vacant(place) => {
                place.insert(claim);
            }
            Entry::Occupied(place) => {
                self.later.entry(place.key().clone()).or_default().push(claim);
            }
        }
    }

    /// Lets a name lead to a model unless it leads somewhere already.
    pub(super) fn claim_if_free(&mut self, name: &str, since: u32, index: u32) {
        let name = name.to_ascii_lowercase().into_boxed_str();
        self.first.entry(name).or_insert(Claim { since, index });
    }

    /// The model that a name, in whatever letter case, leads to at a date.
    pub(super) fn find(&self, name: &str, at: Instant) -> Option<u32> {
        let name = name.to_ascii_lowercase();
        let later = self.later.get(&*name).map_or(&[][..], Vec::as_slice);
        let mut claims = later.iter().rev().chain(self.first.get(&*name));
        claims.find(|claim| has_come(claim.since, at)).map(|claim| claim.index)
    }
}

#[cfg(test)]
mod tests;
