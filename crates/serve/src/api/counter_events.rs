//! `GET /api/v1/counter-events`: what happened to the counters of a collection.

use analyze::{Event, EventKind};
use axum::extract::Extension;
use axum::http::Uri;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Answered, Problem, respond};
use crate::compute::AppState;
use crate::cursor::part;
use crate::parameters::Parameters;
use crate::refusal::Refusal;

const KNOWN: &[&str] = &["collection", "kind", "limit", "cursor"];

/// What happened to the counters of a collection.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CounterEventsResponse {
    /// The collection.
    collection: String,
    /// The data release.
    release: String,
    /// The newest reading of the release (RFC 3339).
    data_through: String,
    /// Whether the data are invented by the simulated Hub.
    simulated: bool,
    /// The events, by time.
    events: Vec<CounterEvent>,
    /// Present when the list goes on: the cursor with which the same question gives the next part.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// Something that a reader of a series has to know.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
pub struct CounterEvent {
    /// When (RFC 3339).
    pub at: String,
    /// What sort of thing: restatement, stale, rollback, partial or rule_change.
    pub kind: String,
    /// What it is about, as a counting rule; absent for the whole collection.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// How many models it touches, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub models: Option<u64>,
    /// Of how many.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<u64>,
    /// One sentence.
    pub text: String,
}

impl From<&Event> for CounterEvent {
    fn from(event: &Event) -> Self {
        Self {
            at: event.at.to_string(),
            kind: event.kind.name().to_owned(),
            subject: event.subject.clone(),
            models: event.models,
            of: event.of,
            text: event.text.clone(),
        }
    }
}

/// What happened to the counters of a collection: readings that a source repeated, files it went
/// back to, snapshots that show few models, counters that fell, rules of counting that changed.
#[utoipa::path(
    get,
    path = "/api/v1/counter-events",
    params(
        ("collection" = Option<String>, Query, description = "The collection; without it the one with the newest reading"),
        ("kind" = Option<String>, Query, description = "Only restatement, stale, rollback, partial or rule_change"),
        ("limit" = Option<u64>, Query, description = "How many rows at most, 1 to 1,000; without it 1,000"),
        ("cursor" = Option<String>, Query, description = "Where the list goes on: `next` of the answer before, to the same question"),
    ),
    responses(
        (status = 200, description = "The events", body = CounterEventsResponse),
        (status = 400, description = "A kind that there is not", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "An unknown collection", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn show(Extension(state): Extension<AppState>, uri: Uri) -> Response {
    respond(state, uri, KNOWN, list).await
}

fn list(state: &AppState, given: &Parameters) -> Result<Answered<CounterEventsResponse>, Refusal> {
    let shown = state.app.collection(given.get("collection"))?;
    let market = &shown.market;
    let kind = given.get("kind").map(kind_of).transpose()?;
    let is_asked = |event: &&Event| kind.is_none_or(|kind| event.kind == kind);
    let asked = market.events.iter().filter(is_asked).map(CounterEvent::from);
    let (events, next) = part(asked, given, &market.release.id)?;
    let is_simulated = market.release.is_simulated;
    let body = CounterEventsResponse {
        collection: market.release.collection.clone(),
        release: market.release.id.clone(),
        data_through: market.data_through.to_string(),
        simulated: is_simulated,
        events,
        next,
    };
    Ok(Answered { body, is_simulated })
}

fn kind_of(name: &str) -> Result<EventKind, Refusal> {
    EventKind::ALL.into_iter().find(|kind| kind.name() == name).ok_or_else(|| {
        let known = EventKind::ALL.map(EventKind::name).join(", ");
        Refusal::unreadable(format!("unknown kind '{name}'; known are: {known}"))
    })
}
