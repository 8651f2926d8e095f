//! `/api/v1`: one handler a file, each with its documented shape.

pub(crate) mod attributes;
pub(crate) mod averages;
mod beside;
pub(crate) mod collections;
pub(crate) mod counted;
pub(crate) mod counter_events;
pub(crate) mod events;
pub(crate) mod family;
pub(crate) mod files;
mod former;
pub(crate) mod indicators;
pub(crate) mod leaderboard;
mod numbers;
pub(crate) mod openapi;
pub(crate) mod query;
pub(crate) mod replication;
pub(crate) mod results;
pub(crate) mod robustness;
pub(crate) mod search;
pub(crate) mod status;
mod tables;
pub(crate) mod whatif;
pub(crate) mod why;

use axum::http::{HeaderValue, Uri, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::compute::{AppState, compute};
use crate::headers::mark;
use crate::parameters::Parameters;
use crate::quality::{QUALITY, Quality, Reason};
use crate::refusal::Refusal;

pub use crate::refusal::Problem;
pub(crate) use attributes::response as attributes_response;
pub use averages::{AveragesResponse, AveragesRow, averages_response};
pub use counter_events::CounterEvent;
pub use family::{FamilyMember, FamilyResponse, FamilyRole, family_response};
pub use former::{FormerName, Namesake};
pub use numbers::Numbers;
pub(crate) use query::read as read_query;
pub use query::{QueryResponse, QueryRow, query_response};
pub use replication::{ReplicationCount, ReplicationResponse, ReplicationRow};
pub use results::{
    ResultDescription, ResultLine, ResultResponse, ResultSentence, ResultTest, ResultsResponse,
};
pub(crate) use results::{every_response, lines_response};
pub(crate) use robustness::response as robustness_response;
pub use robustness::{RobustnessResponse, RobustnessRow};
pub(crate) use tables::Tabled;
pub(crate) use whatif::response as whatif_effects;
pub use whatif::{WhatIfResponse, WhatIfRow, whatif_response};
pub use why::{WhyEvidence, WhyResponse, WhyRow, why_response};

/// An answer, and whether its numbers are invented.
struct Answered<T> {
    body: T,
    is_simulated: bool,
}

/// An answer as it is sent: with how far it can be relied on.
#[derive(Serialize)]
struct Judged<'a, T> {
    #[serde(flatten)]
    body: &'a T,
    #[serde(flatten)]
    judgement: Judgement,
}

/// What every answer says beside what it answers.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Judgement {
    /// How far the answer can be relied on.
    quality: Quality,
}

/// What is sent in place of an answer that cannot be given, however often it is asked for.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Blocked {
    /// Always at the level `blocked`, with why.
    quality: Quality,
}

/// Computes an answer to the parameters of an address and sends it as JSON.
async fn respond<T: Serialize + Send + 'static>(
    state: AppState,
    uri: Uri,
    known: &'static [&'static str],
    answer: fn(&AppState, &Parameters) -> Result<Answered<T>, Refusal>,
) -> Response {
    respond_judged(state, uri, known, answer, |_| Vec::new()).await
}

/// The same, with what is known to be wrong with the numbers of the answer.
async fn respond_judged<T: Serialize + Send + 'static>(
    state: AppState,
    uri: Uri,
    known: &'static [&'static str],
    answer: fn(&AppState, &Parameters) -> Result<Answered<T>, Refusal>,
    judge: fn(&T) -> Vec<Reason>,
) -> Response {
    let response = compute(state, move |state| {
        let given = Parameters::read_strictly(&uri, known)?;
        let answered = answer(state, &given)?;
        let quality = if known.contains(&"collection") {
            Quality::about(state, given.get("collection"), judge(&answered.body))
        } else {
            Quality::ok()
        };
        Ok::<_, Refusal>(sent(state, &answered, quality))
    });
    response.await.flatten().unwrap_or_else(unanswered)
}

/// What is sent as JSON.
fn judged<T: Serialize>(body: &T, quality: Quality) -> String {
    let judged = Judged { body, judgement: Judgement { quality } };
    serde_json::to_string(&judged).expect("answers have text keys only")
}

/// An answer as JSON.
fn sent<T: Serialize>(state: &AppState, answered: &Answered<T>, quality: Quality) -> Response {
    let level = (QUALITY, quality.level.header());
    let body = judged(&answered.body, quality);
    // Of what it says: the answer may be about more than the releases.
    let tag = (header::ETAG, state.tag_of(&body));
    let kind = (header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    mark(([kind, tag, level], body).into_response(), answered.is_simulated)
}

/// Why there is no answer: a problem, or where asking again is of no use, an answer without one.
fn unanswered(refusal: Refusal) -> Response {
    if refusal.code != "collection_failed" {
        return refusal.into_problem();
    }
    let quality = Quality::of(vec![Reason::new(refusal.code, refusal.detail)]);
    let level = (QUALITY, quality.level.header());
    let body = serde_json::to_string(&Blocked { quality }).expect("an answer has text keys only");
    let kind = (header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    ([kind, level], body).into_response()
}
