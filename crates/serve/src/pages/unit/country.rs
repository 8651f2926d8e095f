//! `GET /country`: the page of one country.

use axum::extract::Extension;
use axum::http::Uri;
use axum::response::Response;

use super::{Kind, Page, respond};
use crate::compute::AppState;

/// What these pages have of their own.
pub(crate) const KIND: Kind = Kind {
    page: Page {
        path: "/country",
        within: Some("/power"),
        name: "Country",
        heading: "Countries",
        lead: "Its share over time, where it stands and how sure that is, what it is made of, and how good the numbers are.",
    },
    parameter: "country",
    group: Some("country"),
    names: ("country", "countries"),
    is_of_owners: true,
    made_of: &["owner", "sector", "task", "license_family"],
    known_by: &["country_group"],
    about: None,
    further: None,
    stands_for: None,
};

/// Answers with the page.
pub(crate) async fn show(Extension(state): Extension<AppState>, uri: Uri) -> Response {
    respond(state, uri, &KIND).await
}
