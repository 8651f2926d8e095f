//! Tables and bundles as bytes, for whoever asks for them; nothing is put on disk.

use std::collections::HashMap;
use std::io::Write;
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_ipc::writer::FileWriter;
use arrow_schema::{Field, Schema};
use flate2::Compression;
use flate2::write::DeflateEncoder;
use parquet::arrow::ArrowWriter;
use parquet::file::metadata::KeyValue;
use rawzip::time::UtcDateTime;
use rawzip::{CompressionMethod, ZipArchiveWriter};

use crate::parquet_file::properties;

/// What no write to memory can give.
const IN_MEMORY: &str = "memory can be written to";
/// The key of what a column means, in its own metadata.
const DESCRIPTION: &str = "description";

/// What a table says of itself: each key once.
pub type Metadata = [(&'static str, String)];

/// The same table, with what it says of itself in its schema and what each column means beside it.
///
/// # Panics
///
/// When there are not as many meanings as columns.
#[must_use]
pub fn described(batch: &RecordBatch, metadata: &Metadata, meanings: &[&str]) -> RecordBatch {
    let schema = batch.schema();
    assert_eq!(schema.fields().len(), meanings.len(), "one meaning for each column");
    let field = |(field, meaning): (&Arc<Field>, &&str)| {
        let said = HashMap::from([(DESCRIPTION.to_owned(), (*meaning).to_owned())]);
        Field::clone(field).with_metadata(said)
    };
    let fields: Vec<Field> = schema.fields().iter().zip(meanings).map(field).collect();
    let said = metadata.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect();
    let schema = Arc::new(Schema::new_with_metadata(fields, said));
    RecordBatch::try_new(schema, batch.columns().to_vec()).expect("the columns are as they were")
}

/// A table as a Parquet file. What its schema says of it is in the file's own metadata too.
///
/// # Panics
///
/// Never: what fails is the disk, and there is none.
#[must_use]
pub fn parquet(batch: &RecordBatch) -> Vec<u8> {
    let mut bytes = Vec::new();
    let properties = properties().expect("the level of compression is one");
    let mut writer =
        ArrowWriter::try_new(&mut bytes, batch.schema(), Some(properties)).expect(IN_MEMORY);
    writer.write(batch).expect(IN_MEMORY);
    let schema = batch.schema();
    let mut said: Vec<(&String, &String)> = schema.metadata().iter().collect();
    said.sort();
    for (key, value) in said {
        writer.append_key_value_metadata(KeyValue::new(key.clone(), value.clone()));
    }
    writer.close().expect(IN_MEMORY);
    bytes
}

/// A table as an Arrow IPC file, which Feather 2 is another name of; not compressed, so that every
/// reader can read it.
///
/// # Panics
///
/// Never: what fails is the disk, and there is none.
#[must_use]
pub fn arrow(batch: &RecordBatch) -> Vec<u8> {
    let mut writer = FileWriter::try_new(Vec::new(), &batch.schema()).expect(IN_MEMORY);
    writer.write(batch).expect(IN_MEMORY);
    writer.into_inner().expect(IN_MEMORY)
}

/// Some files as a ZIP archive, in their order, all of the same moment, so that equal files give
/// equal bytes.
///
/// # Panics
///
/// Never: what fails is the disk, and there is none.
#[must_use]
pub fn zip<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Vec<u8> {
    // The earliest moment that the format knows.
    let moment = UtcDateTime::from_components(1980, 1, 1, 0, 0, 0, 0).expect("a moment");
    let mut archive = ZipArchiveWriter::new(Vec::new());
    for (name, bytes) in files {
        let file = archive.new_file(name).compression_method(CompressionMethod::DEFLATE);
        let (mut entry, config) = file.last_modified(moment).start().expect(IN_MEMORY);
        let mut writer = config.wrap(DeflateEncoder::new(&mut entry, Compression::default()));
        writer.write_all(bytes).expect(IN_MEMORY);
        let (encoder, descriptor) = writer.finish().expect(IN_MEMORY);
        encoder.finish().expect(IN_MEMORY);
        entry.finish(descriptor).expect(IN_MEMORY);
    }
    archive.finish().expect(IN_MEMORY)
}

#[cfg(test)]
mod tests;
