//! `GET /api/v1/attributes`: what is known of each model of a collection.

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

/// The attributes of a collection's models.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AttributesResponse {
    /// The collection.
    collection: String,
    /// The data release.
    release: String,
    /// Whether the data are invented by the simulated Hub.
    simulated: bool,
    /// Models in the collection.
    model_count: u64,
    /// In the order of the catalogue.
    attributes: Vec<AttributeRow>,
    /// Present when the list goes on: the cursor with which the same question gives the next part.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// One attribute.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AttributeRow {
    /// Its name in questions.
    name: String,
    /// The type of its values.
    #[serde(rename = "type")]
    value_type: String,
    /// The unit of a number; empty where there is none.
    unit: String,
    /// Its title.
    title: String,
    /// What it means, in one sentence.
    meaning: String,
    /// Which field of which source it comes from.
    source: String,
    /// How it is derived.
    method: String,
    /// The family that derives it.
    family: String,
    /// Version of the method, from 1: it grows when the same facts give another value.
    version: u64,
    /// What the value is derived from: facts of the model, and what lies beside it.
    inputs: Vec<String>,
    /// How the value is known: stated by the source, derived by a rule, or inferred from signs.
    confidence: String,
    /// Whether models can be grouped and filtered by it.
    is_groupable: bool,
    /// Models of the collection for which it is known.
    known_count: u64,
    /// A known value.
    example: String,
}

/// The attributes of a collection's models.
#[utoipa::path(
    get,
    path = "/api/v1/attributes",
    params(
        ("collection" = Option<String>, Query, description = "The collection; without it the one with the newest reading"),
        ("limit" = Option<u64>, Query, description = "How many rows at most, 1 to 1,000; without it 1,000"),
        ("cursor" = Option<String>, Query, description = "Where the list goes on: `next` of the answer before, to the same question"),
    ),
    responses(
        (status = 200, description = "The attributes", body = AttributesResponse),
        (status = 404, description = "An unknown collection", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn show(Extension(state): Extension<AppState>, uri: Uri) -> Response {
    respond(state, uri, &["collection", "limit", "cursor"], list).await
}

fn list(state: &AppState, given: &Parameters) -> Result<Answered<AttributesResponse>, Refusal> {
    let shown = state.app.collection(given.get("collection"))?;
    let market = &shown.market;
    let row = |attribute: &analyze::Description| AttributeRow {
        name: attribute.name.clone(),
        value_type: attribute.value_type.clone(),
        unit: attribute.unit.clone(),
        title: attribute.title.clone(),
        meaning: attribute.meaning.clone(),
        source: attribute.source.clone(),
        method: attribute.method.clone(),
        family: attribute.family.clone(),
        version: attribute.version,
        inputs: attribute.inputs.clone(),
        confidence: attribute.confidence.clone(),
        is_groupable: attribute.is_groupable,
        known_count: attribute.known_count,
        example: attribute.example.clone(),
    };
    let (attributes, next) = part(market.attributes.iter().map(row), given, &market.release.id)?;
    let is_simulated = market.release.is_simulated;
    let body = AttributesResponse {
        collection: market.release.collection.clone(),
        release: market.release.id.clone(),
        simulated: is_simulated,
        model_count: market.model_count() as u64,
        attributes,
        next,
    };
    Ok(Answered { body, is_simulated })
}
