//! `GET /api/v1/status`: how far the data reach and what is wrong with them.

use axum::extract::Extension;
use axum::http::Uri;
use axum::response::Response;
use schema::{Health, Instant};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Answered, respond};
use crate::app::{Collection, Loaded};
use crate::compute::AppState;
use crate::jobs::Job;
use crate::parameters::Parameters;
use crate::refusal::Refusal;

/// The state of the server and of every collection.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StatusResponse {
    /// The version of the code.
    code_version: String,
    /// How the worst of the standing jobs keeps its schedule: `on time`, `late` or `stalled`;
    /// null where nobody watches.
    #[schema(required = true)]
    health: Option<&'static str>,
    /// The standing jobs, by name; none where nobody watches.
    jobs: Vec<JobStatus>,
    /// By name.
    collections: Vec<CollectionStatus>,
}

/// The state of a job that is done again and again; what is not known of it is null.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JobStatus {
    /// Its name.
    name: String,
    /// What it does, in a few words.
    title: String,
    /// The collection that it reads into; null before it was done for the first time.
    #[schema(required = true)]
    collection: Option<String>,
    /// How it keeps its schedule: `on time`, `late` or `stalled`.
    health: &'static str,
    /// How often it is due, in seconds.
    period_seconds: u64,
    /// When it is due next, or was due and is not done (RFC 3339); null while there is nothing to
    /// do.
    #[schema(required = true)]
    due_at: Option<String>,
    /// When it was last begun (RFC 3339).
    #[schema(required = true)]
    started_at: Option<String>,
    /// When it was last done (RFC 3339).
    #[schema(required = true)]
    succeeded_at: Option<String>,
    /// Seconds since it was due; 0 when it is not.
    lag_seconds: u64,
    /// How often it has failed since it was last done.
    failure_count: u32,
    /// What it came to the last time, in one line.
    #[schema(required = true)]
    outcome: Option<String>,
    /// Whether it is being done.
    running: bool,
}

/// The state of one collection; what is not known of it is null.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(crate) struct CollectionStatus {
    /// Its name.
    name: String,
    /// `ready`, `not_built` or `failed`.
    state: String,
    /// Whether the data are invented by the simulated Hub.
    #[schema(required = true)]
    simulated: Option<bool>,
    /// The data release.
    #[schema(required = true)]
    release: Option<String>,
    /// The newest reading (RFC 3339).
    #[schema(required = true)]
    data_through: Option<String>,
    /// Snapshots it was read from.
    #[schema(required = true)]
    snapshot_count: Option<u64>,
    /// Problems met in them.
    #[schema(required = true)]
    problem_count: Option<u64>,
    /// Weekly cells that are observed.
    #[schema(required = true)]
    observed_cells: Option<u64>,
    /// Weekly cells that are estimated.
    #[schema(required = true)]
    estimated_cells: Option<u64>,
    /// Weekly cells that are missing.
    #[schema(required = true)]
    missing_cells: Option<u64>,
    /// Weekly cells with a flag.
    #[schema(required = true)]
    flagged_cells: Option<u64>,
    /// The newer release that could not be loaded, so that this one is still shown.
    #[schema(required = true)]
    refused_release: Option<String>,
    /// Entries received that are kept and not built from: they broke off, or were held back.
    set_aside_count: u64,
}

/// The state of the server and of every collection.
#[utoipa::path(
    get,
    path = "/api/v1/status",
    responses((status = 200, description = "The state", body = StatusResponse))
)]
pub(crate) async fn show(Extension(state): Extension<AppState>, uri: Uri) -> Response {
    respond(state, uri, &[], report).await
}

#[expect(clippy::unnecessary_wraps, reason = "every answer can be refused; this one is not")]
fn report(state: &AppState, _: &Parameters) -> Result<Answered<StatusResponse>, Refusal> {
    let collections: Vec<CollectionStatus> =
        state.app.all().map(|(name, collection)| status(name, collection)).collect();
    let is_simulated = collections.iter().any(|collection| collection.simulated == Some(true));
    let body = StatusResponse {
        code_version: state.code_version.to_string(),
        health: state.jobs.health(state.now).map(Health::name),
        jobs: state.jobs.all().iter().map(|job| job_status(job, state.now)).collect(),
        collections,
    };
    Ok(Answered { body, is_simulated })
}

fn job_status(job: &Job, now: Instant) -> JobStatus {
    let text = |at: Option<Instant>| at.map(|at| at.to_string());
    JobStatus {
        name: job.name.clone(),
        title: job.title.clone(),
        collection: job.collection.clone(),
        health: job.health(now).name(),
        period_seconds: job.period_seconds,
        due_at: text(job.due_at),
        started_at: text(job.started_at),
        succeeded_at: text(job.succeeded_at),
        lag_seconds: job.lag_seconds(now),
        failure_count: job.failure_count,
        outcome: job.outcome.clone(),
        running: job.is_running,
    }
}

fn status(name: &str, collection: &Collection) -> CollectionStatus {
    let refused = collection.refused.as_ref();
    let blank = |state: &str| CollectionStatus {
        name: name.to_owned(),
        state: state.to_owned(),
        refused_release: refused.and_then(|refused| refused.release.clone()),
        set_aside_count: collection.received.set_aside.len() as u64,
        ..CollectionStatus::default()
    };
    let shown = match &collection.loaded {
        Loaded::Ready(shown) => shown,
        Loaded::NotBuilt => return blank("not_built"),
        Loaded::Failed => return blank("failed"),
    };
    let market = &shown.market;
    let [observed, estimated, missing] = market.state_counts();
    CollectionStatus {
        simulated: Some(market.release.is_simulated),
        release: Some(market.release.id.clone()),
        data_through: Some(market.data_through.to_string()),
        snapshot_count: Some(market.snapshots.len() as u64),
        problem_count: Some(market.snapshots.iter().map(|snapshot| snapshot.problem_count).sum()),
        observed_cells: Some(observed),
        estimated_cells: Some(estimated),
        missing_cells: Some(missing),
        flagged_cells: Some(market.flagged_count()),
        ..blank("ready")
    }
}
