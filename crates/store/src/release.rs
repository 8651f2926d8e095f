//! Which entries of the layers belong together and are shown.

use serde::{Deserialize, Serialize};

use crate::error::io;
use crate::layer::write_atomically;
use crate::{Error, Result, Store};

const RELEASES: &str = "releases";

/// A data release of one collection: one entry of each derived layer, built from each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Release {
    /// The release's id, the same for the same data and methods.
    pub id: String,
    /// The collection.
    pub collection: String,
    /// The raw entries it was built from, sorted.
    pub raw: Vec<String>,
    /// Its entry in the tables layer.
    pub tables: String,
    /// Its entry in the attributes layer.
    pub attributes: String,
    /// Its entry in the panel layer.
    pub panel: String,
    /// Its entry in the indicators layer.
    pub indicators: String,
    /// The newest reading in it (RFC 3339).
    pub data_through: String,
    /// Whether any of it is invented by a simulated Hub.
    pub is_simulated: bool,
}

impl Store {
    /// The collection's current release; `None` before its first build.
    pub fn release(&self, collection: &str) -> Result<Option<Release>> {
        let path = self.root().join(RELEASES).join(format!("{collection}.json"));
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(fault) => return Err(io("read", &path)(fault)),
        };
        serde_json::from_slice(&bytes).map(Some).map_err(|source| Error::Manifest { path, source })
    }

    /// Makes a release the current one of its collection; readers see the old one or this.
    pub fn publish(&self, release: &Release) -> Result<()> {
        let folder = self.root().join(RELEASES);
        std::fs::create_dir_all(&folder).map_err(io("create", &folder))?;
        let path = folder.join(format!("{}.json", release.collection));
        let mut text = serde_json::to_vec_pretty(release)
            .map_err(|source| Error::Manifest { path: path.clone(), source })?;
        text.push(b'\n');
        write_atomically(&path, &text)
    }

    /// Fails with the list of known collections unless `name` is one of them.
    pub fn expect_collection(&self, name: &str) -> Result<()> {
        let known = self.collections()?;
        if known.iter().any(|collection| collection == name) {
            return Ok(());
        }
        Err(Error::UnknownCollection { name: name.to_owned(), known })
    }
}
