//! `GET /api/v1/openapi.json`: the API in the words of OpenAPI.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use utoipa::OpenApi;

use super::{
    attributes, averages, collections, counter_events, events, family, files, indicators,
    leaderboard, query, replication, results, robustness, status, whatif, why,
};

/// The document; what is not listed here is not promised.
#[derive(Debug, OpenApi)]
#[openapi(
    info(
        title = "weighhouse",
        version = "1",
        description = "Numbers about the open-model economy, each with its interval, its bounds and its release. Responses about simulated data carry the header x-weighhouse-simulated.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    paths(
        query::show,
        averages::show,
        whatif::show,
        results::list,
        results::show,
        replication::show,
        replication::show_csv,
        robustness::show,
        leaderboard::show,
        collections::show,
        attributes::show,
        why::show,
        family::show,
        indicators::show,
        status::show,
        counter_events::show,
        events::show,
        files::show
    ),
    components(schemas(events::ReleaseEvent, events::JobsEvent))
)]
struct Document;

/// Answers with the document.
pub(crate) async fn show() -> Response {
    let text = Document::openapi().to_pretty_json().expect("the document is made of texts");
    ([(header::CONTENT_TYPE, "application/json")], text).into_response()
}
