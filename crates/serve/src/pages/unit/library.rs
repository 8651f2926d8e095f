//! `GET /library`: the page of one library.

use axum::extract::Extension;
use axum::http::Uri;
use axum::response::Response;

use super::{Kind, Page, respond};
use crate::compute::AppState;

/// What these pages have of their own.
pub(crate) const KIND: Kind = Kind {
    page: Page {
        path: "/library",
        within: Some("/models"),
        name: "Library",
        heading: "Libraries",
        lead: "Its share over time, where it stands and how sure that is, what it is made of, and how good the numbers are.",
    },
    parameter: "library",
    group: Some("library"),
    names: ("library", "libraries"),
    is_of_owners: false,
    made_of: &["owner", "task", "license_family", "size_band"],
    known_by: &[],
    about: None,
    further: None,
    stands_for: None,
};

/// Answers with the page.
pub(crate) async fn show(Extension(state): Extension<AppState>, uri: Uri) -> Response {
    respond(state, uri, &KIND).await
}
