//! The list of models, page by page.

use std::time::Duration;

use schema::Instant;
use ureq::Agent;

use crate::clock::Clock;
use crate::entries;
use crate::error::{Error, Failure, Result};
use crate::http::{self, Patience, Reply, Request};
use crate::link;
use crate::options::{FIELDS, Options, Token, USER_AGENT};
use crate::origin::Origin;
use crate::rate;
use crate::retry::{Attempt, Failed, Retries};

/// The longest page that the Hub is known to honour.
const PAGE_SIZE_MAX: u32 = 1_000;
/// The largest page that is accepted, in bytes: 32 times what 1,000 expanded entries weigh.
const PAGE_BYTES_MAX: u64 = 64 << 20;
/// The most pages of one listing: six times the Hub of 2026 at 500 a page.
const PAGES_MAX: u32 = 40_000;

/// One page, as received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The page's number, from 1.
    pub number: u32,
    /// The address it was read from.
    pub url: String,
    /// The body as received, without the transfer's compression.
    pub body: Vec<u8>,
    /// When the Hub sent it, by its own clock; by ours where it does not say.
    pub received_at: Instant,
    /// Its `ETag`.
    pub etag: Option<String>,
    /// Its `RateLimit`.
    pub rate_limit: Option<String>,
    /// Whether a simulated Hub sent it.
    pub is_simulated: bool,
    /// How many of its entries count, from the first: fewer than the body holds where the limit
    /// ends within the page.
    pub entry_count: u64,
}

/// How far a listing has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Pages received.
    pub pages: u32,
    /// Entries that count.
    pub models: u64,
    /// Entries to be read; `None` where the end of the listing is not known.
    pub limit: Option<u64>,
    /// Requests that were repeated.
    pub retries: u32,
    /// Time spent waiting for repetitions and for the budget.
    pub waited: Duration,
}

/// What a listing came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    /// Pages received.
    pub pages: u32,
    /// Entries that count.
    pub models: u64,
    /// Entries without `_id` or `id`, which are in the pages all the same.
    pub unexpected_entries: u64,
    /// Requests that were repeated.
    pub retries: u32,
    /// Time spent waiting for repetitions and for the budget.
    pub waited: Duration,
    /// Whether the listing was read to its end, rather than to the limit.
    pub is_to_the_end: bool,
    /// Whether a simulated Hub sent any of it.
    pub is_simulated: bool,
    /// When the first page was sent; `None` without pages.
    pub first_at: Option<Instant>,
    /// When the last page was sent; `None` without pages.
    pub last_at: Option<Instant>,
}

/// Why whoever was handed a page could not take it.
pub type PageError = Box<dyn std::error::Error + Send + Sync>;

/// Reads the list of models, and hands over each page with how far the listing has come.
///
/// Follows the Hub's own links until there is none, which is the only sign of the end, or until
/// the limit. A page is repeated while its failure may pass, waiting as the Hub asks or ever
/// longer. Unknown fields and odd values are no failure: pages are kept as received.
pub fn listing(
    options: &Options,
    clock: &dyn Clock,
    on_page: &mut dyn FnMut(Page, &Progress) -> std::result::Result<(), PageError>,
) -> Result<Summary> {
    let origin = endpoint_origin(&options.endpoint)?;
    let agent = http::agent(Patience::InAll(options.timeout), &options.user_agent);
    let mut retries = Retries::new(clock, options.max_retries);
    let mut progress = Progress { limit: options.limit, ..Progress::default() };
    let mut summary = Summary::empty();
    let mut next = (options.limit != Some(0)).then(|| first_url(options));
    while let Some(url) = next {
        if progress.pages >= pages_max(options) {
            return Err(Error::TooManyPages { url, pages: progress.pages });
        }
        let attempt = || attempt(&agent, &url, options.token.as_ref());
        let (reply, entries) = retries.run(attempt).map_err(|gave_up| Error::Request {
            url: url.clone(),
            attempts: gave_up.attempts,
            pages: progress.pages,
            failure: gave_up.failure,
        })?;
        let wanted = options.limit.map_or(u64::MAX, |limit| limit - progress.models);
        progress.pages += 1;
        progress.models += entries.count.min(wanted);
        progress.retries = retries.count;
        progress.waited = retries.waited;
        let link = reply.header("link").and_then(link::next).map(str::to_owned);
        let pause = rate::pause(&reply);
        let page = page(reply, progress.pages, url.clone(), entries.count.min(wanted), clock);
        summary.add(&page, entries.unexpected);
        // The page is good whatever it links to.
        on_page(page, &progress)
            .map_err(|source| Error::Page { number: progress.pages, source })?;
        summary.is_to_the_end = link.is_none();
        next = link.filter(|_| options.limit != Some(progress.models));
        if let Some(link) = &next {
            check_link(link, &url, &origin)?;
            retries.wait(pause);
        }
    }
    Ok(Summary {
        models: progress.models,
        retries: retries.count,
        waited: retries.waited,
        ..summary
    })
}

/// Asks for one model, once, to see whether there is a Hub that answers.
pub fn is_reachable(endpoint: &str, timeout: Duration) -> Result<()> {
    endpoint_origin(endpoint)?;
    let url = format!("{}/api/models?limit=1", endpoint.trim_end_matches('/'));
    let agent = http::agent(Patience::InAll(timeout), USER_AGENT);
    match attempt(&agent, &url, None) {
        Ok(_) => Ok(()),
        Err(failed) => {
            Err(Error::Request { url, attempts: 1, pages: 0, failure: failed.into_failure() })
        }
    }
}

/// The origin of an endpoint, which may have a path but nothing after it.
pub(crate) fn endpoint_origin(endpoint: &str) -> Result<Origin> {
    let origin = if endpoint.contains(['?', '#']) { None } else { Origin::of(endpoint) };
    origin.ok_or_else(|| Error::Endpoint { endpoint: endpoint.to_owned() })
}

fn first_url(options: &Options) -> String {
    let endpoint = options.endpoint.trim_end_matches('/');
    let mut url = format!(
        "{endpoint}/api/models?limit={}&sort={}&direction=-1",
        page_size(options),
        options.sort
    );
    for field in FIELDS {
        url.push_str("&expand[]=");
        url.push_str(field);
    }
    url
}

fn page_size(options: &Options) -> u64 {
    let size = u64::from(options.page_size.clamp(1, PAGE_SIZE_MAX));
    options.limit.map_or(size, |limit| limit.clamp(1, size))
}

/// The most pages: a page may be shorter than was asked for, but not all of them by much.
fn pages_max(options: &Options) -> u32 {
    let needed = options.limit.map_or(u64::MAX, |limit| limit.div_ceil(page_size(options)));
    u32::try_from(needed.saturating_mul(4).saturating_add(16)).unwrap_or(u32::MAX).min(PAGES_MAX)
}

fn attempt(agent: &Agent, url: &str, token: Option<&Token>) -> Attempt<(Reply, entries::Entries)> {
    let request = Request { url, token, max_bytes: PAGE_BYTES_MAX, is_plain: false };
    let reply = http::get(agent, &request)?;
    if reply.status != 200 {
        return Err(Failed::with(reply.to_failure(), reply));
    }
    match entries::count(&reply.body) {
        Some(entries) => Ok((reply, entries)),
        None => Err(Failed::with(Failure::NotAList { said: reply.said() }, reply)),
    }
}

/// Refuses a link that leads to another host or nowhere.
fn check_link(link: &str, url: &str, origin: &Origin) -> Result<()> {
    if Origin::of(link).as_ref() != Some(origin) {
        return Err(Error::ForeignLink { url: url.to_owned(), link: link.to_owned() });
    }
    if link == url {
        return Err(Error::RepeatedLink { url: url.to_owned() });
    }
    Ok(())
}

fn page(reply: Reply, number: u32, url: String, entry_count: u64, clock: &dyn Clock) -> Page {
    let text = |name: &str| reply.header(name).map(str::to_owned);
    Page {
        number,
        url,
        received_at: reply.sent_at().unwrap_or_else(|| clock.now()),
        etag: text("etag"),
        rate_limit: text("ratelimit"),
        is_simulated: reply.header("x-weighhouse-simulated") == Some("true"),
        entry_count,
        body: reply.body,
    }
}

impl Summary {
    const fn empty() -> Self {
        Self {
            pages: 0,
            models: 0,
            unexpected_entries: 0,
            retries: 0,
            waited: Duration::ZERO,
            is_to_the_end: false,
            is_simulated: false,
            first_at: None,
            last_at: None,
        }
    }

    fn add(&mut self, page: &Page, unexpected_entries: u64) {
        self.pages += 1;
        self.unexpected_entries += unexpected_entries;
        self.is_simulated |= page.is_simulated;
        self.first_at = self.first_at.or(Some(page.received_at));
        self.last_at = Some(page.received_at);
    }
}

#[cfg(test)]
mod tests;
