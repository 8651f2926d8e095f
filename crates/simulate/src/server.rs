//! The Hub on the wire.
//!
//! Besides the Hub's own routes there are two by which a test moves it, both outside of the
//! Hub's paths and answered with an empty 204, or 400 and the reason:
//!
//! - `PUT /simulated/faults` with the text of [`Faults`] as its body;
//! - `PUT /simulated/at` with the date to show as its body, in RFC 3339; a day means its end.

mod line;

use std::future::Future;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::Response;
use axum::routing::{any, put};
use axum::{Extension, Router};
use schema::Instant;

use crate::answer::Answer;
use crate::faults::{Delivery, Faults, Reply};
use crate::hub::Hub;
use crate::request::Request;
use crate::{Error, Result};
use line::{Line, Lines};

/// The Hub's routes, for who serves them by other means than [`serve`].
///
/// Faults of the connection need [`serve`]; here they are answered with 500.
pub fn router(hub: Arc<Hub>) -> Router {
    Router::new()
        .route("/simulated/faults", put(set_faults))
        .route("/simulated/at", put(set_at))
        .fallback(any(respond))
        .with_state(hub)
}

/// Serves the Hub until `shutdown` is done; requests under way are finished.
pub async fn serve(
    hub: Arc<Hub>,
    listener: tokio::net::TcpListener,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<()> {
    let routes = router(hub).into_make_service_with_connect_info::<Line>();
    axum::serve(Lines(listener), routes)
        .with_graceful_shutdown(shutdown)
        .await
        .map_err(Error::Serve)
}

async fn set_faults(State(hub): State<Arc<Hub>>, text: String) -> Response {
    controlled(text.parse::<Faults>().map(|faults| hub.set_faults(faults)))
}

async fn set_at(State(hub): State<Arc<Hub>>, text: String) -> Response {
    controlled(Instant::parse_as_of(text.trim()).map(|at| hub.clock().set(at)))
}

fn controlled<E: std::fmt::Display>(result: std::result::Result<(), E>) -> Response {
    response(match result {
        Ok(()) => Answer { status: 204, headers: Vec::new(), body: Vec::new().into() },
        Err(error) => Answer::bad_request(&error.to_string()),
    })
}

async fn respond(
    State(hub): State<Arc<Hub>>,
    line: Option<Extension<ConnectInfo<Line>>>,
    method: Method,
    headers: HeaderMap,
    uri: Uri,
) -> Response {
    if method != Method::GET && method != Method::HEAD {
        return response(Answer::refusal(405, "only GET and HEAD are known here"));
    }
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    // Links are absolute; what the client calls this host is the only name it surely has.
    let base = format!("http://{}", text(header::HOST).unwrap_or("localhost"));
    let mut request = Request::get(&base, uri.path(), uri.query().unwrap_or(""));
    request.is_head = method == Method::HEAD;
    request.range = text(header::RANGE).map(str::to_owned);
    let latency = hub.latency();
    if !latency.is_zero() {
        tokio::time::sleep(latency).await;
    }
    // A first page puts the whole economy in order, which is too long for the reactor's threads.
    let reply = tokio::task::spawn_blocking(move || hub.reply(&request)).await;
    let reply = reply.unwrap_or_else(|_| Reply::whole(Answer::refusal(500, "Internal Error")));
    let line = line.map(|Extension(ConnectInfo(line))| line);
    match (reply.delivery, line) {
        (Delivery::Cut(bytes), Some(line)) => line.cut_after(bytes),
        (Delivery::Reset(after), Some(line)) => {
            tokio::time::sleep(after).await;
            line.reset();
        }
        (Delivery::Whole, _) => {}
        (Delivery::Cut(_) | Delivery::Reset(_), None) => {
            let reason = "this fault needs a connection that can be closed";
            return response(Answer::refusal(500, reason));
        }
    }
    response(reply.answer)
}

fn response(answer: Answer) -> Response {
    // The server leaves the body of an answer to HEAD out, and keeps its length.
    let mut response = Response::new(Body::from(answer.body));
    *response.status_mut() =
        StatusCode::from_u16(answer.status).expect("answers use statuses that exist");
    for (name, value) in answer.headers {
        // A value that is no header, as a reason with a line break in it, is left out.
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}
