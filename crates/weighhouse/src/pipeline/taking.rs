//! Files taken in as raw entries, checked on their way in.

use enrich::Source;
use schema::{Instant, Problem};
use store::{Layer, RawDescription, Store, checksum};

use super::raw::{entry_name, finish};
use super::records::parse;

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

/// Parses a file, and commits it with its problems if anything in it is sound.
pub(crate) fn take(store: &Store, received: Received) -> store::Result<Taken> {
    let parsed = parse(&received.bytes, received.source, &description(&received), None);
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
        is_partial: false,
        census: None,
        held_back: Vec::new(),
    }
}
