//! `GET /api/v1/robustness/{claim}`: a claim's question under many definitions.

use analyze::Market;
use analyze::claims::{Claim, Curve, Point, Specification};
use axum::extract::{Extension, Path};
use axum::http::Uri;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Answered, Numbers, Problem, sent, unanswered};
use crate::claims::{self, address};
use crate::compute::AppState;
use crate::parameters::Parameters;
use crate::quality::Quality;
use crate::refusal::Refusal;

const KNOWN: &[&str] = &["collection"];

/// The answers to a claim's question under many definitions: its specification curve.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct RobustnessResponse {
    /// The claim, by its name.
    pub claim: String,
    /// The claim of the paper that it belongs to, from 1.
    pub number: u8,
    /// What is said.
    pub text: String,
    /// Who says it: `authors`, or `press` for others who read the paper.
    pub said_by: String,
    /// What would bear it out: a number, `above 0` or `below 0`.
    pub expected: String,
    /// The collection that was asked.
    pub collection: String,
    /// Which population it is of, in words.
    pub covers: String,
    /// The data release.
    pub release: String,
    /// The newest reading of the release (RFC 3339).
    pub data_through: String,
    /// Whether the data are invented by the simulated Hub.
    pub simulated: bool,
    /// Definitions that the collection answers.
    pub asked: u64,
    /// Definitions that it cannot answer; they count neither way.
    pub not_asked: u64,
    /// Definitions whose answer is on the claim's side.
    pub agreeing: u64,
    /// The share of the answered definitions, 0 to 1, that agree; null where there is none.
    #[schema(required = true)]
    pub agreeing_share: Option<f64>,
    /// Definitions of which all of interval and bounds is on the claim's side.
    pub surely_right: u64,
    /// Definitions of which all of interval and bounds is on the other side.
    pub surely_wrong: u64,
    /// The answer in the middle; null where there is none.
    #[schema(required = true)]
    pub median: Option<f64>,
    /// The answers from the least to the most, then what cannot be answered.
    pub definitions: Vec<RobustnessRow>,
}

/// One definition, and the answer under it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct RobustnessRow {
    /// The definition in words.
    pub definition: String,
    /// What it chooses otherwise than the claim does; none for the claim's own.
    pub choices: Vec<String>,
    /// The answer; null where the collection has none.
    #[schema(required = true)]
    pub answer: Option<Numbers>,
    /// Whether the answer is on the claim's side.
    #[schema(required = true)]
    pub agrees: Option<bool>,
    /// Whether all of its interval and bounds is on the side on which it is.
    #[schema(required = true)]
    pub sure: Option<bool>,
    /// Why the collection has no answer; null where it has one.
    #[schema(required = true)]
    pub because: Option<String>,
    /// The question as it is asked at the command line; null where no command asks it.
    #[schema(required = true)]
    pub command: Option<String>,
    /// The address at which the API answers it; null where none does.
    #[schema(required = true)]
    pub query: Option<String>,
}

/// A specification curve in the shape in which it is sent.
pub(crate) fn response(market: &Market, claim: &Claim, found: &Curve) -> RobustnessResponse {
    let collection = &market.release.collection;
    let (surely_right, surely_wrong) = found.sure();
    let answered = found.points.iter().map(|point| row(collection, point));
    let others = found.not_asked.iter().map(|(specification, because)| RobustnessRow {
        because: Some(because.clone()),
        ..blank(specification)
    });
    RobustnessResponse {
        claim: claim.name.to_owned(),
        number: claim.number,
        text: claim.text.to_owned(),
        said_by: claim.origin.name().to_owned(),
        expected: claim.expected.to_string(),
        collection: collection.clone(),
        covers: market.collection.covers.clone(),
        release: market.release.id.clone(),
        data_through: market.data_through.to_string(),
        simulated: market.release.is_simulated,
        asked: found.points.len() as u64,
        not_asked: found.not_asked.len() as u64,
        agreeing: found.agreeing() as u64,
        agreeing_share: found.agreeing_share(),
        surely_right: surely_right as u64,
        surely_wrong: surely_wrong as u64,
        median: found.median(),
        definitions: answered.chain(others).collect(),
    }
}

fn row(collection: &str, point: &Point) -> RobustnessRow {
    let Specification { what, when, definition, .. } = &point.specification;
    RobustnessRow {
        answer: Some(Numbers::from(&point.estimate)),
        agrees: Some(point.agrees),
        sure: Some(point.is_sure),
        command: point.command.clone(),
        // What no command asks, no address does.
        query: point.command.as_ref().map(|_| address(collection, *what, *when, definition)),
        ..blank(&point.specification)
    }
}

fn blank(specification: &Specification) -> RobustnessRow {
    RobustnessRow {
        definition: specification.name(),
        choices: specification.choices.clone(),
        answer: None,
        agrees: None,
        sure: None,
        because: None,
        command: None,
        query: None,
    }
}

/// A claim's question under many definitions.
#[utoipa::path(
    get,
    path = "/api/v1/robustness/{claim}",
    params(
        ("claim" = String, Path, description = "The name of the claim, as /api/v1/replication has it; a total has no other definition"),
        ("collection" = Option<String>, Query, description = "The collection; without it the one with the newest reading"),
    ),
    responses(
        (status = 200, description = "The answers from the least to the most, and how many of them agree with the claim", body = RobustnessResponse),
        (status = 400, description = "A question that means nothing", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "An unknown claim or collection, or a claim without other definitions", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Asked for the first time since the release, and still being computed", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn show(
    Extension(state): Extension<AppState>,
    Path(name): Path<String>,
    uri: Uri,
) -> Response {
    let answer = answer(&state, &name, &uri).await.map(|body| {
        let is_simulated = body.simulated;
        let quality = Quality::about(&state, Some(&body.collection), Vec::new());
        sent(&state, &Answered { body, is_simulated }, quality)
    });
    answer.unwrap_or_else(unanswered)
}

pub(super) async fn answer(
    state: &AppState,
    name: &str,
    uri: &Uri,
) -> Result<RobustnessResponse, Refusal> {
    let claim = claims::with_curve(name)?;
    let given = Parameters::read_strictly(uri, KNOWN)?;
    let shown = state.app.collection(given.get("collection"))?;
    let found = claims::curve_of(state, &shown, claim).await?;
    Ok(response(&shown.market, claim, &found))
}
