//! What no request can do: take longer than it may, ask with an endless address, end the others.

use std::panic::AssertUnwindSafe;

use axum::extract::{Extension, Request, State};
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;

use crate::Live;
use crate::compute::AppState;
use crate::pages::refused;
use crate::refusal::Refusal;

/// Bytes of a path with its parameters; browsers and proxies bear as much.
const MOST_ADDRESS_BYTES: usize = 8_192;

/// Answers within the time that a request may take, whatever happens to the answer.
pub(crate) async fn within_limits(
    State(live): State<Live>,
    Extension(state): Extension<AppState>,
    request: Request,
    next: Next,
) -> Response {
    let uri = request.uri().clone();
    let method = request.method().clone();
    if uri.path_and_query().is_some_and(|asked| asked.as_str().len() > MOST_ADDRESS_BYTES) {
        return refused::to(&state, &uri, Refusal::too_long(MOST_ADDRESS_BYTES));
    }
    let answer = AssertUnwindSafe(next.run(request)).catch_unwind();
    let response = match tokio::time::timeout(live.options().limits.time, answer).await {
        Ok(Ok(response)) => response,
        // A bug in one answer must not end the others.
        Ok(Err(_)) => refused::to(&state, &uri, Refusal::internal()),
        Err(_) => refused::to(&state, &uri, Refusal::timed_out()),
    };
    if response.status() != StatusCode::METHOD_NOT_ALLOWED {
        return response;
    }
    other_method(&state, &method, &uri, &response)
}

/// Says which methods there are: to those who ask for them, and to those who use another.
fn other_method(state: &AppState, method: &Method, uri: &Uri, response: &Response) -> Response {
    let allowed = response.headers().get(header::ALLOW).and_then(|known| known.to_str().ok());
    let allowed = allowed.map(|known| format!("{known},OPTIONS"));
    let allowed = allowed.and_then(|allowed| HeaderValue::from_str(&allowed).ok());
    let mut response = if method == Method::OPTIONS {
        StatusCode::NO_CONTENT.into_response()
    } else {
        refused::to(state, uri, Refusal::method_not_allowed(method.as_str()))
    };
    if let Some(allowed) = allowed {
        response.headers_mut().insert(header::ALLOW, allowed);
    }
    response
}

#[cfg(test)]
mod tests;
