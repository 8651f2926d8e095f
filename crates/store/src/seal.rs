//! The files of a release, held against their checksums once, and looked at cheaply ever after.
//!
//! What is read from a release later, as the evidence of one value, must be of the bytes that were
//! checked. To check them again for each reader would read gigabytes; so a seal remembers size and
//! time of each file, and is broken as soon as one is gone, replaced or written to.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::content::checksum_of_file;
use crate::error::io;
use crate::layer::{Layer, MANIFEST};
use crate::{Error, Release, Result, Store};

/// The files of a release as they lay on disk when they were checked; the default one seals none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seal {
    files: Vec<Sealed>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Sealed {
    path: PathBuf,
    bytes: u64,
    /// When it was last written to, where the file system tells.
    written_at: Option<SystemTime>,
}

impl Store {
    /// Holds every file that a release is shown from against its checksum; fails at the first that
    /// is missing or damaged.
    pub fn seal(&self, release: &Release) -> Result<Seal> {
        let entries = [
            (Layer::Tables, &release.tables),
            (Layer::Attributes, &release.attributes),
            (Layer::Panel, &release.panel),
        ];
        let mut files = Vec::new();
        for (layer, entry) in entries {
            let folder = self.path(layer, &release.collection, entry);
            files.push(Sealed::of(&folder.join(MANIFEST))?);
            for file in self.manifest(layer, &release.collection, entry)?.files {
                let sealed = Sealed::of(&folder.join(&file.name))?;
                let is_whole = sealed.bytes == file.bytes;
                if !is_whole || checksum_of_file(&sealed.path)? != file.sha256 {
                    return Err(Error::Damaged { path: sealed.path });
                }
                files.push(sealed);
            }
        }
        Ok(Seal { files })
    }
}

impl Seal {
    /// Fails where a file is no longer the one that was checked, as far as its size and time tell.
    pub fn check(&self) -> Result<()> {
        let broken = self.files.iter().find(|file| !file.is_there());
        broken.map_or(Ok(()), |file| Err(Error::Damaged { path: file.path.clone() }))
    }

    /// Whether every file is still the one that was checked, as far as its size and time tell.
    #[must_use]
    pub fn is_unbroken(&self) -> bool {
        self.check().is_ok()
    }
}

impl Sealed {
    fn of(path: &Path) -> Result<Self> {
        look(path).map_err(io("read", path))
    }

    fn is_there(&self) -> bool {
        look(&self.path).is_ok_and(|now| now == *self)
    }
}

fn look(path: &Path) -> std::io::Result<Sealed> {
    let found = std::fs::metadata(path)?;
    let written_at = found.modified().ok();
    Ok(Sealed { path: path.to_owned(), bytes: found.len(), written_at })
}

#[cfg(test)]
mod tests {
    use std::fs::File;

    use super::*;

    /// A release of three entries with a file each.
    fn release(store: &Store) -> Release {
        for layer in [Layer::Tables, Layer::Attributes, Layer::Panel] {
            let mut draft = store.draft(layer, "tiny", "entry").expect("it works here");
            draft.write_received("file", b"what was written").expect("it works here");
            draft.commit().expect("it works here");
        }
        let entry = || "entry".to_owned();
        Release {
            id: "one".to_owned(),
            collection: "tiny".to_owned(),
            raw: Vec::new(),
            tables: entry(),
            attributes: entry(),
            panel: entry(),
            indicators: entry(),
            data_through: "2024-05-27T00:00:00Z".to_owned(),
            is_simulated: false,
        }
    }

    fn file_path(store: &Store) -> PathBuf {
        let manifest = store.manifest(Layer::Panel, "tiny", "entry").expect("it works here");
        store.root().join("panel/tiny/entry").join(&manifest.files[0].name)
    }

    #[test]
    fn a_seal_is_broken_by_whatever_is_done_to_a_file() {
        type Fault = fn(&Path);
        let faults: [(&str, Fault); 4] = [
            ("a bit is flipped", |path| {
                let mut bytes = std::fs::read(path).unwrap();
                let middle = bytes.len() / 2;
                bytes[middle] ^= 1;
                std::fs::write(path, bytes).unwrap();
            }),
            ("the end is missing", |path| {
                let bytes = std::fs::read(path).unwrap();
                std::fs::write(path, &bytes[..bytes.len() - 1]).unwrap();
            }),
            ("nothing is left", |path| std::fs::write(path, b"").unwrap()),
            ("it is gone", |path| std::fs::remove_file(path).unwrap()),
        ];
        for (what, fault) in faults {
            let folder = tempfile::tempdir().unwrap();
            let store = Store::create(folder.path()).unwrap();
            let release = release(&store);
            let seal = store.seal(&release).unwrap();
            assert!(seal.is_unbroken());
            fault(&file_path(&store));
            // Some file systems tell times so coarsely that a test is over before they move on.
            if let Ok(damaged) = File::options().write(true).open(file_path(&store)) {
                damaged.set_modified(SystemTime::UNIX_EPOCH).unwrap();
            }
            assert!(!seal.is_unbroken(), "{what}");
            assert!(store.seal(&release).is_err(), "{what}");
        }
    }

    #[test]
    fn a_manifest_that_is_half_written_breaks_it_too() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::create(folder.path()).unwrap();
        let release = release(&store);
        let seal = store.seal(&release).unwrap();
        let path = store.root().join("tables/tiny/entry").join(MANIFEST);
        let text = std::fs::read(&path).unwrap();
        std::fs::write(&path, &text[..text.len() / 2]).unwrap();
        assert!(!seal.is_unbroken());
        assert!(matches!(store.seal(&release), Err(Error::Manifest { .. })));
    }
}
