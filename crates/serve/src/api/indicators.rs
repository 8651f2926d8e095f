//! `GET /api/v1/indicators`: the standing questions.

use analyze::indicators::INDICATORS;
use axum::extract::Extension;
use axum::http::Uri;
use axum::response::Response;
use schema::{Indicator, Measure, Statistic};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Answered, respond};
use crate::compute::AppState;
use crate::parameters::Parameters;
use crate::refusal::Refusal;

/// The standing questions whose answers are kept with every release.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IndicatorsResponse {
    /// In the order of lists.
    indicators: Vec<IndicatorRow>,
}

/// One standing question.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IndicatorRow {
    /// Its name.
    name: String,
    /// Its title.
    title: String,
    /// What it answers, in one sentence.
    meaning: String,
    /// What is counted, in order of preference.
    measures: Vec<String>,
    /// What shares are of.
    group: String,
    /// The statistics that are kept.
    statistics: Vec<String>,
}

/// The standing questions.
#[utoipa::path(
    get,
    path = "/api/v1/indicators",
    responses((status = 200, description = "The indicators", body = IndicatorsResponse))
)]
pub(crate) async fn show(Extension(state): Extension<AppState>, uri: Uri) -> Response {
    respond(state, uri, &[], list).await
}

#[expect(clippy::unnecessary_wraps, reason = "every answer can be refused; this one is not")]
fn list(_: &AppState, _: &Parameters) -> Result<Answered<IndicatorsResponse>, Refusal> {
    let row = |indicator: &Indicator| IndicatorRow {
        name: indicator.name.to_owned(),
        title: indicator.title.to_owned(),
        meaning: indicator.meaning.to_owned(),
        measures: names(indicator.measures, Measure::name),
        group: indicator.group.to_owned(),
        statistics: names(indicator.statistics, Statistic::name),
    };
    let body = IndicatorsResponse { indicators: INDICATORS.iter().map(row).collect() };
    Ok(Answered { body, is_simulated: false })
}

fn names<T: Copy>(words: &[T], name: fn(T) -> &'static str) -> Vec<String> {
    words.iter().map(|word| name(*word).to_owned()).collect()
}
