//! What every response carries: the content policy, the entity tag, and how long it holds.

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::compute::AppState;

/// Marks responses whose numbers are invented.
pub(crate) const SIMULATED: HeaderName = HeaderName::from_static("x-weighhouse-simulated");

const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
                           img-src 'self' data:; connect-src 'self'; font-src 'self'; \
                           base-uri 'none'; form-action 'self'; frame-ancestors *";
/// A drawing that stands alone carries its own rules and needs nothing else.
const DRAWING_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors *";

/// Adds the headers, and answers "not modified" to those who have the response already.
pub(crate) async fn add(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    let mut response = next.run(request).await;
    if response.status() == StatusCode::OK && !response.headers().contains_key(header::ETAG) {
        response.headers_mut().insert(header::ETAG, state.tag.clone());
    }
    if let Some(tag) = response.headers().get(header::ETAG).cloned()
        && known.is_some_and(|known| matches(&known, &tag))
    {
        let simulated = response.headers().get(&SIMULATED).cloned();
        response = (StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response();
        if let Some(simulated) = simulated {
            response.headers_mut().insert(SIMULATED, simulated);
        }
    }
    let kind = response.headers().get(header::CONTENT_TYPE);
    let is_drawing = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"image/svg"));
    let policy = if is_drawing { DRAWING_POLICY } else { PAGE_POLICY };
    let fixed = [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    for (name, value) in fixed {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Marks a response as simulated where it is.
pub(crate) fn mark(mut response: Response, is_simulated: bool) -> Response {
    if is_simulated {
        response.headers_mut().insert(SIMULATED, HeaderValue::from_static("true"));
    }
    response
}

/// Whether a list of tags holds this one, by weak comparison (RFC 9110 §13.1.2).
fn matches(known: &HeaderValue, tag: &HeaderValue) -> bool {
    let (Ok(known), Ok(tag)) = (known.to_str(), tag.to_str()) else { return false };
    let strip = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    known.trim() == "*" || known.split(',').any(|known| strip(known) == strip(tag))
}
