//! `GET /api/v1/whatif`: what would be if owners merged, left, or sat elsewhere.

use analyze::{At, Change, Economy, Effect, Market, Query};
use axum::extract::Extension;
use axum::http::Uri;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use super::query::read;
use super::{Answered, Numbers, Problem, Tabled, respond_judged};
use crate::compute::AppState;
use crate::parameters::Parameters;
use crate::refusal::Refusal;

pub(super) const KNOWN: &[&str] = &[
    "collection",
    "measure",
    "group",
    "where",
    "as_of",
    "window",
    "flagged",
    "merge",
    "remove",
    "reclassify",
];
/// Changes of one kind are separated by this, since names are separated by commas.
const SEPARATOR: char = ';';

/// What a change does to every index and to the shares of countries and sectors.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct WhatIfResponse {
    /// The collection that was asked.
    pub collection: String,
    /// What was counted.
    pub measure: String,
    /// What owners are: uploader or developer.
    pub group: String,
    /// The conditions on models; empty when all are meant.
    #[serde(rename = "where")]
    pub conditions: String,
    /// The date, or for flows the Monday of the week that the window ends with.
    pub at: String,
    /// The data release.
    pub release: String,
    /// The newest reading of the release (RFC 3339).
    pub data_through: String,
    /// Whether the data are invented by the simulated Hub.
    pub simulated: bool,
    /// The indices of owners, then the shares of countries, then those of sectors.
    pub effects: Vec<WhatIfRow>,
}

/// What becomes of one number.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct WhatIfRow {
    /// The group of units that the number is of.
    pub group: String,
    /// The unit; null for an index of all.
    #[schema(required = true)]
    pub unit: Option<String>,
    /// The statistic.
    pub stat: String,
    /// As things are.
    pub before: Numbers,
    /// As they would be.
    pub after: Numbers,
    /// By how much it would move.
    pub difference: Numbers,
}

/// What some changes do to a market, of which the economy was read with the question.
pub fn whatif_response(
    market: &Market,
    query: &Query,
    before: &Economy,
    changes: &[Change],
) -> analyze::Result<WhatIfResponse> {
    if changes.is_empty() {
        let reason = "nothing is changed: give merge, remove or reclassify";
        return Err(analyze::Error::Contradiction { reason });
    }
    let effects = before.effects(&before.changed(changes)?);
    Ok(response(market, query, before.at, &effects))
}

/// What becomes of each number, in the shape in which it is sent.
pub(crate) fn response(
    market: &Market,
    query: &Query,
    at: At,
    effects: &[Effect],
) -> WhatIfResponse {
    let row = |effect: &Effect| WhatIfRow {
        group: effect.group.clone(),
        unit: effect.unit.clone(),
        stat: effect.statistic.name().to_owned(),
        before: Numbers::from(&effect.before),
        after: Numbers::from(&effect.after),
        difference: Numbers::from(&effect.difference),
    };
    WhatIfResponse {
        collection: market.release.collection.clone(),
        measure: query.measure.name().to_owned(),
        group: query.group.name().to_owned(),
        conditions: analyze::Condition::list_text(&query.conditions),
        at: at.to_string(),
        release: market.release.id.clone(),
        data_through: market.data_through.to_string(),
        simulated: market.release.is_simulated,
        effects: effects.iter().map(row).collect(),
    }
}

/// What would be if owners merged, left, or sat elsewhere.
#[utoipa::path(
    get,
    path = "/api/v1/whatif",
    params(
        ("merge" = Option<String>, Query, description = "Owners that become one, as A,B=NAME; several separated by semicolons"),
        ("remove" = Option<String>, Query, description = "An owner whose models are gone, or country=X or sector=X; several separated by semicolons"),
        ("reclassify" = Option<String>, Query, description = "An owner and its place, as OWNER=country:X or OWNER=sector:X; several separated by semicolons"),
        ("collection" = Option<String>, Query, description = "The collection; without it the one with the newest reading"),
        ("measure" = Option<String>, Query, description = "What is counted; without it the best that the collection has"),
        ("group" = Option<String>, Query, description = "What owners are: uploader or developer; without it uploader"),
        ("where" = Option<String>, Query, description = "attribute=value,…"),
        ("as_of" = Option<String>, Query, description = "A date (its end, UTC) or an instant; without it the newest reading"),
        ("window" = Option<u32>, Query, description = "Trailing weeks that a flow is summed over: 1, 4, 13 or 52"),
        ("flagged" = Option<String>, Query, description = "Which weeks of flows: include all, exclude those with a flag, or only those"),
    ),
    responses(
        (status = 200, description = "The effects", body = WhatIfResponse),
        (status = 400, description = "A question that means nothing", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "An unknown collection, or no data for the question", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn show(Extension(state): Extension<AppState>, uri: Uri) -> Response {
    respond_judged(state, uri, KNOWN, ask, WhatIfResponse::reasons).await
}

pub(super) fn ask(
    state: &AppState,
    given: &Parameters,
) -> Result<Answered<WhatIfResponse>, Refusal> {
    let shown = state.app.collection(given.get("collection"))?;
    let query = read(&shown, given)?;
    let parts = |name: &str| given.get(name).into_iter().flat_map(|text| text.split(SEPARATOR));
    let mut changes = Vec::new();
    for text in parts("merge") {
        changes.push(Change::parse_merge(text)?);
    }
    for text in parts("reclassify") {
        changes.push(Change::parse_reclassify(text)?);
    }
    changes.extend(parts("remove").map(Change::parse_remove));
    let before = shown.economies.read(&shown.market, &query)?;
    let body = whatif_response(&shown.market, &query, &before, &changes)?;
    Ok(Answered { is_simulated: body.simulated, body })
}
