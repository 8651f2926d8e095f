//! A listing's pages to one raw entry, page by page: a whole Hub does not fit in memory.

use collect::Page;
use enrich::{Input, Source};
use schema::{Instant, Problem, simulated_collection};
use store::{Draft, Layer, RawDescription, Store, checksum};

use super::raw;

/// The entry that pages are written to as they arrive.
pub(crate) struct Receiving {
    draft: Draft,
    collection: String,
    /// The time of the first page, which is the reading's.
    at: Instant,
    url: String,
    is_simulated: bool,
    rows: u64,
    problems: Vec<Problem>,
    /// The checksum of each page, a line each.
    checksums: String,
}

/// What was received.
pub(crate) struct Received {
    pub collection: String,
    pub at: Instant,
    pub rows: u64,
    pub problem_count: u64,
}

impl Receiving {
    /// Begins an entry with its first page, which also says whether the Hub is a simulated one.
    pub(crate) fn begin(store: &Store, collection: &str, first: &Page) -> store::Result<Self> {
        let collection = if first.is_simulated {
            simulated_collection(collection)
        } else {
            collection.to_owned()
        };
        let at = first.received_at;
        let name = raw::entry_name(Some(at), &checksum(&first.body));
        Ok(Self {
            draft: store.draft(Layer::Raw, &collection, &name)?,
            collection,
            at,
            url: first.url.split('&').next().unwrap_or_default().to_owned(),
            is_simulated: first.is_simulated,
            rows: 0,
            problems: Vec::new(),
            checksums: String::new(),
        })
    }

    /// Writes a page as received, and looks at what it holds.
    pub(crate) fn take(&mut self, page: &Page) -> store::Result<()> {
        let file = format!("page-{:05}.json", page.number);
        let parsed = Source::HubListing.parse(Input {
            file: &file,
            bytes: &page.body,
            fault: None,
            now: self.at,
            read_at: Some(self.at),
        });
        self.rows += parsed.records.len() as u64;
        self.problems.extend(parsed.problems);
        self.checksums.push_str(&checksum(&page.body));
        self.checksums.push('\n');
        self.draft.write_received(&file, &page.body)
    }

    /// Commits the entry; one that is not complete is kept and not built from.
    pub(crate) fn finish(self, limit: Option<u64>, is_complete: bool) -> store::Result<Received> {
        let rows = limit.map_or(self.rows, |limit| self.rows.min(limit));
        let problem_count = self.problems.len() as u64;
        let description = RawDescription {
            source: Source::HubListing.name().to_owned(),
            file: self.url,
            received_sha256: checksum(self.checksums.as_bytes()),
            received_at: self.at.to_string(),
            read_at: Some(self.at.to_string()),
            is_simulated: self.is_simulated,
            row_limit: limit,
            is_complete,
            is_partial: false,
            census: None,
            held_back: Vec::new(),
        };
        raw::finish(self.draft, description, rows, &self.problems)?;
        Ok(Received { collection: self.collection, at: self.at, rows, problem_count })
    }
}
