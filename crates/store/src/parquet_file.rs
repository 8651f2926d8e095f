//! Parquet, written the same way every time.

mod reading;
mod writing;

use std::path::Path;

use arrow_array::RecordBatch;
use arrow_schema::Schema;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use sha2::{Digest, Sha256};

use crate::codec::hex;
use crate::{Error, Result};

pub use reading::Table;
pub use writing::{PartEncoder, PartWriter, TablePart, TableWriter};

const ZSTD_LEVEL: i32 = 3;
/// Rows that are written and read at once: what bounds the memory of whoever reads a table in parts.
pub const PART_ROWS: usize = 65_536;
/// Larger than what the texts of a part come to where they repeat at all, so that a column of
/// owners stays a dictionary from its first row to its last.
const DICTIONARY_BYTES: usize = 4 << 20;
/// Rows of a page, the least that is read for the sake of one row.
const PAGE_ROWS: usize = 4096;
/// Fixed, so that a newer Parquet library does not change the bytes of unchanged data.
const CREATED_BY: &str = "weighhouse";

pub(crate) fn write(path: &Path, batches: &[RecordBatch]) -> Result<u64> {
    let Some(first) = batches.first() else {
        let source = ParquetError::General("a table needs at least one batch".to_owned());
        return Err(failed("write", path)(source));
    };
    let mut writer = TableWriter::create(path, &first.schema())?;
    for batch in batches {
        writer.write(batch)?;
    }
    writer.close()
}

pub(crate) fn read(path: &Path) -> Result<Vec<RecordBatch>> {
    Table::open(path)?.read(None)
}

pub(crate) fn properties() -> std::result::Result<WriterProperties, ParquetError> {
    Ok(WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(ZSTD_LEVEL)?))
        .set_created_by(CREATED_BY.to_owned())
        .set_max_row_group_row_count(Some(PART_ROWS))
        .set_data_page_row_count_limit(PAGE_ROWS)
        .set_write_batch_size(PAGE_ROWS)
        .set_dictionary_page_size_limit(DICTIONARY_BYTES)
        // The least and greatest of each page are of no use to a reader that knows its rows.
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .build())
}

fn failed(action: &'static str, path: &Path) -> impl Fn(ParquetError) -> Error + use<> {
    let path = path.to_owned();
    move |source| Error::Parquet { action, path: path.clone(), source }
}

/// SHA-256 over the names and types of the columns of some tables, in order.
#[must_use]
pub fn schema_fingerprint(tables: &[(&str, &Schema)]) -> String {
    let mut digest = Sha256::new();
    for (name, schema) in tables {
        digest.update(format!("{name}\n"));
        for field in schema.fields() {
            digest.update(format!("{} {}\n", field.name(), field.data_type()));
        }
    }
    hex(&digest.finalize())
}

#[cfg(test)]
mod tests;
