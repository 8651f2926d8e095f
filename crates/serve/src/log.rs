//! One line of the log for each answer, for whoever started the server.

use axum::body::HttpBody;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;

use crate::{Live, RequestLog};

/// Tells of a request when its answer is ready to be sent.
pub(crate) async fn tell(State(live): State<Live>, request: Request, next: Next) -> Response {
    let now = &live.options().now;
    let began = now();
    let method = request.method().to_string();
    let path = request.uri().path().to_owned();
    let response = next.run(request).await;
    live.log(&RequestLog {
        method,
        path,
        status: response.status().as_u16(),
        millis: (now().millis() - began.millis()).max(0).unsigned_abs(),
        bytes: response.body().size_hint().exact(),
    });
    response
}
