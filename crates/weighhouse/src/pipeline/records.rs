//! raw → records: each raw entry parsed once, so that a later build needs only parse what is new.

mod reading;
mod superseded;

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use anyhow::Context;
use enrich::{RECORD_COLUMNS, Record, Source, give_record};
use schema::{Problem, Value, ValueType};
use store::{
    BatchBuilder, Column, Draft, PART_ROWS, Store, TableWriter, arrow_schema, batch_of_values,
    schema_fingerprint,
};

use super::problems::{PROBLEM_COLUMNS, problem_values};
use super::raw::RawEntry;
use reading::Read;
use superseded::Superseded;

/// The records of an entry, in parts; within a part they are sorted by identity, so that those of
/// models that follow each other lie together.
pub(super) const RECORDS: &str = "records.parquet";
/// The places in the entry of the records that do not count.
pub(super) const SUPERSEDED: &str = "superseded.parquet";
pub(super) const PROBLEMS: &str = "problems.parquet";

/// Records that are packed at once: as many as a page has.
const RECORDS_AT_ONCE: usize = 4096;
/// Parts that wait to be written.
const PARTS_WAITING: usize = 1;

/// The column of the records that do not count.
pub(super) const SUPERSEDED_COLUMN: Column =
    Column { name: "ordinal", value_type: ValueType::Integer };

/// Makes the records of a raw entry.
pub(super) fn make(
    store: &Store,
    collection: &str,
    entry: &RawEntry,
    draft: &mut Draft,
) -> anyhow::Result<()> {
    let columns = columns();
    let schema = arrow_schema(&columns);
    let limit = entry.description.row_limit.unwrap_or(u64::MAX);
    let moves = entry.description.source == Source::HubListing.name();
    let table = draft.begin_table(RECORDS, &schema)?;
    let mut taking = Taking { superseded: moves.then(Superseded::default), ..Taking::default() };
    // What was read is written while more is read.
    let (parts, written) = sync_channel(PARTS_WAITING);
    let table = std::thread::scope(|scope| {
        let writer = scope.spawn(|| write_parts(table, &columns, written));
        let read = taking.read(store, collection, entry, limit, &parts);
        drop(parts);
        let written = writer.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        // Where writing failed, that is why reading ended.
        let table = written?;
        read.map(|()| table)
    })
    .with_context(|| format!("failed to read the raw entry {}", entry.name))?;
    let Taking { superseded, count, problems, problem_count, .. } = taking;
    let superseded = superseded.map(Superseded::into_ordinals).unwrap_or_default();
    let row_count = count - superseded.len() as u64;
    draft.finish_table(table)?;
    let superseded: Vec<Value> = superseded.into_iter().map(|at| (at as i64).into()).collect();
    let superseded = batch_of_values(&[SUPERSEDED_COLUMN], &[superseded]);
    let problems = batch_of_values(&PROBLEM_COLUMNS, &problem_values(&problems));
    let fingerprint = schema_fingerprint(&[
        (RECORDS, &schema),
        (SUPERSEDED, &superseded.schema()),
        (PROBLEMS, &problems.schema()),
    ]);
    draft.write_table(SUPERSEDED, &[superseded])?;
    draft.write_table(PROBLEMS, &[problems])?;
    draft.describe(|manifest| {
        manifest.row_count = row_count;
        manifest.problem_count = problem_count;
        manifest.schema_fingerprint = fingerprint;
    });
    Ok(())
}

fn columns() -> Vec<Column> {
    let column = |(name, value_type): &(&'static str, _)| Column { name, value_type: *value_type };
    RECORD_COLUMNS.iter().map(column).collect()
}

/// Records with their places in their entry, which are written together. A record is large, and
/// stays where it is while they are sorted.
type Part = Vec<(u64, Box<Record>)>;

/// What is read of an entry, on its way to the table.
#[derive(Default)]
struct Taking {
    part: Part,
    /// Records so far.
    count: u64,
    /// Where models are met again while they are read.
    superseded: Option<Superseded>,
    problems: Vec<Problem>,
    problem_count: u64,
}

impl Taking {
    /// Reads an entry, and hands its records on part by part.
    fn read(
        &mut self,
        store: &Store,
        collection: &str,
        entry: &RawEntry,
        limit: u64,
        parts: &SyncSender<Part>,
    ) -> anyhow::Result<()> {
        reading::each(store, collection, entry, |read| {
            match read {
                Read::Records(records) => {
                    let room = usize::try_from(limit - self.count).unwrap_or(usize::MAX);
                    for record in records.into_iter().take(room) {
                        self.take(record, parts)?;
                    }
                }
                Read::End(summary) => {
                    self.problems.extend(summary.problems);
                    self.problem_count += summary.problem_count;
                }
            }
            Ok(())
        })?;
        self.hand_on(parts)
    }

    fn take(&mut self, record: Box<Record>, parts: &SyncSender<Part>) -> anyhow::Result<()> {
        if let Some(superseded) = &mut self.superseded {
            superseded.see(self.count, identity(&record));
        }
        self.part.push((self.count, record));
        self.count += 1;
        if self.part.len() == PART_ROWS { self.hand_on(parts) } else { Ok(()) }
    }

    fn hand_on(&mut self, parts: &SyncSender<Part>) -> anyhow::Result<()> {
        parts.send(std::mem::take(&mut self.part)).ok().context("the records cannot be written")
    }
}

/// Writes parts as they come, until there are no more.
fn write_parts(
    mut table: TableWriter,
    columns: &[Column],
    parts: Receiver<Part>,
) -> anyhow::Result<TableWriter> {
    let mut builder = BatchBuilder::new(columns);
    for mut part in parts {
        part.sort_by(|(_, a), (_, b)| identity(a).cmp(identity(b)));
        let mut records = part.into_iter().peekable();
        while records.peek().is_some() {
            for (ordinal, record) in records.by_ref().take(RECORDS_AT_ONCE) {
                give_record(ordinal, *record, |column, value| builder.push(column, &value));
            }
            table.write(&builder.finish())?;
        }
    }
    Ok(table)
}

/// What makes a record one of the same model as another of its entry.
fn identity(record: &Record) -> &str {
    record.hub_id.as_ref().unwrap_or(&record.model_id)
}

#[cfg(test)]
mod tests;
