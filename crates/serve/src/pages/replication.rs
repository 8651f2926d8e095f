//! `GET /replication`: the paper's claims, and what a collection says of each.

use std::sync::Arc;

use analyze::claims::{Claim, Definition, Finding, Origin, Status, What, is_whole_hub};
use axum::extract::Extension;
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use maud::{Markup, html};

use super::{Page, empty, methods, refused, whole};
use crate::claims::{self, Held, address, expected, symbol, unit};
use crate::compute::{AppState, compute};
use crate::headers::mark;
use crate::parameters::Parameters;
use crate::parts::{Follows, Shell, counted, scrolled, sure};
use crate::refusal::Refusal;
use crate::shown::Shown;

/// The page.
pub(crate) const PAGE: Page = Page {
    path: "/replication",
    within: None,
    name: "Claims",
    heading: "What becomes of the paper's claims",
    lead: "Each claim of Economies of Open Intelligence, held against a collection: what the paper says, what we count, and whether that bears it out.",
};

/// Where the paper is.
const PAPER: &str = "https://arxiv.org/abs/2512.03073";
const KNOWN: &[&str] = &["collection"];

/// Answers with the page.
pub(crate) async fn show(Extension(state): Extension<AppState>, uri: Uri) -> Response {
    let fallback = state.clone();
    answer(state, &uri).await.unwrap_or_else(|refusal| refused::page(&fallback, &refusal))
}

async fn answer(state: AppState, uri: &Uri) -> Result<Response, Refusal> {
    let given = Parameters::read(uri, KNOWN)?;
    if state.app.default_collection().is_none() && given.get("collection").is_none() {
        return Ok(empty::page(&state, &PAGE));
    }
    let shown = state.app.collection(given.get("collection"))?;
    let held = claims::findings(&state, &shown).await?;
    compute(state, move |state| page(state, &shown, &held)).await
}

fn page(state: &AppState, shown: &Arc<Shown>, held: &[Held]) -> Response {
    let collection = &shown.market.release.collection;
    let around = Shell {
        page: Some(&PAGE),
        address: None,
        heading: PAGE.heading,
        lead: PAGE.lead,
        shown: Some(shown),
        kept: &[],
        follows: Follows::Shown,
        state,
    };
    let body = html! {
        (head(shown, held))
        (scrolled("Table of the paper's claims", &table(shown, held)))
        (notes(collection))
    };
    mark(whole(StatusCode::OK, &around, &body), shown.market.release.is_simulated)
}

/// How many claims have which status, and of what they are asked.
fn head(shown: &Shown, held: &[Held]) -> Markup {
    let market = &shown.market;
    let count =
        |status: Status| held.iter().filter(|(_, found)| found.status == status).count() as u64;
    html! {
        section.claims-head aria-labelledby="claims" {
            h2 #claims { (counted(held.len() as u64, "claim", "claims")) }
            ul.counts {
                @for one in Status::ALL {
                    li { strong { (count(one)) } " " (status(one)) }
                }
            }
            p.subtitle {
                "The paper speaks of all models of the Hub. This collection covers: "
                (market.collection.covers) " "
                @if is_whole_hub(market) {
                    "A claim is reproduced or differs only where the interval and the bounds of our number leave no doubt."
                } @else {
                    "That is another population, so no claim can be reproduced on it: its numbers stand beside the paper's and speak of this collection alone."
                }
            }
        }
    }
}

fn table(shown: &Shown, held: &[Held]) -> Markup {
    html! {
        table.claims {
            thead {
                tr {
                    th scope="col" { "Claim" }
                    th scope="col" { "Status" }
                    th.number scope="col" { "Paper" }
                    th.number scope="col" { "This collection" }
                    th scope="col" { "Question" }
                }
            }
            tbody {
                @for (claim, found) in held { (row(shown, claim, found)) }
            }
        }
    }
}

fn row(shown: &Shown, claim: &Claim, found: &Finding) -> Markup {
    let collection = &shown.market.release.collection;
    html! {
        tr id=(claim.name) {
            th.long scope="row" {
                (claim.text)
                span.method { br; "claim " (claim.number) ", said by " (said_by(claim.origin)) }
            }
            td.long { (status(found.status)) span.method { br; (found.because) } }
            td.number { (expected(claim)) }
            td.number { @if let Some(ours) = &found.ours { (sure(&unit(claim), ours)) } }
            td.long {
                @if claim.what != What::Total {
                    a href=(format!("/robustness/{}?collection={collection}", claim.name)) {
                        "How robust it is" span.visually-hidden { ": " (claim.text) }
                    }
                }
                details {
                    summary { "Ask it" span.visually-hidden { ": " (claim.text) } }
                    p { code { (found.command) } }
                    p {
                        a href=(address(collection, claim.what, claim.when, &Definition::of(claim))) {
                            "JSON" span.visually-hidden { ": " (claim.text) }
                        }
                    }
                }
            }
        }
    }
}

/// A status in words, with a sign that differs in shape.
fn status(status: Status) -> Markup {
    let class = match status {
        Status::Reproduced => "is-reproduced",
        Status::Differs => "is-other",
        Status::Open | Status::NotReproducible => "is-open",
    };
    html! {
        span.status.(class) { span.sign aria-hidden="true" { (symbol(status)) } " " (status.name()) }
    }
}

const fn said_by(origin: Origin) -> &'static str {
    match origin {
        Origin::Authors => "the authors",
        Origin::Press => "others who read it",
    }
}

fn notes(collection: &str) -> Markup {
    html! {
        p.note {
            "Interval: what gaps and estimated weeks leave open. Bounds: what mass that belongs to no known unit could do. "
            "The paper is " a href=(PAPER) rel="external" { "arXiv 2512.03073" } "; its claims are taken as far as they are publicly known. "
            (methods::link("replication")) "."
        }
        p.files {
            a href=(format!("/api/v1/replication.csv?collection={collection}")) { "CSV" } " "
            a href=(format!("/api/v1/replication?collection={collection}")) { "JSON" } " "
            a href=(format!("/robustness?collection={collection}")) { "All claims under many definitions" }
        }
    }
}
