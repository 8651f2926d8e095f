//! Tables read as a whole, by column, by part and by row.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::{DataType, Field, Schema};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder, RowSelection,
    RowSelector,
};
use parquet::errors::ParquetError;
use parquet::file::metadata::PageIndexPolicy;

use super::{PART_ROWS, failed};
use crate::error::io;
use crate::{Error, Layer, Result, Store};

/// A table of an entry, of which parts can be read, by any number of threads.
#[derive(Debug)]
pub struct Table {
    path: PathBuf,
    metadata: ArrowReaderMetadata,
}

impl Store {
    /// Opens a table of an entry, to read parts of it.
    pub fn open_table(
        &self,
        layer: Layer,
        collection: &str,
        name: &str,
        file: &str,
    ) -> Result<Table> {
        Table::open(&self.path(layer, collection, name).join(file))
    }

    /// Reads some columns of a table, in the order in which they are asked for.
    ///
    /// Text comes back in dictionaries with keys of 32 bits, which is how it lies on disk: each
    /// batch has a dictionary of its own, in which a text may stand more than once or unused.
    pub fn read_columns(
        &self,
        layer: Layer,
        collection: &str,
        name: &str,
        file: &str,
        columns: &[&str],
    ) -> Result<Vec<RecordBatch>> {
        let path = self.path(layer, collection, name).join(file);
        Table::with_dictionaries(&path)?.read(Some(columns))
    }
}

impl Table {
    pub(super) fn open(path: &Path) -> Result<Self> {
        let file = File::open(path).map_err(io("open", path))?;
        let metadata = ArrowReaderMetadata::load(&file, options()).map_err(failed("read", path))?;
        Ok(Self { path: path.to_owned(), metadata })
    }

    /// As [`Table::open`], where text is read as dictionaries.
    fn with_dictionaries(path: &Path) -> Result<Self> {
        let plain = Self::open(path)?;
        let text = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
        let fields = plain.metadata.schema().fields().iter().map(|field| match field.data_type() {
            DataType::Utf8 => Arc::new(Field::new(field.name(), text.clone(), field.is_nullable())),
            _ => Arc::clone(field),
        });
        let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
        let bytes = Arc::clone(plain.metadata.metadata());
        let metadata = ArrowReaderMetadata::try_new(bytes, options().with_schema(schema))
            .map_err(failed("read", path))?;
        Ok(Self { path: path.to_owned(), metadata })
    }

    /// How many rows it has.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.metadata.metadata().file_metadata().num_rows() as usize
    }

    /// How many parts it was written in, each of which can be read alone.
    #[must_use]
    pub fn parts(&self) -> usize {
        self.metadata.metadata().num_row_groups()
    }

    /// The place of a part's first row.
    #[must_use]
    pub fn part_start(&self, part: usize) -> usize {
        let before = self.metadata.metadata().row_groups().iter().take(part);
        before.map(|group| group.num_rows() as usize).sum()
    }

    /// Reads it as a whole; all columns, or some in the order in which they are asked for.
    pub fn read(&self, columns: Option<&[&str]>) -> Result<Vec<RecordBatch>> {
        let builder = self.builder(columns)?.with_batch_size(PART_ROWS);
        self.batches(builder, columns)
    }

    /// Reads one part of it, which is `None` if it is empty.
    pub fn read_part(&self, part: usize, columns: Option<&[&str]>) -> Result<Option<RecordBatch>> {
        let rows = self.metadata.metadata().row_group(part).num_rows() as usize;
        let builder = self.builder(columns)?.with_row_groups(vec![part]).with_batch_size(rows);
        Ok(self.batches(builder, columns)?.pop())
    }

    /// Reads the rows at these places, which rise, as one batch; `None` for no rows.
    pub fn read_rows(&self, rows: &[u32], columns: &[&str]) -> Result<Option<RecordBatch>> {
        if rows.is_empty() {
            return Ok(None);
        }
        let (groups, selection) = self.selection(rows);
        let builder = self
            .builder(Some(columns))?
            .with_row_groups(groups)
            .with_row_selection(selection)
            .with_batch_size(rows.len());
        let mut batches = self.batches(builder, Some(columns))?;
        let batch = batches.pop();
        let is_whole =
            batches.is_empty() && batch.as_ref().map(RecordBatch::num_rows) == Some(rows.len());
        if is_whole {
            return Ok(batch);
        }
        let source = ParquetError::General(format!("{} rows were asked for", rows.len()));
        Err(failed("read", &self.path)(source))
    }

    /// The row groups that hold some rows, and the rows among all of theirs.
    fn selection(&self, rows: &[u32]) -> (Vec<usize>, RowSelection) {
        let mut groups = Vec::new();
        let mut selectors: Vec<RowSelector> = Vec::new();
        let mut rows = rows.iter().map(|row| *row as usize).peekable();
        let mut begin = 0;
        for (index, group) in self.metadata.metadata().row_groups().iter().enumerate() {
            let end = begin + group.num_rows() as usize;
            if rows.peek().is_some_and(|row| *row < end) {
                groups.push(index);
                let mut at = begin;
                while let Some(row) = rows.next_if(|row| *row < end) {
                    extend(&mut selectors, row - at, true);
                    extend(&mut selectors, 1, false);
                    at = row + 1;
                }
                extend(&mut selectors, end - at, true);
            }
            begin = end;
        }
        (groups, selectors.into())
    }

    fn builder(&self, columns: Option<&[&str]>) -> Result<ParquetRecordBatchReaderBuilder<File>> {
        let file = File::open(&self.path).map_err(io("open", &self.path))?;
        let builder =
            ParquetRecordBatchReaderBuilder::new_with_metadata(file, self.metadata.clone());
        let Some(columns) = columns else { return Ok(builder) };
        let fields = self.metadata.schema();
        let mut places = Vec::new();
        for column in columns {
            let place = fields.index_of(column);
            places.push(place.map_err(|_| absent(column))?);
        }
        let mask = ProjectionMask::roots(self.metadata.parquet_schema(), places);
        Ok(builder.with_projection(mask))
    }

    fn batches(
        &self,
        builder: ParquetRecordBatchReaderBuilder<File>,
        columns: Option<&[&str]>,
    ) -> Result<Vec<RecordBatch>> {
        let failed = failed("read", &self.path);
        let reader = builder.build().map_err(&failed)?;
        let mut batches = Vec::new();
        for batch in reader {
            let batch = batch.map_err(|source| failed(source.into()))?;
            batches.push(match columns {
                Some(columns) => in_order(&batch, columns)?,
                None => batch,
            });
        }
        Ok(batches)
    }
}

fn options() -> ArrowReaderOptions {
    // Where pages begin, so that those without a wanted row are not read.
    ArrowReaderOptions::new().with_offset_index_policy(PageIndexPolicy::Optional)
}

fn extend(selectors: &mut Vec<RowSelector>, rows: usize, skip: bool) {
    match selectors.last_mut() {
        _ if rows == 0 => {}
        Some(last) if last.skip == skip => last.row_count += rows,
        _ => selectors.push(RowSelector { row_count: rows, skip }),
    }
}

fn in_order(batch: &RecordBatch, columns: &[&str]) -> Result<RecordBatch> {
    let place = |column: &&str| batch.schema().index_of(column).map_err(|_| absent(column));
    let places = columns.iter().map(place).collect::<Result<Vec<_>>>()?;
    batch.project(&places).map_err(|_| absent(&columns.join(", ")))
}

fn absent(column: &str) -> Error {
    Error::Column { column: column.to_owned(), expected: "any" }
}
