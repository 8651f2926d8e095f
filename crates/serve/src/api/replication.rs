//! `GET /api/v1/replication`: the paper's claims, held against a collection.

use analyze::Market;
use analyze::claims::{Claim, Definition, Expected, Finding, Status, What, is_whole_hub};
use axum::extract::Extension;
use axum::http::Uri;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Answered, Numbers, Problem, files, sent, unanswered};
use crate::claims::{self, Held, address};
use crate::compute::AppState;
use crate::parameters::Parameters;
use crate::quality::Quality;
use crate::refusal::Refusal;
use crate::takeaway::Format;

const KNOWN: &[&str] = &["collection"];

/// Every claim, and what the collection says of it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ReplicationResponse {
    /// The collection that was asked.
    pub collection: String,
    /// Which population it is of, in words.
    pub covers: String,
    /// Whether that is all models of a Hub, as the paper's is; of others no claim is borne out.
    pub whole_hub: bool,
    /// The data release.
    pub release: String,
    /// The newest reading of the release (RFC 3339).
    pub data_through: String,
    /// Whether the data are invented by the simulated Hub.
    pub simulated: bool,
    /// How many claims have which status.
    pub counts: Vec<ReplicationCount>,
    /// In the order of the paper.
    pub claims: Vec<ReplicationRow>,
}

/// How many claims have a status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReplicationCount {
    /// The status.
    pub status: String,
    /// How many claims have it.
    pub claims: u64,
}

/// One claim, and what the collection says of it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ReplicationRow {
    /// Its name.
    pub claim: String,
    /// The claim of the paper that it belongs to, from 1.
    pub number: u8,
    /// What is said.
    pub text: String,
    /// Who says it: `authors`, or `press` for others who read the paper.
    pub said_by: String,
    /// What would bear it out: a number, `above 0` or `below 0`.
    pub expected: String,
    /// The number that is said; null for a direction.
    #[schema(required = true)]
    pub expected_value: Option<f64>,
    /// `reproduced`, `differs`, `cannot be told` or `not reproducible`.
    pub status: String,
    /// Why.
    pub because: String,
    /// The number of this collection; null where it has none.
    #[schema(required = true)]
    pub ours: Option<Numbers>,
    /// The question as it is asked at the command line.
    pub command: String,
    /// The address at which the API answers it.
    pub query: String,
    /// The address of the same question under other definitions; null where it has none.
    #[schema(required = true)]
    pub robustness: Option<String>,
}

/// What a collection says of every claim.
pub(crate) fn response(market: &Market, held: &[Held]) -> ReplicationResponse {
    let count = |status: Status| ReplicationCount {
        status: status.name().to_owned(),
        claims: held.iter().filter(|(_, found)| found.status == status).count() as u64,
    };
    ReplicationResponse {
        collection: market.release.collection.clone(),
        covers: market.collection.covers.clone(),
        whole_hub: is_whole_hub(market),
        release: market.release.id.clone(),
        data_through: market.data_through.to_string(),
        simulated: market.release.is_simulated,
        counts: Status::ALL.map(count).to_vec(),
        claims: held.iter().map(|(claim, found)| row(market, claim, found)).collect(),
    }
}

fn row(market: &Market, claim: &Claim, found: &Finding) -> ReplicationRow {
    let collection = &market.release.collection;
    let expected_value = match claim.expected {
        Expected::Value(value, _) => Some(value),
        Expected::Rise | Expected::Fall => None,
    };
    ReplicationRow {
        claim: claim.name.to_owned(),
        number: claim.number,
        text: claim.text.to_owned(),
        said_by: claim.origin.name().to_owned(),
        expected: claim.expected.to_string(),
        expected_value,
        status: found.status.name().to_owned(),
        because: found.because.clone(),
        ours: found.ours.as_ref().map(Numbers::from),
        command: found.command.clone(),
        query: address(collection, claim.what, claim.when, &Definition::of(claim)),
        robustness: (claim.what != What::Total)
            .then(|| format!("/api/v1/robustness/{}?collection={collection}", claim.name)),
    }
}

/// The paper's claims, held against a collection.
#[utoipa::path(
    get,
    path = "/api/v1/replication",
    params(
        ("collection" = Option<String>, Query, description = "The collection; without it the one with the newest reading"),
    ),
    responses(
        (status = 200, description = "Every claim of Economies of Open Intelligence (arXiv 2512.03073), as far as publicly known, with what the collection says of it", body = ReplicationResponse),
        (status = 400, description = "A question that means nothing", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "An unknown collection", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Asked for the first time since the release, and still being computed", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn show(Extension(state): Extension<AppState>, uri: Uri) -> Response {
    let answer = answer(&state, &uri).await.map(|body| {
        let is_simulated = body.simulated;
        let quality = Quality::about(&state, Some(&body.collection), Vec::new());
        sent(&state, &Answered { body, is_simulated }, quality)
    });
    answer.unwrap_or_else(unanswered)
}

/// The same as CSV, a row a claim.
#[utoipa::path(
    get,
    path = "/api/v1/replication.csv",
    params(
        ("collection" = Option<String>, Query, description = "The collection; without it the one with the newest reading"),
    ),
    responses(
        (status = 200, description = "A header, then a row for each claim", body = String, content_type = "text/csv"),
        (status = 400, description = "A question that means nothing", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "An unknown collection", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Asked for the first time since the release, and still being computed", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn show_csv(Extension(state): Extension<AppState>, uri: Uri) -> Response {
    let answer = files::of_replication(&state, &uri, Format::Csv).await;
    answer.unwrap_or_else(unanswered)
}

pub(super) async fn answer(state: &AppState, uri: &Uri) -> Result<ReplicationResponse, Refusal> {
    let given = Parameters::read_strictly(uri, KNOWN)?;
    let shown = state.app.collection(given.get("collection"))?;
    let held = claims::findings(state, &shown).await?;
    Ok(response(&shown.market, &held))
}
