//! Bytes as received, checked on their way in.

use enrich::{Input, Parsed, Source};
use schema::{Instant, Problem};
use store::{Draft, FileEntry, Layer, RawDescription, Store, batch_of_values, checksum, decode};

use super::CODE_VERSION;
use super::problems::{PROBLEM_COLUMNS, problem_values};

/// The table of problems beside the bytes.
const PROBLEMS: &str = "problems.parquet";
const PAYLOAD: &str = "payload";

/// Bytes to be taken in.
pub(crate) struct Received {
    pub source: Source,
    pub collection: String,
    pub file: String,
    pub bytes: Vec<u8>,
    pub arrived_at: Instant,
    pub read_at: Option<Instant>,
    pub is_simulated: bool,
}

/// What became of a file.
#[derive(Debug)]
pub(crate) struct Taken {
    pub file: String,
    /// Sound rows; 0 means that nothing was committed.
    pub rows: u64,
    pub problems: Vec<Problem>,
    /// Whether it was not there before.
    pub is_new: bool,
}

/// One raw entry that counts.
pub(crate) struct RawEntry {
    pub name: String,
    pub description: RawDescription,
    pub files: Vec<FileEntry>,
}

/// Parses a file, and commits it with its problems if anything in it is sound.
pub(crate) fn take(store: &Store, received: Received) -> store::Result<Taken> {
    let parsed = parse(&received.bytes, received.source, &description(&received));
    let read_at = parsed.read_at.or(received.read_at);
    let rows = parsed.records.len() as u64;
    let name = entry_name(read_at, &checksum(&received.bytes));
    let is_new = rows > 0 && !store.has(Layer::Raw, &received.collection, &name);
    if is_new {
        let mut draft = store.draft(Layer::Raw, &received.collection, &name)?;
        draft.write_received(PAYLOAD, &received.bytes)?;
        let mut description = description(&received);
        description.read_at = read_at.map(|at| at.to_string());
        finish(draft, description, rows, &parsed.problems)?;
    }
    Ok(Taken { file: received.file, rows, problems: parsed.problems, is_new })
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

/// The entries of a collection that were received whole, by name.
pub(crate) fn complete_entries(store: &Store, collection: &str) -> store::Result<Vec<RawEntry>> {
    let mut entries = Vec::new();
    for name in store.entries(Layer::Raw, collection)? {
        let manifest = store.manifest(Layer::Raw, collection, &name)?;
        let Some(description) = manifest.raw.filter(|raw| raw.is_complete) else { continue };
        let files = manifest.files.into_iter().filter(|file| file.name != PROBLEMS).collect();
        entries.push(RawEntry { name, description, files });
    }
    Ok(entries)
}

/// Reads a raw entry back as records and problems.
pub(crate) fn read(store: &Store, collection: &str, entry: &RawEntry) -> anyhow::Result<Parsed> {
    let source = Source::from_raw_name(&entry.description.source)?;
    let mut whole = Parsed::default();
    for file in &entry.files {
        let bytes = store.read_file(Layer::Raw, collection, &entry.name, file)?;
        let mut parsed = parse(&bytes, source, &entry.description);
        whole.records.append(&mut parsed.records);
        whole.problems.append(&mut parsed.problems);
        whole.read_at = whole.read_at.or(parsed.read_at);
    }
    if let Some(limit) = entry.description.row_limit {
        whole.records.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    }
    Ok(whole)
}

/// Parses as of the time of receipt, so that a later build finds the same problems.
fn parse(bytes: &[u8], source: Source, description: &RawDescription) -> Parsed {
    let decoded = decode(bytes);
    let instant = |text: &str| Instant::parse(text).ok();
    source.parse(Input {
        file: &description.file,
        bytes: &decoded.bytes,
        fault: decoded.fault.as_deref(),
        now: instant(&description.received_at).unwrap_or(Instant::from_millis(i64::MAX / 2)),
        read_at: description.read_at.as_deref().and_then(instant),
    })
}

fn description(received: &Received) -> RawDescription {
    RawDescription {
        source: received.source.name().to_owned(),
        file: received.file.clone(),
        received_sha256: checksum(&received.bytes),
        received_at: received.arrived_at.to_string(),
        read_at: received.read_at.map(|at| at.to_string()),
        is_simulated: received.is_simulated,
        row_limit: None,
        is_complete: true,
    }
}
