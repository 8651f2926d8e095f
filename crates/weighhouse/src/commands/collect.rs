//! `weighhouse collect`: read the Hub's listing.

use std::path::Path;
use std::time::Duration;

use anyhow::Context;
use collect::{EXPANDED_PAGE_SIZE, Options, Progress, Sort, Token, USER_AGENT};
use schema::top_of_hub_collection;
use store::Store;

use crate::clock::SystemClock;
use crate::pipeline::listing::{Received, Receiving};
use crate::{Outcome, output, progress};

/// Read models from the Hub's listing, as one raw snapshot.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// How many models to read; all of them without it.
    #[arg(long, value_name = "N")]
    limit: Option<u64>,
    /// The order of the listing: downloads, trendingScore, likes, createdAt or lastModified.
    #[arg(long, value_name = "K", default_value_t = Sort::CreatedAt)]
    sort: Sort,
    /// The Hub.
    #[arg(long, value_name = "URL", env = "HF_ENDPOINT", default_value = "https://huggingface.co")]
    endpoint: String,
    /// An access token; everything that is read is public without one.
    #[arg(long, value_name = "TOKEN", env = "HF_TOKEN", hide_env_values = true, hide = true)]
    token: Option<String>,
}

const REACH_TIMEOUT: Duration = Duration::from_secs(10);
const PAGE_TIMEOUT: Duration = Duration::from_mins(1);
const MAX_RETRIES: u32 = 5;

pub(crate) fn run(data: &Path, args: &Args) -> anyhow::Result<Outcome> {
    collect::is_reachable(&args.endpoint, REACH_TIMEOUT)?;
    let store = Store::create(data)?;
    let _lock = store.lock()?;
    let request = Request {
        endpoint: args.endpoint.clone(),
        token: args.token.as_deref().map(Token::new).transpose()?,
        sort: args.sort,
        limit: args.limit,
    };
    let bar = progress::bar(args.limit.unwrap_or(0), "collecting");
    let read = read_listing(&store, &request, &mut |progress| {
        bar.set_position(progress.models);
        bar.set_message(format!("models, {} pages, {} retries", progress.pages, progress.retries));
    });
    bar.finish_and_clear();
    let read = read?;
    output::say(&format!(
        "{}: {} models read at {}, {} problems; next: weighhouse build",
        read.collection,
        output::grouped(read.rows),
        read.at,
        read.problem_count,
    ));
    Ok(if read.problem_count == 0 { Outcome::Done } else { Outcome::CheckFailed })
}

/// What to read.
pub(crate) struct Request {
    pub endpoint: String,
    pub token: Option<Token>,
    pub sort: Sort,
    pub limit: Option<u64>,
}

/// Reads a listing into one raw entry. What was received before a failure is kept, marked as
/// incomplete, and not built from.
pub(crate) fn read_listing(
    store: &Store,
    request: &Request,
    on_progress: &mut dyn FnMut(&Progress),
) -> anyhow::Result<Received> {
    let options = Options {
        endpoint: request.endpoint.clone(),
        token: request.token.clone(),
        sort: request.sort,
        limit: request.limit,
        page_size: page_size(request.limit),
        timeout: PAGE_TIMEOUT,
        max_retries: MAX_RETRIES,
        user_agent: USER_AGENT.to_owned(),
    };
    let collection = top_of_hub_collection(request.sort.name(), request.limit);
    let mut receiving: Option<Receiving> = None;
    let listed = collect::listing(&options, &SystemClock, &mut |page, progress| {
        on_progress(progress);
        let receiving = match &mut receiving {
            Some(receiving) => receiving,
            empty => empty.insert(Receiving::begin(store, &collection, &page)?),
        };
        receiving.take(&page)?;
        Ok(())
    });
    let received =
        receiving.map(|receiving| receiving.finish(request.limit, listed.is_ok())).transpose()?;
    listed?;
    received.context("the Hub listed no model")
}

/// Pages of equal size, so that the last one holds little more than was asked for.
fn page_size(limit: Option<u64>) -> u32 {
    let most = u64::from(EXPANDED_PAGE_SIZE);
    let Some(limit) = limit.filter(|limit| *limit > 0) else { return EXPANDED_PAGE_SIZE };
    u32::try_from(limit.div_ceil(limit.div_ceil(most))).unwrap_or(EXPANDED_PAGE_SIZE)
}
