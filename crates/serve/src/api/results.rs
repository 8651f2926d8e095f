//! `GET /api/v1/results` and `/api/v1/results/{name}`: what a collection says, and how sure.

use std::sync::Arc;

use analyze::Market;
use analyze::results::{Answered as Asked, Attribution, Described, Line, RESULTS};
use axum::extract::{Extension, Path};
use axum::http::Uri;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Answered, Numbers, Problem, respond, sent, unanswered};
use crate::compute::AppState;
use crate::parameters::Parameters;
use crate::quality::Quality;
use crate::refusal::Refusal;
use crate::results::{answered, of_name};
use crate::view::attribution;

const KNOWN: &[&str] = &["collection", "attribution"];

/// Every result that can be asked of a collection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ResultsResponse {
    /// In the order of reports.
    pub results: Vec<ResultDescription>,
}

/// The description of a result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ResultDescription {
    /// Its name in addresses and commands.
    pub result: String,
    /// Its title.
    pub title: String,
    /// What it answers.
    pub question: String,
    /// What it is about.
    pub about: String,
    /// The page that says how it is computed.
    pub method: String,
}

/// What a result came to.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ResultResponse {
    /// What was asked.
    #[serde(flatten)]
    pub described: ResultDescription,
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
    /// By what it was measured.
    pub measure: String,
    /// Whose a model is: `uploader`, or the original `developer`.
    pub attribution: String,
    /// What the numbers bear out.
    pub sentences: Vec<ResultSentence>,
    /// The numbers.
    pub lines: Vec<ResultLine>,
    /// What is to be known of them.
    pub notes: Vec<String>,
    /// Why it could not be asked of this collection; null where it could.
    #[schema(required = true)]
    pub not_asked: Option<String>,
}

/// A sentence of a result; every number in it is one of the lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ResultSentence {
    /// The sentence.
    pub text: String,
    /// Whether it claims a direction, rather than saying that none can be told.
    pub is_finding: bool,
}

/// One number of a result.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ResultLine {
    /// What it is.
    pub what: String,
    /// Of which unit; null of the market.
    #[schema(required = true)]
    pub unit: Option<String>,
    /// When, or from when to when.
    pub when: String,
    /// The number as people read it; empty where it is not known.
    pub text: String,
    /// The number, with its three uncertainties.
    #[serde(flatten)]
    pub numbers: Numbers,
    /// Lower end of bounds and sampling interval joined; null where either is not told.
    #[schema(required = true)]
    pub joined_low: Option<f64>,
    /// Upper end of bounds and sampling interval joined; null where either is not told.
    #[schema(required = true)]
    pub joined_high: Option<f64>,
    /// The test of no change; null where there is none.
    #[schema(required = true)]
    pub test: Option<ResultTest>,
}

/// A test of no change.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ResultTest {
    /// How it is made.
    pub method: String,
    /// How likely so much is where nothing changed.
    pub p: f64,
    /// The same, corrected for all tests of the family.
    pub adjusted_p: f64,
    /// How many tests the family has.
    pub family: u64,
}

/// The results that can be asked, with what each answers.
#[utoipa::path(
    get,
    path = "/api/v1/results",
    responses((status = 200, description = "Every result", body = ResultsResponse))
)]
pub(crate) async fn list(Extension(state): Extension<AppState>, uri: Uri) -> Response {
    let all = |_: &AppState, _: &Parameters| {
        let results = RESULTS.iter().map(described).collect();
        Ok(Answered { body: ResultsResponse { results }, is_simulated: false })
    };
    respond(state, uri, &[], all).await
}

/// What a result came to: numbers with interval, bounds and sampling interval, tests, sentences.
#[utoipa::path(
    get,
    path = "/api/v1/results/{name}",
    params(
        ("name" = String, Path, description = "The result, by its name"),
        ("collection" = Option<String>, Query, description = "The collection; without it the one with the newest reading"),
        ("attribution" = Option<String>, Query, description = "Whose a model is: `uploader`, as without it, or `developer`"),
    ),
    responses(
        (status = 200, description = "The result", body = ResultResponse),
        (status = 400, description = "A question that means nothing", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "An unknown collection or result", body = Problem, content_type = "application/problem+json"),
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
) -> Result<ResultResponse, Refusal> {
    let result = of_name(name)?;
    let given = Parameters::read_strictly(uri, KNOWN)?;
    let shown = state.app.collection(given.get("collection"))?;
    let attribution = attribution(&given)?;
    let asked = answered(state, &shown, attribution, result).await?;
    Ok(response(&shown.market, attribution, &asked))
}

fn described(of: &Described) -> ResultDescription {
    ResultDescription {
        result: of.name.to_owned(),
        title: of.title.to_owned(),
        question: of.question.to_owned(),
        about: of.about.title().to_owned(),
        method: format!("docs/methods/{}.md", of.method),
    }
}

/// A result in the shape in which it is sent.
fn response(market: &Market, attribution: Attribution, asked: &Asked) -> ResultResponse {
    let found = asked.found.as_ref().ok();
    let lines = found.map_or(&[][..], |found| &found.lines);
    let sentence = |told: &analyze::results::Sentence| ResultSentence {
        text: told.text(lines),
        is_finding: told.is_finding,
    };
    ResultResponse {
        described: described(asked.described),
        collection: market.release.collection.clone(),
        covers: market.collection.covers.clone(),
        release: market.release.id.clone(),
        data_through: market.data_through.to_string(),
        simulated: market.release.is_simulated,
        measure: asked.measure.name().to_owned(),
        attribution: match attribution {
            Attribution::Uploader => "uploader".to_owned(),
            Attribution::Developer => "developer".to_owned(),
        },
        sentences: found.iter().flat_map(|found| &found.sentences).map(sentence).collect(),
        lines: lines.iter().map(line).collect(),
        notes: found.map(|found| found.notes.clone()).unwrap_or_default(),
        not_asked: asked.found.as_ref().err().cloned(),
    }
}

/// Some lines of a result in the shape in which they are sent.
pub(crate) fn lines_response(
    market: &Market,
    attribution: Attribution,
    asked: &Asked,
    lines: &[Line],
) -> ResultResponse {
    let lines = lines.iter().map(line).collect();
    ResultResponse { lines, ..response(market, attribution, asked) }
}

/// Every result of a collection.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct EveryResponse {
    /// In the order of reports.
    pub(super) results: Vec<ResultResponse>,
}

/// All results of a collection in the shape in which they are sent.
pub(crate) fn every_response(
    market: &Market,
    attribution: Attribution,
    all: &[Arc<Asked>],
) -> EveryResponse {
    let results = all.iter().map(|asked| response(market, attribution, asked)).collect();
    EveryResponse { results }
}

fn line(line: &Line) -> ResultLine {
    ResultLine {
        what: line.what.name(),
        unit: line.unit.clone(),
        when: line.when.clone(),
        text: line.estimate.value.map(|value| line.form.write(value)).unwrap_or_default(),
        numbers: Numbers::from(&line.estimate),
        joined_low: line.joined().map(|(low, _)| low),
        joined_high: line.joined().map(|(_, high)| high),
        test: line.test.map(|test| ResultTest {
            method: test.method.to_owned(),
            p: test.p,
            adjusted_p: test.adjusted,
            family: test.family as u64,
        }),
    }
}
