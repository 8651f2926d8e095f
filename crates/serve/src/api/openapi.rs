//! `GET /api/v1/openapi.json`: the API in the words of OpenAPI.

mod complete;
mod limits;

use std::sync::LazyLock;

use axum::http::header;
use axum::response::{IntoResponse, Response};
use utoipa::{OpenApi, openapi};

use super::{
    Blocked, Judgement, attributes, averages, collections, counted, counter_events, events, family,
    files, indicators, leaderboard, query, replication, results, robustness, search, status,
    whatif, why,
};
use crate::compute::entity_tag;

/// The document; what is not listed here is not promised.
#[derive(Debug, OpenApi)]
#[openapi(
    info(
        title = "weighhouse",
        version = "1",
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
        search::show,
        counted::show,
        leaderboard::show,
        collections::show,
        attributes::show,
        why::show,
        family::show,
        indicators::show,
        status::show,
        counter_events::show,
        events::show,
        files::show,
        show
    ),
    components(schemas(events::ReleaseEvent, events::JobsEvent, Blocked, Judgement))
)]
struct Document;

static DOCUMENT: LazyLock<openapi::OpenApi> = LazyLock::new(|| {
    let mut document = Document::openapi();
    complete::complete(&mut document);
    document
});
static TEXT: LazyLock<String> =
    LazyLock::new(|| DOCUMENT.to_pretty_json().expect("the document is made of texts"));

/// The document, for the page about it.
pub(crate) fn described() -> &'static openapi::OpenApi {
    &DOCUMENT
}

/// The document as JSON, for what derives from it.
pub(crate) fn document() -> serde_json::Value {
    serde_json::to_value(&*DOCUMENT).expect("the document is made of texts")
}

/// This document.
#[utoipa::path(
    get,
    path = "/api/v1/openapi.json",
    responses((status = 200, description = "The document, in OpenAPI 3.1", content_type = "application/json", body = Object))
)]
pub(crate) async fn show() -> Response {
    let kind = [(header::CONTENT_TYPE, "application/json")];
    let tag = [(header::ETAG, entity_tag(TEXT.as_bytes()))];
    (kind, tag, TEXT.as_str()).into_response()
}
