//! Snapshots that were held back and that someone has looked at and found sound.

use std::collections::{BTreeMap, BTreeSet};

use crate::error::io;
use crate::layer::write_atomically;
use crate::{Error, RawDescription, Result, Store};

const ACCEPTED: &str = "accepted.json";

/// By collection, the names of entries.
type Accepted = BTreeMap<String, BTreeSet<String>>;

impl Store {
    /// Whether a snapshot is to be built from: it was received to its end, and is either sound or
    /// has been accepted.
    pub fn is_sound(&self, collection: &str, entry: &str, raw: &RawDescription) -> Result<bool> {
        if !raw.is_complete {
            return Ok(false);
        }
        Ok(raw.held_back.is_empty()
            || self.accepted()?.get(collection).is_some_and(|known| known.contains(entry)))
    }

    /// Notes that a snapshot that was held back is sound after all. The snapshot itself stays as
    /// it is, with the reasons for which it was held back.
    pub fn accept(&self, collection: &str, entry: &str) -> Result<()> {
        let mut accepted = self.accepted()?;
        accepted.entry(collection.to_owned()).or_default().insert(entry.to_owned());
        let path = self.root().join(ACCEPTED);
        let mut text = serde_json::to_vec_pretty(&accepted)
            .map_err(|source| Error::Manifest { path: path.clone(), source })?;
        text.push(b'\n');
        write_atomically(&path, &text)
    }

    /// The snapshots of a collection that were accepted, by name.
    pub(crate) fn accepted_of(&self, collection: &str) -> Result<BTreeSet<String>> {
        Ok(self.accepted()?.remove(collection).unwrap_or_default())
    }

    fn accepted(&self) -> Result<Accepted> {
        let path = self.root().join(ACCEPTED);
        match std::fs::read(&path) {
            Ok(bytes) => {
                serde_json::from_slice(&bytes).map_err(|source| Error::Manifest { path, source })
            }
            Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => Ok(Accepted::new()),
            Err(fault) => Err(io("read", &path)(fault)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snapshot_is_sound_when_it_is_whole_and_unsuspected_or_accepted() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::create(folder.path()).unwrap();
        let mut raw = RawDescription {
            source: "hub-listing".to_owned(),
            file: String::new(),
            received_sha256: String::new(),
            received_at: String::new(),
            read_at: None,
            is_simulated: false,
            row_limit: None,
            is_complete: true,
            is_partial: false,
            census: None,
            held_back: Vec::new(),
        };
        assert!(store.is_sound("hub", "one", &raw).unwrap());
        raw.held_back.push("half of it is gone".to_owned());
        assert!(!store.is_sound("hub", "one", &raw).unwrap());
        store.accept("hub", "one").unwrap();
        store.accept("hub", "two").unwrap();
        assert!(store.is_sound("hub", "one", &raw).unwrap());
        assert!(!store.is_sound("radar", "one", &raw).unwrap());
        raw.is_complete = false;
        assert!(!store.is_sound("hub", "one", &raw).unwrap());
    }
}
