//! Layers in their folders: how they are listed, read, and committed all at once.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use arrow_array::RecordBatch;

use crate::codec::{checksum, pack};
use crate::error::io;
use crate::manifest::{FORMAT, FileEntry, InputEntry, Manifest, RawDescription};
use crate::{Error, Result, parquet_file};

pub(crate) const MANIFEST: &str = "manifest.json";
pub(crate) const DRAFT_PREFIX: &str = ".draft-";

/// One stage of the flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layer {
    /// Bytes as received.
    Raw,
    /// What one raw entry says, parsed.
    Records,
    /// Typed, no judgement.
    Tables,
    /// Derived and documented, per model.
    Attributes,
    /// Weekly flows, per model and week.
    Panel,
    /// Small answers to standing questions.
    Indicators,
}

impl Layer {
    /// Every layer, in the order in which data flows.
    pub const ALL: [Self; 6] =
        [Self::Raw, Self::Records, Self::Tables, Self::Attributes, Self::Panel, Self::Indicators];

    /// The layer's folder.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Raw => "raw",
            Self::Records => "records",
            Self::Tables => "tables",
            Self::Attributes => "attributes",
            Self::Panel => "panel",
            Self::Indicators => "indicators",
        }
    }
}

/// A data directory.
#[derive(Debug, Clone)]
pub struct Store {
    root: PathBuf,
}

impl Store {
    /// Opens a data directory, making it if it is not there.
    pub fn create(root: &Path) -> Result<Self> {
        std::fs::create_dir_all(root).map_err(io("create", root))?;
        Ok(Self { root: root.to_owned() })
    }

    /// Opens a data directory that must be there.
    pub fn open(root: &Path) -> Result<Self> {
        if !root.is_dir() {
            return Err(Error::NoStore { path: root.to_owned() });
        }
        Ok(Self { root: root.to_owned() })
    }

    /// The directory.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The collections that have something in the raw layer, by name.
    pub fn collections(&self) -> Result<Vec<String>> {
        folders(&self.root.join(Layer::Raw.name()))
    }

    /// The names of a collection's committed entries in a layer, sorted.
    pub fn entries(&self, layer: Layer, collection: &str) -> Result<Vec<String>> {
        folders(&self.root.join(layer.name()).join(collection))
    }

    /// Whether an entry is committed.
    #[must_use]
    pub fn has(&self, layer: Layer, collection: &str, name: &str) -> bool {
        self.path(layer, collection, name).join(MANIFEST).is_file()
    }

    /// Reads an entry's manifest.
    pub fn manifest(&self, layer: Layer, collection: &str, name: &str) -> Result<Manifest> {
        let path = self.path(layer, collection, name).join(MANIFEST);
        let bytes = std::fs::read(&path).map_err(io("read", &path))?;
        serde_json::from_slice(&bytes).map_err(|source| Error::Manifest { path, source })
    }

    /// Names an entry as the input of another, by the checksum of its manifest.
    pub fn as_input(&self, layer: Layer, collection: &str, name: &str) -> Result<InputEntry> {
        let path = self.path(layer, collection, name).join(MANIFEST);
        let bytes = std::fs::read(&path).map_err(io("read", &path))?;
        let name = format!("{}/{collection}/{name}", layer.name());
        Ok(InputEntry { name, sha256: checksum(&bytes) })
    }

    /// Reads one file of an entry and holds it against its checksum.
    pub fn read_file(
        &self,
        layer: Layer,
        collection: &str,
        name: &str,
        file: &FileEntry,
    ) -> Result<Vec<u8>> {
        let path = self.path(layer, collection, name).join(&file.name);
        let bytes = std::fs::read(&path).map_err(io("read", &path))?;
        if checksum(&bytes) != file.sha256 {
            return Err(Error::Damaged { path });
        }
        Ok(bytes)
    }

    /// Reads one table of an entry.
    pub fn read_table(
        &self,
        layer: Layer,
        collection: &str,
        name: &str,
        file: &str,
    ) -> Result<Vec<RecordBatch>> {
        parquet_file::read(&self.path(layer, collection, name).join(file))
    }

    /// Begins an entry that appears all at once when it is committed.
    pub fn draft(&self, layer: Layer, collection: &str, name: &str) -> Result<Draft> {
        let target = self.path(layer, collection, name);
        let folder = target.with_file_name(format!("{DRAFT_PREFIX}{name}"));
        if folder.exists() {
            std::fs::remove_dir_all(&folder).map_err(io("clear", &folder))?;
        }
        std::fs::create_dir_all(&folder).map_err(io("create", &folder))?;
        Ok(Draft::of_folder(folder, target, layer, collection))
    }

    pub(crate) fn path(&self, layer: Layer, collection: &str, name: &str) -> PathBuf {
        self.root.join(layer.name()).join(collection).join(name)
    }

    pub(crate) fn clear_drafts(&self) -> Result<()> {
        for layer in Layer::ALL {
            let folder = self.root.join(layer.name());
            for collection in folders(&folder)? {
                let folder = folder.join(collection);
                for draft in list(&folder)?.iter().filter(|name| name.starts_with(DRAFT_PREFIX)) {
                    let path = folder.join(draft);
                    std::fs::remove_dir_all(&path).map_err(io("clear", &path))?;
                }
            }
        }
        Ok(())
    }
}

/// An entry being written. Dropped without a commit, it leaves nothing that anyone reads.
#[derive(Debug)]
pub struct Draft {
    target: PathBuf,
    folder: PathBuf,
    manifest: Manifest,
}

impl Draft {
    /// A draft in a folder that is there.
    pub(crate) fn of_folder(
        folder: PathBuf,
        target: PathBuf,
        layer: Layer,
        collection: &str,
    ) -> Self {
        let manifest = Manifest {
            format: FORMAT,
            layer: layer.name().to_owned(),
            collection: collection.to_owned(),
            code_version: String::new(),
            schema_fingerprint: String::new(),
            inputs: Vec::new(),
            files: Vec::new(),
            row_count: 0,
            problem_count: 0,
            raw: None,
        };
        Self { target, folder, manifest }
    }

    /// Writes bytes as received; those that are not packed yet are packed with zstd, and the file
    /// named so.
    pub fn write_received(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        match pack(bytes) {
            Some(packed) => self.write(&format!("{name}.zst"), &packed),
            None => self.write(name, bytes),
        }
    }

    /// Writes a table; returns its rows.
    pub fn write_table(&mut self, name: &str, batches: &[RecordBatch]) -> Result<u64> {
        let path = self.folder.join(name);
        let rows = parquet_file::write(&path, batches)?;
        let bytes = std::fs::read(&path).map_err(io("read", &path))?;
        self.note(name, &bytes, Some(rows));
        Ok(rows)
    }

    /// Fills in what the manifest says beside its files.
    pub fn describe(&mut self, edit: impl FnOnce(&mut Manifest)) {
        edit(&mut self.manifest);
    }

    /// Fills in what was received, for a raw entry.
    pub fn describe_raw(&mut self, raw: RawDescription) {
        self.manifest.raw = Some(raw);
    }

    /// Puts the entry in place: first its files reach the disk, then the manifest, then its name.
    ///
    /// What is committed is immutable: an entry of this name that is there already stays.
    pub fn commit(self) -> Result<Manifest> {
        let committed = self.target.join(MANIFEST);
        if committed.is_file() {
            discard(&self.folder)?;
            let bytes = std::fs::read(&committed).map_err(io("read", &committed))?;
            return serde_json::from_slice(&bytes)
                .map_err(|source| Error::Manifest { path: committed, source });
        }
        let path = self.folder.join(MANIFEST);
        let mut text = serde_json::to_vec_pretty(&self.manifest)
            .map_err(|source| Error::Manifest { path: path.clone(), source })?;
        text.push(b'\n');
        write_synced(&path, &text)?;
        sync_folder(&self.folder)?;
        std::fs::rename(&self.folder, &self.target).map_err(io("commit", &self.target))?;
        if let Some(parent) = self.target.parent() {
            sync_folder(parent)?;
        }
        Ok(self.manifest)
    }

    /// Where its files lie until it is committed.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    fn write(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        write_synced(&self.folder.join(name), bytes)?;
        self.note(name, bytes, None);
        Ok(())
    }

    fn note(&mut self, name: &str, bytes: &[u8], rows: Option<u64>) {
        self.note_file(FileEntry {
            name: name.to_owned(),
            bytes: bytes.len() as u64,
            sha256: checksum(bytes),
            rows,
        });
    }

    /// Takes a file of the folder, whose checksum is known, into the manifest.
    pub(crate) fn note_file(&mut self, file: FileEntry) {
        self.manifest.files.push(file);
    }

    /// Takes a small file that is in the folder already into the manifest.
    pub(crate) fn note_written(&mut self, name: &str) -> Result<()> {
        let path = self.folder.join(name);
        let bytes = std::fs::read(&path).map_err(io("read", &path))?;
        self.note(name, &bytes, None);
        Ok(())
    }
}

/// Removes the folder of what is not needed, so that it is gone at once: a process that dies while
/// it removes the files leaves a draft, which the next writer clears, and no half of a journal.
pub(crate) fn discard(folder: &Path) -> Result<()> {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let doomed = folder.with_file_name(format!("{DRAFT_PREFIX}discarded-{name}"));
    if doomed.exists() {
        std::fs::remove_dir_all(&doomed).map_err(io("clear", &doomed))?;
    }
    std::fs::rename(folder, &doomed).map_err(io("clear", folder))?;
    std::fs::remove_dir_all(&doomed).map_err(io("clear", &doomed))
}

/// Writes a file beside its target and renames it into place, so that readers see old or new.
pub(crate) fn write_atomically(path: &Path, bytes: &[u8]) -> Result<()> {
    let beside = path.with_extension("new");
    write_synced(&beside, bytes)?;
    std::fs::rename(&beside, path).map_err(io("commit", path))?;
    path.parent().map_or(Ok(()), sync_folder)
}

pub(crate) fn write_synced(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut file = File::create(path).map_err(io("create", path))?;
    file.write_all(bytes).map_err(io("write", path))?;
    file.sync_all().map_err(io("write", path))
}

pub(crate) fn sync_folder(path: &Path) -> Result<()> {
    let folder = File::open(path).map_err(io("open", path))?;
    folder.sync_all().map_err(io("sync", path))
}

/// The names of the folders in a folder, sorted, hidden ones left out; none if it is not there.
pub(crate) fn folders(path: &Path) -> Result<Vec<String>> {
    let names = list(path)?;
    Ok(names
        .into_iter()
        .filter(|name| !name.starts_with('.') && path.join(name).is_dir())
        .collect())
}

pub(crate) fn list(path: &Path) -> Result<Vec<String>> {
    let entries = match std::fs::read_dir(path) {
        Ok(entries) => entries,
        Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(fault) => return Err(io("list", path)(fault)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let name = entry.map_err(io("list", path))?.file_name();
        names.extend(name.into_string().ok());
    }
    names.sort();
    Ok(names)
}

#[cfg(test)]
mod tests;
