//! Records of a listing that met their model again.

use std::collections::HashMap;

/// Finds the records that do not count because a later one of the same listing is of the same
/// model: while a listing is read, models move in it and are met again on later pages. What came
/// last is the newest.
#[derive(Debug, Default)]
pub(super) struct Superseded {
    last: HashMap<Box<str>, u64>,
    ordinals: Vec<u64>,
}

impl Superseded {
    /// Takes the next record: its place in the entry, and what tells its model.
    pub(super) fn see(&mut self, ordinal: u64, identity: &str) {
        if let Some(earlier) = self.last.insert(identity.into(), ordinal) {
            self.ordinals.push(earlier);
        }
    }

    /// The places of those that do not count, sorted.
    pub(super) fn into_ordinals(mut self) -> Vec<u64> {
        self.ordinals.sort_unstable();
        self.ordinals
    }
}
