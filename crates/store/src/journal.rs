//! Raw entries that are received piece by piece over hours, and outlive whoever receives them.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::codec::checksum;
use crate::error::io;
use crate::layer::{discard, list, sync_folder, write_atomically, write_synced};
use crate::manifest::FileEntry;
use crate::{Draft, Error, Layer, Result, Store};

/// Hidden, so that no reader takes it for an entry; drafts are cleared, these are not.
const OPEN_PREFIX: &str = ".open-";
const PLAN: &str = "plan.json";
const PIECES: &str = "pieces.jsonl";

/// One piece that reached the disk whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Piece {
    /// Its file.
    pub file: FileEntry,
    /// SHA-256 of its bytes as received, before they were packed.
    pub received_sha256: String,
    /// What its receiver has to say of it, as where it came from and what comes next.
    pub about: serde_json::Value,
}

/// An entry being received. A process that dies leaves it, and the next one goes on.
///
/// A piece counts from the moment its line is in the list of pieces on disk, which is after its
/// file has reached the disk; whatever else lies in the folder is cleared on resumption.
#[derive(Debug)]
pub struct Journal {
    collection: String,
    folder: PathBuf,
    list: File,
    plan: serde_json::Value,
    pieces: Vec<Piece>,
}

impl Store {
    /// Goes on with the entry that is being received under this plan, or begins it.
    ///
    /// The plan says what is being received, so that nothing is continued with something else:
    /// the same collection and plan find the same journal.
    pub fn journal(&self, collection: &str, plan: &serde_json::Value) -> Result<Journal> {
        let folder = self.path(Layer::Raw, collection, &open_name(plan));
        if folder.join(PLAN).is_file() {
            return Journal::resume(collection, folder);
        }
        Journal::begin(collection, folder, plan)
    }

    /// The plans of a collection's entries that are being received, or were when it was
    /// interrupted, each with how many pieces have arrived.
    pub fn open_journals(&self, collection: &str) -> Result<Vec<(serde_json::Value, usize)>> {
        let parent = self.root().join(Layer::Raw.name()).join(collection);
        let mut open = Vec::new();
        for name in list(&parent)?.iter().filter(|name| name.starts_with(OPEN_PREFIX)) {
            let folder = parent.join(name);
            // Without a plan nothing was received yet.
            if folder.join(PLAN).is_file() {
                open.push((read_plan(&folder)?, read_pieces(&folder)?.len()));
            }
        }
        Ok(open)
    }
}

impl Journal {
    fn begin(collection: &str, folder: PathBuf, plan: &serde_json::Value) -> Result<Self> {
        if folder.exists() {
            std::fs::remove_dir_all(&folder).map_err(io("clear", &folder))?;
        }
        std::fs::create_dir_all(&folder).map_err(io("create", &folder))?;
        let list = open_list(&folder)?;
        write_atomically(&folder.join(PLAN), &to_line(&folder, plan)?)?;
        if let Some(parent) = folder.parent() {
            sync_folder(parent)?;
        }
        let collection = collection.to_owned();
        Ok(Self { collection, folder, list, plan: plan.clone(), pieces: Vec::new() })
    }

    fn resume(collection: &str, folder: PathBuf) -> Result<Self> {
        let plan = read_plan(&folder)?;
        let mut pieces = read_pieces(&folder)?;
        // What a lost piece was followed by cannot be joined to what came before it.
        let is_there = |piece: &Piece| {
            let path = folder.join(&piece.file.name);
            std::fs::metadata(path).is_ok_and(|found| found.len() == piece.file.bytes)
        };
        let sound = pieces.iter().take_while(|piece| is_there(piece)).count();
        pieces.truncate(sound);
        // Only the last pieces can have been under way when the machine went down.
        while let Some(piece) = pieces.last() {
            let path = folder.join(&piece.file.name);
            let is_sound =
                std::fs::read(&path).is_ok_and(|bytes| checksum(&bytes) == piece.file.sha256);
            if is_sound {
                break;
            }
            pieces.pop();
        }
        let mut lines = Vec::new();
        for piece in &pieces {
            lines.extend(to_line(&folder, piece)?);
        }
        write_atomically(&folder.join(PIECES), &lines)?;
        for name in list(&folder)? {
            let is_known = name == PLAN
                || name == PIECES
                || pieces.iter().any(|piece| piece.file.name == name);
            if !is_known {
                let path = folder.join(name);
                std::fs::remove_file(&path).map_err(io("clear", &path))?;
            }
        }
        let list = open_list(&folder)?;
        Ok(Self { collection: collection.to_owned(), folder, list, plan, pieces })
    }

    /// What is being received.
    #[must_use]
    pub fn plan(&self) -> &serde_json::Value {
        &self.plan
    }

    /// What has arrived, in order.
    #[must_use]
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// Reads a piece back, as it lies there, and holds it against its checksum.
    pub fn read(&self, piece: &Piece) -> Result<Vec<u8>> {
        let path = self.folder.join(&piece.file.name);
        let bytes = std::fs::read(&path).map_err(io("read", &path))?;
        if checksum(&bytes) != piece.file.sha256 {
            return Err(Error::Damaged { path });
        }
        Ok(bytes)
    }

    /// Writes the next piece, packed with zstd; when this returns, it has reached the disk.
    pub fn append(&mut self, name: &str, bytes: &[u8], about: serde_json::Value) -> Result<()> {
        let packed = crate::codec::pack_always(bytes);
        let name = format!("{name}.zst");
        write_synced(&self.folder.join(&name), &packed)?;
        let piece = Piece {
            file: FileEntry {
                name,
                bytes: packed.len() as u64,
                sha256: checksum(&packed),
                rows: None,
            },
            received_sha256: checksum(bytes),
            about,
        };
        let path = self.folder.join(PIECES);
        self.list.write_all(&to_line(&self.folder, &piece)?).map_err(io("write", &path))?;
        self.list.sync_data().map_err(io("write", &path))?;
        self.pieces.push(piece);
        Ok(())
    }

    /// Ends the reception of what turned out to be nothing.
    pub fn discard(self) -> Result<()> {
        discard(&self.folder)
    }

    /// Ends the reception: what is left to do is to describe the entry and to commit it.
    ///
    /// Dying before the commit loses nothing: the journal is still there, and can be ended again.
    pub fn into_draft(self, store: &Store, entry: &str) -> Result<Draft> {
        let mut draft = Draft::of_folder(
            self.folder,
            store.path(Layer::Raw, &self.collection, entry),
            Layer::Raw,
            &self.collection,
        );
        draft.note_written(PLAN)?;
        draft.note_written(PIECES)?;
        for piece in self.pieces {
            draft.note_file(piece.file);
        }
        Ok(draft)
    }
}

impl Store {
    /// The pieces of a committed entry that was received piece by piece; none for any other.
    pub fn pieces(&self, collection: &str, entry: &str) -> Result<Vec<Piece>> {
        let folder = self.path(Layer::Raw, collection, entry);
        if folder.join(PIECES).is_file() { read_pieces(&folder) } else { Ok(Vec::new()) }
    }
}

fn open_name(plan: &serde_json::Value) -> String {
    format!("{OPEN_PREFIX}{}", &checksum(plan.to_string().as_bytes())[..12])
}

fn open_list(folder: &Path) -> Result<File> {
    let path = folder.join(PIECES);
    File::options().create(true).append(true).open(&path).map_err(io("open", &path))
}

fn read_plan(folder: &Path) -> Result<serde_json::Value> {
    let path = folder.join(PLAN);
    let bytes = std::fs::read(&path).map_err(io("read", &path))?;
    serde_json::from_slice(&bytes).map_err(|source| Error::Manifest { path, source })
}

/// The pieces whose lines are whole; a line that was being written when the process died is not.
fn read_pieces(folder: &Path) -> Result<Vec<Piece>> {
    let path = folder.join(PIECES);
    let bytes = match std::fs::read(&path) {
        Ok(bytes) => bytes,
        Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(fault) => return Err(io("read", &path)(fault)),
    };
    let lines = bytes.split_inclusive(|byte| *byte == b'\n');
    let whole = lines.filter(|line| line.ends_with(b"\n"));
    Ok(whole.map_while(|line| serde_json::from_slice(line).ok()).collect())
}

fn to_line(folder: &Path, value: &impl Serialize) -> Result<Vec<u8>> {
    let mut line = serde_json::to_vec(value)
        .map_err(|source| Error::Manifest { path: folder.to_owned(), source })?;
    line.push(b'\n');
    Ok(line)
}

#[cfg(test)]
mod tests;
