//! `GET /api/v1/search`: models, owners and whatever else has a name, found as one types.

use axum::extract::Extension;
use axum::http::Uri;
use axum::response::Response;
use search::How;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Answered, Problem, respond};
use crate::compute::AppState;
use crate::names::{Asked, Found, Kind};
use crate::parameters::Parameters;
use crate::refusal::Refusal;

const KNOWN: &[&str] = &["q", "kind", "limit", "collection"];
/// Of a kind, when the question does not say.
pub(crate) const DEFAULT_LIMIT: usize = 8;
/// Of a kind, at most.
pub(crate) const MOST: usize = 50;

/// What was found by a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct SearchResponse {
    /// The collection in which it was looked for.
    collection: String,
    /// The data release.
    release: String,
    /// The newest reading of the release (RFC 3339).
    data_through: String,
    /// Whether the data are invented by the simulated Hub.
    simulated: bool,
    /// What was looked for.
    q: String,
    /// Each kind together; of a kind what is found in a better way first, then what is downloaded
    /// more.
    hits: Vec<SearchHit>,
    /// The kinds of which there are more than were asked for.
    more: Vec<String>,
}

/// A name that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct SearchHit {
    /// What it is of: `model`, `owner`, `country`, `license`, `library`, `task`, `attribute`, `result` or
    /// `page`.
    kind: String,
    /// The name in questions and addresses.
    name: String,
    /// What people call it.
    title: String,
    /// The name that the model had before, where that was found; else null.
    #[schema(required = true)]
    former: Option<String>,
    /// How it was found: `whole` is what was looked for; of `begins` a part begins with it, of `words`
    /// parts begin with its words; `within` holds it elsewhere; `near` is like it but for a mistake or
    /// two.
    how: String,
    /// The address of the page about it.
    page: String,
}

/// Models, owners and whatever else has a name.
#[utoipa::path(
    get,
    path = "/api/v1/search",
    params(
        ("q" = String, Query, description = "What is looked for: the beginning of any part of a name, words of it in any order, or letters within it; a mistyped one finds what is near it"),
        ("kind" = Option<String>, Query, description = "One kind alone: model, owner, country, license, library, task, attribute, result or page"),
        ("limit" = Option<u64>, Query, description = "How many of a kind, 1 to 50; without it 8"),
        ("collection" = Option<String>, Query, description = "The collection; without it the one with the newest reading"),
    ),
    responses(
        (status = 200, description = "What was found, which may be nothing", body = SearchResponse),
        (status = 400, description = "A question that means nothing", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "An unknown collection", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn show(Extension(state): Extension<AppState>, uri: Uri) -> Response {
    respond(state, uri, KNOWN, find).await
}

fn find(state: &AppState, given: &Parameters) -> Result<Answered<SearchResponse>, Refusal> {
    let shown = state.app.collection(given.get("collection"))?;
    let release = &shown.market.release;
    let meaning = "what is looked for, as qwen";
    let text = given.get("q").ok_or_else(|| Refusal::missing_parameter("q", meaning))?.trim();
    let asked = Asked {
        text,
        kind: given.get("kind").map(Kind::parse).transpose()?,
        most: limit(given)?.unwrap_or(DEFAULT_LIMIT),
    };
    let found = shown.names().find(&shown.market, &asked);
    let body = SearchResponse {
        collection: release.collection.clone(),
        release: release.id.clone(),
        data_through: shown.market.data_through.to_string(),
        simulated: release.is_simulated,
        q: text.to_owned(),
        more: found.iter().filter(|of| of.has_more).map(|of| of.kind.name().to_owned()).collect(),
        hits: found
            .iter()
            .flat_map(|of| &of.found)
            .map(|hit| row(&release.collection, hit))
            .collect(),
    };
    Ok(Answered { body, is_simulated: release.is_simulated })
}

/// Reads how many of a kind are wanted.
pub(crate) fn limit(given: &Parameters) -> Result<Option<usize>, Refusal> {
    let Some(text) = given.get("limit") else { return Ok(None) };
    let limit = text.parse::<usize>().ok().filter(|limit| (1..=MOST).contains(limit));
    let unreadable =
        || Refusal::unreadable(format!("cannot read '{text}' as how many are wanted, 1 to {MOST}"));
    limit.map(Some).ok_or_else(unreadable)
}

fn row(collection: &str, found: &Found) -> SearchHit {
    SearchHit {
        kind: found.kind.name().to_owned(),
        name: found.name.clone(),
        title: found.title.clone(),
        former: found.former.clone(),
        how: how(found.how).to_owned(),
        page: found.kind.address(collection, &found.name),
    }
}

fn how(how: How) -> &'static str {
    match how {
        How::Whole => "whole",
        How::Begins => "begins",
        How::Words => "words",
        How::Within => "within",
        How::Near => "near",
    }
}
