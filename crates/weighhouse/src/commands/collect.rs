//! `weighhouse collect`: read the Hub's listing.

use std::path::Path;

use anyhow::Context;
use collect::{PAGE_SIZE_MAX, Sort, Token};
use enrich::Source;
use schema::{Day, Instant};
use serde_json::json;
use store::{Layer, Store};

use crate::clock::SystemClock;
use crate::pipeline::details;
use crate::pipeline::listing::{self, Received, Request};
use crate::progress::{ListingBar, bar, spoken};
use crate::{Outcome, output};

/// Read models from the Hub's listing, as one raw snapshot.
///
/// Without --limit and --since it reads every public model, which takes an hour or so. Whatever
/// interrupts it, the same command goes on from the last page. A snapshot that cannot be the
/// whole, held against the one before, is kept and not built from; then the exit code is 1.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// How many models to read; all of them without it.
    #[arg(long, value_name = "N", conflicts_with = "since")]
    limit: Option<u64>,
    /// The order of the listing: downloads, trendingScore, likes, createdAt or lastModified.
    #[arg(long, value_name = "K", default_value_t = Sort::CreatedAt, conflicts_with = "since")]
    sort: Sort,
    /// Read only models that are new or were changed since this day or instant (UTC), or since
    /// the `last` reading of the whole or of changes.
    #[arg(long, value_name = "T")]
    since: Option<Since>,
    /// Read the details of this many of the most downloaded models instead: file sizes, storage,
    /// children, card text. Each costs two requests of the API's budget and one of the files'.
    #[arg(long, value_name = "N", conflicts_with_all = ["limit", "sort", "since"],
        value_parser = clap::value_parser!(u64).range(1..))]
    details: Option<u64>,
    /// How many models to ask for at once, 1 to 1,000; fewer where long pages fail.
    #[arg(
        long,
        value_name = "N",
        default_value_t = PAGE_SIZE_MAX,
        value_parser = clap::value_parser!(u32).range(1..=i64::from(PAGE_SIZE_MAX))
    )]
    page_size: u32,
    #[command(flatten)]
    hub: HubArgs,
}

/// Which Hub, and as whom.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct HubArgs {
    /// The Hub.
    #[arg(long, value_name = "URL", env = "HF_ENDPOINT", default_value = "https://huggingface.co")]
    pub endpoint: String,
    /// An access token; everything that is read is public without one.
    #[arg(long, value_name = "TOKEN", env = "HF_TOKEN", hide_env_values = true, hide = true)]
    token: Option<String>,
}

impl HubArgs {
    /// The token, where there is one; an empty variable is none.
    pub(crate) fn token(&self) -> collect::Result<Option<Token>> {
        let token = self.token.as_deref().map(str::trim).filter(|token| !token.is_empty());
        token.map(Token::new).transpose()
    }
}

/// Since when changes are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Since {
    /// Since the newest reading of the whole listing or of changes, and an hour before.
    Last,
    /// Since an instant.
    At(Instant),
}

impl std::str::FromStr for Since {
    type Err = schema::Error;

    fn from_str(text: &str) -> Result<Self, schema::Error> {
        if text == "last" {
            return Ok(Self::Last);
        }
        text.parse::<Day>().map(Day::start).or_else(|_| Instant::parse(text)).map(Self::At)
    }
}

/// What was changed while the last reading was under way is read again.
const OVERLAP_MS: i64 = 3_600_000;

pub(crate) fn run(data: &Path, args: &Args) -> anyhow::Result<Outcome> {
    let token = args.hub.token()?;
    let store = existing_or_reachable(data, &args.hub)?;
    let _lock = store.lock_collecting()?;
    if let Some(models) = args.details {
        return read_details(&store, &args.hub, models).map(|_| Outcome::Done);
    }
    let since = match args.since {
        None => None,
        Some(Since::At(at)) => Some(at),
        Some(Since::Last) => Some(since_last(&store, "hub")?.context(
            "there is no earlier reading of the listing to go on from; name a day: --since DAY",
        )?),
    };
    let request = Request {
        endpoint: args.hub.endpoint.clone(),
        token,
        sort: if since.is_some() { Sort::LastModified } else { args.sort },
        limit: args.limit,
        since,
        page_size: args.page_size,
    };
    let mut bar = ListingBar::new();
    let read = listing::read(&store, &request, &SystemClock, &mut |progress, expected| {
        bar.show(progress, expected);
    });
    bar.finish();
    let read = read?;
    report(&read);
    if read.held_back.is_empty() {
        output::say("next: weighhouse build");
    }
    let is_clean = read.problem_count == 0 && read.held_back.is_empty();
    Ok(if is_clean { Outcome::Done } else { Outcome::CheckFailed })
}

/// Reads details of the most downloaded models, and says in one line what was read.
pub(crate) fn read_details(
    store: &Store,
    hub: &HubArgs,
    models: u64,
) -> anyhow::Result<details::Received> {
    let request = details::Request { endpoint: hub.endpoint.clone(), token: hub.token()?, models };
    let bar = bar(models, "details");
    let read = details::read(store, &request, &SystemClock, &mut |done| bar.set_position(done));
    bar.finish_and_clear();
    let read = read?;
    output::say(&format!(
        "{}: details of {} models read at {}",
        read.collection,
        output::grouped(read.models),
        read.at
    ));
    Ok(read)
}

/// The data directory; a Hub that does not answer leaves none behind.
fn existing_or_reachable(data: &Path, hub: &HubArgs) -> anyhow::Result<Store> {
    if let Ok(store) = Store::open(data) {
        return Ok(store);
    }
    collect::probe(&hub.endpoint, listing::PROBE_TIMEOUT, &SystemClock)?;
    Ok(Store::create(data)?)
}

/// Since when changes have to be read so that none is missed; `None` without any reading.
pub(crate) fn since_last(store: &Store, collection: &str) -> store::Result<Option<Instant>> {
    let mut newest = None;
    for collection in [collection.to_owned(), schema::simulated_collection(collection)] {
        for name in store.entries(Layer::Raw, &collection)? {
            let raw = store.manifest(Layer::Raw, &collection, &name)?.raw;
            let Some(raw) = raw else { continue };
            let is_listing = raw.source == Source::HubListing.name();
            if is_listing && store.is_sound(&collection, &name, &raw)? {
                newest = newest.max(raw.read_at.and_then(|at| Instant::parse(&at).ok()));
            }
        }
    }
    Ok(newest.map(|at| Instant::from_millis(at.millis() - OVERLAP_MS)))
}

/// Says what was read.
pub(crate) fn report(read: &Received) {
    let grouped = output::grouped;
    let event = json!({
        "event": "collected",
        "collection": read.collection,
        "models": read.rows,
        "pages": read.pages,
        "resumed_pages": read.resumed_pages,
        "repeated_entries": read.repeated,
        "retries": read.retries,
        "waited_seconds": read.waited.as_secs_f64(),
        "problems": read.problem_count,
        "held_back": read.held_back,
    });
    let text = format!(
        "{}: {} models on {} pages read at {}{}; {} repeated entries, {} retries, {} waited, {} problems",
        read.collection,
        grouped(read.rows),
        grouped(read.pages.into()),
        read.at,
        match read.resumed_pages {
            0 => String::new(),
            pages => format!(", {} of them before an interruption", grouped(pages.into())),
        },
        grouped(read.repeated),
        grouped(read.retries.into()),
        spoken(read.waited),
        grouped(read.problem_count),
    );
    output::report(&text, event);
    for finding in &read.held_back {
        output::say(&format!("held back: {finding}"));
    }
    if !read.held_back.is_empty() {
        output::say(&format!(
            "{}: kept, and not built from; if the Hub is what has changed: weighhouse accept {}",
            read.collection, read.collection
        ));
    }
}
