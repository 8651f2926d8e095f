//! `GET /api/v1/averages`: what is usual of a numeric attribute.

use analyze::{Average, AverageQuery, Market, ratio};
use axum::extract::Extension;
use axum::http::Uri;
use axum::response::Response;
use schema::{CalendarPeriod, Estimate, Flagged};
use serde::Serialize;
use utoipa::ToSchema;

use super::query::{calendar_periods, read};
use super::{Answered, Numbers, Problem, Tabled, respond_judged};
use crate::compute::AppState;
use crate::parameters::Parameters;
use crate::refusal::Refusal;

pub(super) const KNOWN: &[&str] = &[
    "of",
    "stat",
    "weight",
    "collection",
    "measure",
    "where",
    "as_of",
    "from",
    "to",
    "period",
    "window",
    "flagged",
];

/// Means and quantiles of a numeric attribute over models.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct AveragesResponse {
    /// The collection that was asked.
    pub collection: String,
    /// The attribute.
    pub of: String,
    /// The unit of its values; empty where there is none.
    pub unit: String,
    /// How often each model counts: as often as the `measure` says, or once (`model`).
    pub weight: String,
    /// By what models are weighed, and which of them count.
    pub measure: String,
    /// The conditions on models; empty when all are meant.
    #[serde(rename = "where")]
    pub conditions: String,
    /// Present where not all weeks are counted: `exclude` those with a flag, or `only` those.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flagged: Option<String>,
    /// The data release.
    pub release: String,
    /// The newest reading of the release (RFC 3339).
    pub data_through: String,
    /// Whether the data are invented by the simulated Hub.
    pub simulated: bool,
    /// Present where periods were asked for: what of each the collection has.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub periods: Vec<String>,
    /// By time, then in the order of the question; after several periods, the last by the first.
    pub rows: Vec<AveragesRow>,
}

/// One number about the attribute.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct AveragesRow {
    /// The date, for flows the Monday of the week that the window ends with, or the period; of a
    /// ratio the two periods, as `2025 / 2023`.
    pub at: String,
    /// mean, median, or p1 to p99.
    pub stat: String,
    /// The number; its bounds assume that what is not known lies between the 1st and the 99th
    /// percentile of what is.
    #[serde(flatten)]
    pub numbers: Numbers,
    /// The share of the weight, 0 to 1, of models of which the attribute is known; of a ratio the
    /// smaller of the two.
    #[schema(required = true)]
    pub known_share: Option<f64>,
}

/// What is usual of a numeric attribute, at the times of the question or over periods.
pub fn averages_response(
    market: &Market,
    asked: &AverageQuery<'_>,
    periods: &[CalendarPeriod],
) -> analyze::Result<AveragesResponse> {
    let mut rows = Vec::new();
    let mut reaches = Vec::new();
    let mut ends = Vec::new();
    for period in periods {
        let within = asked.query.in_period(market, *period)?;
        reaches.push(within.to_string());
        let of_period = AverageQuery { query: within.query, ..asked.clone() };
        let answered = analyze::averages(market, &of_period)?;
        rows.extend(answered.iter().map(|row| AveragesRow {
            at: period.to_string(),
            ..row_of(row.average, &row.estimate, row.known_share)
        }));
        ends.push((period, answered));
    }
    if let [(first, earlier), .., (last, later)] = ends.as_slice() {
        for (earlier, later) in earlier.iter().zip(later) {
            let shares = earlier.known_share.zip(later.known_share).map(|(a, b)| a.min(b));
            let grown = ratio(&earlier.estimate, &later.estimate);
            rows.push(AveragesRow {
                at: format!("{last} / {first}"),
                ..row_of(later.average, &grown, shares)
            });
        }
    }
    if periods.is_empty() {
        rows.extend(analyze::averages(market, asked)?.iter().map(|row| AveragesRow {
            at: row.at.to_string(),
            ..row_of(row.average, &row.estimate, row.known_share)
        }));
    }
    let query = &asked.query;
    Ok(AveragesResponse {
        collection: market.release.collection.clone(),
        of: asked.numbers.attribute.clone(),
        unit: asked.numbers.unit.clone(),
        weight: asked.weight.to_string(),
        measure: query.measure.name().to_owned(),
        conditions: analyze::Condition::list_text(&query.conditions),
        flagged: (query.flagged != Flagged::Include).then(|| query.flagged.name().to_owned()),
        release: market.release.id.clone(),
        data_through: market.data_through.to_string(),
        simulated: market.release.is_simulated,
        periods: reaches,
        rows,
    })
}

fn row_of(average: Average, estimate: &Estimate, known_share: Option<f64>) -> AveragesRow {
    AveragesRow {
        at: String::new(),
        stat: average.to_string(),
        numbers: Numbers::from(estimate),
        known_share,
    }
}

/// Means and quantiles of a numeric attribute.
#[utoipa::path(
    get,
    path = "/api/v1/averages",
    params(
        ("of" = String, Query, description = "A numeric attribute, as parameters, parameters_active or context_length"),
        ("stat" = Option<String>, Query, description = "mean, median, p1 to p99, separated by commas; without it the usual seven"),
        ("weight" = Option<String>, Query, description = "measure: each model counts as often as it is downloaded; model: each counts once. Without it measure"),
        ("collection" = Option<String>, Query, description = "The collection; without it the one with the newest reading"),
        ("measure" = Option<String>, Query, description = "By what models are weighed; without it the best that the collection has"),
        ("where" = Option<String>, Query, description = "attribute=value,…"),
        ("as_of" = Option<String>, Query, description = "A date (its end, UTC) or an instant; without it the newest reading"),
        ("from" = Option<String>, Query, description = "The first week; not with as_of"),
        ("to" = Option<String>, Query, description = "The last week; not with as_of"),
        ("period" = Option<String>, Query, description = "Periods of the calendar, separated by commas: 2024, 2024-Q3, 2024-07, or ..2022 for all years up to 2022; not with as_of, from, to or window"),
        ("window" = Option<u32>, Query, description = "Trailing weeks that a flow is summed over: 1, 4, 13 or 52"),
        ("flagged" = Option<String>, Query, description = "Which weeks of flows: include all, exclude those with a flag, or only those"),
    ),
    responses(
        (status = 200, description = "The numbers", body = AveragesResponse),
        (status = 400, description = "A question that means nothing", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "An unknown collection, or no data for the question", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn show(Extension(state): Extension<AppState>, uri: Uri) -> Response {
    respond_judged(state, uri, KNOWN, ask, AveragesResponse::reasons).await
}

pub(super) fn ask(
    state: &AppState,
    given: &Parameters,
) -> Result<Answered<AveragesResponse>, Refusal> {
    let shown = state.app.collection(given.get("collection"))?;
    let market = &shown.market;
    let meaning = "a numeric attribute, as parameters";
    let of = given.get("of").ok_or_else(|| Refusal::missing_parameter("of", meaning))?;
    let numbers = analyze::Numbers::read(state.files_of(&shown)?, market, of)?;
    let averages = match given.get("stat") {
        None => Average::USUAL.to_vec(),
        Some(text) => text.split(',').map(|name| name.trim().parse()).collect::<Result<_, _>>()?,
    };
    let asked = AverageQuery {
        numbers: &numbers,
        averages,
        weight: given.get("weight").map(str::parse).transpose()?.unwrap_or_default(),
        query: read(&shown, given)?,
    };
    let periods = calendar_periods(given)?;
    let body = averages_response(market, &asked, &periods)?;
    Ok(Answered { is_simulated: body.simulated, body })
}
