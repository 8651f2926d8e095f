//! The list of models, page by page.

use schema::Instant;

use crate::client::{Client, Manner};
use crate::clock::Clock;
use crate::entries;
use crate::error::{Error, Failure, Result};
use crate::http::Reply;
use crate::link;
use crate::options::{FIELDS, Options, PAGE_SIZE_MAX, Sort};
use crate::origin::Origin;
use crate::page::{Answer, Page, Position, Progress, Summary};
use crate::retry::{Failed, GaveUp};

/// The most pages of one listing: ten times the Hub of 2026 at 1,000 a page.
const PAGES_MAX: u32 = 40_000;

/// How often the address of one page may have to be renewed.
const RENEWALS_MAX: u32 = 3;

/// Why whoever was handed a page could not take it.
pub type PageError = Box<dyn std::error::Error + Send + Sync>;

/// Reads the list of models, and hands over each page with how far the listing has come.
///
/// Begins where an interrupted listing stood, if it is told. Follows the Hub's own links until
/// there is none, which is the only sign of the end and is confirmed, or until the limit. A page
/// is repeated while its failure may pass, waiting as the Hub asks or ever longer; between pages
/// the budget is spread evenly. Unknown fields and odd values are no failure: pages are kept as
/// received.
///
/// Where the Hub no longer knows the address of the next page, the page before is asked for once
/// more, for an address that it knows, and handed over again: its entries may have moved.
pub fn listing(
    options: &Options,
    from: Option<&Position>,
    clock: &dyn Clock,
    on_page: &mut dyn FnMut(Page, &Progress) -> std::result::Result<(), PageError>,
) -> Result<Summary> {
    let manner = Manner {
        endpoint: &options.endpoint,
        token: options.token.as_ref(),
        timeout: options.timeout,
        max_retries: options.max_retries,
        user_agent: &options.user_agent,
    };
    let mut crawl = Crawl {
        options,
        clock,
        client: Client::new(manner, clock)?,
        position: from.cloned().unwrap_or_else(|| start(options)),
        unexpected_entries: 0,
        renewals: 0,
    };
    while let Some(url) = crawl.next() {
        if crawl.position.pages >= pages_max(options) {
            return Err(Error::TooManyPages { url, pages: crawl.position.pages });
        }
        let Some(page) = crawl.read(url)? else { continue };
        let (url, next) = (page.url.clone(), page.next.clone());
        // The page is good whatever it links to.
        crawl.hand_over(page, on_page)?;
        let is_foreign = |link: &String| Origin::of(link).as_ref() != Some(crawl.client.origin());
        if let Some(link) = next.filter(is_foreign) {
            return Err(Error::ForeignLink { url, link });
        }
    }
    Ok(crawl.summary())
}

/// A listing on its way.
struct Crawl<'a> {
    options: &'a Options,
    clock: &'a dyn Clock,
    client: Client<'a>,
    position: Position,
    unexpected_entries: u64,
    /// How often the present address was renewed.
    renewals: u32,
}

impl Crawl<'_> {
    /// The page to be read next.
    fn next(&self) -> Option<String> {
        let is_enough = self.options.limit.is_some_and(|limit| self.position.models >= limit);
        self.position.next.clone().filter(|_| !is_enough)
    }

    /// Reads a page; `None` where its address had to be renewed first.
    fn read(&mut self, url: String) -> Result<Option<Page>> {
        let answer = self.ask(&url).and_then(|answer| self.confirmed(&url, answer));
        match answer {
            Ok(answer) => {
                self.renewals = 0;
                Ok(Some(self.page(url, answer)))
            }
            Err(gave_up) if gave_up.is_unknown_address() && self.position.pages > 0 => {
                self.renew(url, gave_up)
            }
            Err(gave_up) if gave_up.is_refused() && url == first_url(self.options, &FIELDS) => {
                self.narrow(&url, gave_up)
            }
            Err(gave_up) => Err(gave_up.into_error(&url, self.position.pages)),
        }
    }

    /// Finds out which fields the Hub still knows, and begins the listing with those: it refuses
    /// the whole for one that it does not know, and a field less is better than no reading.
    fn narrow(&mut self, url: &str, gave_up: GaveUp) -> Result<Option<Page>> {
        let endpoint = self.options.endpoint.trim_end_matches('/');
        let mut known = Vec::new();
        for field in FIELDS {
            let one = format!("{endpoint}/api/models?limit=1&expand[]={field}");
            match self.client.ask(&one, None, |reply| judge(reply, None, None, "")) {
                Ok(_) => known.push(field),
                Err(gave_up) if gave_up.is_refused() => {}
                Err(gave_up) => return Err(gave_up.into_error(&one, 0)),
            }
        }
        if known.is_empty() || known.len() == FIELDS.len() {
            return Err(gave_up.into_error(url, 0));
        }
        self.position.next = Some(first_url(self.options, &known));
        Ok(None)
    }

    /// Asks the page before for an address of the next one that the Hub knows.
    ///
    /// A link that is as it was leads on from the same entry. Any other does not: then the page
    /// before is handed over once more, so that nothing that moved is lost.
    fn renew(&mut self, url: String, gave_up: GaveUp) -> Result<Option<Page>> {
        let pages = self.position.pages;
        if self.renewals == RENEWALS_MAX {
            return Err(Error::Expired { url, pages, failure: gave_up.failure });
        }
        self.renewals += 1;
        let before = self.position.url.clone();
        let first_id = self.position.first_id.take();
        let answer = self.ask(&before);
        self.position.first_id = first_id;
        match answer {
            Err(_) => Err(Error::Expired { url, pages, failure: gave_up.failure }),
            Ok(answer) if answer.next.as_ref() == Some(&url) => Ok(None),
            Ok(answer) => Ok(Some(self.page(before, answer))),
        }
    }

    /// Asks for a page.
    fn ask(&mut self, url: &str) -> std::result::Result<Answer, GaveUp> {
        let to_come = self.requests_to_come();
        let (since, first_id) = (self.options.since(), self.position.first_id.clone());
        self.client.ask(url, to_come, |reply| judge(reply, since, first_id.as_deref(), url))
    }

    /// Asks again for a page that seems to be the last, to see that it is.
    fn confirmed(&mut self, url: &str, answer: Answer) -> std::result::Result<Answer, GaveUp> {
        let limit = self.options.limit.unwrap_or(u64::MAX);
        let is_end = |answer: &Answer, models: u64| {
            answer.next.is_none() && models + answer.entries.count < limit
        };
        if !is_end(&answer, self.position.models) {
            return Ok(answer);
        }
        for _ in 0..self.options.end_confirmations {
            let again = self.ask(url)?;
            if again.next.is_some() {
                return Ok(again);
            }
        }
        Ok(answer)
    }

    fn page(&mut self, url: String, mut answer: Answer) -> Page {
        let wanted = self.options.limit.map_or(u64::MAX, |limit| limit - self.position.models);
        let count = answer.entries.changed.min(wanted);
        self.unexpected_entries += answer.entries.unexpected;
        if answer.entries.changed < answer.entries.count {
            // All that follows was last changed before what was asked for.
            answer.next = None;
        }
        answer.into_page(self.position.pages + 1, url, count, self.clock)
    }

    fn hand_over(
        &mut self,
        page: Page,
        on_page: &mut dyn FnMut(Page, &Progress) -> std::result::Result<(), PageError>,
    ) -> Result<()> {
        let number = page.number;
        self.position = Position {
            pages: number,
            models: self.position.models + page.entry_count,
            url: page.url.clone(),
            next: page.next.clone(),
            first_id: page.first_id.clone(),
        };
        let progress = Progress {
            pages: number,
            models: self.position.models,
            limit: self.options.limit,
            retries: self.client.retry_count(),
            waited: self.client.waited(),
            allowance: self.client.allowance(),
        };
        on_page(page, &progress).map_err(|source| Error::Page { number, source })
    }

    /// About how many requests the listing still takes; `None` where nobody knows.
    fn requests_to_come(&self) -> Option<u64> {
        let models = self.options.limit.or_else(|| {
            // The Hub grows; a tenth more is more than a year of weeks has brought.
            let expected = self.options.expected_models.filter(|_| self.options.since.is_none())?;
            Some(expected.saturating_add(expected / 10))
        })?;
        let left = models.checked_sub(self.position.models)?;
        let confirmations = u64::from(self.options.end_confirmations);
        Some(left.div_ceil(page_size(self.options)) + confirmations)
    }

    fn summary(&self) -> Summary {
        Summary {
            pages: self.position.pages,
            models: self.position.models,
            unexpected_entries: self.unexpected_entries,
            retries: self.client.retry_count(),
            waited: self.client.waited(),
            is_to_the_end: self.position.next.is_none() && self.position.pages > 0,
        }
    }
}

/// Whether an answer is a good page; `first_id` and `url` are of the page before and of this one.
pub(crate) fn judge(
    reply: Reply,
    since: Option<Instant>,
    first_id: Option<&str>,
    url: &str,
) -> std::result::Result<Answer, Failed> {
    if reply.status != 200 {
        return Err(Failed::with(reply.to_failure(), reply));
    }
    let Some(entries) = entries::look(&reply.body, since) else {
        return Err(Failed::with(Failure::NotAList { said: reply.said() }, reply));
    };
    let next = reply.header("link").and_then(link::next).map(str::to_owned);
    // A page that begins like the one before, or leads to itself, is the one before once more.
    let is_repeated = first_id.is_some() && first_id == entries.first_id.as_deref();
    if is_repeated || next.as_deref() == Some(url) {
        return Err(Failed::with(Failure::Repeated, reply));
    }
    Ok(Answer { reply, entries, next })
}

fn start(options: &Options) -> Position {
    Position {
        pages: 0,
        models: 0,
        url: String::new(),
        next: Some(first_url(options, &FIELDS)),
        first_id: None,
    }
}

fn first_url(options: &Options, fields: &[&str]) -> String {
    let endpoint = options.endpoint.trim_end_matches('/');
    let mut url = format!(
        "{endpoint}/api/models?limit={}&sort={}&direction=-1",
        page_size(options),
        options.sort
    );
    for field in fields {
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

impl Options {
    /// The instant at which to stop, where the order is one in which there is one.
    fn since(&self) -> Option<Instant> {
        self.since.filter(|_| self.sort == Sort::LastModified)
    }
}

#[cfg(test)]
mod tests;
