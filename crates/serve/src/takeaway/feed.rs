//! `GET /feed/{page}.atom`: what a view says of each release, for feed readers (RFC 4287).
//!
//! A feed has one entry, of the release that is shown; whoever reads it again after another
//! release has the next one beside it.

use axum::extract::{Extension, Path, State};
use axum::http::{Uri, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde_json::Value as Json;

use crate::Live;
use crate::compute::{AppState, entity_tag};
use crate::headers::mark;
use crate::inside;
use crate::parameters::Parameters;
use crate::refusal::Refusal;
use crate::shown::Shown;

/// The address of a page's feed lies below this.
pub(crate) const BELOW: &str = "/feed";
const ENDING: &str = ".atom";
const ATOM: &str = "application/atom+xml; charset=utf-8";

/// What is told of a view.
struct Told {
    title: String,
    definition: String,
    /// What changed, a line each.
    changes: Vec<String>,
    /// What the numbers bear out, a line each.
    sentences: Vec<String>,
}

/// Answers with the feed.
pub(crate) async fn show(
    State(live): State<Live>,
    Extension(state): Extension<AppState>,
    Path(file): Path<String>,
    uri: Uri,
) -> Response {
    answer(&live, &state, &file, &uri).await.unwrap_or_else(Refusal::into_problem)
}

async fn answer(live: &Live, state: &AppState, file: &str, uri: &Uri) -> Result<Response, Refusal> {
    let page = file.strip_suffix(ENDING).ok_or_else(|| {
        let detail = format!("a feed's address ends with '{ENDING}', as {BELOW}/power{ENDING}");
        Refusal::not_found(detail)
    })?;
    let given = Parameters::all_of(uri)?;
    let shown = state.app.collection(given.get("collection"))?;
    let numbers = inside::json(live, state, &given.address(&format!("/{page}.json"))).await?;
    let page = state.url(&given.address(&format!("/{page}")));
    let own = state.url(&given.address(&format!("{BELOW}/{file}")));
    let text = feed(&told(&numbers), &shown, &own, &page);
    let tag = entity_tag(text.as_bytes());
    let mut response = ([(header::CONTENT_TYPE, ATOM)], text).into_response();
    response.headers_mut().insert(header::ETAG, tag);
    Ok(mark(response, shown.market.release.is_simulated))
}

fn feed(told: &Told, shown: &Shown, own: &str, page: &str) -> String {
    let release = &shown.market.release;
    let at = shown.market.data_through.to_string();
    let through = shown.market.data_through.day();
    let simulated = if release.is_simulated { " (simulated data)" } else { "" };
    let title = format!("{}: {}{simulated}", shown.market.collection.title, told.title);
    let entry_title = format!("{}, data through {through}{simulated}", told.title);
    let link = |rel: &str, kind: &str, address: &str| {
        format!("<link rel=\"{rel}\" type=\"{kind}\" href=\"{}\"/>\n", escaped(address))
    };
    let parts = [
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n".to_owned(),
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\">\n".to_owned(),
        element("id", own),
        element("title", &title),
        element("subtitle", "An entry for each release; what changed since the moment before."),
        element("updated", &at),
        "<author><name>weighhouse</name></author>\n".to_owned(),
        element("rights", &shown.market.collection.source),
        link("self", "application/atom+xml", own),
        link("alternate", "text/html", page),
        "<entry>\n".to_owned(),
        element("id", &format!("{page}#release-{}", release.id)),
        element("title", &entry_title),
        element("updated", &at),
        link("alternate", "text/html", page),
        format!(
            "<content type=\"html\">{}</content>\n",
            escaped(&content(told, shown).into_string())
        ),
        "</entry>\n</feed>\n".to_owned(),
    ];
    parts.concat()
}

fn content(told: &Told, shown: &Shown) -> Markup {
    let release = &shown.market.release;
    html! {
        @if release.is_simulated { p { strong { "Simulated data: these numbers are invented." } } }
        @if !told.definition.is_empty() { p { (told.definition) } }
        @if !told.sentences.is_empty() {
            ul { @for sentence in &told.sentences { li { (sentence) } } }
        }
        @if !told.changes.is_empty() {
            p { "The newest numbers, and those of the moment before:" }
            ul { @for change in &told.changes { li { (change) } } }
        }
        p {
            "Collection " (release.collection) ", release " (release.id) ". Source: "
            (shown.market.collection.source)
        }
    }
}

/// What a page's JSON says: a figure its newest numbers, a result its sentences.
fn told(numbers: &Json) -> Told {
    let text = |name: &str| numbers[name].as_str().unwrap_or_default().to_owned();
    let list = |name: &str| numbers[name].as_array().map_or(&[][..], Vec::as_slice);
    let counts = list("counts").iter().filter_map(|count| {
        Some(format!("{} {}", count["claims"].as_u64()?, count["status"].as_str()?))
    });
    let sentences = list("sentences").iter().filter_map(|one| one["text"].as_str());
    let title = if text("title").is_empty() { text("text") } else { text("title") };
    Told {
        title: if title.is_empty() { "what is counted".to_owned() } else { title },
        definition: if text("definition").is_empty() {
            text("question")
        } else {
            text("definition")
        },
        changes: list("series").iter().filter_map(change).collect(),
        sentences: sentences.map(str::to_owned).chain(counts).collect(),
    }
}

/// The last two numbers of a series; nothing of one that was never known.
fn change(series: &Json) -> Option<String> {
    let label = series["label"].as_str()?;
    let points = series["points"].as_array()?;
    let mut known = points.iter().rev().filter(|point| !point["value"].is_null());
    let newest = known.next()?;
    let told = |point: &Json| {
        let at = point["at"].as_str().unwrap_or_default();
        format!("{} ({})", point["text"].as_str().unwrap_or_default(), at.get(..10).unwrap_or(at))
    };
    let before = known.next().map(|before| format!("; before {}", told(before)));
    Some(format!("{label}: {}{}", told(newest), before.unwrap_or_default()))
}

fn element(name: &str, text: &str) -> String {
    format!("<{name}>{}</{name}>\n", escaped(text))
}

/// Text with what XML reserves escaped and what it forbids left out.
fn escaped(text: &str) -> String {
    let allowed =
        |c: &char| *c >= ' ' && !matches!(c, '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}');
    let text: String = text.chars().filter(allowed).collect();
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
