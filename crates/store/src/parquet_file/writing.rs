//! Tables written part by part.

use std::fs::File;
use std::path::{Path, PathBuf};

use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use parquet::arrow::ArrowWriter;

use super::{failed, properties};
use crate::content::checksum_of_file;
use crate::error::io;
use crate::{Draft, FileEntry, Result};

/// A table of a draft that is written batch by batch, so that it need not fit into memory.
#[derive(Debug)]
pub struct TableWriter {
    writer: ArrowWriter<File>,
    path: PathBuf,
    rows: u64,
}

impl TableWriter {
    pub(super) fn create(path: &Path, schema: &SchemaRef) -> Result<Self> {
        let failed = failed("write", path);
        let file = File::create(path).map_err(io("create", path))?;
        let properties = properties().map_err(&failed)?;
        let writer = ArrowWriter::try_new(file, SchemaRef::clone(schema), Some(properties))
            .map_err(failed)?;
        Ok(Self { writer, path: path.to_owned(), rows: 0 })
    }

    /// Writes the next rows. The bytes do not depend on how the rows are cut into batches of
    /// 65,536 or a multiple.
    pub fn write(&mut self, batch: &RecordBatch) -> Result<()> {
        self.rows += batch.num_rows() as u64;
        self.writer.write(batch).map_err(failed("write", &self.path))
    }

    pub(super) fn close(self) -> Result<u64> {
        let file = self.writer.into_inner().map_err(failed("write", &self.path))?;
        file.sync_all().map_err(io("write", &self.path))?;
        Ok(self.rows)
    }
}

impl Draft {
    /// Begins a table that is written batch by batch; give it back to [`Draft::finish_table`].
    pub fn begin_table(&self, name: &str, schema: &SchemaRef) -> Result<TableWriter> {
        TableWriter::create(&self.folder().join(name), schema)
    }

    /// Ends a table and takes it into the manifest; returns its rows.
    pub fn finish_table(&mut self, table: TableWriter) -> Result<u64> {
        let path = table.path.clone();
        let rows = table.close()?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = std::fs::metadata(&path).map_err(io("read", &path))?.len();
        let sha256 = checksum_of_file(&path)?;
        self.note_file(FileEntry { name, bytes, sha256, rows: Some(rows) });
        Ok(rows)
    }
}
