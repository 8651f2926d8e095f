//! `/api/v1`: one handler a file, each with its documented shape.

pub(crate) mod attributes;
pub(crate) mod averages;
pub(crate) mod collections;
pub(crate) mod counter_events;
pub(crate) mod events;
pub(crate) mod family;
pub(crate) mod files;
pub(crate) mod indicators;
pub(crate) mod leaderboard;
mod numbers;
pub(crate) mod openapi;
pub(crate) mod query;
pub(crate) mod replication;
pub(crate) mod results;
pub(crate) mod robustness;
pub(crate) mod status;
mod tables;
pub(crate) mod whatif;
pub(crate) mod why;

use axum::http::{HeaderValue, Uri, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::compute::{AppState, compute};
use crate::headers::mark;
use crate::parameters::Parameters;
use crate::refusal::Refusal;

pub use crate::refusal::Problem;
pub(crate) use attributes::response as attributes_response;
pub use averages::{AveragesResponse, AveragesRow, averages_response};
pub use counter_events::CounterEvent;
pub use family::{FamilyMember, FamilyResponse, FamilyRole, family_response};
pub use numbers::Numbers;
pub(crate) use query::read as read_query;
pub use query::{QueryResponse, QueryRow, query_response};
pub use replication::{ReplicationCount, ReplicationResponse, ReplicationRow};
pub(crate) use results::every_response;
pub use results::{
    ResultDescription, ResultLine, ResultResponse, ResultSentence, ResultTest, ResultsResponse,
};
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

/// Computes an answer to the parameters of an address and sends it as JSON.
async fn respond<T: Serialize + Send + 'static>(
    state: AppState,
    uri: Uri,
    known: &'static [&'static str],
    answer: fn(&AppState, &Parameters) -> Result<Answered<T>, Refusal>,
) -> Response {
    let response = compute(state, move |state| {
        let answered = answer(state, &Parameters::read(&uri, known)?)?;
        Ok::<_, Refusal>(sent(state, &answered))
    });
    response.await.flatten().unwrap_or_else(Refusal::into_problem)
}

/// An answer as JSON.
fn sent<T: Serialize>(state: &AppState, answered: &Answered<T>) -> Response {
    let body = serde_json::to_string(&answered.body).expect("answers have text keys only");
    // Of what it says: the answer may be about more than the releases.
    let tag = (header::ETAG, state.tag_of(&body));
    let kind = (header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    mark(([kind, tag], body).into_response(), answered.is_simulated)
}
