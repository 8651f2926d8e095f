//! `GET /api/v1/status`: how far the data reach and what is wrong with them.

use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Answered, respond};
use crate::app::Loaded;
use crate::compute::AppState;
use crate::parameters::Parameters;
use crate::refusal::Refusal;

/// The state of the server and of every collection.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StatusResponse {
    /// The version of the code.
    code_version: String,
    /// By name.
    collections: Vec<CollectionStatus>,
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
}

/// The state of the server and of every collection.
#[utoipa::path(
    get,
    path = "/api/v1/status",
    responses((status = 200, description = "The state", body = StatusResponse))
)]
pub(crate) async fn show(State(state): State<AppState>, uri: Uri) -> Response {
    respond(state, uri, &[], report).await
}

#[expect(clippy::unnecessary_wraps, reason = "every answer can be refused; this one is not")]
fn report(state: &AppState, _: &Parameters) -> Result<Answered<StatusResponse>, Refusal> {
    let collections: Vec<CollectionStatus> =
        state.app.all().map(|(name, loaded)| status(name, loaded)).collect();
    let is_simulated = collections.iter().any(|collection| collection.simulated == Some(true));
    let code_version = state.code_version.to_string();
    Ok(Answered { body: StatusResponse { code_version, collections }, is_simulated })
}

fn status(name: &str, loaded: &Loaded) -> CollectionStatus {
    let blank = |state: &str| CollectionStatus {
        name: name.to_owned(),
        state: state.to_owned(),
        ..CollectionStatus::default()
    };
    let Loaded::Ready(shown) = loaded else {
        let is_failed = matches!(loaded, Loaded::Failed(_));
        return blank(if is_failed { "failed" } else { "not_built" });
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
        ..blank("ready")
    }
}
