//! `GET /results` and `/results/{name}`: what a collection says, and how sure that is.

use std::sync::Arc;

use analyze::results::{About, Answered, Attribution, Described};
use axum::extract::{Extension, Path};
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use maud::{Markup, html};

use super::{Page, empty, refused, whole};
use crate::api::every_response;
use crate::api::files::export;
use crate::compute::{AppState, compute};
use crate::headers::mark;
use crate::parameters::Parameters;
use crate::parts::{Follows, Shell};
use crate::refusal::Refusal;
use crate::results::{
    Links, Within, all_kept, answered, details_within, linked_sentence, of_name, subject_id,
};
use crate::shown::Shown;
use crate::takeaway::{self, Format, PLAIN, known_part};
use crate::view::attribution;

/// The page.
pub(crate) const PAGE: Page = Page {
    path: "/results",
    within: None,
    name: "Results",
    heading: "What the numbers say",
    lead: "Who makes models, how they change, how open they are and who stands between: each question with what the data bear out, and no more.",
};

const KNOWN: &[&str] = &["collection", "attribution"];
const KNOWN_OF_RESULT: &[&str] = &["collection", "attribution", "hide"];

/// A result, and what it came to as far as that is known yet.
type Known = (&'static Described, Option<Arc<Answered>>);

/// Answers with all results.
pub(crate) async fn list(Extension(state): Extension<AppState>, uri: Uri) -> Response {
    let fallback = state.clone();
    answer_list(state, &uri).await.unwrap_or_else(|refusal| refused::page(&fallback, &refusal))
}

/// The numbers of all results, as a file; refused until all of them are known.
pub(crate) async fn file(state: &AppState, uri: &Uri, format: Format) -> Result<Response, Refusal> {
    let given = Parameters::read(uri, KNOWN)?;
    let shown = state.app.collection(given.get("collection"))?;
    let attribution = attribution(&given)?;
    let known = all_kept(state, &shown, attribution).await?;
    let all: Option<Vec<Arc<Answered>>> = known.into_iter().map(|(_, answered)| answered).collect();
    let all = all.ok_or_else(Refusal::computing)?;
    let body = every_response(&shown.market, attribution, &all);
    takeaway::send(state, export(state, "results", &body, &shown, uri), format, PLAIN).await
}

/// Answers with one result.
pub(crate) async fn show(
    Extension(state): Extension<AppState>,
    Path(name): Path<String>,
    uri: Uri,
) -> Response {
    if let (name, Some(format)) = known_part(&name) {
        let answer = takeaway::page::of_result(&state, name, &uri, format).await;
        return answer.unwrap_or_else(Refusal::into_problem);
    }
    let fallback = state.clone();
    answer(state, &name, &uri).await.unwrap_or_else(|refusal| refused::page(&fallback, &refusal))
}

async fn answer_list(state: AppState, uri: &Uri) -> Result<Response, Refusal> {
    let given = Parameters::read(uri, KNOWN)?;
    if state.app.default_collection().is_none() && given.get("collection").is_none() {
        return Ok(empty::page(&state, &PAGE));
    }
    let shown = state.app.collection(given.get("collection"))?;
    let attribution = attribution(&given)?;
    let known = all_kept(&state, &shown, attribution).await?;
    compute(state, move |state| {
        let around = around((state, &shown, attribution), None, (PAGE.heading, PAGE.lead));
        let body = body_of_list(&shown, attribution, &known);
        send(&shown, &around, &body)
    })
    .await
}

async fn answer(state: AppState, name: &str, uri: &Uri) -> Result<Response, Refusal> {
    let described = of_name(name)?;
    let given = Parameters::read(uri, KNOWN_OF_RESULT)?;
    if state.app.default_collection().is_none() && given.get("collection").is_none() {
        return Ok(empty::page(&state, &PAGE));
    }
    let shown = state.app.collection(given.get("collection"))?;
    let attribution = attribution(&given)?;
    let found = answered(&state, &shown, attribution, described).await?;
    compute(state, move |state| {
        let path = address(described.name);
        let hidden: Vec<String> = given.all("hide").map(str::to_owned).collect();
        let page = Within { shown: &shown, attribution, hidden: &hidden };
        let around = around((state, &shown, attribution), Some(&path), (described.title, ""));
        let body = html! {
            (switch(&shown, &path, attribution))
            section.result {
                (details_within(page, &found))
            }
            (elsewhere(&shown, &path, attribution))
        };
        send(&shown, &around, &body)
    })
    .await
}

fn around<'a>(
    (state, shown, attribution): (&'a AppState, &'a Shown, Attribution),
    address: Option<&'a str>,
    (heading, lead): (&'a str, &'a str),
) -> Shell<'a> {
    Shell {
        page: Some(&PAGE),
        address,
        heading,
        lead,
        shown: Some(shown),
        kept: match attribution {
            Attribution::Uploader => &[],
            Attribution::Developer => &[("attribution", "developer")],
        },
        follows: Follows::Shown,
        state,
    }
}

fn send(shown: &Shown, around: &Shell<'_>, body: &Markup) -> Response {
    mark(whole(StatusCode::OK, around, body), shown.market.release.is_simulated)
}

/// The address of a result's page.
fn address(name: &str) -> String {
    format!("{}/{name}", PAGE.path)
}

/// What stands behind an address: the collection, and whose a model is where that is not usual.
fn asked(shown: &Shown, attribution: Attribution) -> String {
    let collection = &shown.market.release.collection;
    match attribution {
        Attribution::Uploader => format!("?collection={collection}"),
        Attribution::Developer => format!("?collection={collection}&attribution=developer"),
    }
}

/// Whose a model is, to be chosen.
fn switch(shown: &Shown, path: &str, attribution: Attribution) -> Markup {
    let choices =
        [(Attribution::Uploader, "Uploader"), (Attribution::Developer, "Original developer")];
    html! {
        div.switches {
            nav.switch aria-label="Whose a model is" {
                @for (choice, name) in choices {
                    a href={ (path) (asked(shown, choice)) } aria-current=[(choice == attribution).then_some("true")] { (name) }
                }
            }
        }
    }
}

fn body_of_list(shown: &Shown, attribution: Attribution, known: &[Known]) -> Markup {
    let waiting = known.iter().filter(|(_, answered)| answered.is_none()).count();
    html! {
        (switch(shown, PAGE.path, attribution))
        @if waiting > 0 {
            p.reason role="status" {
                strong { "Still being computed: " }
                (waiting) " of " (known.len()) " results. They are asked for the first time since the release; load the page again in a minute."
            }
        }
        @for about in About::ALL {
            @let of: Vec<&Known> = known.iter().filter(|(described, _)| described.about == about).collect();
            @if !of.is_empty() { (subject(shown, attribution, about, &of)) }
        }
        p.note {
            "A sentence with a mark is a finding: neither gaps nor mass that belongs to nobody known could undo it, and its test, corrected for all tests of its result, leaves luck out. "
            "The same as one file to keep: " code { "weighhouse report --collection " (shown.market.release.collection) } "."
        }
    }
}

fn subject(shown: &Shown, attribution: Attribution, about: About, of: &[&Known]) -> Markup {
    let ways = Links { market: &shown.market, attribution };
    html! {
        section aria-labelledby=(subject_id(about)) {
            h2 id=(subject_id(about)) { (about.title()) }
            dl.results {
                @for (described, answered) in of {
                    dt id=(described.name) {
                        a href={ (address(described.name)) (asked(shown, attribution)) } { (described.title) }
                    }
                    dd { (in_short(described, answered.as_deref(), ways)) }
                }
            }
        }
    }
}

/// What a result says, in its sentences, or its question where it says nothing.
fn in_short(described: &Described, answered: Option<&Answered>, ways: Links<'_>) -> Markup {
    let found = answered.map(|answered| &answered.found);
    html! {
        @match found {
            None => { (described.question) }
            Some(Err(reason)) => { span.method { "Not asked of this collection: " (reason) } }
            Some(Ok(found)) if found.sentences.is_empty() => { (described.question) }
            Some(Ok(found)) => {
                ul.sentences {
                    @for (place, told) in found.sentences.iter().enumerate() {
                        li.is-finding[told.is_finding] {
                            (linked_sentence(described.name, place, told, &found.lines, Some(ways)))
                        }
                    }
                }
            }
        }
    }
}

fn elsewhere(shown: &Shown, path: &str, attribution: Attribution) -> Markup {
    let asked = asked(shown, attribution);
    html! {
        p.files {
            "Every number: "
            @for form in ["csv", "json", "parquet", "zip"] {
                a href={ (path) "." (form) (asked) } { (form.to_uppercase()) } " "
            }
            a href={ "/api/v1" (path) (asked) } { "API" } " "
            a href={ (PAGE.path) (asked) } { "All results" }
        }
    }
}
