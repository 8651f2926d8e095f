//! The only crate on disk: layers, manifests, checksums, Parquet, atomic commit, locks.
//!
//! Layers, each dated, immutable once its manifest is in place, and rebuilt from the one before:
//! `raw/` bytes as received, `records/` parsed, `tables/` joined, `attributes/` and `panel/`
//! derived, `indicators/` small. A *release* names one of each that belong together.
//!
//! This crate knows nothing of what the bytes mean: it is handed Arrow batches and hands them
//! back.
#![expect(clippy::disallowed_methods, reason = "store is the crate that touches files")]

mod accepted;
pub mod archive;
mod codec;
mod content;
mod error;
pub mod export;
pub mod input;
mod jobs;
mod journal;
mod layer;
mod lock;
mod manifest;
pub mod output;
mod parquet_file;
mod partial;
mod pointer;
mod published;
mod release;
mod seal;
mod stream;
mod unpacking;
mod values;

pub use arrow_array::RecordBatch;
pub use codec::{Decoded, checksum, decode};
pub use content::{Content, Parts, checksum_of_file};
pub use error::{Error, Result};
pub use jobs::Job;
pub use journal::{Journal, Piece};
pub use layer::{Draft, Layer, Store};
pub use lock::Lock;
pub use manifest::{Census, FileEntry, InputEntry, Manifest, RawDescription};
pub use parquet_file::{
    PART_ROWS, PartEncoder, PartWriter, Table, TablePart, TableWriter, schema_fingerprint,
};
pub use partial::{Partial, Whole};
pub use pointer::is_lfs_pointer;
pub use published::Publication;
pub use release::Release;
pub use seal::Seal;
pub use values::{
    BatchBuilder, Column, Pick, arrow_schema, batch_of_values, beside, first_known, gather,
    gather_rows, row_fingerprints, texts_of_batch, values_of_batch,
};
