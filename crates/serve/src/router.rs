//! The contents page: every address and what answers it.

use std::time::Duration;

use axum::Router;
use axum::http::{StatusCode, Uri};
use axum::middleware;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{Predicate, SizeAbove};
use tower_http::timeout::TimeoutLayer;

use crate::compute::AppState;
use crate::refusal::Refusal;
use crate::{App, api, assets, figures, headers, pages};

/// A request that takes longer is refused.
const TIME_LIMIT: Duration = Duration::from_secs(10);
/// Smaller answers fit a packet as they are.
const LEAST_COMPRESSED_BYTES: u64 = 860;

/// The whole server as a service.
pub fn router(app: App, code_version: String) -> Router {
    let state = AppState::new(app, code_version);
    Router::new()
        .route("/", get(home))
        .route("/power", get(pages::power::show))
        .route("/models", get(pages::models::show))
        .route("/data", get(pages::data::show))
        .route("/figure/{file}", get(figures::show))
        .route("/api/v1/query", get(api::query::show))
        .route("/api/v1/leaderboard", get(api::leaderboard::show))
        .route("/api/v1/collections", get(api::collections::show))
        .route("/api/v1/attributes", get(api::attributes::show))
        .route("/api/v1/indicators", get(api::indicators::show))
        .route("/api/v1/status", get(api::status::show))
        .route("/api/v1/openapi.json", get(api::openapi::show))
        .route("/assets/{name}", get(assets::show))
        .fallback(nothing_here)
        .layer(middleware::from_fn_with_state(state.clone(), headers::add))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, TIME_LIMIT))
        .layer(CompressionLayer::new().compress_when(text_worth_it()))
        .with_state(state)
}

async fn home() -> Redirect {
    Redirect::temporary("/power")
}

async fn nothing_here(
    axum::extract::State(state): axum::extract::State<AppState>,
    uri: Uri,
) -> Response {
    let refusal = Refusal::not_found(format!("there is nothing at '{}'", uri.path()));
    if uri.path().starts_with("/api/") {
        return refusal.into_problem();
    }
    pages::refused::page(&state.app, &refusal).into_response()
}

/// Everything that is sent is text, SVG included, which the usual predicate leaves out.
fn text_worth_it() -> impl Predicate {
    SizeAbove::new(LEAST_COMPRESSED_BYTES)
}
