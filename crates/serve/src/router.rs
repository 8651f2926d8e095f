//! The contents page: every address and what answers it.

use axum::Router;
use axum::extract::{DefaultBodyLimit, Extension};
use axum::http::Uri;
use axum::middleware;
use axum::response::Response;
use axum::routing::{get, post};
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};

use crate::compute::AppState;
use crate::refusal::Refusal;
use crate::{Live, api, assets, figures, guard, headers, log, mcp, pages, takeaway};

/// Bytes of a request's body; few requests have one.
const MOST_BODY_BYTES: usize = 64 << 10;
/// Smaller answers fit a packet as they are.
const LEAST_COMPRESSED_BYTES: u64 = 860;

/// The whole server as a service.
pub fn router(live: &Live) -> Router {
    let answers = routes().with_state(live.clone());
    // Around the whole of it, so that they see which methods an address has.
    Router::new()
        .fallback_service(answers)
        .layer(DefaultBodyLimit::max(MOST_BODY_BYTES))
        .layer(middleware::from_fn_with_state(live.clone(), guard::within_limits))
        .layer(CompressionLayer::new().compress_when(text_worth_it()))
        .layer(middleware::from_fn_with_state(live.clone(), crate::answers::keep))
        .layer(middleware::from_fn_with_state(live.clone(), headers::add))
        .layer(middleware::from_fn_with_state(live.clone(), log::tell))
}

/// What answers which address, without what is around every answer.
pub(crate) fn routes() -> Router<Live> {
    Router::new()
        .route("/", get(pages::overview::show))
        .route("/power", get(pages::power::show))
        .route("/models", get(pages::models::show))
        .route("/openness", get(pages::openness::show))
        .route("/intermediaries", get(pages::intermediaries::show))
        .route("/explore", get(pages::explore::show))
        .route("/fragment/result/{name}", get(pages::fragment::show))
        .route("/model", get(pages::model::show))
        .route("/attributes", get(pages::attributes::show))
        .route("/attribute", get(pages::attribute::show))
        .merge(units())
        .route("/results", get(pages::results::list))
        .route("/results/{name}", get(pages::results::show))
        .route("/replication", get(pages::replication::show))
        .route("/robustness", get(pages::robustness::list))
        .route("/robustness/{claim}", get(pages::robustness::show))
        .route("/whatif", get(pages::whatif::show))
        .route("/data", get(pages::data::show))
        .route("/methods", get(pages::methods::list))
        .route("/methods/{name}", get(pages::methods::show))
        .route("/search", get(pages::search::show))
        .route("/mcp", post(mcp::show))
        .route("/counted", get(pages::counted::show))
        .route("/api/v1/counted", get(api::counted::show))
        .route("/api/v1/search", get(api::search::show))
        .route("/figure/{file}", get(figures::show))
        .route("/figure/robustness/{file}", get(figures::show_robustness))
        .route("/figure/result/{file}", get(figures::show_result))
        .route("/api", get(pages::api::show))
        .route("/api/try", get(pages::api::try_it))
        .route("/api/v1/query", get(api::query::show))
        .route("/api/v1/averages", get(api::averages::show))
        .route("/api/v1/whatif", get(api::whatif::show))
        .route("/api/v1/results", get(api::results::list))
        .route("/api/v1/results/{name}", get(api::results::show))
        .route("/api/v1/replication", get(api::replication::show))
        .route("/api/v1/replication.csv", get(api::replication::show_csv))
        .route("/api/v1/robustness/{claim}", get(api::robustness::show))
        .route("/api/v1/leaderboard", get(api::leaderboard::show))
        .route("/api/v1/collections", get(api::collections::show))
        .route("/api/v1/attributes", get(api::attributes::show))
        .route("/api/v1/why", get(api::why::show))
        .route("/api/v1/family", get(api::family::show))
        .route("/api/v1/indicators", get(api::indicators::show))
        .route("/api/v1/status", get(api::status::show))
        .route("/api/v1/counter-events", get(api::counter_events::show))
        .route("/api/v1/events", get(api::events::show))
        .route("/api/v1/openapi.json", get(api::openapi::show))
        .route("/assets/{name}", get(assets::show))
        .route("/llms.txt", get(pages::llms::show))
        .route("/badge/{*figure}", get(takeaway::badge::show))
        .route("/feed/{*page}", get(takeaway::feed::show))
        .route("/embed/{*figure}", get(takeaway::embed::show))
        .route("/{file}", get(takeaway::page::show).fallback(takeaway::page::other_method))
        .route("/api/v1/{file}", get(api::files::show).fallback(takeaway::page::other_method))
        .fallback(nothing_here)
}

/// The pages of single units, one path a kind.
fn units() -> Router<Live> {
    use pages::unit;
    Router::new()
        .route("/owner", get(unit::owner::show))
        .route("/country", get(unit::country::show))
        .route("/country-group", get(unit::country_group::show))
        .route("/sector", get(unit::sector::show))
        .route("/license", get(unit::license::show))
        .route("/library", get(unit::library::show))
        .route("/task", get(unit::task::show))
        .route("/family", get(unit::family::show))
        .route("/unit", get(unit::any::show))
}

/// Says that there is nothing at an address.
pub(crate) async fn nothing_here(Extension(state): Extension<AppState>, uri: Uri) -> Response {
    let refusal = Refusal::not_found(format!("there is nothing at '{}'", uri.path()));
    pages::refused::to(&state, &uri, refusal)
}

/// What is sent is text, SVG included, which the usual predicate leaves out; the files that are
/// not are compressed in themselves. Events are sent as they come, and a compressor would keep them
/// until there are enough.
fn text_worth_it() -> impl Predicate {
    SizeAbove::new(LEAST_COMPRESSED_BYTES)
        .and(NotForContentType::SSE)
        .and(NotForContentType::const_new("image/png"))
        .and(NotForContentType::const_new("application/zip"))
        .and(NotForContentType::const_new("application/vnd.apache.parquet"))
}
