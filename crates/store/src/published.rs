//! Which releases were the current one of a collection, and since when.
//!
//! Layers hold no clock time, and of releases only the current one is named; who follows a
//! collection wants to know of those before it too. This is noted beside them, a few words each.

use serde::{Deserialize, Serialize};

use crate::error::io;
use crate::layer::write_atomically;
use crate::{Error, Result, Store};

const PUBLISHED: &str = "published";
/// Older ones are forgotten.
const MOST_KEPT: usize = 200;

/// What is noted of a release when it becomes the current one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publication {
    /// The release's id.
    pub release: String,
    /// When it became the current one (RFC 3339).
    pub published_at: String,
    /// The newest reading in it (RFC 3339).
    pub data_through: String,
    /// Models in it.
    pub model_count: u64,
    /// Snapshots that it was built from.
    pub snapshot_count: u64,
    /// The version of the code that made it.
    pub code_version: String,
}

impl Store {
    /// The releases that were the current one of a collection, the oldest first, each once; of
    /// those before this was noted there is none.
    pub fn publications(&self, collection: &str) -> Result<Vec<Publication>> {
        let path = self.root().join(PUBLISHED).join(format!("{collection}.json"));
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(fault) => return Err(io("read", &path)(fault)),
        };
        serde_json::from_slice(&bytes).map_err(|source| Error::Manifest { path, source })
    }

    /// Notes that a release becomes the current one of a collection.
    ///
    /// One that was noted last stays as it was noted: whoever broke off before the release was in
    /// place notes it once more. One that comes back after another is noted anew.
    pub fn note_publication(&self, collection: &str, noted: &Publication) -> Result<()> {
        let mut known = self.publications(collection)?;
        if known.last().is_some_and(|last| last.release == noted.release) {
            return Ok(());
        }
        known.retain(|earlier| earlier.release != noted.release);
        known.push(noted.clone());
        known.drain(..known.len().saturating_sub(MOST_KEPT));
        let folder = self.root().join(PUBLISHED);
        std::fs::create_dir_all(&folder).map_err(io("create", &folder))?;
        let path = folder.join(format!("{collection}.json"));
        let mut text = serde_json::to_vec_pretty(&known)
            .map_err(|source| Error::Manifest { path: path.clone(), source })?;
        text.push(b'\n');
        write_atomically(&path, &text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noted(release: &str, day: usize) -> Publication {
        Publication {
            release: release.to_owned(),
            published_at: format!("2026-11-{day:02}T06:00:00Z"),
            data_through: format!("2026-11-{day:02}T00:00:00Z"),
            model_count: 5,
            snapshot_count: day as u64,
            code_version: "test".to_owned(),
        }
    }

    fn names(store: &Store) -> Vec<(String, u64)> {
        let known = store.publications("radar").unwrap();
        known.into_iter().map(|one| (one.release, one.snapshot_count)).collect()
    }

    #[test]
    fn each_release_is_noted_once_and_in_order() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::create(folder.path()).unwrap();
        assert_eq!(store.publications("radar").unwrap(), []);
        for (release, day) in [("one", 1), ("two", 2), ("two", 3), ("three", 4), ("two", 5)] {
            store.note_publication("radar", &noted(release, day)).unwrap();
        }
        let expected = [("one", 1), ("three", 4), ("two", 5)];
        assert_eq!(names(&store), expected.map(|(release, day)| (release.to_owned(), day)));
        assert_eq!(store.publications("radar").unwrap()[0], noted("one", 1), "read as written");
        assert_eq!(store.publications("other").unwrap(), []);
    }

    #[test]
    fn the_oldest_are_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::create(folder.path()).unwrap();
        for number in 0..MOST_KEPT + 3 {
            store.note_publication("radar", &noted(&format!("release-{number}"), 1)).unwrap();
        }
        let names = names(&store);
        assert_eq!((names.len(), names[0].0.as_str()), (MOST_KEPT, "release-3"));
    }

    #[test]
    fn what_cannot_be_read_is_not_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::create(folder.path()).unwrap();
        store.note_publication("radar", &noted("one", 1)).unwrap();
        let path = folder.path().join(PUBLISHED).join("radar.json");
        std::fs::write(&path, b"[{").unwrap();
        let refused = store.note_publication("radar", &noted("two", 2)).unwrap_err();
        assert!(matches!(refused, Error::Manifest { .. }), "{refused}");
        assert_eq!(std::fs::read(&path).unwrap(), b"[{");
    }
}
