//! Parquet, written the same way every time.

use std::fs::File;
use std::path::Path;

use arrow_array::RecordBatch;
use arrow_schema::Schema;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use sha2::{Digest, Sha256};

use crate::codec::hex;
use crate::error::io;
use crate::{Error, Result};

const ZSTD_LEVEL: i32 = 3;
const READ_BATCH_ROWS: usize = 65_536;
/// Fixed, so that a newer Parquet library does not change the bytes of unchanged data.
const CREATED_BY: &str = "weighhouse";

pub(crate) fn write(path: &Path, batches: &[RecordBatch]) -> Result<u64> {
    let failed = |source| Error::Parquet { action: "write", path: path.to_owned(), source };
    let Some(first) = batches.first() else {
        return Err(failed(ParquetError::General("a table needs at least one batch".to_owned())));
    };
    let level = ZstdLevel::try_new(ZSTD_LEVEL).map_err(failed)?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(level))
        .set_created_by(CREATED_BY.to_owned())
        .build();
    let file = File::create(path).map_err(io("create", path))?;
    let mut writer =
        ArrowWriter::try_new(file, first.schema(), Some(properties)).map_err(failed)?;
    for batch in batches {
        writer.write(batch).map_err(failed)?;
    }
    let file = writer.into_inner().map_err(failed)?;
    file.sync_all().map_err(io("write", path))?;
    Ok(batches.iter().map(|batch| batch.num_rows() as u64).sum())
}

pub(crate) fn read(path: &Path) -> Result<Vec<RecordBatch>> {
    let failed = |source| Error::Parquet { action: "read", path: path.to_owned(), source };
    let file = File::open(path).map_err(io("open", path))?;
    let reader = ParquetRecordBatchReaderBuilder::try_new(file)
        .map_err(failed)?
        .with_batch_size(READ_BATCH_ROWS)
        .build()
        .map_err(failed)?;
    reader.map(|batch| batch.map_err(|source| failed(source.into()))).collect()
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
