//! What every response carries: the content policy, the entity tag, and how long it holds.

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::Live;
use crate::ranges::Wanted;
use crate::takeaway::embed;

/// Marks responses whose numbers are invented.
pub(crate) const SIMULATED: HeaderName = HeaderName::from_static("x-weighhouse-simulated");

const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
                           img-src 'self' data:; connect-src 'self'; font-src 'self'; \
                           base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
/// An embedded figure may stand in any page, and does nothing there but show and lead elsewhere.
const EMBED_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
                            img-src 'self' data:; connect-src 'self'; font-src 'self'; \
                            base-uri 'none'; form-action 'none'; frame-ancestors *";
/// A drawing that stands alone carries its own rules and needs nothing else.
const DRAWING_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors *";

/// Gives the request the state of the moment, adds the headers to its response, and answers
/// "not modified" to those who have the response already.
pub(crate) async fn add(State(live): State<Live>, mut request: Request, next: Next) -> Response {
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    let state = live.state(&request);
    let is_embed = request.uri().path().starts_with(embed::BELOW);
    let tag = state.tag.clone();
    // The tag and what it stands for are of one state, whatever is shown meanwhile.
    request.extensions_mut().insert(state);
    let wanted = Wanted::of(&request);
    let mut response = next.run(request).await;
    let is_whole = response.status() == StatusCode::OK && !is_of(&response, "text/event-stream");
    if is_whole && !response.headers().contains_key(header::ETAG) {
        response.headers_mut().insert(header::ETAG, tag);
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
    response = wanted.cut(response).await;
    let policy = match (is_of(&response, "image/svg"), is_embed) {
        (true, _) => DRAWING_POLICY,
        (false, true) => EMBED_POLICY,
        (false, false) => PAGE_POLICY,
    };
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

/// Whether a response's content type begins so.
fn is_of(response: &Response, kind: &str) -> bool {
    let known = response.headers().get(header::CONTENT_TYPE);
    known.is_some_and(|known| known.as_bytes().starts_with(kind.as_bytes()))
}

/// Whether a list of tags holds this one, by weak comparison (RFC 9110 §13.1.2).
fn matches(known: &HeaderValue, tag: &HeaderValue) -> bool {
    let (Ok(known), Ok(tag)) = (known.to_str(), tag.to_str()) else { return false };
    let strip = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    known.trim() == "*" || known.split(',').any(|known| strip(known) == strip(tag))
}
