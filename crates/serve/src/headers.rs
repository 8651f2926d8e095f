//! What every response carries: the content policy, the entity tag, who may read it, how long it
//! holds, and how far it can be relied on.

use axum::extract::{Query, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::Live;
use crate::compute::AppState;
use crate::quality::{QUALITY, Quality};
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

/// What is the same of every response.
const FIXED: [(HeaderName, &str); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
    // Nothing here depends on who asks, so whoever can reach the server may read it.
    (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    (header::ACCESS_CONTROL_EXPOSE_HEADERS, "*"),
    (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
];
/// What a response says that is not sent again, beside what every one says.
const OF_WHAT_IS_KNOWN: [HeaderName; 4] = [header::ETAG, header::VARY, SIMULATED, QUALITY];
/// Seconds for which a browser may remember which methods there are.
const METHODS_HOLD: &str = "86400";

/// Gives the request the state of the moment, adds the headers to its response, and answers
/// "not modified" to those who have the response already.
pub(crate) async fn add(State(live): State<Live>, mut request: Request, next: Next) -> Response {
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    let state = live.state(&request);
    let uri = request.uri().clone();
    let is_embed = uri.path().starts_with(embed::BELOW);
    // The tag and what it stands for are of one state, whatever is shown meanwhile.
    request.extensions_mut().insert(state.clone());
    let wanted = Wanted::of(&mut request);
    let mut response = next.run(request).await;
    let is_whole = response.status() == StatusCode::OK && !is_of(&response, "text/event-stream");
    if is_whole && !response.headers().contains_key(header::ETAG) {
        response.headers_mut().insert(header::ETAG, state.tag.clone());
    }
    if is_whole && !uri.path().starts_with("/assets/") {
        add_quality(&state, &uri, &mut response);
    }
    let is_known = known.zip(response.headers().get(header::ETAG));
    if is_known.is_some_and(|(known, tag)| matches(&known, tag)) {
        response = not_modified(&response);
    }
    response = wanted.cut(response).await;
    let policy = match (is_of(&response, "image/svg"), is_embed) {
        (true, _) => DRAWING_POLICY,
        (false, true) => EMBED_POLICY,
        (false, false) => PAGE_POLICY,
    };
    // Where nothing is answered there is nothing to keep.
    let is_kept = response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED;
    let caching = if is_kept { "no-cache" } else { "no-store" };
    let by_kind = [(header::CONTENT_SECURITY_POLICY, policy), (header::CACHE_CONTROL, caching)];
    for (name, value) in FIXED.into_iter().chain(by_kind) {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    if let Some(allowed) = response.headers().get(header::ALLOW).cloned() {
        let headers = response.headers_mut();
        headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, allowed);
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("*"));
        headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static(METHODS_HOLD));
    }
    response
}

/// Says how far what is shown of a collection can be relied on, where the answer does not itself.
fn add_quality(state: &AppState, uri: &Uri, response: &mut Response) {
    if response.headers().contains_key(QUALITY) || state.app.default_collection().is_none() {
        return;
    }
    let Ok(Query(pairs)) = Query::<Vec<(String, String)>>::try_from_uri(uri) else { return };
    let name = pairs.iter().find(|(name, value)| name == "collection" && !value.is_empty());
    let quality = Quality::about(state, name.map(|(_, value)| value.as_str()), Vec::new());
    response.headers_mut().insert(QUALITY, quality.level.header());
}

fn not_modified(response: &Response) -> Response {
    let mut short = StatusCode::NOT_MODIFIED.into_response();
    for name in OF_WHAT_IS_KNOWN {
        if let Some(value) = response.headers().get(&name) {
            short.headers_mut().insert(name, value.clone());
        }
    }
    short
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
