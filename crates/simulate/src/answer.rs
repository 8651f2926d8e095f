//! What the server says to a request.

use bytes::Bytes;
use serde_json::json;
use sha1::{Digest as _, Sha1};

use crate::base64;

/// The content type of API routes.
const JSON: &str = "application/json; charset=utf-8";
/// The content type of pages, and of what a gateway says when the Hub behind it does not.
const HTML: &str = "text/html; charset=utf-8";

/// A whole response, before it is put on the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    /// HTTP status.
    pub(crate) status: u16,
    /// Headers besides those that every response carries.
    pub(crate) headers: Vec<(&'static str, String)>,
    /// The body.
    pub(crate) body: Bytes,
}

impl Answer {
    /// A success of an API route: a JSON text.
    pub(crate) fn ok(body: String) -> Self {
        Self::of(200, JSON, Bytes::from(body))
    }

    /// A body of any kind.
    pub(crate) fn of(status: u16, content_type: &str, body: Bytes) -> Self {
        Self { status, headers: vec![("content-type", content_type.to_owned())], body }
    }

    /// A refusal, with the reason in the body and in a header as the Hub gives it.
    pub(crate) fn refusal(status: u16, reason: &str) -> Self {
        let body = json!({ "error": reason }).to_string();
        Self::of(status, JSON, Bytes::from(body)).with("x-error-message", reason)
    }

    /// A refusal that programs know by a code.
    pub(crate) fn refusal_with_code(status: u16, code: &str, reason: &str) -> Self {
        Self::refusal(status, reason).with("x-error-code", code)
    }

    /// A bad parameter.
    pub(crate) fn bad_request(reason: &str) -> Self {
        Self::refusal(400, reason)
    }

    /// The same thing at another address: 307 as renames have it, or 302 to where bytes lie.
    pub(crate) fn moved(status: u16, location: &str) -> Self {
        Self { status, headers: vec![("location", location.to_owned())], body: Bytes::new() }
    }

    /// What is said where nothing is: JSON under the API, elsewhere a page.
    pub(crate) fn no_route(path: &str) -> Self {
        const REASON: &str = "Sorry, we can't find the page you are looking for.";
        if path.starts_with("/api/") { Self::refusal(404, REASON) } else { Self::page(404, REASON) }
    }

    /// A page that says so much in a line.
    pub(crate) fn page(status: u16, line: &str) -> Self {
        let body = format!("<!doctype html><title>{line}</title><h1>{line}</h1>\n");
        Self::of(status, HTML, Bytes::from(body))
    }

    /// The answer with one header more.
    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// The value of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    /// Adds the weak `ETag` of Express: length in hexadecimal digits, then 27 characters of SHA-1.
    pub(crate) fn seal(&mut self) {
        if self.body.is_empty() || self.header("etag").is_some() {
            return;
        }
        let digest = base64::encode(&Sha1::digest(&self.body));
        let tag = format!("W/\"{:x}-{}\"", self.body.len(), &digest[..27]);
        self.headers.push(("etag", tag));
    }

    /// The body of an answer that is text.
    #[cfg(test)]
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("the answer is text")
    }
}
