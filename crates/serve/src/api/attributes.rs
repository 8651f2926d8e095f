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
    pub(super) collection: String,
    /// The data release.
    pub(super) release: String,
    /// Whether the data are invented by the simulated Hub.
    pub(super) simulated: bool,
    /// Models in the collection.
    pub(super) model_count: u64,
    /// In the order of the catalogue.
    pub(super) attributes: Vec<AttributeRow>,
    /// Present when the list goes on: the cursor with which the same question gives the next part.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// One attribute.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AttributeRow {
    /// Its name in questions.
    pub(super) name: String,
    /// The type of its values.
    #[serde(rename = "type")]
    pub(super) value_type: String,
    /// The unit of a number; empty where there is none.
    pub(super) unit: String,
    /// Its title.
    pub(super) title: String,
    /// What it means, in one sentence.
    pub(super) meaning: String,
    /// Which field of which source it comes from.
    pub(super) source: String,
    /// How it is derived.
    pub(super) method: String,
    /// The family that derives it.
    pub(super) family: String,
    /// Version of the method, from 1: it grows when the same facts give another value.
    pub(super) version: u64,
    /// What the value is derived from: facts of the model, and what lies beside it.
    pub(super) inputs: Vec<String>,
    /// How the value is known: stated by the source, derived by a rule, or inferred from signs.
    pub(super) confidence: String,
    /// Whether models can be grouped and filtered by it.
    pub(super) is_groupable: bool,
    /// Models of the collection for which it is known.
    pub(super) known_count: u64,
    /// A known value.
    pub(super) example: String,
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

pub(super) fn list(
    state: &AppState,
    given: &Parameters,
) -> Result<Answered<AttributesResponse>, Refusal> {
    let shown = state.app.collection(given.get("collection"))?;
    let mut body = response(&shown.market, |_| true);
    (body.attributes, body.next) =
        part(body.attributes.into_iter(), given, &shown.market.release.id)?;
    Ok(Answered { body, is_simulated: shown.market.release.is_simulated })
}

/// Some of the attributes of a collection in the shape in which they are sent.
pub(crate) fn response(
    market: &analyze::Market,
    is_meant: impl Fn(&analyze::Description) -> bool,
) -> AttributesResponse {
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
    AttributesResponse {
        collection: market.release.collection.clone(),
        release: market.release.id.clone(),
        simulated: market.release.is_simulated,
        model_count: market.model_count() as u64,
        attributes: market.attributes.iter().filter(|one| is_meant(one)).map(row).collect(),
        next: None,
    }
}
