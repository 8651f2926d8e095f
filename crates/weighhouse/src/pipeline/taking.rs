//! Files taken in as raw entries, checked on their way in.

use std::path::Path;

use anyhow::bail;
use schema::{Instant, Problem};
use store::{Layer, RawDescription, Store, checksum, checksum_of_file};

use super::origin::{Named, Origin};
use super::raw::{entry_name, finish_counted};

const PAYLOAD: &str = "payload";

/// A file to be taken in, of any size.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Given<'a> {
    pub origin: &'a Origin,
    /// Where it lies.
    pub path: &'a Path,
    /// Its name in messages.
    pub file: &'a str,
    pub arrived_at: Instant,
}

/// What became of a file.
#[derive(Debug)]
pub(crate) struct Taken {
    pub file: String,
    /// Sound rows; 0 means that nothing was committed.
    pub rows: u64,
    /// The first problems.
    pub problems: Vec<Problem>,
    pub problem_count: u64,
    /// Columns that the file has and its map does not name.
    pub unmapped_columns: Vec<String>,
    /// Whether it was not there before.
    pub is_new: bool,
}

/// Reads a file through, and commits it with its problems if anything in it is sound.
///
/// The file is read several times, and never as a whole: first for its checksum, then for what is
/// in it, then to be kept.
pub(crate) fn take_file(store: &Store, given: Given<'_>) -> anyhow::Result<Taken> {
    let Given { origin, path, file, arrived_at } = given;
    let received_sha256 = checksum_of_file(path)?;
    let named = Named { file, now: arrived_at, read_at: None };
    let summary = origin.read(&named, store.open_input(path)?, &mut drop);
    let collection = origin.collection_name();
    let name = entry_name(summary.read_at, &identity(origin, &received_sha256));
    let is_new = summary.rows > 0 && !store.has(Layer::Raw, &collection, &name);
    if is_new {
        let mut draft = store.draft(Layer::Raw, &collection, &name)?;
        if draft.write_received_file(PAYLOAD, path)? != received_sha256 {
            bail!("{} changed while it was read; import it when it is at rest", path.display());
        }
        origin.write(&mut draft)?;
        let description = description(origin, file, received_sha256, arrived_at, summary.read_at);
        finish_counted(draft, description, summary.rows, &summary.problems, summary.problem_count)?;
    }
    Ok(Taken {
        file: file.to_owned(),
        rows: summary.rows,
        problems: summary.problems,
        problem_count: summary.problem_count,
        unmapped_columns: summary.unmapped_columns.into_iter().collect(),
        is_new,
    })
}

fn description(
    origin: &Origin,
    file: &str,
    received_sha256: String,
    arrived_at: Instant,
    read_at: Option<Instant>,
) -> RawDescription {
    RawDescription {
        source: origin.source().name().to_owned(),
        file: file.to_owned(),
        received_sha256,
        received_at: arrived_at.to_string(),
        read_at: read_at.map(|at| at.to_string()),
        is_simulated: false,
        row_limit: None,
        is_complete: true,
        is_partial: false,
        census: None,
        held_back: Vec::new(),
    }
}

/// What makes an entry the same: its bytes and, for a table, the map that it is read by.
fn identity(origin: &Origin, received_sha256: &str) -> String {
    match origin {
        Origin::Known(_) => received_sha256.to_owned(),
        Origin::Table(_, text) => {
            let of_map = checksum(text.as_bytes());
            checksum(format!("{received_sha256}\n{of_map}\n").as_bytes())
        }
    }
}
