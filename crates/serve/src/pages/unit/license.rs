//! `GET /license`: the page of one licence.

use axum::extract::Extension;
use axum::http::Uri;
use axum::response::Response;

use super::{Kind, Page, respond};
use crate::compute::AppState;

/// What these pages have of their own.
pub(crate) const KIND: Kind = Kind {
    page: Page {
        path: "/license",
        within: Some("/models"),
        name: "Licence",
        heading: "Licences",
        lead: "Its share over time, where it stands and how sure that is, what it is made of, and how good the numbers are.",
    },
    parameter: "license",
    group: Some("license"),
    names: ("licence", "licences"),
    is_of_owners: false,
    made_of: &["owner", "country_group", "task", "size_band"],
    known_by: &["license_family", "license_commercial_use"],
    about: None,
    further: None,
    stands_for: None,
};

/// Answers with the page.
pub(crate) async fn show(Extension(state): Extension<AppState>, uri: Uri) -> Response {
    respond(state, uri, &KIND).await
}
