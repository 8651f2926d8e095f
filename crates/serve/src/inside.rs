//! The server asks itself: what a page shows is what the page's own answer shows.

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use axum::response::Response;
use tower::ServiceExt;

use crate::Live;
use crate::compute::AppState;
use crate::refusal::Refusal;
use crate::router::routes;

/// No page is larger, in bytes.
const MOST_BYTES: usize = 8 << 20;

/// Answers an address of the server's own, as of the moment of the request that wants it.
pub(crate) async fn ask(live: &Live, state: &AppState, address: &str) -> Result<Response, Refusal> {
    let request = Request::builder().uri(address).body(Body::empty());
    let mut request = request.map_err(|_| Refusal::internal())?;
    let state = AppState { asked: request.uri().clone(), ..state.clone() };
    request.extensions_mut().insert(state);
    let answer = routes().with_state(live.clone()).oneshot(request).await;
    answer.map_err(|never| match never {})
}

/// The markup of a page's address.
pub(crate) async fn html(live: &Live, state: &AppState, address: &str) -> Result<String, Refusal> {
    let answer = ask(live, state, address).await?;
    if answer.status() != StatusCode::OK {
        return Err(refusal(&answer));
    }
    let bytes = to_bytes(answer.into_body(), MOST_BYTES).await.map_err(|_| Refusal::internal())?;
    String::from_utf8(bytes.to_vec()).map_err(|_| Refusal::internal())
}

/// The JSON of an address that ends so.
pub(crate) async fn json(
    live: &Live,
    state: &AppState,
    address: &str,
) -> Result<serde_json::Value, Refusal> {
    let answer = ask(live, state, address).await?;
    if answer.status() != StatusCode::OK {
        return Err(refusal(&answer));
    }
    let bytes = to_bytes(answer.into_body(), MOST_BYTES).await.map_err(|_| Refusal::internal())?;
    serde_json::from_slice(&bytes).map_err(|_| Refusal::internal())
}

/// Why an answer is none.
pub(crate) fn refusal(answer: &Response) -> Refusal {
    answer.extensions().get::<Refusal>().cloned().unwrap_or_else(Refusal::internal)
}

/// The address of the first figure of a page, as [`crate::parts::figure`] writes it.
pub(crate) fn first_figure(html: &str) -> Option<String> {
    let (_, rest) = html.split_once(" data-src=\"")?;
    let (address, _) = rest.split_once('"')?;
    Some(address.replace("&amp;", "&"))
}
