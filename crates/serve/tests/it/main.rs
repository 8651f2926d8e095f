//! The server as a service: a temporary store with a tiny made-up release, and a socket only where
//! the server itself is tried.
#![expect(clippy::disallowed_methods, reason = "tests damage the files of their stores on purpose")]

mod api;
mod beforehand;
mod claims;
mod contract;
mod counted;
mod damaged;
mod data;
mod events;
mod explore;
mod feeds;
mod figures;
mod headers;
mod jobs;
mod kin;
mod live;
mod marks;
mod mcp;
mod narrowing;
mod one_line;
mod overview;
mod pages;
mod power;
mod results;
mod search;
mod shared;
mod takeaway;
mod units;
mod users;
mod whatif;
mod world;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use serde_json::Value as Json;
use tower::ServiceExt;

/// No response of these tests is larger.
const MOST_BYTES: usize = 4 << 20;

/// What came back.
struct Reply {
    status: StatusCode,
    headers: HeaderMap,
    /// Of what is no text the characters that are none are replaced.
    body: String,
    bytes: Vec<u8>,
}

impl Reply {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("headers are text"))
    }

    fn json(&self) -> Json {
        serde_json::from_str(&self.body).expect("the body is JSON")
    }
}

/// Asks a server over the tiny release.
fn get(address: &str) -> Reply {
    ask(data::server(), address, &[])
}

fn ask(router: Router, address: &str, headers: &[(&str, &str)]) -> Reply {
    ask_by("GET", router, address, headers)
}

fn ask_by(method: &str, router: Router, address: &str, headers: &[(&str, &str)]) -> Reply {
    let mut request = Request::builder().method(method).uri(address);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::empty()).expect("the address is one");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime starts").block_on(async {
        let response = router.oneshot(request).await.expect("a router cannot fail");
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, MOST_BYTES).await.expect("the body is whole");
        let bytes = bytes.to_vec();
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Reply { status: parts.status, headers: parts.headers, body, bytes }
    })
}
