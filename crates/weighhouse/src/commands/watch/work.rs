//! What each standing job does.

use std::time::Duration;

use anyhow::Context;
use collect::{PAGE_SIZE_MAX, Sort};
use store::{Lock, Store};

use super::Args;
use super::jobs::Task;
use crate::clock::{self, SystemClock};
use crate::commands::collect::{read_details, report, since_last};
use crate::pipeline::listing::{self, Request};
use crate::progress::ListingBar;
use crate::{output, pipeline};

/// How long a build waits for whoever else is writing.
const LOCK_WAIT: Duration = Duration::from_mins(10);
const LOCK_NAP: Duration = Duration::from_secs(1);

/// What a job came to.
pub(super) struct Done {
    /// The collection that it read into.
    pub(super) collection: Option<String>,
    /// In one line.
    pub(super) outcome: String,
    /// Whether what was read is held back: it was read well, and cannot be the whole.
    pub(super) is_held_back: bool,
}

impl Done {
    fn well(collection: Option<String>, outcome: String) -> Self {
        Self { collection, outcome, is_held_back: false }
    }
}

/// Does a job.
pub(super) fn run(store: &Store, args: &Args, task: Task) -> anyhow::Result<Done> {
    match task {
        Task::Whole => read(store, args, Sort::CreatedAt, None),
        Task::Top => read(store, args, Sort::Downloads, Some(args.top_limit)),
        Task::Changes => read(store, args, Sort::LastModified, None),
        Task::Details => details(store, args),
        Task::Build => build(store),
    }
}

fn read(store: &Store, args: &Args, sort: Sort, limit: Option<u64>) -> anyhow::Result<Done> {
    let _lock = store.lock_collecting()?;
    let since = if sort == Sort::LastModified {
        Some(since_last(store, "hub")?.context("the whole listing has not been read yet")?)
    } else {
        None
    };
    let request = Request {
        endpoint: args.hub.endpoint.clone(),
        token: args.hub.token()?,
        sort,
        limit,
        since,
        page_size: PAGE_SIZE_MAX,
    };
    let mut bar = ListingBar::new();
    let read = listing::read(store, &request, &SystemClock, &mut |progress, expected| {
        bar.show(progress, expected);
    });
    bar.finish();
    let read = read?;
    report(&read);
    let mut outcome = format!("{} models read at {}", output::grouped(read.rows), read.at);
    let is_held_back = !read.held_back.is_empty();
    if is_held_back {
        outcome = format!("{outcome}, and held back: {}", read.held_back.join("; "));
    }
    Ok(Done { collection: Some(read.collection), outcome, is_held_back })
}

fn details(store: &Store, args: &Args) -> anyhow::Result<Done> {
    let _lock = store.lock_collecting()?;
    let read = read_details(store, &args.hub, args.details_limit)?;
    let outcome = format!("details of {} models read at {}", output::grouped(read.models), read.at);
    Ok(Done::well(Some(read.collection), outcome))
}

/// The collections whose release is not made of all that was read.
pub(super) fn out_of_date(store: &Store) -> anyhow::Result<Vec<String>> {
    let mut found = Vec::new();
    for collection in store.collections()? {
        let entries = pipeline::raw::complete_entries(store, &collection)?;
        let built = store.release(&collection)?.map(|release| release.raw).unwrap_or_default();
        if !entries.iter().map(|entry| &entry.name).eq(&built) {
            found.push(collection);
        }
    }
    Ok(found)
}

fn build(store: &Store) -> anyhow::Result<Done> {
    let collections = out_of_date(store)?;
    let _lock = patient_lock(store)?;
    let mut releases = Vec::new();
    for collection in &collections {
        let built = pipeline::build(store, collection, clock::now(), &mut |_| {})
            .with_context(|| format!("failed to build {collection}"))?;
        releases.push(built.release.id);
    }
    Ok(Done::well(None, format!("released {}", releases.join(", "))))
}

/// The right to write, as soon as whoever has it is done.
fn patient_lock(store: &Store) -> anyhow::Result<Lock> {
    let tries = LOCK_WAIT.as_secs() / LOCK_NAP.as_secs().max(1);
    for _ in 0..tries {
        match store.lock() {
            Err(store::Error::Locked { .. }) => std::thread::sleep(LOCK_NAP),
            other => return Ok(other?),
        }
    }
    Ok(store.lock()?)
}
