//! The page of a data directory that holds nothing to show yet.

use axum::response::Html;
use maud::html;

use super::{Page, data};
use crate::App;
use crate::parts::{Shell, shell};

/// What to do to see something.
pub(super) fn page(app: &App, page: &'static Page) -> Html<String> {
    let body = html! {
        section aria-labelledby="begin" {
            h2 #begin { "How to begin" }
            p { "This data directory holds no built collection yet. Take files in, build, and start the server again:" }
            pre { code { "weighhouse import SOURCE PATH…\nweighhouse build\nweighhouse serve" } }
            p { "Or, in a checkout of the source, let one command do all of it:" }
            pre { code { "cargo xtask demo" } }
        }
        (data::troubles(app))
    };
    let around = Shell {
        page: Some(page),
        heading: page.heading,
        lead: "There is no data to show yet.",
        shown: None,
        app,
    };
    Html(shell(&around, &body).into_string())
}
