//! What the listing does not show of the models that weigh most, as one partial snapshot.

use std::time::Duration;

use anyhow::{Context, bail};
use collect::{
    Clock, DetailAnswer, DetailOptions, ModelDetails, Options, PAGE_SIZE_MAX, Sort, Token,
    USER_AGENT,
};
use enrich::Source;
use schema::{Instant, simulated_collection, top_of_hub_collection};
use serde_json::{Value, json};
use store::{Journal, RawDescription, Store, checksum, decode};

use super::listing::PROBE_TIMEOUT;
use super::raw;

const TIMEOUT: Duration = Duration::from_mins(1);
const MAX_RETRIES: u32 = 8;
/// Models of one piece: what an interruption makes us ask again, at most.
const MODELS_PER_PIECE: usize = 20;
/// After this time the models that weigh most are others.
const RESUME_HOURS: f64 = 24.0;

/// What to read.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub endpoint: String,
    pub token: Option<Token>,
    /// How many models, from the most downloaded; each costs three requests.
    pub models: u64,
}

/// What was received.
#[derive(Debug)]
pub(crate) struct Received {
    pub collection: String,
    pub at: Instant,
    pub models: u64,
}

/// Reads the details of the most downloaded models, or goes on where it was interrupted.
pub(crate) fn read(
    store: &Store,
    request: &Request,
    clock: &dyn Clock,
    on_progress: &mut dyn FnMut(u64),
) -> anyhow::Result<Received> {
    let probe = collect::probe(&request.endpoint, PROBE_TIMEOUT, clock)?;
    let collection = top_of_hub_collection(Sort::CreatedAt.name(), None);
    let collection =
        if probe.is_simulated { simulated_collection(&collection) } else { collection };
    let plan = json!({ "endpoint": request.endpoint, "details": request.models });
    let mut journal = store.journal(&collection, &plan)?;
    if is_too_old(&journal, probe.at) {
        // It stays, marked as incomplete; the models that weigh most may be others by now.
        finish(store, journal, &collection, probe.is_simulated, false)?;
        journal = store.journal(&collection, &plan)?;
    }
    if journal.pieces().is_empty() {
        let ids = heaviest(request, clock)?;
        let note = json!({ "kind": "list", "received_at": probe.at.to_string() });
        journal.append("models.json", &serde_json::to_vec(&ids)?, note)?;
    }
    let list = decode(&journal.read(&journal.pieces()[0])?).bytes;
    let ids: Vec<String> = serde_json::from_slice(&list).context("the list of models")?;
    let options = DetailOptions {
        endpoint: request.endpoint.clone(),
        token: request.token.clone(),
        timeout: TIMEOUT,
        max_retries: MAX_RETRIES,
        user_agent: USER_AGENT.to_owned(),
    };
    let done = journal.pieces().len() - 1;
    for (index, ids) in ids.chunks(MODELS_PER_PIECE).enumerate().skip(done) {
        let mut lines = Vec::new();
        collect::details(&options, ids, clock, &mut |found| {
            serde_json::to_writer(&mut lines, &line(&found))?;
            lines.push(b'\n');
            Ok(())
        })?;
        let name = format!("details-{:05}.jsonl", index + 1);
        journal.append(&name, &lines, json!({ "kind": "details", "models": ids.len() }))?;
        on_progress((index * MODELS_PER_PIECE + ids.len()) as u64);
    }
    finish(store, journal, &collection, probe.is_simulated, true)
}

fn finish(
    store: &Store,
    journal: Journal,
    collection: &str,
    is_simulated: bool,
    is_complete: bool,
) -> anyhow::Result<Received> {
    let models = models(&journal);
    let at = begun_at(&journal).context("the time of the list of models is not known")?;
    let checksums: Vec<&str> =
        journal.pieces().iter().map(|piece| piece.received_sha256.as_str()).collect();
    let received_sha256 = checksum(checksums.join("\n").as_bytes());
    let mut name = raw::entry_name(Some(at), &received_sha256);
    if !is_complete {
        name.push_str("-incomplete");
    }
    let description = RawDescription {
        source: Source::HubDetails.name().to_owned(),
        file: format!("details of {models} models"),
        received_sha256,
        received_at: at.to_string(),
        read_at: Some(at.to_string()),
        is_simulated,
        row_limit: None,
        is_complete,
        is_partial: true,
        census: None,
        held_back: Vec::new(),
    };
    raw::finish(journal.into_draft(store, &name)?, description, models, &[])?;
    Ok(Received { collection: collection.to_owned(), at, models })
}

/// The most downloaded models, by one request or a few.
fn heaviest(request: &Request, clock: &dyn Clock) -> anyhow::Result<Vec<String>> {
    let options = Options {
        endpoint: request.endpoint.clone(),
        token: request.token.clone(),
        sort: Sort::Downloads,
        limit: Some(request.models),
        since: None,
        page_size: PAGE_SIZE_MAX,
        expected_models: None,
        end_confirmations: 0,
        timeout: TIMEOUT,
        max_retries: MAX_RETRIES,
        user_agent: USER_AGENT.to_owned(),
    };
    let mut ids: Vec<String> = Vec::new();
    collect::listing(&options, None, clock, &mut |page, _| {
        let entries: Vec<Value> = serde_json::from_slice(&page.body)?;
        let count = usize::try_from(page.entry_count).unwrap_or(usize::MAX);
        let found = entries.iter().take(count).filter_map(|entry| entry["id"].as_str());
        ids.extend(found.filter(|id| collect::is_plain_id(id)).map(str::to_owned));
        Ok(())
    })?;
    // The order moves while it is read: a model may come twice.
    let mut seen = std::collections::HashSet::new();
    ids.retain(|id| seen.insert(id.clone()));
    if ids.is_empty() {
        bail!("the Hub listed no model");
    }
    Ok(ids)
}

/// A model in the form in which recorded answers are imported, with two more answers beside it.
fn line(found: &ModelDetails) -> Value {
    let mut line = recorded(&found.model);
    line["expanded"] = recorded(&found.expanded);
    line["card"] = recorded(&found.card);
    line
}

fn recorded(answer: &DetailAnswer) -> Value {
    json!({
        "request": { "url": answer.url },
        "status": { "code": answer.status },
        "date": answer.received_at.to_http_date(),
        "body": String::from_utf8_lossy(&answer.body),
    })
}

/// How many models have been asked for.
fn models(journal: &Journal) -> u64 {
    journal.pieces().iter().filter_map(|piece| piece.about["models"].as_u64()).sum()
}

fn begun_at(journal: &Journal) -> Option<Instant> {
    let list = journal.pieces().first()?;
    Instant::parse(list.about["received_at"].as_str()?).ok()
}

fn is_too_old(journal: &Journal, now: Instant) -> bool {
    begun_at(journal).is_some_and(|begun| now.days_since(begun) * 24.0 > RESUME_HOURS)
}
