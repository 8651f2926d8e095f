//! `GET /robustness` and `/robustness/{claim}`: a claim's question under many definitions.

mod definitions;

use std::sync::Arc;

use analyze::claims::{Claim, Curve, agreement, with_curves};
use axum::extract::{Extension, Path};
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use chart::Unit;
use maud::{Markup, html};

use super::{Page, empty, methods, refused, replication, whole};
use crate::claims::{self, expected, number};
use crate::compute::{AppState, compute};
use crate::figures::draw_curve;
use crate::headers::mark;
use crate::parameters::Parameters;
use crate::parts::{self, Follows, Shell, counted, scrolled};
use crate::refusal::Refusal;
use crate::shown::Shown;
use crate::takeaway::{self, known_part};
use crate::view::Layout;

/// The page.
pub(crate) const PAGE: Page = Page {
    path: "/robustness",
    within: Some(replication::PAGE.path),
    name: "Robustness",
    heading: "Do the claims hang on definitions?",
    lead: "The question of each claim can be asked in many ways that are as good. How many of the answers agree with it?",
};

const KNOWN: &[&str] = &["collection"];
const KNOWN_OF_CLAIM: &[&str] = &["collection", "hide"];

/// Answers with the list of the claims.
pub(crate) async fn list(Extension(state): Extension<AppState>, uri: Uri) -> Response {
    let fallback = state.clone();
    let answer = compute(state, move |state| answer_list(state, &uri));
    answer.await.flatten().unwrap_or_else(|refusal| refused::page(&fallback, &refusal))
}

/// Answers with the page of one claim.
pub(crate) async fn show(
    Extension(state): Extension<AppState>,
    Path(name): Path<String>,
    uri: Uri,
) -> Response {
    if let (name, Some(format)) = known_part(&name) {
        let answer = takeaway::page::of_claim(&state, name, &uri, format).await;
        return answer.unwrap_or_else(Refusal::into_problem);
    }
    let fallback = state.clone();
    answer(state, &name, &uri).await.unwrap_or_else(|refusal| refused::page(&fallback, &refusal))
}

fn answer_list(state: &AppState, uri: &Uri) -> Result<Response, Refusal> {
    let given = Parameters::read(uri, KNOWN)?;
    if state.app.default_collection().is_none() && given.get("collection").is_none() {
        return Ok(empty::page(state, &PAGE));
    }
    let shown = state.app.collection(given.get("collection"))?;
    let around = Shell {
        page: Some(&PAGE),
        address: None,
        heading: PAGE.heading,
        lead: PAGE.lead,
        shown: Some(&shown),
        kept: &[],
        follows: Follows::Shown,
        state,
    };
    let body = listed(&shown.market.release.collection);
    Ok(mark(whole(StatusCode::OK, &around, &body), shown.market.release.is_simulated))
}

async fn answer(state: AppState, name: &str, uri: &Uri) -> Result<Response, Refusal> {
    let claim = claims::with_curve(name)?;
    let given = Parameters::read(uri, KNOWN_OF_CLAIM)?;
    if state.app.default_collection().is_none() && given.get("collection").is_none() {
        return Ok(empty::page(&state, &PAGE));
    }
    let shown = state.app.collection(given.get("collection"))?;
    let found = claims::curve_of(&state, &shown, claim).await?;
    compute(state, move |state| page(state, &shown, claim, &found, &given)).await
}

fn page(
    state: &AppState,
    shown: &Arc<Shown>,
    claim: &Claim,
    found: &Curve,
    given: &Parameters,
) -> Response {
    let collection = &shown.market.release.collection;
    let path = format!("{}/{}", PAGE.path, claim.name);
    let around = Shell {
        page: Some(&PAGE),
        address: Some(&path),
        heading: claim.text.trim_end_matches('.'),
        lead: "The question of this claim under many definitions, and how many of the answers agree with it.",
        shown: Some(shown),
        kept: &[],
        follows: Follows::Shown,
        state,
    };
    let hidden: Vec<&str> = given.all("hide").collect();
    let body = html! {
        (summary(claim, found))
        (parts::figure(&draw_curve(shown, claim, found, &hidden), Layout::Wide))
        (definitions::section(collection, claim, found))
        (notes(collection, claim))
    };
    mark(whole(StatusCode::OK, &around, &body), shown.market.release.is_simulated)
}

/// How many definitions agree, and what they say.
fn summary(claim: &Claim, found: &Curve) -> Markup {
    let (right, wrong) = found.sure();
    let asked = found.points.len();
    html! {
        @if let (Some(share), Some(median)) = (found.agreeing_share(), found.median()) {
            p.verdict {
                strong { (found.agreeing()) " of " (counted(asked as u64, "definition", "definitions")) }
                @if asked == 1 { " agrees" } @else { " agree" } " with the claim (" (chart::format_value(&Unit::Share, share)) "). "
                "By all of their interval and bounds " (right) " surely agree and " (wrong) " surely do not. "
                "The paper says " (expected(claim)) "; the answer in the middle is " (number(claim, median)) "."
            }
            p.note { "An answer agrees " (agreement(claim)) "." }
        } @else {
            p.verdict {
                strong { "None of " (counted(found.not_asked.len() as u64, "definition", "definitions")) }
                " can be asked of this collection. The paper says " (expected(claim)) "."
            }
        }
    }
}

fn listed(collection: &str) -> Markup {
    let table = html! {
        table {
            thead {
                tr {
                    th scope="col" { "Claim" }
                    th.number scope="col" { "Paper" }
                }
            }
            tbody {
                @for claim in with_curves() {
                    tr {
                        th.long scope="row" {
                            a href=(format!("{}/{}?collection={collection}", PAGE.path, claim.name)) { (claim.text) }
                            span.method { br; "claim " (claim.number) }
                        }
                        td.number { (expected(claim)) }
                    }
                }
            }
        }
    };
    html! {
        section aria-labelledby="claims" {
            h2 #claims { "Claims that can be asked in other ways" }
            p.subtitle {
                "A claim about a total is of what is counted and of nothing else, so it is not among them. "
                a href=(format!("/replication?collection={collection}")) { "What becomes of all claims" } "."
            }
            (scrolled("Table of claims that can be asked in other ways", &table))
        }
    }
}

fn notes(collection: &str, claim: &Claim) -> Markup {
    html! {
        p.note {
            "The share is no probability: the definitions are not drawn, and many share most of their downloads. "
            "Each makes at most two choices otherwise than the claim. "
            (methods::link("robustness")) "; it is by Simonsohn, Simmons and Nelson (2020)."
        }
        p.files {
            a href=(format!("/api/v1/robustness/{}?collection={collection}", claim.name)) { "JSON of all definitions" } " "
            a href=(format!("/replication?collection={collection}#{}", claim.name)) { "This claim among all" } " "
            a href=(format!("{}?collection={collection}", PAGE.path)) { "Other claims" }
        }
    }
}
