//! The raw layer of a collection as one Parquet file, and back.
//!
//! A row is a part of a file: `entry`, `file`, `part` from 0, `bytes`. Before the parts of an
//! entry's files, in the order of its manifest, stands a row with the text of the manifest itself
//! in `manifest`, and nothing else but the entry's name. So whoever reads the archive in order
//! knows beforehand what must come, and needs no more memory than a few parts.

mod restore;
mod write;

use std::sync::Arc;

use arrow_schema::{DataType, Field, Schema};

pub use restore::{Restored, restore};
pub use write::{Archived, write};

/// The largest part, in bytes.
const PART_BYTES: usize = 8 << 20;
/// The key under which the file says that it is such an archive, and in which version.
const FORMAT_KEY: &str = "weighhouse.raw_archive";
const FORMAT: &str = "1";
/// The key under which the file names its collection.
const COLLECTION_KEY: &str = "weighhouse.collection";
/// The entries that were held back and accepted, as a JSON list.
const ACCEPTED_KEY: &str = "weighhouse.accepted";
const ENTRY: &str = "entry";
const MANIFEST: &str = "manifest";
const FILE: &str = "file";
const PART: &str = "part";
const BYTES: &str = "bytes";

fn schema() -> Arc<Schema> {
    Arc::new(Schema::new(vec![
        Field::new(ENTRY, DataType::Utf8, false),
        Field::new(MANIFEST, DataType::Utf8, true),
        Field::new(FILE, DataType::Utf8, true),
        Field::new(PART, DataType::Int64, true),
        Field::new(BYTES, DataType::Binary, true),
    ]))
}

#[cfg(test)]
mod tests;
