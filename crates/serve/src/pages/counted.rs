//! `GET /counted`: whether a model is counted, as what, and what to do where that is wrong.

use axum::extract::Extension;
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use maud::{Markup, html};
use schema::Instant;

use super::{Page, empty, refused, whole};
use crate::api::counted::{CountedIn, CountedModel, CountedResponse, CountedWeeks, counted};
use crate::compute::{AppState, compute};
use crate::headers::mark;
use crate::names::Kind;
use crate::parameters::{Parameters, encoded};
use crate::parts::{Follows, Shell, counted as count, day, scrolled};
use crate::refusal::Refusal;

/// The page.
pub(crate) const PAGE: Page = Page {
    path: "/counted",
    within: None,
    name: "Is my model counted?",
    heading: "Is my model counted?",
    lead: "Whether each collection has a model, what it has of it, as what it counts, and what to do where that is wrong.",
};

const KNOWN: &[&str] = &["model", "collection"];
/// Gaps that are listed.
const MOST_GAPS: usize = 6;

/// Answers with the page.
pub(crate) async fn show(Extension(state): Extension<AppState>, uri: Uri) -> Response {
    let fallback = state.clone();
    let answer = compute(state, move |state| answer(state, &uri));
    answer.await.flatten().unwrap_or_else(|refusal| refused::page(&fallback, &refusal))
}

fn answer(state: &AppState, uri: &Uri) -> Result<Response, Refusal> {
    let given = Parameters::read(uri, KNOWN)?;
    if state.app.default_collection().is_none() {
        return Ok(empty::page(state, &PAGE));
    }
    let model = given.get("model").map(str::trim).unwrap_or_default();
    let found = (!model.is_empty()).then(|| counted(state, model));
    let is_simulated =
        found.as_ref().is_some_and(|found| found.collections.iter().any(|of| of.simulated));
    let around = Shell {
        page: Some(&PAGE),
        address: None,
        heading: PAGE.heading,
        lead: PAGE.lead,
        shown: None,
        kept: &[],
        follows: Follows::All,
        state,
    };
    let body = html! {
        (form(model))
        @if let Some(found) = &found { (verdict(found)) }
    };
    Ok(mark(whole(StatusCode::OK, &around, &body), is_simulated))
}

fn form(model: &str) -> Markup {
    html! {
        form.filters action=(PAGE.path) method="get" aria-label="Which model is meant" {
            div.field.is-wide {
                label for="model" { "Model" }
                input #model name="model" type="text" value=(model) required autocomplete="off"
                    spellcheck="false" maxlength="256" placeholder="owner/name, or a name it had before";
            }
            div.field.actions { button type="submit" { "Look" } }
        }
    }
}

fn verdict(found: &CountedResponse) -> Markup {
    let all = found.collections.len();
    html! {
        p.verdict role="status" {
            @match found.found_in {
                0 => { strong { "Not counted. " } "No collection shown here has a model of this name." }
                some => {
                    strong { "Counted" }
                    " in " (some) " of " (count(all as u64, "collection", "collections")) "."
                }
            }
            " "
            a href=(asked(&found.model)) { "JSON" }
        }
        @for of in &found.collections {
            section.counted aria-labelledby=(format!("in-{}", of.collection)) data-collection=(of.collection) data-release=(of.release) {
                h2 id=(format!("in-{}", of.collection)) {
                    (of.title)
                    @if of.simulated { " (simulated)" }
                    @if of.found.is_some() { ": counted" } @else { ": not counted" }
                }
                p.subtitle { (of.covers) " Data through " (instant(&of.data_through)) "." }
                @match &of.found {
                    Some(model) => (present(of, model)),
                    None => (absent(of)),
                }
            }
        }
        @if found.found_in < all as u64 { (missing()) }
        @if found.found_in > 0 { (wrong()) }
    }
}

fn asked(model: &str) -> String {
    let mut given = Parameters::default();
    given.push("model", model);
    given.address("/api/v1/counted")
}

fn present(of: &CountedIn, model: &CountedModel) -> Markup {
    let (units, others): (Vec<_>, Vec<_>) = model.units.iter().partition(|unit| unit.is_unit);
    let table = html! {
        table {
            thead { tr { th scope="col" { "Attribute" } th scope="col" { "Counts as" } } }
            tbody {
                @for unit in &units {
                    tr { th scope="row" { (unit.title) } td.long { (unit.unit) } }
                }
            }
        }
    };
    html! {
        dl.facts {
            dt { "Counted as" }
            dd {
                a href=(Kind::Model.address(&of.collection, &model.model)) { (model.model) }
                @match model.found_by {
                    "former_id" => ". You asked for a name that it had before; its series goes on under the one that it has now.",
                    "other_case" => " (in these letters)",
                    _ => "",
                }
            }
            @if !model.former_ids.is_empty() {
                dt { "Names before" }
                dd {
                    @for (place, former) in model.former_ids.iter().enumerate() {
                        @if place > 0 { ", " }
                        code { (former.id) } " (" (former.said()) ")"
                    }
                }
            }
            dt { "Readings" }
            dd { (readings(model)) }
            dt { "Weeks" }
            dd { (weeks(&model.weeks)) }
            dt { "Counting rule" }
            dd { (rule(model)) }
            dt { "Owner" }
            dd { (owner(of, model)) }
        }
        @if !model.weeks.gaps.is_empty() { (gaps(&model.weeks)) }
        details.numbers {
            summary { "As what it counts: " (count(units.len() as u64, "group", "groups")) }
            (scrolled("Table of groups", &table))
            @if !others.is_empty() {
                p {
                    "Of these groups it is in no unit, since too little is known; its downloads are in the bounds of shares, and in the share of no unit:"
                }
                ul.names {
                    @for unit in &others { li { (unit.title) " (" (unit.unit) ")" } }
                }
            }
        }
    }
}

fn readings(model: &CountedModel) -> Markup {
    html! {
        @match (&model.first_reading_at, &model.last_reading_at) {
            (Some(first), Some(last)) => {
                (count(model.reading_count, "reading", "readings")) ", from " (instant(first)) " to " (instant(last)) ". "
                @if model.is_in_newest {
                    "It is in the newest snapshot."
                } @else {
                    "It is not in the newest snapshot: it was deleted, made private, or fell out of what the collection covers. What was read stays counted."
                }
            }
            _ => "None: the collection has flows of it from another kind of source.",
        }
    }
}

fn weeks(weeks: &CountedWeeks) -> Markup {
    html! {
        @match (&weeks.first, &weeks.last) {
            (Some(first), Some(last)) => {
                "From " (first) " to " (last) ": " (weeks.observed) " observed, " (weeks.estimated) " estimated, "
                (weeks.missing) " missing"
                @if weeks.flagged > 0 {
                    "; " (count(weeks.flagged, "carries a flag, and is counted", "carry a flag, and are counted"))
                }
                "."
            }
            _ => "No weekly downloads can be told: that takes readings in two weeks at least.",
        }
    }
}

fn rule(model: &CountedModel) -> Markup {
    html! {
        @match &model.counting_rule {
            Some(rule) => {
                (rule)
                @for at in &model.rule_changed_at {
                    "; it changed on " (instant(at)) ", so that before and after are not the same measure"
                }
                "."
            }
            None => "Not known: the source does not say which library or files the model has.",
        }
    }
}

fn owner(of: &CountedIn, model: &CountedModel) -> Markup {
    let Some(name) = &model.owner else {
        return html! { "None: it has a legacy id, and no record of where it moved." };
    };
    html! {
        a href=(Kind::Owner.address(&of.collection, name)) { (name) }
        @match model.is_owner_reviewed {
            Some(true) => ": reviewed; its country and sector stand below.",
            Some(false) => ": unreviewed. Nobody has looked at who this is, so the model is in the share of no country and no sector, only in their bounds.",
            None => ".",
        }
    }
}

fn gaps(weeks: &CountedWeeks) -> Markup {
    let more = weeks.gaps.len().saturating_sub(MOST_GAPS);
    html! {
        p {
            "Missing weeks are in no sum; they are never taken for zero: "
            @for (place, gap) in weeks.gaps.iter().take(MOST_GAPS).enumerate() {
                @if place > 0 { ", " }
                (gap.from)
                @if gap.from != gap.to { " to " (gap.to) }
            }
            @if more > 0 { ", and " (count(more as u64, "more gap", "more gaps")) }
            "."
        }
    }
}

fn absent(of: &CountedIn) -> Markup {
    html! {
        @if of.near.is_empty() {
            p { "It has no model with such a name, and none near it." }
        } @else {
            p { "It has no model with this name. Near it are:" }
            ul.names-found {
                @for name in &of.near {
                    li { a href=(format!("{}?model={}", PAGE.path, encoded(name))) { (name) } }
                }
            }
        }
    }
}

/// Why a model may be missing, as far as a release can say.
fn missing() -> Markup {
    html! {
        section aria-labelledby="missing" {
            h2 #missing { "Why a model may not be in a collection" }
            ul {
                li { "It is not among the models that the collection covers; what that is stands below its title." }
                li { "It was created, or made public, after the newest reading: the date to which the data reach." }
                li { "It is private, or was deleted before the first reading: listings show public models alone." }
                li { "It was renamed before the collection first read it, or by a source that has no " code { "_id" } ", and the registry does not know its former name." }
                li { "Its row in a source could not be read; " a href="/data" { "the data page" } " counts such rows." }
            }
        }
    }
}

fn wrong() -> Markup {
    html! {
        section aria-labelledby="wrong" {
            h2 #wrong { "If something here is wrong" }
            dl.facts {
                dt { "Task, licence, library, languages, base model" }
                dd { "They are read from the model's card and files on the Hub. Correct them there; the next reading takes them over." }
                dt { "Country, sector, main account of the owner" }
                dd { "They come from " code { "registry/owners" } " in the source of weighhouse, a row an owner with its evidence. Propose a row or a correction as its README says." }
                dt { "A former name, or a model moved to another owner" }
                dd { "Propose a row of " code { "registry/model_aliases.csv" } ": the old id, the new one, the day, and the evidence." }
                dt { "Any other value" }
                dd { "The model's own page shows for each value the file and line that it rests on, and the rule that made it." }
            }
        }
    }
}

/// An instant of an answer as people read it.
fn instant(text: &str) -> String {
    Instant::parse(text).map_or_else(|_| text.to_owned(), |at| day(at.day()))
}
