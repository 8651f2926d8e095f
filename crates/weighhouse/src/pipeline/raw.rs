//! Raw entries: their names, how they are ended, and which of them count.

use schema::{Instant, Problem};
use store::{Draft, FileEntry, Layer, RawDescription, Store, batch_of_values};

use super::CODE_VERSION;
use super::problems::{PROBLEM_COLUMNS, problem_values};

/// The table of problems beside the bytes.
const PROBLEMS: &str = "problems.parquet";

/// One raw entry that counts.
pub(crate) struct RawEntry {
    pub name: String,
    pub description: RawDescription,
    /// What was received, in order.
    pub files: Vec<RawFile>,
}

/// One file of what was received.
pub(crate) struct RawFile {
    pub file: FileEntry,
    /// When it was read, where the entry took long enough for its files to differ.
    pub read_at: Option<Instant>,
}

/// Writes the problems and the description of a raw entry, and commits it.
pub(crate) fn finish(
    mut draft: Draft,
    description: RawDescription,
    rows: u64,
    problems: &[Problem],
) -> store::Result<()> {
    let batch = batch_of_values(&PROBLEM_COLUMNS, &problem_values(problems));
    draft.write_table(PROBLEMS, &[batch])?;
    draft.describe_raw(description);
    draft.describe(|manifest| {
        CODE_VERSION.clone_into(&mut manifest.code_version);
        manifest.row_count = rows;
        manifest.problem_count = problems.len() as u64;
    });
    draft.commit()?;
    Ok(())
}

/// The name of an entry: when it was read, and which bytes it holds.
pub(crate) fn entry_name(read_at: Option<Instant>, checksum: &str) -> String {
    let stamp = read_at.map_or_else(|| "undated".to_owned(), Instant::to_stamp);
    format!("{stamp}-{}", &checksum[..8])
}

/// The entries of a collection that count, by name: received whole, and not held back.
pub(crate) fn complete_entries(store: &Store, collection: &str) -> store::Result<Vec<RawEntry>> {
    let mut entries = Vec::new();
    for name in store.entries(Layer::Raw, collection)? {
        let manifest = store.manifest(Layer::Raw, collection, &name)?;
        let is_sound = |raw: &RawDescription| raw.is_complete && raw.held_back.is_empty();
        let Some(description) = manifest.raw.filter(is_sound) else { continue };
        let files = files(store, collection, &name, manifest.files)?;
        entries.push(RawEntry { name, description, files });
    }
    Ok(entries)
}

/// The files of an entry that were received: its pieces where it came in pieces.
fn files(
    store: &Store,
    collection: &str,
    entry: &str,
    files: Vec<FileEntry>,
) -> store::Result<Vec<RawFile>> {
    let pieces = store.pieces(collection, entry)?;
    if pieces.is_empty() {
        let received = files.into_iter().filter(|file| file.name != PROBLEMS);
        return Ok(received.map(|file| RawFile { file, read_at: None }).collect());
    }
    let read_at = |piece: &store::Piece| {
        let text = piece.about.get("received_at")?.as_str()?;
        Instant::parse(text).ok()
    };
    Ok(pieces
        .into_iter()
        .map(|piece| RawFile { read_at: read_at(&piece), file: piece.file })
        .collect())
}
