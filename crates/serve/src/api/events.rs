//! `GET /api/v1/events`: what changes, as it changes.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::Duration;

use analyze::Market;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::sse::{self, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use schema::{Health, Instant};
use serde::Serialize;
use utoipa::ToSchema;

use crate::Live;
use crate::events::Event;
use crate::jobs::Jobs;
use crate::live::Listening;

/// After this long without a connection a listener comes back.
const RETRY: Duration = Duration::from_secs(5);
/// A comment is sent this often, so that nobody on the way takes the stream for dead.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// The data of the event `release`: another release of a collection is shown from now on.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReleaseEvent {
    /// The collection.
    collection: String,
    /// The data release.
    release: String,
    /// The newest reading in it (RFC 3339).
    data_through: String,
    /// Whether the data are invented by the simulated Hub.
    simulated: bool,
}

/// The data of the event `jobs`: the standing jobs, or how they keep their schedule, changed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JobsEvent {
    /// How the worst of them keeps its schedule: `on time`, `late` or `stalled`; null where
    /// nobody watches.
    #[schema(required = true)]
    health: Option<&'static str>,
    /// Each job, by name; `/api/v1/status` says more.
    jobs: Vec<JobHealth>,
    /// Names all that is said of the jobs: equal digests, nothing changed.
    digest: String,
}

/// How one job keeps its schedule.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JobHealth {
    /// The job's name.
    name: String,
    /// `on time`, `late` or `stalled`.
    health: &'static str,
    /// Whether it is being done.
    running: bool,
}

/// What changes, as it changes.
///
/// A stream of server-sent events, of two kinds. `release`: another release of a collection is
/// shown, its data a ReleaseEvent. `jobs`: the standing jobs changed, its data a JobsEvent.
/// First the state is told as such events; a listener that comes back with the newest
/// Last-Event-ID is not told again. One that falls far behind is let go and may come back.
#[utoipa::path(
    get,
    path = "/api/v1/events",
    responses(
        (status = 200, description = "The events", body = String, content_type = "text/event-stream"),
        (status = 503, description = "Too many listen already; Retry-After says when to ask again",
         body = crate::refusal::Problem, content_type = "application/problem+json")
    )
)]
pub(crate) async fn show(State(live): State<Live>, headers: HeaderMap) -> Response {
    let known = headers.get("last-event-id").and_then(|id| id.to_str().ok());
    let listening = match live.listen(known) {
        Ok(listening) => listening,
        Err(refusal) => return refusal.into_problem(),
    };
    let Listening { first, listener } = listening;
    let first = VecDeque::from(first);
    let events =
        stream::unfold((true, first, listener), |(is_new, mut first, mut listener)| async move {
            if is_new {
                let hello = sse::Event::default().retry(RETRY);
                return Some((Ok::<_, Infallible>(hello), (false, first, listener)));
            }
            let event = match first.pop_front() {
                Some(event) => event,
                None => listener.next().await?,
            };
            Some((Ok(written(event)), (false, first, listener)))
        });
    let keep_alive = KeepAlive::new().interval(KEEP_ALIVE);
    Sse::new(events).keep_alive(keep_alive).into_response()
}

/// The event of a release that is shown from now on.
pub(crate) fn release_event(market: &Market, id: Option<String>) -> Event {
    let data = ReleaseEvent {
        collection: market.release.collection.clone(),
        release: market.release.id.clone(),
        data_through: market.data_through.to_string(),
        simulated: market.release.is_simulated,
    };
    Event { kind: "release", id, data: json(&data) }
}

/// The event of how the standing jobs stand from now on.
pub(crate) fn jobs_event(jobs: &Jobs, now: Instant, id: Option<String>) -> Event {
    let each = jobs.all().iter().map(|job| JobHealth {
        name: job.name.clone(),
        health: job.health(now).name(),
        running: job.is_running,
    });
    let data = JobsEvent {
        health: jobs.health(now).map(Health::name),
        jobs: each.collect(),
        digest: jobs.digest(now),
    };
    Event { kind: "jobs", id, data: json(&data) }
}

fn json(data: &impl Serialize) -> String {
    serde_json::to_string(data).expect("events have text keys only")
}

fn written(event: Event) -> sse::Event {
    let written = sse::Event::default().event(event.kind).data(event.data);
    match event.id {
        Some(id) => written.id(id),
        None => written,
    }
}
