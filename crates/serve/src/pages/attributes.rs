//! `GET /attributes`: what is derived of each model, how, and of how many models it is known.

use analyze::Description;
use axum::extract::Extension;
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use chart::Unit;
use maud::{Markup, html};

use super::{Page, empty, refused, whole};
use crate::api::attributes_response;
use crate::api::files::export;
use crate::compute::{AppState, compute};
use crate::headers::mark;
use crate::parameters::Parameters;
use crate::parts::{Follows, Shell, counted, grouped, scrolled};
use crate::refusal::Refusal;
use crate::takeaway::{Format, PLAIN, send};

/// The page.
pub(crate) const PAGE: Page = Page {
    path: "/attributes",
    within: None,
    name: "Attributes",
    heading: "Attributes of models",
    lead: "What is derived of each model: from what, by which rule, and of how many models it is known.",
};

const KNOWN: &[&str] = &["collection", "find"];

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
    let market = &shown.market;
    let find = given.get("find").map(str::trim).unwrap_or_default();
    let found: Vec<&Description> =
        market.attributes.iter().filter(|attribute| is_found(attribute, find)).collect();
    let kept = [("find", find)];
    let around = Shell {
        page: Some(&PAGE),
        address: None,
        heading: PAGE.heading,
        lead: PAGE.lead,
        shown: Some(&shown),
        kept: if find.is_empty() { &[] } else { &kept },
        follows: Follows::Shown,
        state,
    };
    let models = market.model_count();
    let families = || found.chunk_by(|a, b| a.family == b.family);
    let body = html! {
        (search(&market.release.collection, find))
        @if found.is_empty() {
            p { "No attribute has '" (find) "' in its name, title or meaning." }
        } @else {
            (index(families(), found.len(), models))
            @for family in families() { (section(family, &market.release.collection, models)) }
        }
    };
    Ok(mark(whole(StatusCode::OK, &around, &body), market.release.is_simulated))
}

/// The attributes that the page shows, as a file.
pub(crate) async fn file(state: &AppState, uri: &Uri, format: Format) -> Result<Response, Refusal> {
    let asked = uri.clone();
    let export = compute(state.clone(), move |state| {
        let given = Parameters::read(&asked, KNOWN)?;
        let find = given.get("find").map(str::trim).unwrap_or_default();
        let shown = state.app.collection(given.get("collection"))?;
        let is_shown = |attribute: &Description| is_found(attribute, find);
        let body = attributes_response(&shown.market, is_shown);
        Ok::<_, Refusal>(export(state, "attributes", &body, &shown, &asked))
    });
    send(state, export.await??, format, PLAIN).await
}

/// Whether an attribute speaks of what is looked for.
fn is_found(attribute: &Description, find: &str) -> bool {
    let find = find.to_lowercase();
    let texts = [&attribute.name, &attribute.title, &attribute.meaning, &attribute.family];
    texts.iter().any(|text| text.to_lowercase().contains(&find))
}

fn search(collection: &str, find: &str) -> Markup {
    html! {
        form.filters action=(PAGE.path) method="get" aria-label="Which attributes are shown" {
            input type="hidden" name="collection" value=(collection);
            div.field.is-wide {
                label for="find" { "Find" }
                input #find name="find" type="search" value=(find) autocomplete="off"
                    spellcheck="false" placeholder="a word, as license or quantization";
            }
            div.field.actions { button type="submit" { "Show" } }
        }
    }
}

/// The families, each with how much is known of its attributes.
fn index<'a>(
    families: impl Iterator<Item = &'a [&'a Description]>,
    count: usize,
    models: usize,
) -> Markup {
    let table = html! {
        table {
            thead {
                tr {
                    th scope="col" { "Family" }
                    th.number scope="col" { "Attributes" }
                    th.number scope="col" { "Known on average" }
                    th.bar-cell scope="col" { span.visually-hidden { "Coverage as a bar" } }
                }
            }
            tbody {
                @for family in families {
                    @let name = family.first().map_or("", |attribute| attribute.family.as_str());
                    @let known: u64 = family.iter().map(|attribute| attribute.known_count).sum();
                    tr {
                        th scope="row" { a href=(format!("#family-{name}")) { (spaced(name)) } }
                        td.number { (family.len()) }
                        (coverage(known as f64 / family.len().max(1) as f64, models))
                    }
                }
            }
        }
    };
    html! {
        section aria-labelledby="families" {
            h2 #families { "Families" }
            p.subtitle {
                (counted(count as u64, "attribute", "attributes")) " of "
                (counted(models as u64, "model", "models"))
                ". What no source of this collection says is not known, which is neither no nor zero. "
                a href="/model" { "Look up one model" } " to see its values and why."
            }
            (scrolled("Table of families", &table))
        }
    }
}

fn section(family: &[&Description], collection: &str, models: usize) -> Markup {
    let name = family.first().map_or("", |attribute| attribute.family.as_str());
    let id = format!("family-{name}");
    let table = html! {
        table {
            thead {
                tr {
                    th scope="col" { "Attribute" }
                    th scope="col" { "Meaning" }
                    th.number scope="col" { "Known for" }
                    th.bar-cell scope="col" { span.visually-hidden { "Coverage as a bar" } }
                    th scope="col" { "Example" }
                }
            }
            tbody { @for attribute in family { (row(attribute, collection, models)) } }
        }
    };
    html! {
        section aria-labelledby=(id) {
            h2 id=(id) { (spaced(name)) }
            (scrolled(&format!("Table of {}", spaced(name)), &table))
        }
    }
}

fn row(attribute: &Description, collection: &str, models: usize) -> Markup {
    html! {
        tr id=(attribute.name) {
            th scope="row" {
                a href=(format!("{}?collection={collection}&attribute={}", super::attribute::PAGE.path, attribute.name)) {
                    (attribute.title)
                }
                span.method { br; code { (attribute.name) } }
            }
            td.long {
                (attribute.meaning)
                details {
                    summary { "How" }
                    dl.evidence { (derivation(attribute)) }
                }
            }
            (coverage(attribute.known_count as f64, models))
            td.example { (attribute.example) }
        }
    }
}

/// From what and how an attribute is derived, as terms of a list.
pub(super) fn derivation(attribute: &Description) -> Markup {
    html! {
        dt { "Type" }
        dd {
            (attribute.value_type)
            @if !attribute.unit.is_empty() { ", in " (attribute.unit) }
            @if attribute.is_groupable { "; models can be grouped and filtered by it" }
        }
        dt { "From" }
        dd { (attribute.source) }
        dt { "Rule" }
        dd { (attribute.method) " (version " (attribute.version) ")" }
        dt { "Inputs" }
        dd { (attribute.inputs.join(", ")) }
        dt { "Known as" }
        dd { (attribute.confidence) }
    }
}

/// Some of all models, as people read it.
pub(super) fn share_of(known: u64, models: u64) -> String {
    chart::format_value(&Unit::Share, known as f64 / (models as f64).max(1.0))
}

/// Two cells: the share of the models, and the same as a bar.
fn coverage(known: f64, models: usize) -> Markup {
    let share = known / (models as f64).max(1.0);
    html! {
        td.number title=(format!("{} models", grouped(known.round() as u64))) {
            (chart::format_value(&Unit::Share, share))
        }
        td.bar-cell {
            svg.bar viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" {
                rect.ground width="100" height="8" {}
                rect width=(format!("{:.1}", share.clamp(0.0, 1.0) * 100.0)) height="8" {}
            }
        }
    }
}

/// `license_terms` as `License terms`.
fn spaced(name: &str) -> String {
    super::model::capitalised(&name.replace('_', " "))
}
