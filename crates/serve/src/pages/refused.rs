//! The page that says what is mistaken about an address.

use axum::http::StatusCode;
use axum::response::Html;
use maud::html;

use crate::App;
use crate::parts::{Shell, shell};
use crate::refusal::Refusal;

/// What was wrong, which values are known, and where to go on.
pub(crate) fn page(app: &App, refusal: &Refusal) -> (StatusCode, Html<String>) {
    let body = html! {
        p.reason { (refusal.detail) "." }
        p { a href="/power" { "Go to the first page" } " or " a href="/data" { "see what the data hold" } "." }
    };
    let around = Shell { page: None, heading: refusal.title, lead: "", shown: None, app };
    (refusal.status, Html(shell(&around, &body).into_string()))
}
