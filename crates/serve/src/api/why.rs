//! `GET /api/v1/why`: what is known of a model, and why.

use std::collections::BTreeMap;

use axum::extract::Extension;
use axum::http::Uri;
use axum::response::Response;
use schema::Value;
use serde::Serialize;
use utoipa::ToSchema;
use why::{Evidence, Finding, Why};

use super::former::{FormerName, Namesake};
use super::{Answered, Problem, respond};
use crate::compute::AppState;
use crate::parameters::Parameters;
use crate::refusal::Refusal;

pub(super) const KNOWN: &[&str] = &["model", "attribute", "collection"];

/// What is known of a model, and why.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct WhyResponse {
    /// The collection that was asked.
    pub collection: String,
    /// The data release.
    pub release: String,
    /// The newest reading of the release (RFC 3339).
    pub data_through: String,
    /// Whether the data are invented by the simulated Hub.
    pub simulated: bool,
    /// The model's current id.
    pub model: String,
    /// What makes it the same model over time: the Hub's `_id` where known, else its id.
    pub model_key: String,
    /// How it was found: by its `id`, by a `former_id`, by its id in other letters (`other_case`),
    /// or by the Hub's `_id` (`hub_id`).
    pub found_by: &'static str,
    /// Names that it had before.
    pub former_ids: Vec<FormerName>,
    /// Models that had its name before it.
    pub namesakes: Vec<Namesake>,
    /// When it was first read (RFC 3339).
    pub first_seen_at: String,
    /// When it was last read (RFC 3339).
    pub last_seen_at: String,
    /// The attributes, in the order of the catalogue.
    pub attributes: Vec<WhyRow>,
}

/// One attribute of the model.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct WhyRow {
    /// Its name.
    pub attribute: String,
    /// Its value, of the attribute's type; null is not known.
    #[schema(required = true, value_type = Option<Object>)]
    pub value: serde_json::Value,
    /// The unit of a number; empty where there is none.
    pub unit: String,
    /// How the value is known: stated, derived or inferred; null where it is not.
    #[schema(required = true)]
    pub confidence: Option<String>,
    /// The sign that decided; empty where method and evidence say all there is to say.
    pub because: String,
    /// What the attribute means, in one sentence.
    pub meaning: String,
    /// How it is derived.
    pub method: String,
    /// The version of the method.
    pub method_version: u32,
    /// What the value is derived from.
    pub evidence: BTreeMap<String, WhyEvidence>,
}

/// One of the things that a value is derived from.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct WhyEvidence {
    /// What it says; null where no source has said anything.
    #[schema(required = true, value_type = Option<Object>)]
    pub says: serde_json::Value,
    /// The file of the snapshot that told it last, as the person who imported it knows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The line, or the row of a table, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// When it was read (RFC 3339).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read_at: Option<String>,
}

/// What is known of a model in the shape in which it is sent: some or all of its attributes.
#[must_use]
pub fn why_response<'a>(why: &Why, findings: impl IntoIterator<Item = &'a Finding>) -> WhyResponse {
    WhyResponse {
        collection: why.collection.clone(),
        release: why.release.clone(),
        data_through: why.data_through.to_string(),
        simulated: why.is_simulated,
        model: why.model_id.clone(),
        model_key: why.model_key.clone(),
        found_by: why.found_by.name(),
        former_ids: why.former.iter().map(FormerName::from).collect(),
        namesakes: why.namesakes.iter().map(Namesake::from).collect(),
        first_seen_at: why.first_seen_at.to_string(),
        last_seen_at: why.last_seen_at.to_string(),
        attributes: findings.into_iter().map(row).collect(),
    }
}

fn row(finding: &Finding) -> WhyRow {
    let Finding { attribute, value, confidence, because, evidence } = finding;
    WhyRow {
        attribute: attribute.name.to_owned(),
        value: json(value),
        unit: attribute.unit.to_owned(),
        confidence: (!value.is_null()).then(|| confidence.name().to_owned()),
        because: because.clone(),
        meaning: attribute.meaning.to_owned(),
        method: attribute.method.to_owned(),
        method_version: attribute.version,
        evidence: evidence.iter().map(|one| (one.name.clone(), WhyEvidence::from(one))).collect(),
    }
}

impl From<&Evidence> for WhyEvidence {
    fn from(evidence: &Evidence) -> Self {
        let place = evidence.place.as_ref();
        Self {
            says: json(&evidence.value),
            file: place.map(|place| place.file.clone()),
            line: place.map(|place| place.line),
            read_at: place.map(|place| place.read_at.to_string()),
        }
    }
}

fn json(value: &Value) -> serde_json::Value {
    match value {
        Value::Null => serde_json::Value::Null,
        Value::TextList(items) => items.as_slice().into(),
        Value::Integer(number) => (*number).into(),
        Value::Number(number) => (*number).into(),
        Value::Boolean(is_true) => (*is_true).into(),
        Value::Text(_) | Value::Day(_) | Value::Instant(_) => value.to_string().into(),
    }
}

/// What is known of a model, and why.
#[utoipa::path(
    get,
    path = "/api/v1/why",
    params(
        ("model" = String, Query, description = "The model: its id, an id it had before, or the Hub's _id"),
        ("attribute" = Option<String>, Query, description = "One attribute; without it all"),
        ("collection" = Option<String>, Query, description = "The collection; without it the one with the newest reading"),
    ),
    responses(
        (status = 200, description = "The values, each with its evidence and the rule that made it", body = WhyResponse),
        (status = 400, description = "A question that means nothing", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "An unknown collection, model or attribute", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn show(Extension(state): Extension<AppState>, uri: Uri) -> Response {
    respond(state, uri, KNOWN, tell).await
}

pub(super) fn tell(state: &AppState, given: &Parameters) -> Result<Answered<WhyResponse>, Refusal> {
    let shown = state.app.collection(given.get("collection"))?;
    let model = given.get("model").ok_or_else(|| {
        Refusal::missing_parameter("model", "the id of a model, as Qwen/Qwen3-8B")
    })?;
    let why = shown.why(model, given.get("attribute"))?;
    let body = why_response(&why, &why.findings);
    Ok(Answered { body, is_simulated: why.is_simulated })
}
