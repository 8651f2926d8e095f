//! `GET /model`: what is known of one model, and why.

pub(in crate::pages) mod family;
mod names;
mod peers;
mod usage;

use axum::extract::Extension;
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use maud::{Markup, html};
use schema::Value;
use why::{Evidence, Finding, Why};

use super::{Page, refused, whole};
use crate::compute::{AppState, compute};
use crate::headers::mark;
use crate::parameters::Parameters;
use crate::parts::{Follows, Shell, counted, day, grouped, scrolled};
use crate::refusal::Refusal;
use crate::view::KNOWN;

/// The page.
pub(crate) const PAGE: Page = Page {
    path: "/model",
    within: None,
    name: "Model",
    heading: "One model",
    lead: "What is known of a model, and why: each value with its evidence and the rule that made it.",
};

/// Longer values and pieces of evidence are cut.
const MOST_CHARS: usize = 160;

/// Answers with the page.
pub(crate) async fn show(Extension(state): Extension<AppState>, uri: Uri) -> Response {
    let fallback = state.clone();
    let answer = compute(state, move |state| answer(state, &uri));
    answer.await.flatten().unwrap_or_else(|refusal| refused::page(&fallback, &refusal))
}

fn answer(state: &AppState, uri: &Uri) -> Result<Response, Refusal> {
    let given = Parameters::read(uri, KNOWN)?;
    let shown = state.app.collection(given.get("collection"))?;
    let release = &shown.market.release;
    let model = given.get("model").map(str::trim).filter(|model| !model.is_empty());
    let why = model.map(|model| shown.why(model, None)).transpose()?;
    let asked = why.as_ref().map_or("", |why| why.model_id.as_str());
    let family = model.map(|model| shown.kinship(model)).transpose()?;
    let kept = [("model", asked)];
    let around = Shell {
        page: Some(&PAGE),
        address: None,
        heading: if asked.is_empty() { PAGE.heading } else { asked },
        lead: PAGE.lead,
        shown: Some(&shown),
        kept: if asked.is_empty() { &[] } else { &kept },
        follows: Follows::Shown,
        state,
    };
    let body = html! {
        (search(&release.collection, asked))
        @if let Some(why) = &why { (names::said(why, model.unwrap_or_default())) }
        @if !asked.is_empty() { (usage::section(&shown, asked, &given)?) }
        @if let Some(family) = &family { (family::section(family)) }
        @if let Some(why) = &why { (known(why)) }
    };
    Ok(mark(whole(StatusCode::OK, &around, &body), release.is_simulated))
}

fn search(collection: &str, asked: &str) -> Markup {
    html! {
        form.filters action=(PAGE.path) method="get" aria-label="Which model is shown" {
            input type="hidden" name="collection" value=(collection);
            div.field.is-wide {
                label for="model" { "Model" }
                input #model name="model" type="text" value=(asked) required autocomplete="off"
                    spellcheck="false" placeholder="owner/name, or a name it had before";
            }
            div.field.actions { button type="submit" { "Show" } }
        }
    }
}

fn known(why: &Why) -> Markup {
    let (unknown, known): (Vec<&Finding>, Vec<&Finding>) =
        why.findings.iter().partition(|finding| finding.value.is_null());
    let families = known.chunk_by(|a, b| a.attribute.family == b.attribute.family);
    html! {
        p {
            "First read on " (day(why.first_seen_at.day())) ", last on " (day(why.last_seen_at.day())) ". "
            (counted(known.len() as u64, "attribute is", "attributes are")) " known, "
            (grouped(unknown.len() as u64)) " not. "
            a href=(format!("https://huggingface.co/{}", why.model_id)) rel="external" { "On the Hub" } " · "
            a href=(format!("/counted?model={}", why.model_id)) { "Is it counted?" } " · "
            a href=(format!("/api/v1/why?collection={}&model={}", why.collection, why.model_id)) { "JSON" }
        }
        @for family in families { (section(family, &why.collection)) }
        @if !unknown.is_empty() {
            section aria-labelledby="unknown" {
                h2 #unknown { "Not known" }
                p.subtitle { "No source of this collection says enough. Not known is neither no nor zero." }
                ul.names {
                    @for finding in &unknown {
                        li title=(finding.attribute.meaning) { (finding.attribute.title) }
                    }
                }
            }
        }
    }
}

fn section(family: &[&Finding], collection: &str) -> Markup {
    let name = family.first().map_or("", |finding| finding.attribute.family);
    let table = html! {
        table.findings {
            thead {
                tr {
                    th scope="col" { "Attribute" }
                    th scope="col" { "Value" }
                    th scope="col" { "Known" }
                    th scope="col" { "Why" }
                }
            }
            tbody {
                @for finding in family { (row(finding, collection)) }
            }
        }
    };
    html! {
        section aria-labelledby=(name) {
            h2 id=(name) { (capitalised(name)) }
            (scrolled(&format!("Table of {name}"), &table))
        }
    }
}

fn row(finding: &Finding, collection: &str) -> Markup {
    let Finding { attribute, value, confidence, because, evidence } = finding;
    let told = evidence.iter().filter(|one| !one.value.is_null());
    html! {
        tr id=(attribute.name) {
            th scope="row" title=(attribute.meaning) {
                a href=(format!("/attributes?collection={collection}#{}", attribute.name)) { (attribute.title) }
            }
            td.long {
                (shown(value))
                @if !attribute.unit.is_empty() { " " (attribute.unit) }
            }
            td { (confidence.name()) }
            td.long {
                @if !because.is_empty() { p { (because) } }
                details {
                    summary { "Evidence" }
                    p { (attribute.meaning) " From " (attribute.source) ": " (attribute.method) "." }
                    dl.evidence {
                        @for one in told { (piece(one)) }
                    }
                }
            }
        }
    }
}

fn piece(evidence: &Evidence) -> Markup {
    html! {
        dt { code { (evidence.name) } }
        dd {
            (shown(&evidence.value))
            @if let Some(place) = &evidence.place {
                span.method {
                    " " (place.file) ", line " (grouped(place.line)) ", read at " (place.read_at)
                }
            }
        }
    }
}

fn shown(value: &Value) -> String {
    let text = match value {
        Value::TextList(items) if items.is_empty() => "none".to_owned(),
        Value::Integer(number) if *number >= 0 => grouped(number.unsigned_abs()),
        value => value.to_string(),
    };
    if text.chars().count() <= MOST_CHARS {
        return text;
    }
    text.chars().take(MOST_CHARS).chain(['…']).collect()
}

pub(super) fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
