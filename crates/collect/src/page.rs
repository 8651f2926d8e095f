//! What a listing hands over, and how far it has come.

use std::time::Duration;

use schema::Instant;

use crate::clock::Clock;
use crate::entries::Entries;
use crate::http::Reply;
use crate::rate::Allowance;

/// One page, as received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The page's number, from 1.
    pub number: u32,
    /// The address it was read from.
    pub url: String,
    /// The address of the next page, as the Hub links to it; `None` on the last page.
    pub next: Option<String>,
    /// The body as received, without the transfer's compression.
    pub body: Vec<u8>,
    /// When the Hub sent it, by its own clock; by ours where it does not say.
    pub received_at: Instant,
    /// Its `ETag`.
    pub etag: Option<String>,
    /// Its `X-Request-Id`, under which the Hub's operators find it.
    pub request_id: Option<String>,
    /// Whether a simulated Hub sent it.
    pub is_simulated: bool,
    /// How many of its entries count, from the first: fewer than the body holds where the limit
    /// ends within the page.
    pub entry_count: u64,
    /// The `_id` of its first entry.
    pub first_id: Option<String>,
}

/// Where a listing stands after a page: all that is needed to go on from there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// Pages received.
    pub pages: u32,
    /// Entries that count.
    pub models: u64,
    /// The address of the last page.
    pub url: String,
    /// The address of the next page; `None` when there is none.
    pub next: Option<String>,
    /// The `_id` of the last page's first entry.
    pub first_id: Option<String>,
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
    /// What is left of the budget; `None` where the Hub does not say.
    pub allowance: Option<Allowance>,
}

/// What a listing came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    /// Pages received, those before an interruption among them.
    pub pages: u32,
    /// Entries that count.
    pub models: u64,
    /// Entries without `_id` or `id`, which are in the pages all the same; since the last
    /// interruption.
    pub unexpected_entries: u64,
    /// Requests that were repeated, since the last interruption.
    pub retries: u32,
    /// Time spent waiting for repetitions and for the budget, since the last interruption.
    pub waited: Duration,
    /// Whether the listing was read to its end, rather than to the limit.
    pub is_to_the_end: bool,
}

/// A good answer to a request for a page.
pub(crate) struct Answer {
    pub(crate) reply: Reply,
    pub(crate) entries: Entries,
    pub(crate) next: Option<String>,
}

impl Answer {
    /// The page, of which `entry_count` entries count.
    pub(crate) fn into_page(
        self,
        number: u32,
        url: String,
        entry_count: u64,
        clock: &dyn Clock,
    ) -> Page {
        let text = |name: &str| self.reply.header(name).map(str::to_owned);
        Page {
            number,
            url,
            received_at: self.reply.sent_at().unwrap_or_else(|| clock.now()),
            etag: text("etag"),
            request_id: text("x-request-id"),
            is_simulated: self.reply.header("x-weighhouse-simulated") == Some("true"),
            entry_count,
            first_id: self.entries.first_id,
            next: self.next,
            body: self.reply.body,
        }
    }
}
