//! What a layer is made of, written last and read first.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The version of the layout on disk; a layer of another version is rebuilt, or refused if raw.
pub(crate) const FORMAT: u32 = 1;

/// The contents of `manifest.json`: what a layer is made of and what it holds.
///
/// Derived layers hold no clock time, so that equal inputs give equal bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The version of the layout.
    pub format: u32,
    /// The layer's folder name, as `tables`.
    pub layer: String,
    /// The collection.
    pub collection: String,
    /// The version of the code that made it.
    pub code_version: String,
    /// SHA-256 over the column names and types of the layer's tables; empty for raw.
    pub schema_fingerprint: String,
    /// What it was made from.
    pub inputs: Vec<InputEntry>,
    /// What it holds.
    pub files: Vec<FileEntry>,
    /// Rows of its main table; for raw, the sound rows.
    pub row_count: u64,
    /// Problems met while making it.
    pub problem_count: u64,
    /// What was received, for a raw layer.
    pub raw: Option<RawDescription>,
}

/// One input of a layer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct InputEntry {
    /// The input's layer and name, as `raw/radar/20260819T073631Z-0a1b2c3d`.
    pub name: String,
    /// SHA-256 of its manifest.
    pub sha256: String,
}

/// One file of a layer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// The file's name in the layer's folder.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// SHA-256 of its bytes on disk.
    pub sha256: String,
    /// Its rows, where it is a table.
    pub rows: Option<u64>,
}

/// What was received as one raw snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RawDescription {
    /// The source, which says how to read the bytes.
    pub source: String,
    /// The file's or address's name, as the person who imported it knows it.
    pub file: String,
    /// SHA-256 of the bytes as received.
    pub received_sha256: String,
    /// When it was received (RFC 3339).
    pub received_at: String,
    /// The instant of the readings (RFC 3339), where they share one.
    pub read_at: Option<String>,
    /// Whether a simulated Hub invented it.
    pub is_simulated: bool,
    /// How many rows count, from the first: a listing's last page may hold more than was asked for.
    pub row_limit: Option<u64>,
    /// Whether it was received to its end; what was not is kept and not built from.
    pub is_complete: bool,
    /// Whether it holds only some models of its collection, as those that changed: then absence
    /// from it means nothing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_partial: bool,
    /// What it holds, counted while it was received.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub census: Option<Census>,
    /// Why it is kept and not built from, though it was received to its end: what fell outside
    /// tolerance when it was held against the snapshot before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub held_back: Vec<String>,
}

/// What a snapshot holds, counted, so that the next one can be held against it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Census {
    /// Entries.
    pub rows: u64,
    /// Models among them, told by the Hub's `_id`.
    pub models: u64,
    /// The sum of each counter.
    pub sums: BTreeMap<String, u64>,
    /// How many entries have a value in each field, by the field's name.
    pub present: BTreeMap<String, u64>,
}
