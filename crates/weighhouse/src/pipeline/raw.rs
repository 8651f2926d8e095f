//! Raw entries: their names, how they are ended, and which of them count.

use std::collections::BTreeMap;

use enrich::Source;
use schema::{Instant, Problem};
use store::{Draft, FileEntry, Layer, RawDescription, Store, batch_of_values};

use super::CODE_VERSION;
use super::origin::MAP;
use super::problems::{PROBLEM_COLUMNS, problem_values};

/// The table of problems beside the bytes.
const PROBLEMS: &str = "problems.parquet";

/// One raw entry that counts.
pub(crate) struct RawEntry {
    pub name: String,
    pub description: RawDescription,
    /// What was received, in order.
    pub files: Vec<RawFile>,
    /// The map of the columns, for a table.
    pub map: Option<FileEntry>,
}

/// One file of what was received.
pub(crate) struct RawFile {
    pub file: FileEntry,
    /// When it was read, where the entry took long enough for its files to differ.
    pub read_at: Option<Instant>,
}

/// Writes the problems and the description of a raw entry, and commits it.
pub(crate) fn finish(
    draft: Draft,
    description: RawDescription,
    rows: u64,
    problems: &[Problem],
) -> store::Result<()> {
    finish_counted(draft, description, rows, problems, problems.len() as u64)
}

/// As [`finish`], where there were more problems than are kept.
pub(crate) fn finish_counted(
    mut draft: Draft,
    description: RawDescription,
    rows: u64,
    problems: &[Problem],
    problem_count: u64,
) -> store::Result<()> {
    let batch = batch_of_values(&PROBLEM_COLUMNS, &problem_values(problems));
    draft.write_table(PROBLEMS, &[batch])?;
    draft.describe_raw(description);
    draft.describe(|manifest| {
        CODE_VERSION.clone_into(&mut manifest.code_version);
        manifest.row_count = rows;
        manifest.problem_count = problem_count;
    });
    draft.commit()?;
    Ok(())
}

/// The name of an entry: when it was read, and which bytes it holds.
pub(crate) fn entry_name(read_at: Option<Instant>, checksum: &str) -> String {
    let stamp = read_at.map_or_else(|| "undated".to_owned(), Instant::to_stamp);
    format!("{stamp}-{}", &checksum[..8])
}

/// The entries of a collection that count, by name: received whole, and not held back. Of a table
/// that was taken in by several maps, what the last one made of it.
pub(crate) fn complete_entries(store: &Store, collection: &str) -> store::Result<Vec<RawEntry>> {
    let mut entries = Vec::new();
    for name in store.entries(Layer::Raw, collection)? {
        let manifest = store.manifest(Layer::Raw, collection, &name)?;
        let Some(description) = manifest.raw else { continue };
        if !store.is_sound(collection, &name, &description)? {
            continue;
        }
        let is_table = description.source == Source::Table.name();
        let (maps, received): (Vec<FileEntry>, Vec<FileEntry>) =
            manifest.files.into_iter().partition(|file| is_table && file.name.starts_with(MAP));
        let files = files(store, collection, &name, received)?;
        entries.push(RawEntry { name, description, files, map: maps.into_iter().next() });
    }
    Ok(without_older_maps(entries))
}

fn without_older_maps(entries: Vec<RawEntry>) -> Vec<RawEntry> {
    let newest: BTreeMap<String, String> = entries
        .iter()
        .filter(|entry| entry.map.is_some())
        .map(|entry| {
            let RawDescription { received_at, received_sha256, .. } = &entry.description;
            ((received_at, &entry.name), received_sha256)
        })
        .collect::<BTreeMap<_, _>>()
        .into_iter()
        .map(|((_, name), sha256)| (sha256.clone(), name.clone()))
        .collect();
    let is_newest = |entry: &RawEntry| {
        let of_bytes = newest.get(&entry.description.received_sha256);
        entry.map.is_none() || of_bytes == Some(&entry.name)
    };
    entries.into_iter().filter(is_newest).collect()
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
    // The list of the models that details were asked of is no answer.
    let is_received = |piece: &store::Piece| piece.about["kind"] != "list";
    Ok(pieces
        .into_iter()
        .filter(is_received)
        .map(|piece| RawFile { read_at: read_at(&piece), file: piece.file })
        .collect())
}
