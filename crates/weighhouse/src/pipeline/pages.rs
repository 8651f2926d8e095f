//! The pages of one listing in their journal, and what they hold together.

use anyhow::Context;
use collect::{Position, Tally};
use enrich::{Input, Source};
use schema::{Instant, Problem};
use serde::{Deserialize, Serialize};
use store::{Census, Journal, Piece, RawDescription, Store, checksum, decode};

use super::raw;

pub(crate) use collect::Page;

/// Problems that are kept; the rest is counted.
const PROBLEMS_MAX: usize = 10_000;

/// What is written down of a page beside its body.
#[derive(Debug, Serialize, Deserialize)]
struct About {
    url: String,
    next: Option<String>,
    received_at: String,
    etag: Option<String>,
    request_id: Option<String>,
    entry_count: u64,
    first_id: Option<String>,
    is_simulated: bool,
}

/// When a page was read.
pub(crate) fn read_at(page: &Piece) -> anyhow::Result<Instant> {
    Ok(Instant::parse(&about(page)?.received_at)?)
}

fn about(page: &Piece) -> anyhow::Result<About> {
    serde_json::from_value(page.about.clone())
        .with_context(|| format!("what is written down of {} cannot be read", page.file.name))
}

/// The pages that have been received, counted.
pub(crate) struct Receiving {
    journal: Journal,
    tally: Tally,
    rows: u64,
    problems: Vec<Problem>,
    problem_count: u64,
}

impl Receiving {
    /// Looks through the pages that are there, and is ready for more.
    pub(crate) fn resume(journal: Journal) -> anyhow::Result<Self> {
        let mut receiving = Self {
            tally: Tally::default(),
            rows: 0,
            problems: Vec::new(),
            problem_count: 0,
            journal,
        };
        for index in 0..receiving.journal.pieces().len() {
            let piece = &receiving.journal.pieces()[index];
            let about = about(piece)?;
            let body = decode(&receiving.journal.read(piece)?).bytes;
            receiving.count(index, &body, &about);
        }
        Ok(receiving)
    }

    /// Writes a page as received, and counts what it holds.
    pub(crate) fn take(&mut self, page: &Page) -> anyhow::Result<()> {
        let about = About {
            url: page.url.clone(),
            next: page.next.clone(),
            received_at: page.received_at.to_string(),
            etag: page.etag.clone(),
            request_id: page.request_id.clone(),
            entry_count: page.entry_count,
            first_id: page.first_id.clone(),
            is_simulated: page.is_simulated,
        };
        let index = self.journal.pieces().len();
        let note = serde_json::to_value(&about)?;
        self.journal.append(&file_name(index), &page.body, note)?;
        self.count(index, &page.body, &about);
        Ok(())
    }

    fn count(&mut self, index: usize, body: &[u8], about: &About) {
        let at = Instant::parse(&about.received_at).ok();
        let parsed = Source::HubListing.parse(Input {
            file: &file_name(index),
            bytes: body,
            fault: None,
            now: at.unwrap_or(Instant::from_millis(i64::MAX / 2)),
            read_at: at,
        });
        self.rows += about.entry_count;
        self.problem_count += parsed.problems.len() as u64;
        let room = PROBLEMS_MAX - self.problems.len();
        self.problems.extend(parsed.problems.into_iter().take(room));
        self.tally.add(body, about.entry_count);
    }

    /// Where the listing stands; `None` before its first page.
    pub(crate) fn position(&self) -> Option<Position> {
        let about = about(self.journal.pieces().last()?).ok()?;
        Some(Position {
            pages: self.page_count(),
            models: self.rows,
            url: about.url,
            next: about.next,
            first_id: about.first_id,
        })
    }

    pub(crate) fn page_count(&self) -> u32 {
        self.journal.pieces().len() as u32
    }

    pub(crate) fn row_count(&self) -> u64 {
        self.rows
    }

    pub(crate) fn problem_count(&self) -> u64 {
        self.problem_count
    }

    /// Rows that are a model once more.
    pub(crate) fn repeated(&mut self) -> u64 {
        self.rows.saturating_sub(self.tally.census().models)
    }

    /// The time of the first page, which names the entry.
    pub(crate) fn at(&self) -> Instant {
        let first = self.journal.pieces().first().and_then(|first| read_at(first).ok());
        first.unwrap_or(Instant::from_millis(0))
    }

    pub(crate) fn census(&mut self) -> Census {
        self.tally.census()
    }

    pub(crate) fn tally(&mut self) -> &mut Tally {
        &mut self.tally
    }

    /// The description of the entry, as that of a whole listing.
    pub(crate) fn description(&mut self, held_back: Vec<String>) -> RawDescription {
        let census = self.tally.census();
        let pieces = self.journal.pieces();
        let first = pieces.first().and_then(|first| about(first).ok());
        let checksums: Vec<&str> =
            pieces.iter().map(|piece| piece.received_sha256.as_str()).collect();
        let at = self.at().to_string();
        let url = first.as_ref().map_or("", |first| first.url.as_str());
        RawDescription {
            source: Source::HubListing.name().to_owned(),
            file: url.split('&').next().unwrap_or_default().to_owned(),
            received_sha256: checksum(checksums.join("\n").as_bytes()),
            received_at: pieces
                .last()
                .and_then(|last| about(last).ok())
                .map_or_else(|| at.clone(), |last| last.received_at),
            read_at: Some(at),
            is_simulated: first.is_some_and(|first| first.is_simulated),
            row_limit: None,
            is_complete: true,
            is_partial: false,
            census: Some(census),
            held_back,
        }
    }

    /// Forgets what was received, where it says nothing.
    pub(crate) fn discard(self) -> anyhow::Result<()> {
        Ok(self.journal.discard()?)
    }

    /// Commits the entry.
    pub(crate) fn finish(self, store: &Store, description: RawDescription) -> anyhow::Result<()> {
        let first = self.journal.pieces().first().context("nothing was received")?;
        // Another plan is another entry, also where its first page is the same.
        let identity = format!("{}\n{}", self.journal.plan(), first.received_sha256);
        let mut name = raw::entry_name(Some(self.at()), &checksum(identity.as_bytes()));
        if !description.is_complete {
            name.push_str("-incomplete");
        }
        let draft = self.journal.into_draft(store, &name)?;
        raw::finish_counted(draft, description, self.rows, &self.problems, self.problem_count)?;
        Ok(())
    }
}

fn file_name(index: usize) -> String {
    format!("page-{:05}.json", index + 1)
}
