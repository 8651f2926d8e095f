//! `GET /search`: what has a name like what is looked for.

use axum::extract::Extension;
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use maud::{Markup, html};
use search::How;

use super::{Page, empty, refused, whole};
use crate::api::search::MOST;
use crate::compute::{AppState, compute};
use crate::headers::mark;
use crate::names::{Asked, Found, Kind, OfKind};
use crate::parameters::Parameters;
use crate::parts::{Choice, Follows, Shell, counted, day, select};
use crate::refusal::Refusal;

/// The page.
pub(crate) const PAGE: Page = Page {
    path: "/search",
    within: None,
    name: "Search",
    heading: "Find by name",
    lead: "Models by any name they have or had, owners, countries, licences, libraries, tasks, attributes, results and pages.",
};

const KNOWN: &[&str] = &["q", "kind", "collection"];
/// Of each kind, where all are shown.
const OF_EACH: usize = 20;

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
    let release = &shown.market.release;
    let kind = given.get("kind").map(Kind::parse).transpose()?;
    let text = given.get("q").map(str::trim).unwrap_or_default();
    let most = if kind.is_some() { MOST } else { OF_EACH };
    let found = match text {
        "" => Vec::new(),
        text => shown.names().find(&shown.market, &Asked { text, kind, most }),
    };
    let kept = [("q", text), ("kind", kind.map_or("", Kind::name))];
    let kept: Vec<(&str, &str)> = kept.into_iter().filter(|(_, value)| !value.is_empty()).collect();
    let around = Shell {
        page: Some(&PAGE),
        address: None,
        heading: PAGE.heading,
        lead: PAGE.lead,
        shown: Some(&shown),
        kept: &kept,
        follows: Follows::Shown,
        state,
    };
    let body = html! {
        (form(&release.collection, text, kind))
        @if !text.is_empty() { (results(&release.collection, text, &found)) }
    };
    Ok(mark(whole(StatusCode::OK, &around, &body), release.is_simulated))
}

fn form(collection: &str, text: &str, kind: Option<Kind>) -> Markup {
    let mut options = vec![("", "Anything".to_owned())];
    options.extend(Kind::ALL.map(|kind| (kind.name(), kind.plural().to_owned())));
    let chosen = kind.map_or("", Kind::name);
    html! {
        form.filters action=(PAGE.path) method="get" aria-label="What is looked for" {
            input type="hidden" name="collection" value=(collection);
            div.field.is-wide {
                label for="q" { "Name, or any part of it" }
                input #q name="q" type="search" value=(text) required autocomplete="off"
                    spellcheck="false" maxlength="128" placeholder="qwen 8b gguf";
            }
            (select(&Choice { name: "kind", label: "What it is", options, chosen }))
            div.field.actions { button type="submit" { "Find" } }
        }
    }
}

fn results(collection: &str, text: &str, found: &[OfKind]) -> Markup {
    let is_near = found.iter().flat_map(|of| &of.found).any(|found| found.how == How::Near);
    let more = |kind: Kind| {
        let mut given = Parameters::default();
        for (name, value) in [("collection", collection), ("q", text), ("kind", kind.name())] {
            given.push(name, value);
        }
        given.address(PAGE.path)
    };
    html! {
        @if found.is_empty() {
            section aria-labelledby="nothing" {
                h2 #nothing { "Nothing in this collection has such a name" }
                p { "It may have another name, or not be in this collection: what it covers stands above." }
                p {
                    "Try fewer letters, or one part of the name; a model is found by its owner, by any part of its name, "
                    "and by a name that it had before, as far as the readings or the registry tell."
                }
            }
        }
        (renamed(collection, text))
        @if is_near { p.reason { "Nothing has this name. Near it are:" } }
        @for of in found {
            section.found-kind aria-labelledby=(of.kind.name()) {
                h2 id=(of.kind.name()) { (of.kind.plural()) }
                ul.names-found {
                    @for found in &of.found { li { (entry(collection, found)) } }
                }
                @if of.has_more {
                    p {
                        @if of.found.len() < MOST {
                            a href=(more(of.kind)) { "More " (of.kind.plural().to_lowercase()) }
                        } @else {
                            "There are more; more letters find fewer."
                        }
                    }
                }
            }
        }
    }
}

/// Owners that had this name before, or gave their models to another.
fn renamed(collection: &str, text: &str) -> Markup {
    let moves = why::moves();
    let renamed = moves.iter().filter(|moved| moved.from.eq_ignore_ascii_case(text));
    html! {
        @for moved in renamed {
            p.reason {
                strong { (counted(moved.models, "model", "models")) " of " (moved.from) }
                " went to "
                a href=(Kind::Owner.address(collection, &moved.to)) { (moved.to) }
                ", the last by " (day(moved.last)) ", each with all its downloads."
            }
        }
    }
}

fn entry(collection: &str, found: &Found) -> Markup {
    html! {
        a href=(found.kind.address(collection, &found.name)) { (found.title) }
        @if let Some(former) = &found.former {
            span.method { " was " code { (former) } }
        }
        @if found.kind == Kind::Attribute { span.method { " " code { (found.name) } } }
    }
}
