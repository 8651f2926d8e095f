//! `GET /feed/{page}.atom`: what a view says of each release, for feed readers (RFC 4287).
//!
//! A feed has an entry for each release that the collection is known to have had, the newest first.
//! Ids rest on the view and the release alone, and not on the address at which the server is
//! reached: an entry stays the same entry when the server moves (§4.2.6).

mod entry;

use axum::extract::{Extension, Path, State};
use axum::http::{Uri, header};
use axum::response::{IntoResponse, Response};

use crate::Live;
use crate::compute::{AppState, entity_tag};
use crate::headers::mark;
use crate::inside;
use crate::issues::Issue;
use crate::parameters::Parameters;
use crate::refusal::Refusal;
use crate::shown::Shown;
use entry::Told;

/// The address of a page's feed lies below this.
pub(crate) const BELOW: &str = "/feed";
const ENDING: &str = ".atom";
const ATOM: &str = "application/atom+xml; charset=utf-8";

/// What a feed is of.
struct Feed<'a> {
    told: Told,
    shown: &'a Shown,
    /// Its own address.
    own: String,
    /// That of the page.
    page: String,
    /// The page's in the collection of its entries, whichever is shown when none is named.
    page_of_entries: String,
    /// Names the feed.
    id: String,
    /// Names the view in each collection.
    view: String,
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
    let path = format!("/{page}");
    let asked = given.sorted();
    let of_entries = match given.get("collection") {
        Some(_) => given.clone(),
        None => given.with("collection", &shown.market.release.collection),
    };
    let feed = Feed {
        told: Told::of(&numbers),
        shown: &shown,
        own: state.url(&given.address(&format!("{BELOW}/{file}"))),
        page: state.url(&given.address(&path)),
        page_of_entries: state.url(&of_entries.address(&path)),
        id: name(&["feed", &asked.address(&path)]),
        view: asked.without("collection").address(&path),
    };
    let text = feed.document();
    let tag = entity_tag(text.as_bytes());
    let mut response = ([(header::CONTENT_TYPE, ATOM)], text).into_response();
    response.headers_mut().insert(header::ETAG, tag);
    Ok(mark(response, shown.market.release.is_simulated))
}

impl Feed<'_> {
    fn document(&self) -> String {
        let Self { shown, told, .. } = self;
        let title =
            format!("{}: {}{}", shown.market.collection.title, told.title, self.simulated());
        let updated = shown.issues.iter().map(Issue::updated_at).max();
        let updated = updated.unwrap_or(shown.market.data_through).to_string();
        let mut parts = vec![
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n".to_owned(),
            "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\">\n".to_owned(),
            element("id", &self.id),
            element("title", &title),
            element(
                "subtitle",
                "An entry for each release: what is new in it, and what the view says.",
            ),
            element("updated", &updated),
            "<author><name>weighhouse</name></author>\n".to_owned(),
            element("rights", &shown.market.collection.source),
            link("self", "application/atom+xml", &self.own),
            link("alternate", "text/html", &self.page),
        ];
        for (place, issue) in shown.issues.iter().enumerate() {
            parts.extend(self.entry(issue, shown.issues.get(place + 1)));
        }
        parts.push("</feed>\n".to_owned());
        parts.concat()
    }

    fn entry(&self, issue: &Issue, before: Option<&Issue>) -> Vec<String> {
        let Self { shown, told, .. } = self;
        let through = issue.data_through.day();
        let title = format!("{}, data through {through}{}", told.title, self.simulated());
        let content = entry::content(told, shown, issue, before).into_string();
        let published = issue.published_at.map(|at| element("published", &at.to_string()));
        vec![
            "<entry>\n".to_owned(),
            element("id", &name(&["entry", &self.view, &issue.release])),
            element("title", &title),
            published.unwrap_or_default(),
            element("updated", &issue.updated_at().to_string()),
            link("alternate", "text/html", &self.page_of_entries),
            format!("<content type=\"html\">{}</content>\n", escaped(&content)),
            "</entry>\n".to_owned(),
        ]
    }

    fn simulated(&self) -> &'static str {
        if self.shown.market.release.is_simulated { " (simulated data)" } else { "" }
    }
}

/// A name for what these parts tell, always the same: a UUID made of their checksum (RFC 9562 §5.8).
fn name(parts: &[&str]) -> String {
    let digits = store::checksum(format!("weighhouse\n{}", parts.join("\n")).as_bytes());
    let [first, second, third, fourth, last] =
        [(0, 8), (8, 12), (13, 16), (17, 20), (20, 32)].map(|(from, to)| &digits[from..to]);
    format!("urn:uuid:{first}-{second}-8{third}-8{fourth}-{last}")
}

fn link(rel: &str, kind: &str, address: &str) -> String {
    format!("<link rel=\"{rel}\" type=\"{kind}\" href=\"{}\"/>\n", escaped(address))
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
