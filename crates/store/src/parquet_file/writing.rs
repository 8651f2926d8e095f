//! Tables written part by part.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::{
    ArrowColumnChunk, ArrowColumnWriter, ArrowRowGroupWriterFactory, compute_leaves,
};
use parquet::errors::ParquetError;
use parquet::file::writer::SerializedFileWriter;

use super::{PART_ROWS, failed, properties};
use crate::content::checksum_of_file;
use crate::error::io;
use crate::{Draft, FileEntry, Result};

/// A table of a draft that is written batch by batch, so that it need not fit into memory.
pub struct TableWriter {
    file: SerializedFileWriter<File>,
    encoder: PartEncoder,
    /// The part that is being written, unless it is empty.
    open: Option<PartWriter>,
    path: PathBuf,
    rows: u64,
}

/// Begins parts of a table, on any thread.
#[derive(Clone)]
pub struct PartEncoder {
    factory: Arc<ArrowRowGroupWriterFactory>,
    schema: SchemaRef,
    path: Arc<Path>,
}

/// A part of a table that is packed while it is written, apart from the table.
pub struct PartWriter {
    columns: Vec<ArrowColumnWriter>,
    schema: SchemaRef,
    path: Arc<Path>,
    rows: usize,
}

/// A whole part of a table, packed.
pub struct TablePart {
    columns: Vec<ArrowColumnChunk>,
    rows: usize,
}

impl TableWriter {
    pub(super) fn create(path: &Path, schema: &SchemaRef) -> Result<Self> {
        let failed = failed("write", path);
        let file = File::create(path).map_err(io("create", path))?;
        let properties = properties().map_err(&failed)?;
        let writer = ArrowWriter::try_new(file, SchemaRef::clone(schema), Some(properties))
            .map_err(&failed)?;
        let (file, factory) = writer.into_serialized_writer().map_err(failed)?;
        let (schema, factory) = (SchemaRef::clone(schema), Arc::new(factory));
        let encoder = PartEncoder { factory, schema, path: path.into() };
        Ok(Self { file, encoder, open: None, path: path.to_owned(), rows: 0 })
    }

    /// Writes the next rows. The bytes do not depend on how the rows are cut into batches of
    /// 65,536 or a multiple.
    pub fn write(&mut self, batch: &RecordBatch) -> Result<()> {
        let mut written = 0;
        while written < batch.num_rows() {
            let mut part = match self.open.take() {
                Some(part) => part,
                None => self.encoder.begin()?,
            };
            let rows = (batch.num_rows() - written).min(PART_ROWS - part.rows);
            part.write(&batch.slice(written, rows))?;
            written += rows;
            if part.rows < PART_ROWS {
                self.open = Some(part);
            } else {
                self.append(part.finish()?)?;
            }
        }
        Ok(())
    }

    /// What begins parts of this table that are written elsewhere, and [appended](Self::append)
    /// in their order.
    #[must_use]
    pub fn encoder(&self) -> PartEncoder {
        self.encoder.clone()
    }

    /// Takes the next part; one without rows is none.
    pub fn append(&mut self, part: TablePart) -> Result<()> {
        if part.rows == 0 {
            return Ok(());
        }
        let failed = failed("write", &self.path);
        self.rows += part.rows as u64;
        let mut group = self.file.next_row_group().map_err(&failed)?;
        for column in part.columns {
            column.append_to_row_group(&mut group).map_err(&failed)?;
        }
        group.close().map(|_| ()).map_err(failed)
    }

    pub(super) fn close(mut self) -> Result<u64> {
        if let Some(part) = self.open.take() {
            self.append(part.finish()?)?;
        }
        let file = self.file.into_inner().map_err(failed("write", &self.path))?;
        file.sync_all().map_err(io("write", &self.path))?;
        Ok(self.rows)
    }
}

impl PartEncoder {
    /// Begins a part.
    pub fn begin(&self) -> Result<PartWriter> {
        // The number of a part only matters to encryption.
        let columns = self.factory.create_column_writers(0).map_err(failed("write", &self.path))?;
        let (schema, path) = (SchemaRef::clone(&self.schema), Arc::clone(&self.path));
        Ok(PartWriter { columns, schema, path, rows: 0 })
    }
}

impl PartWriter {
    /// Writes the next rows; a part has 65,536 at most.
    ///
    /// # Panics
    ///
    /// When there are more, or the batch does not have the columns of the table.
    pub fn write(&mut self, batch: &RecordBatch) -> Result<()> {
        assert_eq!(batch.num_columns(), self.schema.fields().len(), "the columns of the table");
        self.rows += batch.num_rows();
        assert!(self.rows <= PART_ROWS, "no more rows than a part has");
        self.encode(batch).map_err(failed("write", &self.path))
    }

    /// Ends the part.
    pub fn finish(self) -> Result<TablePart> {
        let columns = self.columns.into_iter().map(ArrowColumnWriter::close);
        let columns = columns.collect::<std::result::Result<_, _>>();
        Ok(TablePart { columns: columns.map_err(failed("write", &self.path))?, rows: self.rows })
    }

    fn encode(&mut self, batch: &RecordBatch) -> std::result::Result<(), ParquetError> {
        let mut columns = self.columns.iter_mut();
        for (field, array) in self.schema.fields().iter().zip(batch.columns()) {
            for (leaf, column) in compute_leaves(field, array)?.iter().zip(&mut columns) {
                column.write(leaf)?;
            }
        }
        Ok(())
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
