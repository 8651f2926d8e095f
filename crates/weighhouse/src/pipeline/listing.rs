//! A listing to one raw entry, page by page and over interruptions: a whole Hub fits into no
//! memory and takes longer than machines stay up.

use std::sync::mpsc;
use std::time::Duration;

use anyhow::{Context, bail};
use collect::{Clock, Options, Progress, Sort, Token, USER_AGENT};
use schema::{Instant, simulated_collection, top_of_hub_collection};
use serde_json::{Value, json};
use store::{Journal, RawDescription, Store};

use super::completeness::{self, Earlier};
use super::pages::{self, Page, Receiving};

pub(crate) const PROBE_TIMEOUT: Duration = Duration::from_secs(10);
const PAGE_TIMEOUT: Duration = Duration::from_mins(2);
const MAX_RETRIES: u32 = 8;
const END_CONFIRMATIONS: u32 = 2;
/// Pages on their way to the disk.
const QUEUE: usize = 2;
/// In an order that does not move, a listing can be continued as long as its readings are of
/// about one time; in any other it has soon moved too far.
const STEADY_HOURS: f64 = 48.0;
const MOVING_HOURS: f64 = 1.0;

/// What to read.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub endpoint: String,
    pub token: Option<Token>,
    pub sort: Sort,
    pub limit: Option<u64>,
    pub since: Option<Instant>,
    /// How many models are asked for at once, at most.
    pub page_size: u32,
}

/// What was received.
#[derive(Debug)]
pub(crate) struct Received {
    pub collection: String,
    /// When the first page was read.
    pub at: Instant,
    pub pages: u32,
    pub rows: u64,
    pub problem_count: u64,
    /// Entries that the listing held more than once.
    pub repeated: u64,
    pub retries: u32,
    pub waited: Duration,
    /// Pages that were there from an interrupted run.
    pub resumed_pages: u32,
    /// Why it is held back; nothing if it is sound.
    pub held_back: Vec<String>,
}

/// Reads a listing into one raw entry, or goes on with one that was interrupted.
///
/// Needs the right to collect. A failure leaves what was received, and the same request goes on
/// from there; what has become too old to go on with is kept, marked as incomplete, and the
/// listing begins anew.
pub(crate) fn read(
    store: &Store,
    request: &Request,
    clock: &dyn Clock,
    on_progress: &mut dyn FnMut(&Progress, Option<u64>),
) -> anyhow::Result<Received> {
    let probe = collect::probe(&request.endpoint, PROBE_TIMEOUT, clock)?;
    let collection = collection(request, probe.is_simulated);
    let plan = plan(request);
    set_old_aside(store, &collection, probe.at)?;
    let journal = store.journal(&collection, &plan)?;
    let reading = Reading { store, request, collection: &collection, clock };
    match reading.run(journal, on_progress) {
        Err(error) if is_expired(&error) => {
            // The Hub has forgotten the way on; what came before it stays, and stays incomplete.
            set_aside(store, store.journal(&collection, &plan)?)?;
            reading.run(store.journal(&collection, &plan)?, on_progress)
        }
        result => result,
    }
}

/// One listing into one collection.
struct Reading<'a> {
    store: &'a Store,
    request: &'a Request,
    collection: &'a str,
    clock: &'a dyn Clock,
}

impl Reading<'_> {
    fn run(
        &self,
        journal: Journal,
        on_progress: &mut dyn FnMut(&Progress, Option<u64>),
    ) -> anyhow::Result<Received> {
        let before = completeness::last_sound(self.store, self.collection)?;
        let expected = before.as_ref().map(|before| before.census.models);
        let mut receiving = Receiving::resume(journal)?;
        let resumed_pages = receiving.page_count();
        let options = self.options(expected);
        let summary = self.receive(&options, &mut receiving, &mut |progress| {
            on_progress(progress, options.limit.or(expected));
        });
        let summary = summary.with_context(|| {
            format!(
                "{}: {} pages with {} models are kept, and the same command goes on from there",
                self.collection,
                receiving.page_count(),
                receiving.row_count()
            )
        })?;
        let received = Received {
            collection: self.collection.to_owned(),
            at: receiving.at(),
            pages: summary.pages,
            rows: receiving.row_count(),
            problem_count: receiving.problem_count(),
            repeated: receiving.repeated(),
            retries: summary.retries,
            waited: summary.waited,
            resumed_pages,
            held_back: Vec::new(),
        };
        self.finish(receiving, before.as_ref(), received)
    }

    /// Holds what was received against what there was before, and commits it.
    fn finish(
        &self,
        mut receiving: Receiving,
        before: Option<&Earlier>,
        mut received: Received,
    ) -> anyhow::Result<Received> {
        let is_partial = self.request.since.is_some();
        if received.rows == 0 {
            receiving.discard()?;
            if is_partial {
                return Ok(received);
            }
            bail!("the Hub listed no model");
        }
        let is_whole = self.request.limit.is_none();
        if !is_partial {
            let (store, collection) = (self.store, self.collection);
            received.held_back =
                completeness::findings(store, collection, before, &mut receiving, is_whole)?;
        }
        let description = RawDescription {
            row_limit: (is_partial || !is_whole).then_some(received.rows),
            is_partial,
            ..receiving.description(received.held_back.clone())
        };
        receiving.finish(self.store, description)?;
        Ok(received)
    }

    /// Reads the pages that are still to come; while one is packed and written, the next is read.
    fn receive(
        &self,
        options: &Options,
        receiving: &mut Receiving,
        on_progress: &mut dyn FnMut(&Progress),
    ) -> anyhow::Result<collect::Summary> {
        let from = receiving.position();
        let (to_disk, received) = mpsc::sync_channel::<Page>(QUEUE);
        std::thread::scope(|scope| {
            let writer = scope.spawn(|| -> anyhow::Result<()> {
                received.into_iter().try_for_each(|page| receiving.take(&page))
            });
            let listed =
                collect::listing(options, from.as_ref(), self.clock, &mut |page, progress| {
                    on_progress(progress);
                    to_disk.send(page).map_err(|_| "the pages can no longer be written".into())
                });
            drop(to_disk);
            // What cannot be written is the cause of what can no longer be read.
            writer.join().expect("the writer does not panic")?;
            Ok(listed?)
        })
    }

    fn options(&self, expected_models: Option<u64>) -> Options {
        Options {
            endpoint: self.request.endpoint.clone(),
            token: self.request.token.clone(),
            sort: self.request.sort,
            limit: self.request.limit,
            since: self.request.since,
            page_size: page_size(self.request),
            expected_models,
            end_confirmations: END_CONFIRMATIONS,
            timeout: PAGE_TIMEOUT,
            max_retries: MAX_RETRIES,
            user_agent: USER_AGENT.to_owned(),
        }
    }
}

/// The collection that a request reads into.
fn collection(request: &Request, is_simulated: bool) -> String {
    let limit = request.limit.filter(|_| request.since.is_none());
    let collection = top_of_hub_collection(request.sort.name(), limit);
    if is_simulated { simulated_collection(&collection) } else { collection }
}

/// What makes a request the same as an interrupted one.
fn plan(request: &Request) -> Value {
    json!({
        "endpoint": request.endpoint,
        "sort": request.sort.name(),
        "limit": request.limit,
        "since": request.since.map(|since| since.to_string()),
        "page_size": page_size(request),
        "fields": collect::FIELDS,
    })
}

/// Sets listings aside that were interrupted so long ago that their readings would not be of one
/// time with those that are still to come.
fn set_old_aside(store: &Store, collection: &str, now: Instant) -> anyhow::Result<()> {
    for (plan, _) in store.open_journals(collection)? {
        let Some(sort) = plan["sort"].as_str() else { continue };
        let hours_max = if sort == Sort::CreatedAt.name() { STEADY_HOURS } else { MOVING_HOURS };
        let journal = store.journal(collection, &plan)?;
        let Some(first) = journal.pieces().first() else { continue };
        if now.days_since(pages::read_at(first)?) * 24.0 > hours_max {
            set_aside(store, journal)?;
        }
    }
    Ok(())
}

/// Keeps what was received of a listing that will not be gone on with, marked as incomplete.
fn set_aside(store: &Store, journal: Journal) -> anyhow::Result<()> {
    let mut receiving = Receiving::resume(journal)?;
    let mut description = receiving.description(Vec::new());
    description.is_complete = false;
    receiving.finish(store, description)
}

fn is_expired(error: &anyhow::Error) -> bool {
    let mut causes = error.chain();
    causes.any(|cause| matches!(cause.downcast_ref(), Some(collect::Error::Expired { .. })))
}

/// Pages of equal size, so that the last one holds little more than was asked for.
fn page_size(request: &Request) -> u32 {
    let most = request.page_size;
    let Some(limit) = request.limit.filter(|limit| *limit > 0) else { return most };
    u32::try_from(limit.div_ceil(limit.div_ceil(most.into()))).unwrap_or(most)
}
