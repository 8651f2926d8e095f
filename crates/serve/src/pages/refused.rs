//! The page that says what is mistaken about an address.

use axum::http::Uri;
use axum::response::Response;
use maud::html;

use super::whole;
use crate::compute::AppState;
use crate::parts::{Follows, Shell};
use crate::refusal::Refusal;

/// A refusal in the form of what was asked: a problem of the API, else a page.
pub(crate) fn to(state: &AppState, uri: &Uri, refusal: Refusal) -> Response {
    if uri.path().starts_with("/api/") {
        return refusal.into_problem();
    }
    page(state, &refusal)
}

/// What was wrong, which values are known, and where to go on.
pub(crate) fn page(state: &AppState, refusal: &Refusal) -> Response {
    let body = html! {
        p.reason { (refusal.detail) "." }
        p { a href="/" { "Go to the first page" } " or " a href="/data" { "see what the data hold" } "." }
    };
    let around = Shell {
        page: None,
        address: None,
        heading: refusal.title,
        lead: "",
        shown: None,
        kept: &[],
        follows: Follows::Nothing,
        state,
    };
    let mut response = refusal.asking_again(whole(refusal.status, &around, &body));
    response.extensions_mut().insert(refusal.clone());
    response
}
