//! The raw layer to an archive.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use arrow_array::{ArrayRef, BinaryArray, Int64Array, RecordBatch, StringArray};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::schema::types::ColumnPath;
use sha2::{Digest, Sha256};

use super::{
    ACCEPTED_KEY, BYTES, COLLECTION_KEY, ENTRY, FILE, FORMAT, FORMAT_KEY, MANIFEST, PART,
    PART_BYTES, schema,
};
use crate::codec::hex;
use crate::error::io;
use crate::layer::{MANIFEST as MANIFEST_FILE, sync_folder};
use crate::{Error, FileEntry, Layer, Manifest, Result, Store};

/// Fixed, so that a newer Parquet library does not change the bytes of unchanged data.
const CREATED_BY: &str = "weighhouse";
const ZSTD_LEVEL: i32 = 3;
/// Parts gathered in memory before they are written, in bytes.
const ROW_GROUP_BYTES: usize = 4 * PART_BYTES;

/// What an archive holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Archived {
    /// Entries.
    pub entries: u64,
    /// Their files, without the manifests.
    pub files: u64,
    /// The files' bytes.
    pub bytes: u64,
}

/// Writes every committed entry of a collection's raw layer to a Parquet file, those that are
/// incomplete or held back among them. Equal entries give equal bytes.
///
/// Each file is held against its manifest on the way, and one that is damaged ends it: then what
/// was at `path` before is still there. Memory is bounded, whatever the size of the files.
pub fn write(store: &Store, collection: &str, path: &Path) -> Result<Archived> {
    store.expect_collection(collection)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = path.with_file_name(format!(".{name}.new"));
    let written = write_to(store, collection, &beside);
    if written.is_ok() {
        std::fs::rename(&beside, path).map_err(io("commit", path))?;
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
        sync_folder(parent.unwrap_or(Path::new(".")))?;
    } else {
        // Why it could not be written is what matters, not that this could not be undone.
        let _ = std::fs::remove_file(&beside);
    }
    written
}

fn write_to(store: &Store, collection: &str, path: &Path) -> Result<Archived> {
    let file = File::create(path).map_err(io("create", path))?;
    let failed = |source| Error::Parquet { action: "write", path: path.to_owned(), source };
    let accepted = store.accepted_of(collection)?;
    let accepted = serde_json::to_string(&accepted)
        .map_err(|source| Error::Manifest { path: path.to_owned(), source })?;
    let properties = properties(collection, &accepted).map_err(failed)?;
    let writer = ArrowWriter::try_new(file, schema(), Some(properties)).map_err(failed)?;
    let mut writing = Writing { writer, path };
    let mut archived = Archived::default();
    for entry in store.entries(Layer::Raw, collection)? {
        let folder = store.path(Layer::Raw, collection, &entry);
        let manifest_path = folder.join(MANIFEST_FILE);
        let bytes = std::fs::read(&manifest_path).map_err(io("read", &manifest_path))?;
        let manifest: Manifest = serde_json::from_slice(&bytes)
            .map_err(|source| Error::Manifest { path: manifest_path, source })?;
        let text = String::from_utf8_lossy(&bytes);
        writing.row(&entry, Some(&text), None)?;
        for file in &manifest.files {
            writing.file(&entry, &folder, file)?;
            archived.files += 1;
            archived.bytes += file.bytes;
        }
        archived.entries += 1;
    }
    let file = writing.writer.into_inner().map_err(failed)?;
    file.sync_all().map_err(io("write", path))?;
    Ok(archived)
}

fn properties(
    collection: &str,
    accepted: &str,
) -> std::result::Result<WriterProperties, ParquetError> {
    let pair = |key: &str, value: &str| KeyValue::new(key.to_owned(), value.to_owned());
    let bytes = ColumnPath::from(BYTES);
    Ok(WriterProperties::builder()
        .set_created_by(CREATED_BY.to_owned())
        .set_key_value_metadata(Some(vec![
            pair(FORMAT_KEY, FORMAT),
            pair(COLLECTION_KEY, collection),
            pair(ACCEPTED_KEY, accepted),
        ]))
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(ZSTD_LEVEL)?))
        // Files of the raw layer are packed as they are.
        .set_column_compression(bytes.clone(), Compression::UNCOMPRESSED)
        .set_column_dictionary_enabled(bytes.clone(), false)
        // The least and the greatest part would be whole parts.
        .set_column_statistics_enabled(bytes, EnabledStatistics::None)
        .set_column_statistics_enabled(ColumnPath::from(MANIFEST), EnabledStatistics::None)
        .set_column_dictionary_enabled(ColumnPath::from(MANIFEST), false)
        .build())
}

struct Writing<'a> {
    writer: ArrowWriter<File>,
    path: &'a Path,
}

impl Writing<'_> {
    /// Writes a file in parts, and holds it against its manifest.
    fn file(&mut self, entry: &str, folder: &Path, file: &FileEntry) -> Result<()> {
        let path = folder.join(&file.name);
        let mut source = File::open(&path).map_err(io("open", &path))?;
        let mut digest = Sha256::new();
        let mut part = Vec::with_capacity(PART_BYTES.min(file.bytes as usize));
        for number in 0.. {
            part.clear();
            let mut next = (&mut source).take(PART_BYTES as u64);
            next.read_to_end(&mut part).map_err(io("read", &path))?;
            // A file that is empty has one part all the same.
            if part.is_empty() && number > 0 {
                break;
            }
            digest.update(&part);
            self.row(entry, None, Some((&file.name, number, &part)))?;
            if part.len() < PART_BYTES {
                break;
            }
        }
        if hex(&digest.finalize()) != file.sha256 {
            return Err(Error::Damaged { path });
        }
        Ok(())
    }

    fn row(
        &mut self,
        entry: &str,
        manifest: Option<&str>,
        part: Option<(&str, i64, &[u8])>,
    ) -> Result<()> {
        let failed =
            |source| Error::Parquet { action: "write", path: self.path.to_owned(), source };
        let columns: [(&str, ArrayRef); 5] = [
            (ENTRY, Arc::new(StringArray::from(vec![entry]))),
            (MANIFEST, Arc::new(StringArray::from(vec![manifest]))),
            (FILE, Arc::new(StringArray::from(vec![part.map(|part| part.0)]))),
            (PART, Arc::new(Int64Array::from(vec![part.map(|part| part.1)]))),
            (BYTES, Arc::new(BinaryArray::from(vec![part.map(|part| part.2)]))),
        ];
        let columns = columns.into_iter().map(|(_, column)| column).collect();
        let batch =
            RecordBatch::try_new(schema(), columns).map_err(|source| failed(source.into()))?;
        self.writer.write(&batch).map_err(failed)?;
        if self.writer.in_progress_size() >= ROW_GROUP_BYTES {
            self.writer.flush().map_err(failed)?;
        }
        Ok(())
    }
}
