use serve::Options;

use crate::data::{Directory, options, server};
use crate::{ask, get};

const EVERY: [&str; 18] = [
    "/",
    "/power",
    "/models",
    "/openness",
    "/intermediaries",
    "/attributes",
    "/data",
    "/figure/shares",
    "/figure/lorenz.svg",
    "/figure/concentration-hhi.csv",
    "/figure/concentration-gini.json",
    "/api/v1/query?stat=hhi",
    "/api/v1/collections",
    "/api/v1/status",
    "/api/v1/openapi.json",
    "/assets/app.css",
    "/assets/chart.css",
    "/nothing",
];

#[test]
fn every_response_carries_the_policy() {
    for address in EVERY {
        let reply = get(address);
        let policy = reply.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'"), "{address}: {policy}");
        assert_eq!(policy.contains("unsafe"), address.contains(".svg"), "{address}: {policy}");
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{address}");
        assert_eq!(reply.header("referrer-policy"), "strict-origin-when-cross-origin", "{address}");
        let caching = if reply.status == 200 { "no-cache" } else { "no-store" };
        assert_eq!(reply.header("cache-control"), caching, "{address}");
        assert_eq!(reply.header("set-cookie"), "", "{address}");
    }
    let policy = get("/power").header("content-security-policy").to_owned();
    assert_eq!(
        policy,
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
         connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; \
         frame-ancestors 'none'"
    );
}

#[test]
fn what_is_known_is_not_sent_again() {
    for address in EVERY.iter().filter(|address| **address != "/nothing") {
        let first = get(address);
        assert_eq!(first.status, 200, "{address}");
        let tag = first.header("etag");
        assert!(tag.starts_with("W/\""), "{address}: {tag}");
        let again = ask(server(), address, &[("if-none-match", tag)]);
        assert_eq!((again.status.as_u16(), again.body.len()), (304, 0), "{address}");
        assert_eq!(again.header("etag"), tag, "{address}");
        let other = ask(server(), address, &[("if-none-match", "W/\"0000\"")]);
        assert_eq!(other.status, 200, "{address}");
    }
}

#[test]
fn the_tag_is_of_what_is_said_and_of_the_code() {
    let directory = |code_version: &str| {
        let directory =
            Directory::with(Options { code_version: code_version.to_owned(), ..options() });
        directory.write("tiny");
        directory.live.look();
        directory
    };
    for address in ["/power", "/figure/shares.json", "/api/v1/query?stat=hhi"] {
        let [one, same, newer] =
            ["test", "test", "newer"].map(|version| directory(version).get(address));
        assert_eq!(one.header("etag"), same.header("etag"), "{address}");
        assert_ne!(one.header("etag"), newer.header("etag"), "{address}");
    }
    let asset = get("/assets/app.css");
    assert_ne!(asset.header("etag"), get("/power").header("etag"));
}

#[test]
fn errors_carry_no_tag_and_stay_errors() {
    let tag = get("/power").header("etag").to_owned();
    let refused = ask(server(), "/power?group=nonsense", &[("if-none-match", &tag)]);
    assert_eq!(refused.status, 400);
    assert_eq!(refused.header("etag"), "");
}

#[test]
fn large_texts_are_compressed() {
    for (address, encoding) in [("/power", "br"), ("/figure/shares.svg", "gzip")] {
        let request = axum::http::Request::builder()
            .uri(address)
            .header("accept-encoding", encoding)
            .body(axum::body::Body::empty())
            .unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let response = runtime.block_on(tower::ServiceExt::oneshot(server(), request)).unwrap();
        assert_eq!(response.headers()["content-encoding"], encoding, "{address}");
    }
}
