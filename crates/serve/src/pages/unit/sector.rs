//! `GET /sector`: the page of one sector.

use axum::extract::Extension;
use axum::http::Uri;
use axum::response::Response;

use super::{Kind, Page, respond};
use crate::compute::AppState;

/// What these pages have of their own.
pub(crate) const KIND: Kind = Kind {
    page: Page {
        path: "/sector",
        within: Some("/power"),
        name: "Sector",
        heading: "Sectors",
        lead: "Its share over time, where it stands and how sure that is, what it is made of, and how good the numbers are.",
    },
    parameter: "sector",
    group: Some("sector"),
    names: ("sector", "sectors"),
    is_of_owners: true,
    made_of: &["owner", "country_group", "task", "license_family"],
    known_by: &[],
    about: None,
    further: None,
    stands_for: None,
};

/// Answers with the page.
pub(crate) async fn show(Extension(state): Extension<AppState>, uri: Uri) -> Response {
    respond(state, uri, &KIND).await
}
