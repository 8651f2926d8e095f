//! The Hub on the wire.

use std::future::Future;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::response::Response;
use axum::routing::get;

use crate::answer::Answer;
use crate::hub::Hub;
use crate::listing::PATH;
use crate::{Error, Result};

/// The routes of the Hub: `GET /api/models` and `GET /api/models/{id}`.
///
/// Everything else is answered as the Hub answers for what it does not have.
pub fn router(hub: Arc<Hub>) -> Router {
    Router::new().route(PATH, get(respond)).fallback(get(respond)).with_state(hub)
}

/// Serves the Hub until `shutdown` is done; requests under way are finished.
pub async fn serve(
    hub: Arc<Hub>,
    listener: tokio::net::TcpListener,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<()> {
    axum::serve(listener, router(hub)).with_graceful_shutdown(shutdown).await.map_err(Error::Serve)
}

async fn respond(State(hub): State<Arc<Hub>>, headers: HeaderMap, uri: Uri) -> Response {
    // Links are absolute; what the client calls this host is the only name it surely has.
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    let base = format!("http://{host}");
    let path = uri.path().to_owned();
    let query = uri.query().unwrap_or("").to_owned();
    // A first page puts the whole economy in order, which is too long for the reactor's threads.
    let answer = tokio::task::spawn_blocking(move || hub.answer(&base, &path, &query)).await;
    response(answer.unwrap_or_else(|_| Answer::refusal(500, "Internal Error")))
}

fn response(answer: Answer) -> Response {
    let mut response = Response::new(Body::from(answer.body));
    *response.status_mut() =
        axum::http::StatusCode::from_u16(answer.status).expect("answers use statuses that exist");
    let headers = response.headers_mut();
    let json = HeaderValue::from_static("application/json; charset=utf-8");
    headers.insert(header::CONTENT_TYPE, json);
    for (name, value) in answer.headers {
        // A value that is no header, as a reason with a line break in it, is left out.
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
    response
}
