//! `GET /whatif`: what would be if owners merged, left, or sat elsewhere.

mod asked;
mod effects;
mod examples;
mod form;

use std::sync::Arc;

use analyze::{At, Effect, Query};
use axum::extract::Extension;
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use maud::{Markup, html};

use self::asked::{Asked, Mistake};
use super::{Page, empty, refused, whole};
use crate::api::files::export;
use crate::api::{read_query, whatif_effects};
use crate::compute::{AppState, compute};
use crate::headers::mark;
use crate::parameters::Parameters;
use crate::parts::{Follows, Shell};
use crate::refusal::Refusal;
use crate::shown::Shown;
use crate::takeaway::{Format, PLAIN, send};

/// The page.
pub(crate) const PAGE: Page = Page {
    path: "/whatif",
    within: None,
    name: "What if",
    heading: "What if owners merged, left or moved?",
    lead: "What every index, and the shares of countries and sectors, would be then, if everybody went on downloading what they download.",
};

const KNOWN: &[&str] = &[
    "collection",
    "measure",
    "group",
    "merge",
    "remove",
    "remove_country",
    "reclassify",
    "to_country",
    "to_sector",
];

/// What came of the changes.
enum Outcome {
    /// None were asked for.
    Nothing,
    /// What each number becomes.
    Effects(At, Vec<Effect>),
    /// One of them cannot be made.
    Mistaken(Mistake),
    /// The collection has nothing to change.
    Refused(Refusal),
}

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
    let shown = state.app.collection(given.get("collection"))?;
    let query = read_query(&shown, &given)?;
    let asked = Asked::read(&given);
    let outcome = outcome(&shown, &query, &asked);
    Ok(page(state, &shown, &query, (&asked, &given), &outcome))
}

/// What the page says of the changes, as a file.
pub(crate) async fn file(state: &AppState, uri: &Uri, format: Format) -> Result<Response, Refusal> {
    let address = uri.clone();
    let export = compute(state.clone(), move |state| {
        let given = Parameters::read(&address, KNOWN)?;
        let shown = state.app.collection(given.get("collection"))?;
        let query = read_query(&shown, &given)?;
        match outcome(&shown, &query, &Asked::read(&given)) {
            Outcome::Effects(at, found) => {
                let body = whatif_effects(&shown.market, &query, at, &found);
                Ok(export(state, "whatif", &body, &shown, &address))
            }
            Outcome::Nothing => {
                let reason = "nothing is changed: give merge, remove or reclassify";
                Err(analyze::Error::Contradiction { reason }.into())
            }
            Outcome::Mistaken(mistake) => Err(mistake.refusal),
            Outcome::Refused(refusal) => Err(refusal),
        }
    });
    send(state, export.await??, format, PLAIN).await
}

fn outcome(shown: &Shown, query: &Query, asked: &Asked) -> Outcome {
    let economy = match shown.economies.read(&shown.market, query) {
        Ok(economy) => economy,
        Err(error) => return Outcome::Refused(error.into()),
    };
    if asked.is_nothing() {
        return Outcome::Nothing;
    }
    match asked.made_to(&economy) {
        Ok(after) => Outcome::Effects(economy.at, economy.effects(&after)),
        Err(mistake) => Outcome::Mistaken(mistake),
    }
}

fn page(
    state: &AppState,
    shown: &Arc<Shown>,
    query: &Query,
    (asked, given): (&Asked, &Parameters),
    outcome: &Outcome,
) -> Response {
    let kept: Vec<(&str, &str)> =
        KNOWN[1..].iter().filter_map(|name| Some((*name, given.get(name)?))).collect();
    let around = Shell {
        page: Some(&PAGE),
        address: None,
        heading: PAGE.heading,
        lead: PAGE.lead,
        shown: Some(shown),
        kept: &kept,
        follows: Follows::Shown,
        state,
    };
    let mistake = match outcome {
        Outcome::Mistaken(mistake) => Some(mistake),
        _ => None,
    };
    let body = html! {
        (form::form(shown, query, given, mistake))
        (result(shown, query, asked, outcome))
        (examples::section(shown, query))
    };
    let status = match outcome {
        Outcome::Mistaken(mistake) => mistake.refusal.status,
        Outcome::Refused(refusal) => refusal.status,
        Outcome::Nothing | Outcome::Effects(..) => StatusCode::OK,
    };
    mark(whole(status, &around, &body), shown.market.release.is_simulated)
}

fn result(shown: &Shown, query: &Query, asked: &Asked, outcome: &Outcome) -> Markup {
    html! {
        @match outcome {
            Outcome::Effects(at, found) => { (effects::section(shown, query, asked, *at, found)) }
            Outcome::Refused(refusal) => {
                p.reason { strong { "No data for this question: " } (refusal.detail) "." }
            }
            Outcome::Nothing => {
                p.reason { "Nothing is changed yet: fill in a field above, or follow an example below." }
            }
            Outcome::Mistaken(_) => {}
        }
    }
}
