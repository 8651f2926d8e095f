//! The pages, one file each, and what they share.

pub(crate) mod api;
pub(crate) mod attribute;
pub(crate) mod attributes;
pub(crate) mod counted;
pub(crate) mod data;
mod empty;
pub(crate) mod explore;
pub(crate) mod fragment;
pub(crate) mod intermediaries;
pub(crate) mod llms;
pub(crate) mod methods;
pub(crate) mod model;
pub(crate) mod models;
pub(crate) mod openness;
pub(crate) mod overview;
pub(crate) mod power;
pub(crate) mod refused;
pub(crate) mod replication;
pub(crate) mod results;
pub(crate) mod robustness;
pub(crate) mod search;
pub(crate) mod unit;
pub(crate) mod whatif;

pub(crate) use data::definitions::meaning;

use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};
use maud::Markup;

use crate::answers;
use crate::compute::{AppState, compute};
use crate::headers::mark;
use crate::parameters::Parameters;
use crate::parts::{self, Follows, Shell, shell};
use crate::refusal::Refusal;
use crate::site;
use crate::view::{KNOWN, View};

/// One page.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Page {
    pub(crate) path: &'static str,
    /// The path of the page that stands for it in the header, where that is another.
    pub(crate) within: Option<&'static str>,
    /// Its name in the header.
    pub(crate) name: &'static str,
    pub(crate) heading: &'static str,
    /// One sentence below the heading.
    pub(crate) lead: &'static str,
}

impl Page {
    /// The pages that the header names at once, in order.
    pub(crate) const FIRST: &[&'static Self] = &[
        &overview::PAGE,
        &power::PAGE,
        &models::PAGE,
        &openness::PAGE,
        &intermediaries::PAGE,
        &explore::PAGE,
    ];

    /// The pages that the header names when it is asked for more, in order.
    pub(crate) const MORE: &[&'static Self] = &[
        &results::PAGE,
        &replication::PAGE,
        &whatif::PAGE,
        &counted::PAGE,
        &attributes::PAGE,
        &data::PAGE,
    ];
}

/// Answers with a page about a view; without data with what to do, and to a mistaken address
/// with what is mistaken.
async fn respond(
    state: AppState,
    uri: Uri,
    page: &'static Page,
    body: fn(&AppState, &View) -> Result<Markup, Refusal>,
) -> Response {
    let fallback = state.clone();
    let answer = compute(state, move |state| {
        let given = Parameters::read(&uri, KNOWN)?;
        if state.app.default_collection().is_none() && given.get("collection").is_none() {
            return Ok(empty::page(state, page));
        }
        let view = View::read(&state.app, given)?;
        let body = body(state, &view)?;
        let shown = &view.shown;
        let around = Shell {
            page: Some(page),
            address: None,
            heading: page.heading,
            lead: page.lead,
            shown: Some(shown),
            kept: &[],
            follows: if page.path == data::PAGE.path { Follows::All } else { Follows::Shown },
            state,
        };
        let response = whole(StatusCode::OK, &around, &body);
        Ok::<_, Refusal>(mark(response, shown.market.release.is_simulated))
    });
    let answer = answer.await.flatten();
    answer.unwrap_or_else(|refusal| refused::page(&fallback, &refusal))
}

/// A page as it is sent. It says how the standing jobs stand, so its tag is of what it says.
fn whole(status: StatusCode, around: &Shell<'_>, body: &Markup) -> Response {
    let html = site::told(&shell(around, body).into_string(), &around.state.site);
    let tag = around.state.tag_of(&html);
    let is_waiting = html.contains(parts::WAITING);
    let mut response = (status, Html(html)).into_response();
    if status == StatusCode::OK {
        response.headers_mut().insert(header::ETAG, tag);
    }
    if is_waiting {
        // A page with parts that are being computed is another as soon as they are there.
        let control = HeaderValue::from_static(answers::NOT_KEPT);
        response.headers_mut().insert(header::CACHE_CONTROL, control);
    }
    response
}
