//! The page of a data directory that holds nothing to show yet.

use axum::http::StatusCode;
use axum::response::Response;
use maud::html;

use super::{Page, data, whole};
use crate::compute::AppState;
use crate::parts::{Follows, Shell};

/// What to do to see something.
pub(super) fn page(state: &AppState, page: &'static Page) -> Response {
    let body = html! {
        section aria-labelledby="begin" {
            h2 #begin { "How to begin" }
            p { "This data directory holds no built collection yet. Take files in and build; this page then shows them by itself:" }
            pre { code { "weighhouse import SOURCE PATH…\nweighhouse build" } }
            p { "Or, in a checkout of the source, let one command do all of it:" }
            pre { code { "cargo xtask demo" } }
        }
        (data::troubles(&state.app))
        (data::collecting::section(state))
        (data::set_aside::section(&state.app))
    };
    let around = Shell {
        page: Some(page),
        address: None,
        heading: page.heading,
        lead: "There is no data to show yet.",
        shown: None,
        kept: &[],
        follows: Follows::All,
        state,
    };
    whole(StatusCode::OK, &around, &body)
}
