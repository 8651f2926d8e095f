//! `GET /api/v1/collections`: what can be asked.

use std::collections::BTreeMap;

use axum::extract::Extension;
use axum::http::Uri;
use axum::response::Response;
use schema::Measure;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Answered, respond};
use crate::compute::AppState;
use crate::parameters::Parameters;
use crate::refusal::Refusal;
use crate::shown::Shown;

/// The collections that can be asked.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CollectionsResponse {
    /// By name.
    collections: Vec<CollectionRow>,
}

/// One collection: one source's series of snapshots over one population.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CollectionRow {
    /// Its name in questions.
    name: String,
    /// Its title.
    title: String,
    /// Which population it covers, and so what a share of it is a share of.
    covers: String,
    /// Who collected the data, with their licence.
    source: String,
    /// The data release.
    release: String,
    /// Whether the data are invented by the simulated Hub.
    simulated: bool,
    /// Models in it.
    model_count: u64,
    /// Snapshots it was read from.
    snapshot_count: u64,
    /// The oldest reading (RFC 3339).
    #[schema(required = true)]
    first_reading_at: Option<String>,
    /// The newest reading (RFC 3339).
    data_through: String,
    /// The first week of flows, by its Monday; null where there are none.
    #[schema(required = true)]
    first_week: Option<String>,
    /// The last week of flows, by its Monday.
    #[schema(required = true)]
    last_week: Option<String>,
    /// Models whose age is not known: older than the Hub's record of creation, or of a source that
    /// does not tell it.
    unknown_age_count: u64,
    /// How often what happened to its counters, by kind; `/api/v1/counter-events` lists them.
    events: BTreeMap<String, u64>,
    /// How far the rolling sum and the cumulative counter of the same models are apart; absent
    /// where no model has both long enough.
    #[serde(skip_serializing_if = "Option::is_none")]
    disagreement: Option<CounterDisagreement>,
    /// The measures that it has.
    measures: Vec<String>,
    /// What it can be grouped by, beside `model`.
    groups: Vec<String>,
}

/// How far two counters of the same downloads are apart: the ratio of the rolling sum to what the
/// cumulative counter gained in its 30 days.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CounterDisagreement {
    /// Pairs that were compared.
    compared: u64,
    /// Models that they are of.
    model_count: u64,
    /// The middle ratio; 1 where they agree.
    median_ratio: Option<f64>,
    /// A twentieth of the ratios are below.
    low_ratio: Option<f64>,
    /// A twentieth of the ratios are above.
    high_ratio: Option<f64>,
    /// The difference of a ratio to 1 that is borne.
    tolerance: Option<f64>,
    /// The share of pairs beyond it.
    share_beyond_tolerance: Option<f64>,
}

impl From<&analyze::Disagreement> for CounterDisagreement {
    fn from(found: &analyze::Disagreement) -> Self {
        Self {
            compared: found.compared,
            model_count: found.model_count,
            median_ratio: found.median_ratio,
            low_ratio: found.low_ratio,
            high_ratio: found.high_ratio,
            tolerance: found.tolerance,
            share_beyond_tolerance: found.share_beyond_tolerance,
        }
    }
}

/// The collections that can be asked.
#[utoipa::path(
    get,
    path = "/api/v1/collections",
    responses((status = 200, description = "The collections", body = CollectionsResponse))
)]
pub(crate) async fn show(Extension(state): Extension<AppState>, uri: Uri) -> Response {
    respond(state, uri, &[], list).await
}

#[expect(clippy::unnecessary_wraps, reason = "every answer can be refused; this one is not")]
fn list(state: &AppState, _: &Parameters) -> Result<Answered<CollectionsResponse>, Refusal> {
    let collections: Vec<CollectionRow> = state.app.ready().map(|shown| row(shown)).collect();
    let is_simulated = collections.iter().any(|collection| collection.simulated);
    Ok(Answered { body: CollectionsResponse { collections }, is_simulated })
}

fn row(shown: &Shown) -> CollectionRow {
    let market = &shown.market;
    let collection = &market.collection;
    let weeks = market.weeks();
    let mut events = BTreeMap::new();
    for event in &market.events {
        *events.entry(event.kind.name().to_owned()).or_default() += 1;
    }
    CollectionRow {
        name: market.release.collection.clone(),
        title: collection.title.clone(),
        covers: collection.covers.clone(),
        source: collection.source.clone(),
        release: market.release.id.clone(),
        simulated: market.release.is_simulated,
        model_count: market.model_count() as u64,
        snapshot_count: market.snapshots.len() as u64,
        first_reading_at: market.instants().first().map(ToString::to_string),
        data_through: market.data_through.to_string(),
        first_week: weeks.map(|(first, _)| first.to_string()),
        last_week: weeks.map(|(_, last)| last.to_string()),
        unknown_age_count: market.unknown_age_count() as u64,
        events,
        disagreement: market.disagreement.as_ref().map(CounterDisagreement::from),
        measures: shown.measures.iter().copied().map(Measure::name).map(str::to_owned).collect(),
        groups: market.groupable().collect(),
    }
}
