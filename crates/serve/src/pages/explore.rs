//! `GET /explore`: any statistic of any units, compared over dates or ages.

mod examples;

use axum::extract::Extension;
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use maud::{Markup, html};

use super::{Page, empty, refused, whole};
use crate::compute::{AppState, compute};
use crate::explore::Asked;
use crate::figures::{Drawing, Name, draw_sampled, largest_units};
use crate::headers::mark;
use crate::parameters::Parameters;
use crate::parts::{self, Follows, Shell};
use crate::refusal::Refusal;
use crate::view::{KNOWN, View};

/// The page.
pub(crate) const PAGE: Page = Page {
    path: "/explore",
    within: None,
    name: "Explore",
    heading: "Compare anything",
    lead: "Any measure of any units, as count, share, rank, percentile or index, over dates or by age. The address keeps what you see.",
};

/// Names that are offered as one types.
const OFFERED: usize = 150;

/// Answers with the page.
pub(crate) async fn show(Extension(state): Extension<AppState>, uri: Uri) -> Response {
    let fallback = state.clone();
    let answer = compute(state, move |state| answer(state, &uri));
    answer.await.flatten().unwrap_or_else(|refusal| refused::page(&fallback, &refusal))
}

fn answer(state: &AppState, uri: &Uri) -> Result<Response, Refusal> {
    let given = Parameters::read(uri, KNOWN)?;
    if state.app.default_collection().is_none() && given.get("collection").is_none() {
        return Ok(empty::page(state, &PAGE));
    }
    let view = View::read(&state.app, given)?;
    // What contradicts itself is told beside the form, so that it can be changed there.
    let (status, body) = match draw_sampled(state, Name::Explore, &view) {
        Ok(drawing) => (StatusCode::OK, body(&view, Ok(&drawing))),
        Err(refusal) if refusal.status.is_client_error() => {
            (refusal.status, body(&view, Err(&refusal)))
        }
        Err(refusal) => return Err(refusal),
    };
    let around = Shell {
        page: Some(&PAGE),
        address: None,
        heading: PAGE.heading,
        lead: PAGE.lead,
        shown: Some(&view.shown),
        kept: &[],
        follows: Follows::Shown,
        state,
    };
    Ok(mark(whole(status, &around, &body), view.shown.market.release.is_simulated))
}

fn body(view: &View, drawing: Result<&Drawing, &Refusal>) -> Markup {
    // Where nothing is known of the newest moment there is nothing to offer either.
    let offered = largest_units(view, &view.group("owner"), OFFERED).unwrap_or_default();
    let shown: Vec<String> = match drawing {
        Ok(drawing) => {
            let series = drawing.figure.series.iter().filter(|series| !series.is_residual);
            series.map(|series| series.key.clone()).collect()
        }
        Err(_) => Vec::new(),
    };
    html! {
        (parts::explore_filters(view, &shown, &offered))
        @match drawing {
            Ok(drawing) => {
                @if drawing.figure.series.is_empty() && drawing.reason.is_none() { (nothing(view)) }
                (parts::figure(drawing, view.layout))
                (same_question(view))
            }
            Err(refusal) => {
                p.reason role="alert" { strong { "These do not go together: " } (refusal.detail) "." }
            }
        }
        (examples::section(view, &offered))
    }
}

/// Why there is no series, where the question has an answer.
fn nothing(view: &View) -> Markup {
    let largest = view.given.without("unit").without("hide").address(PAGE.path);
    html! {
        p.reason {
            @if view.given.all("unit").next().is_some() {
                "None of the named units is one of this group here. "
                a href=(largest) { "Show the largest instead" } "."
            } @else {
                "No unit of this group has any of what is counted."
            }
        }
    }
}

/// Where a program finds the same numbers.
fn same_question(view: &View) -> Markup {
    let address = Asked::read(view).map(|asked| asked.api_address()).unwrap_or_default();
    html! {
        p.note { "The same question to the API: " a href=(address) { code { (address) } } }
    }
}
