//! Raw entries read back as records and problems.

use std::collections::HashMap;

use enrich::{Parsed, Record, Source};
use schema::Instant;
use store::{Layer, RawDescription, Store};

use super::origin::{Named, Origin};
use super::raw::RawEntry;

/// Reads a raw entry back as records and problems, as of the time of receipt, so that a later build
/// finds the same problems.
pub(crate) fn read(store: &Store, collection: &str, entry: &RawEntry) -> anyhow::Result<Parsed> {
    let RawDescription { file, read_at, row_limit, .. } = &entry.description;
    let origin = Origin::of_entry(store, collection, entry)?;
    let read_at = read_at.as_deref().and_then(instant);
    let limit = row_limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX));
    let mut whole = Parsed::default();
    for received in &entry.files {
        let content = store.open_file(Layer::Raw, collection, &entry.name, &received.file)?;
        let named =
            Named { file, now: now(&entry.description), read_at: received.read_at.or(read_at) };
        let summary = origin.read(&named, content, &mut |record| {
            if whole.records.len() < limit {
                whole.records.push(record);
            }
        });
        whole.problems.extend(summary.problems);
        whole.problem_count += summary.problem_count;
        whole.read_at = whole.read_at.or(summary.read_at);
    }
    if entry.description.source == Source::HubListing.name() {
        keep_last(&mut whole.records);
    }
    Ok(whole)
}

/// Keeps the last record of each model: while a listing is read, models move in it and are met
/// again on later pages. What came last is the newest.
fn keep_last(records: &mut Vec<Record>) {
    let identity =
        |record: &Record| record.hub_id.clone().unwrap_or_else(|| record.model_id.clone());
    let last: HashMap<String, usize> =
        records.iter().enumerate().map(|(index, record)| (identity(record), index)).collect();
    if last.len() == records.len() {
        return;
    }
    let mut index = 0;
    records.retain(|record| {
        index += 1;
        last[&identity(record)] == index - 1
    });
}

/// When an entry was received, which was the present of its first reading.
fn now(description: &RawDescription) -> Instant {
    instant(&description.received_at).unwrap_or(Instant::from_millis(i64::MAX / 2))
}

fn instant(text: &str) -> Option<Instant> {
    Instant::parse(text).ok()
}

#[cfg(test)]
mod tests;
