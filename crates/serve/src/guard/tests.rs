use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::Request;
use axum::routing::get;
use axum::{Router, middleware};
use schema::Instant;
use store::Store;
use tower::ServiceExt;

use super::*;
use crate::{Limits, Options, headers};

/// A server that allows a request a twentieth of a second, with answers that go wrong.
fn server() -> Router {
    let folder = tempfile::tempdir().expect("it works here");
    let limits = Limits {
        time: Duration::from_millis(50),
        most_computing: 1,
        most_waiting: 0,
        kept_bytes: 0,
        most_connections: 1,
        head_time: Duration::from_secs(1),
        write_time: Duration::from_secs(1),
    };
    let options = Options {
        code_version: "test".to_owned(),
        public_url: None,
        now: Arc::new(|| Instant::from_millis(0)),
        look_period: Duration::from_secs(1),
        most_listeners: 1,
        limits,
        on_notice: Arc::new(|_| {}),
        on_request: None,
    };
    let live = Live::open(Store::create(folder.path()).expect("it works here"), options)
        .expect("it works here");
    Router::new()
        .route("/api/slow", get(std::future::pending::<&str>))
        .route("/api/broken", get(broken))
        .route("/broken", get(broken))
        .route("/api/sound", get(async || "sound"))
        .layer(middleware::from_fn_with_state(live.clone(), within_limits))
        .layer(middleware::from_fn_with_state(live.clone(), headers::add))
        .with_state(live)
}

async fn broken() -> &'static str {
    panic!("a bug that a test plants");
}

fn ask(server: &Router, address: &str) -> (u16, String, Option<String>) {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().expect("it works here");
    runtime.block_on(async {
        let request = Request::builder().uri(address).body(Body::empty()).expect("it works here");
        let response = server.clone().oneshot(request).await.expect("it works here");
        let retry = response
            .headers()
            .get("retry-after")
            .map(|it| it.to_str().expect("it works here").to_owned());
        let status = response.status().as_u16();
        let body =
            axum::body::to_bytes(response.into_body(), 1 << 20).await.expect("it works here");
        (status, String::from_utf8(body.to_vec()).expect("it works here"), retry)
    })
}

#[test]
fn what_takes_too_long_is_refused_with_when_to_ask_again() {
    let (status, body, retry) = ask(&server(), "/api/slow");
    assert_eq!((status, retry.as_deref()), (503, Some("10")));
    assert!(body.contains("\"timed_out\""), "{body}");
}

#[test]
fn a_bug_in_one_answer_does_not_end_the_others() {
    let server = server();
    let (status, body, _) = ask(&server, "/api/broken");
    assert_eq!(status, 500);
    assert!(body.contains("\"internal\"") && !body.contains("plants"), "{body}");
    let (status, body, _) = ask(&server, "/broken");
    assert_eq!(status, 500);
    assert!(body.contains("<h1>The server failed</h1>"), "{body}");
    assert_eq!(ask(&server, "/api/sound"), (200, "sound".to_owned(), None));
}
