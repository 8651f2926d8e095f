//! An archive to the raw layer.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use arrow_array::cast::AsArray;
use arrow_array::types::Int64Type;
use arrow_array::{Array, RecordBatch};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::file::metadata::FileMetaData;
use sha2::{Digest, Sha256};

use super::{ACCEPTED_KEY, COLLECTION_KEY, FORMAT, FORMAT_KEY, PART_BYTES, schema};
use crate::codec::hex;
use crate::error::io;
use crate::layer::{DRAFT_PREFIX, MANIFEST, sync_folder, write_synced};
use crate::{Error, FileEntry, Layer, Manifest, Result, Store};

/// What was restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// The collection.
    pub collection: String,
    /// Entries that were restored.
    pub entries: u64,
    /// Entries that were there already, and stay as they are.
    pub known: u64,
}

/// Restores the entries of an archive that are not there yet, byte for byte.
///
/// An entry is committed when all its files have come and are what its manifest says. An archive
/// that is damaged or is none ends it with [`Error::Archive`]; entries before the damage are
/// restored by then, and restoring a sound copy adds the others. Whoever calls this holds the
/// right to write. Memory is bounded by the size of a few parts.
pub fn restore(store: &Store, path: &Path) -> Result<Restored> {
    let file = File::open(path).map_err(io("open", path))?;
    let unreadable = |reason: String| Error::Archive { path: path.to_owned(), reason };
    let reader = ParquetRecordBatchReaderBuilder::try_new(file)
        .map_err(|fault| unreadable(format!("it is no whole Parquet file ({fault})")))?;
    let collection = collection(reader.metadata().file_metadata()).map_err(&unreadable)?;
    if reader.schema().fields() != schema().fields() {
        return Err(unreadable("its columns are not those of an archive".to_owned()));
    }
    let accepted = accepted(reader.metadata().file_metadata()).map_err(&unreadable)?;
    let reader = reader
        .with_batch_size(1)
        .build()
        .map_err(|fault| unreadable(format!("it cannot be read ({fault})")))?;
    let restored = Restored { collection, entries: 0, known: 0 };
    let mut restoring = Restoring { store, path, restored, entry: None };
    for batch in reader {
        let batch = batch.map_err(|fault| unreadable(format!("it cannot be read ({fault})")))?;
        for row in 0..batch.num_rows() {
            restoring.take(&Row::of(&batch, row))?;
        }
    }
    restoring.close_entry()?;
    let restored = restoring.restored;
    for entry in accepted {
        store.accept(&restored.collection, &entry)?;
    }
    Ok(restored)
}

/// The entries that were accepted where the archive was written; none in one that says nothing.
fn accepted(metadata: &FileMetaData) -> std::result::Result<Vec<String>, String> {
    let Some(text) = value(metadata, ACCEPTED_KEY) else { return Ok(Vec::new()) };
    serde_json::from_str(text)
        .map_err(|fault| format!("its list of accepted entries is none ({fault})"))
}

/// What an archive says of itself under a key.
fn value<'a>(metadata: &'a FileMetaData, key: &str) -> Option<&'a str> {
    let pairs = metadata.key_value_metadata()?;
    pairs.iter().find(|pair| pair.key == key)?.value.as_deref()
}

/// The collection that an archive names, if it is one that we understand.
fn collection(metadata: &FileMetaData) -> std::result::Result<String, String> {
    match value(metadata, FORMAT_KEY) {
        Some(FORMAT) => {}
        Some(other) => return Err(format!("it is of version {other}, which is unknown here")),
        None => {
            return Err(
                "it is no archive of a raw layer; expected what `weighhouse export raw` writes"
                    .to_owned(),
            );
        }
    }
    let collection = value(metadata, COLLECTION_KEY).filter(|name| is_plain(name));
    collection.map(str::to_owned).ok_or_else(|| "it names no collection".to_owned())
}

/// Whether a name stays in the folder that it is put in, and is seen there.
fn is_plain(name: &str) -> bool {
    !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\', '\0'])
}

/// One row of an archive.
struct Row<'a> {
    entry: &'a str,
    manifest: Option<&'a str>,
    file: Option<&'a str>,
    part: Option<i64>,
    bytes: &'a [u8],
}

impl<'a> Row<'a> {
    /// A row of a batch whose columns are those of an archive.
    fn of(batch: &'a RecordBatch, row: usize) -> Self {
        let text = |column: usize| {
            let column = batch.column(column).as_string::<i32>();
            column.is_valid(row).then(|| column.value(row))
        };
        let part = batch.column(3).as_primitive::<Int64Type>();
        let bytes = batch.column(4).as_binary::<i32>();
        Self {
            entry: text(0).unwrap_or_default(),
            manifest: text(1),
            file: text(2),
            part: part.is_valid(row).then(|| part.value(row)),
            bytes: if bytes.is_valid(row) { bytes.value(row) } else { &[] },
        }
    }
}

struct Restoring<'a> {
    store: &'a Store,
    path: &'a Path,
    restored: Restored,
    entry: Option<Entry>,
}

/// The entry whose rows are being read.
struct Entry {
    name: String,
    /// `None` where the entry is there already.
    draft: Option<EntryDraft>,
}

struct EntryDraft {
    folder: PathBuf,
    manifest_text: String,
    /// The files that are still to come, in order; the first may have begun.
    files: std::vec::IntoIter<FileEntry>,
    current: Option<Current>,
}

/// A file whose parts are being read.
struct Current {
    expected: FileEntry,
    file: File,
    path: PathBuf,
    digest: Sha256,
    bytes: u64,
    parts: i64,
}

impl Restoring<'_> {
    fn take(&mut self, row: &Row<'_>) -> Result<()> {
        if let Some(manifest) = row.manifest {
            self.close_entry()?;
            return self.open_entry(row.entry, manifest);
        }
        let Some(entry) = self.entry.as_mut().filter(|entry| entry.name == row.entry) else {
            return Err(self.broken(format!("entry {}: its manifest is missing", row.entry)));
        };
        let Some(draft) = &mut entry.draft else { return Ok(()) };
        match draft.take(row) {
            Ok(result) => result,
            Err(reason) => Err(self.broken(format!("entry {}: {reason}", row.entry))),
        }
    }

    fn open_entry(&mut self, name: &str, text: &str) -> Result<()> {
        let collection = &self.restored.collection;
        let manifest: Manifest = serde_json::from_str(text)
            .map_err(|fault| self.broken(format!("entry {name}: unreadable manifest ({fault})")))?;
        let is_fitting = is_plain(name)
            && manifest.format == crate::manifest::FORMAT
            && manifest.layer == Layer::Raw.name()
            && manifest.collection == *collection
            && manifest.files.iter().all(|file| is_plain(&file.name) && file.name != MANIFEST);
        if !is_fitting {
            return Err(self.broken(format!("entry {name}: its manifest is not of this archive")));
        }
        let draft = if self.store.has(Layer::Raw, collection, name) {
            None
        } else {
            // A draft, so that one that is interrupted is cleared like any other.
            self.store.draft(Layer::Raw, collection, name)?;
            Some(EntryDraft {
                folder: self.store.path(Layer::Raw, collection, &format!("{DRAFT_PREFIX}{name}")),
                manifest_text: text.to_owned(),
                files: manifest.files.into_iter(),
                current: None,
            })
        };
        self.entry = Some(Entry { name: name.to_owned(), draft });
        Ok(())
    }

    /// Puts the entry in place, if all of it has come.
    fn close_entry(&mut self) -> Result<()> {
        let Some(Entry { name, draft }) = self.entry.take() else { return Ok(()) };
        let Some(mut draft) = draft else {
            self.restored.known += 1;
            return Ok(());
        };
        let broken = |reason: String| self.broken(format!("entry {name}: {reason}"));
        draft.close_file().map_err(broken)??;
        if let Some(file) = draft.files.next() {
            return Err(broken(format!("{} is missing", file.name)));
        }
        write_synced(&draft.folder.join(MANIFEST), draft.manifest_text.as_bytes())?;
        sync_folder(&draft.folder)?;
        let target = self.store.path(Layer::Raw, &self.restored.collection, &name);
        std::fs::rename(&draft.folder, &target).map_err(io("commit", &target))?;
        if let Some(parent) = target.parent() {
            sync_folder(parent)?;
        }
        self.restored.entries += 1;
        Ok(())
    }

    fn broken(&self, reason: String) -> Error {
        Error::Archive { path: self.path.to_owned(), reason }
    }
}

/// A failure of the disk inside; outside, what is wrong with the archive.
type Judged = std::result::Result<Result<()>, String>;

impl EntryDraft {
    fn take(&mut self, row: &Row<'_>) -> Judged {
        let (Some(name), Some(part)) = (row.file, row.part) else {
            return Err("a row names no part of a file".to_owned());
        };
        if row.bytes.len() > PART_BYTES {
            return Err(format!("{name}: part {part} is larger than {PART_BYTES} bytes"));
        }
        if part == 0 {
            let opened = self.close_file()?.and_then(|()| self.open_file(name).transpose());
            match opened {
                Ok(Some(())) => {}
                Ok(None) => return Err(format!("{name} is not the file that comes next")),
                Err(error) => return Ok(Err(error)),
            }
        }
        match &mut self.current {
            Some(current) if current.expected.name == name && current.parts == part => {
                Ok(current.take(row.bytes))
            }
            _ => Err(format!("{name}: part {part} is not the one that comes next")),
        }
    }

    /// Begins the next file, if it is the one of this name.
    fn open_file(&mut self, name: &str) -> Option<Result<()>> {
        let expected = self.files.next().filter(|file| file.name == name)?;
        let path = self.folder.join(name);
        Some(File::create(&path).map_err(io("create", &path)).map(|file| {
            let digest = Sha256::new();
            self.current = Some(Current { expected, file, path, digest, bytes: 0, parts: 0 });
        }))
    }

    /// Ends the file that has begun, if it is what the manifest says.
    fn close_file(&mut self) -> Judged {
        let Some(current) = self.current.take() else { return Ok(Ok(())) };
        let expected = &current.expected;
        if current.bytes != expected.bytes || hex(&current.digest.finalize()) != expected.sha256 {
            return Err(format!("{} is not what its manifest says", expected.name));
        }
        Ok(current.file.sync_all().map_err(io("write", &current.path)))
    }
}

impl Current {
    fn take(&mut self, bytes: &[u8]) -> Result<()> {
        self.file.write_all(bytes).map_err(io("write", &self.path))?;
        self.digest.update(bytes);
        self.bytes += bytes.len() as u64;
        self.parts += 1;
        Ok(())
    }
}
