//! `GET /unit`: the page of one value of any attribute that models can be grouped by.

use axum::extract::Extension;
use axum::http::Uri;
use axum::response::Response;

use super::{Kind, Page, respond};
use crate::compute::AppState;

/// What these pages have of their own.
pub(crate) const KIND: Kind = Kind {
    page: Page {
        path: "/unit",
        within: Some("/models"),
        name: "Value",
        heading: "Values of an attribute",
        lead: "Its share over time, where it stands and how sure that is, what it is made of, and how good the numbers are.",
    },
    parameter: "unit",
    group: None,
    names: ("value", "values"),
    is_of_owners: false,
    made_of: &["owner", "country_group", "task", "license_family", "size_band"],
    known_by: &[],
    about: None,
    further: None,
    stands_for: None,
};

/// Answers with the page.
pub(crate) async fn show(Extension(state): Extension<AppState>, uri: Uri) -> Response {
    respond(state, uri, &KIND).await
}
