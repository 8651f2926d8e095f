//! Raw entries read back as records and problems.

use enrich::{Input, Parsed, Source};
use schema::Instant;
use store::{Layer, RawDescription, Store, decode};

use super::raw::RawEntry;

/// Reads a raw entry back as records and problems.
pub(crate) fn read(store: &Store, collection: &str, entry: &RawEntry) -> anyhow::Result<Parsed> {
    let source = Source::from_raw_name(&entry.description.source)?;
    let mut whole = Parsed::default();
    for file in &entry.files {
        let bytes = store.read_file(Layer::Raw, collection, &entry.name, &file.file)?;
        let mut parsed = parse(&bytes, source, &entry.description, file.read_at);
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
pub(super) fn parse(
    bytes: &[u8],
    source: Source,
    description: &RawDescription,
    read_at: Option<Instant>,
) -> Parsed {
    let decoded = decode(bytes);
    let instant = |text: &str| Instant::parse(text).ok();
    source.parse(Input {
        file: &description.file,
        bytes: &decoded.bytes,
        fault: decoded.fault.as_deref(),
        now: instant(&description.received_at).unwrap_or(Instant::from_millis(i64::MAX / 2)),
        read_at: read_at.or_else(|| description.read_at.as_deref().and_then(instant)),
    })
}
