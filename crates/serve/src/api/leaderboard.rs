//! `GET /api/v1/leaderboard`: the largest units and how their places changed.

use analyze::{At, Market, Query};
use axum::extract::Extension;
use axum::http::Uri;
use axum::response::Response;
use schema::Flagged;
use serde::Serialize;
use utoipa::ToSchema;

use super::query::read;
use super::{Answered, Numbers, Problem, Tabled, respond_judged};
use crate::compute::AppState;
use crate::cursor::Place;
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
    "top",
    "cursor",
    "unit",
];
/// Units that are listed when the question does not say.
const DEFAULT_TOP: usize = 20;
/// Units that are listed at most.
const MOST_TOP: usize = 1_000;
/// Neighbours on each side of a unit that is asked for, when the question does not say.
const DEFAULT_BESIDE: usize = 5;

/// The largest units of a market, and their places at an earlier time.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LeaderboardResponse {
    /// The collection that was asked.
    pub(super) collection: String,
    /// What was counted.
    pub(super) measure: String,
    /// What shares are of.
    pub(super) group: String,
    /// The conditions on models; empty when all are meant.
    #[serde(rename = "where")]
    pub(super) conditions: String,
    /// Present where not all weeks are counted: `exclude` those with a flag, or `only` those.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) flagged: Option<String>,
    /// The data release.
    pub(super) release: String,
    /// The newest reading of the release (RFC 3339).
    pub(super) data_through: String,
    /// Whether the data are invented by the simulated Hub.
    pub(super) simulated: bool,
    /// The date, or the week's Monday.
    pub(super) at: String,
    /// The time that places are compared with: 13 weeks earlier, or the first there is.
    pub(super) earlier_at: String,
    /// Present where one unit is asked for: where it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<UnitPlace>,
    /// The units, largest first; where one is asked for, it and those next to it.
    pub(super) standings: Vec<LeaderboardRow>,
    /// Present when there are smaller ones: the cursor with which the same question gives the next.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// Where one unit stands, and how sure that is.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UnitPlace {
    /// The unit.
    unit: String,
    /// Whether it is a unit, rather than mass that belongs to none, which has no rank.
    attributed: bool,
    /// Its rank, from 1, of `n` units; the interval has every rank that intervals of sums allow, the
    /// bounds every one that unattributed mass could lead to. Null where nothing is known of it.
    rank: Numbers,
    /// Its rank at the earlier time; null if it was not there.
    #[schema(required = true)]
    earlier_rank: Option<u64>,
    /// Its sum.
    sum: Numbers,
    /// Its share, 0 to 1.
    share: Numbers,
}

/// One unit's place.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LeaderboardRow {
    /// Its place, from 1.
    pub(super) rank: u64,
    /// Its place at the earlier time; null if it was not there.
    #[schema(required = true)]
    pub(super) earlier_rank: Option<u64>,
    /// The unit.
    pub(super) unit: String,
    /// Its sum.
    pub(super) sum: Numbers,
    /// Its share, 0 to 1.
    pub(super) share: Numbers,
}

/// The largest units of a market.
#[utoipa::path(
    get,
    path = "/api/v1/leaderboard",
    params(
        ("collection" = Option<String>, Query, description = "The collection; without it the one with the newest reading"),
        ("measure" = Option<String>, Query, description = "What is counted; without it the best that the collection has"),
        ("group" = Option<String>, Query, description = "model, or any groupable attribute; without it uploader"),
        ("where" = Option<String>, Query, description = "attribute=value,…"),
        ("as_of" = Option<String>, Query, description = "A date (its end, UTC) or an instant; without it the newest reading"),
        ("window" = Option<u32>, Query, description = "Trailing weeks that a flow is summed over: 1, 4, 13 or 52"),
        ("flagged" = Option<String>, Query, description = "Which weeks of flows: include all, exclude those with a flag, or only those"),
        ("top" = Option<u64>, Query, description = "How many units at once; 20 without it, at most 1,000. With unit: how many on each side of it; 5 without it"),
        ("cursor" = Option<String>, Query, description = "Where the units go on: `next` of the answer before, to the same question"),
        ("unit" = Option<String>, Query, description = "One unit: its rank with interval and bounds, and the units next to it"),
    ),
    responses(
        (status = 200, description = "The units", body = LeaderboardResponse),
        (status = 400, description = "A question that means nothing", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "An unknown collection, or no data for the question", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn show(Extension(state): Extension<AppState>, uri: Uri) -> Response {
    respond_judged(state, uri, KNOWN, ask, LeaderboardResponse::reasons).await
}

pub(super) fn ask(
    state: &AppState,
    given: &Parameters,
) -> Result<Answered<LeaderboardResponse>, Refusal> {
    let shown = state.app.collection(given.get("collection"))?;
    let market = &shown.market;
    let query = read(&shown, given)?;
    let Listed { at, earlier_at, place, standings, next } = listed(market, &query, given)?;
    let row = |standing: analyze::Standing| LeaderboardRow {
        rank: standing.rank,
        earlier_rank: standing.earlier_rank,
        unit: standing.unit,
        sum: Numbers::from(&standing.sum),
        share: Numbers::from(&standing.share),
    };
    let is_simulated = market.release.is_simulated;
    let body = LeaderboardResponse {
        collection: market.release.collection.clone(),
        measure: query.measure.name().to_owned(),
        group: query.group.name().to_owned(),
        conditions: analyze::Condition::list_text(&query.conditions),
        flagged: (query.flagged != Flagged::Include).then(|| query.flagged.name().to_owned()),
        release: market.release.id.clone(),
        data_through: market.data_through.to_string(),
        simulated: is_simulated,
        at: at.to_string(),
        earlier_at: earlier_at.to_string(),
        place,
        standings: standings.into_iter().map(row).collect(),
        next,
    };
    Ok(Answered { body, is_simulated })
}

/// What is listed, and when.
struct Listed {
    at: At,
    earlier_at: At,
    place: Option<UnitPlace>,
    standings: Vec<analyze::Standing>,
    next: Option<String>,
}

/// The largest units, or one with those next to it.
fn listed(market: &Market, query: &Query, given: &Parameters) -> Result<Listed, Refusal> {
    let Some(unit) = given.get("unit") else { return largest(market, query, given) };
    if given.get("cursor").is_some() {
        let detail = "'unit' asks for what is next to it, and 'cursor' for what goes on; give one";
        return Err(Refusal { code: "contradiction", ..Refusal::unreadable(detail.to_owned()) });
    }
    let beside = query.top.unwrap_or(DEFAULT_BESIDE).min(MOST_TOP / 2);
    let place = analyze::place(market, query, unit, beside)?;
    Ok(Listed {
        at: place.at,
        earlier_at: place.earlier_at,
        place: Some(UnitPlace {
            unit: place.unit,
            attributed: place.is_attributed,
            rank: Numbers::from(&place.rank),
            earlier_rank: place.earlier_rank,
            sum: Numbers::from(&place.sum),
            share: Numbers::from(&place.share),
        }),
        standings: place.around,
        next: None,
    })
}

fn largest(market: &Market, query: &Query, given: &Parameters) -> Result<Listed, Refusal> {
    let top = query.top.unwrap_or(DEFAULT_TOP).min(MOST_TOP);
    let begin = Place::read(given, &market.release.id)?;
    let end = begin.row.saturating_add(top);
    // One more than is sent says whether there are more.
    let most = end.saturating_add(1);
    let (at, earlier_at, mut standings) = analyze::leaderboard(market, query, most)?;
    let next = (standings.len() > end)
        .then(|| Place { row: end, ..begin }.sealed(given, &market.release.id));
    standings.truncate(end);
    standings.drain(..begin.row.min(standings.len()));
    Ok(Listed { at, earlier_at, place: None, standings, next })
}
