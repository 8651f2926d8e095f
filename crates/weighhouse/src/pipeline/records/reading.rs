//! The files of a raw entry, read and parsed side by side.

use enrich::{Record, Summary};
use schema::Instant;
use store::{Layer, RawDescription, Store};

use crate::pipeline::origin::{Named, Origin};
use crate::pipeline::parallel;
use crate::pipeline::raw::{RawEntry, RawFile};

/// Records that are handed over at once.
const RECORDS_AT_ONCE: usize = 4096;

/// What is found in an entry, in its order.
pub(super) enum Read {
    /// The next sound rows.
    #[expect(clippy::vec_box, reason = "a record is large, and moves from hand to hand")]
    Records(Vec<Box<Record>>),
    /// The end of a file, and what was found in it beside its records.
    End(Summary),
}

/// Reads a raw entry back, as of the time of receipt, so that a later build finds the same problems.
pub(super) fn each(
    store: &Store,
    collection: &str,
    entry: &RawEntry,
    take: impl FnMut(Read) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let origin = Origin::of_entry(store, collection, entry)?;
    let read = |file: usize, give: &mut dyn FnMut(Read)| {
        let file = &entry.files[file];
        let content = store.open_file(Layer::Raw, collection, &entry.name, &file.file)?;
        let mut records = Vec::new();
        let summary = origin.read(&named(&entry.description, file), content, &mut |record| {
            records.push(Box::new(record));
            if records.len() == RECORDS_AT_ONCE {
                give(Read::Records(std::mem::take(&mut records)));
            }
        });
        give(Read::Records(records));
        give(Read::End(summary));
        Ok(())
    };
    parallel::in_order(entry.files.len(), read, take)
}

fn named<'a>(description: &'a RawDescription, file: &RawFile) -> Named<'a> {
    let read_at = description.read_at.as_deref().and_then(instant);
    Named { file: &description.file, now: now(description), read_at: file.read_at.or(read_at) }
}

/// When an entry was received, which was the present of its first reading.
fn now(description: &RawDescription) -> Instant {
    instant(&description.received_at).unwrap_or(Instant::from_millis(i64::MAX / 2))
}

fn instant(text: &str) -> Option<Instant> {
    Instant::parse(text).ok()
}
