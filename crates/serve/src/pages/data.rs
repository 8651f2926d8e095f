//! `GET /data`: what the numbers rest on.

pub(super) mod collecting;
pub(crate) mod definitions;
mod facts;
mod happened;
mod releases;
pub(super) mod set_aside;

use analyze::{Market, SnapshotInfo};
use axum::extract::Extension;
use axum::http::Uri;
use axum::response::Response;
use maud::{Markup, html};

use super::{Page, respond};
use crate::app::{App, Collection, Loaded};
use crate::compute::AppState;
use crate::figures::{Name, draw};
use crate::parts::{self, day, grouped, scrolled};
use crate::refusal::Refusal;
use crate::view::View;

/// The page.
pub(crate) const PAGE: Page = Page {
    path: "/data",
    within: None,
    name: "Data",
    heading: "About the data",
    lead: "Where the numbers come from, how far they reach, what is missing, and what every word means.",
};

/// Snapshots that are listed.
const LISTED: usize = 20;

/// Answers with the page.
pub(crate) async fn show(Extension(state): Extension<AppState>, uri: Uri) -> Response {
    respond(state, uri, &PAGE, body).await
}

fn body(state: &AppState, view: &View) -> Result<Markup, Refusal> {
    let market = &view.shown.market;
    Ok(html! {
        (collections(&state.app))
        (troubles(&state.app))
        (collecting::section(state))
        (facts::section(&view.shown))
        div.below { (parts::figure(&*draw(Name::ModelCount, view)?, view.layout)) }
        (releases::section(&view.shown))
        (happened::section(market))
        (snapshots(market))
        (set_aside::section(&state.app))
        (attributes(market))
        (definitions::section(&view.shown.measures))
        (importing())
    })
}

/// Every collection that can be asked, side by side.
fn collections(app: &App) -> Markup {
    let table = html! {
        table {
            thead {
                tr {
                    th scope="col" { "Collection" }
                    th scope="col" { "Covers" }
                    th.number scope="col" { "Models" }
                    th.number scope="col" { "Snapshots" }
                    th.number scope="col" { "First reading" }
                    th.number scope="col" { "Last reading" }
                    th.number scope="col" { "Problems" }
                }
            }
            tbody {
                @for shown in app.ready() {
                    @let market = &shown.market;
                    @let first = market.instants().first();
                    tr data-collection=(market.release.collection) data-release=(market.release.id) {
                        th scope="row" {
                            a href=(format!("/data?collection={}", market.release.collection)) {
                                (market.collection.title)
                            }
                            @if market.release.is_simulated { " (simulated)" }
                        }
                        td.long { (market.collection.covers) }
                        td.number { (grouped(market.model_count() as u64)) }
                        td.number { (grouped(market.snapshots.len() as u64)) }
                        td.number { @if let Some(first) = first { (day(first.day())) } }
                        td.number { (day(market.data_through.day())) }
                        td.number { (grouped(problem_count(market))) }
                    }
                }
            }
        }
    };
    html! {
        section aria-labelledby="collections" {
            h2 #collections { "Collections" }
            p.subtitle {
                "A collection is one source's series of snapshots over one population. Populations \
                 differ, so collections never mix in one series, and a share is a share of its collection."
            }
            (scrolled("Table of collections", &table))
        }
    }
}

/// Collections that cannot be asked, or not in their newest release, and what to do.
pub(super) fn troubles(app: &App) -> Markup {
    let is_troubled = |collection: &Collection| {
        collection.refused.is_some() || !matches!(collection.loaded, Loaded::Ready(_))
    };
    let troubled: Vec<(&str, &Loaded)> = app
        .all()
        .filter(|(_, collection)| is_troubled(collection))
        .map(|(name, collection)| (name, &collection.loaded))
        .collect();
    html! {
        @if !troubled.is_empty() {
            section aria-labelledby="troubles" {
                h2 #troubles { "Not shown" }
                ul {
                    @for (name, loaded) in troubled {
                        li {
                            strong { (name) } ": "
                            @match loaded {
                                Loaded::Ready(shown) => {
                                    "its newest release could not be loaded, and release "
                                    code { (shown.market.release.id) }
                                    " is still shown; the server's terminal says why. Rebuild it with "
                                }
                                Loaded::Failed => "could not be loaded; the server's terminal says why. Rebuild it with ",
                                Loaded::NotBuilt => "imported and not built yet. Build it with ",
                            }
                            code { "weighhouse build --collection " (name) } "."
                        }
                    }
                }
            }
        }
    }
}

fn snapshots(market: &Market) -> Markup {
    let mut newest: Vec<&SnapshotInfo> = market.snapshots.iter().collect();
    newest.sort_by(|a, b| b.read_at.cmp(&a.read_at).then(a.name.cmp(&b.name)));
    newest.truncate(LISTED);
    let table = html! {
        table {
            thead {
                tr {
                    th scope="col" { "Read at (UTC)" }
                    th scope="col" { "File" }
                    th.number scope="col" { "Rows" }
                    th.number scope="col" { "Problems" }
                }
            }
            tbody {
                @for snapshot in &newest {
                    tr {
                        td.whole { (snapshot.read_at) }
                        td.whole { (snapshot.file) }
                        td.number { (grouped(snapshot.row_count)) }
                        td.number { (grouped(snapshot.problem_count)) }
                    }
                }
            }
        }
    };
    html! {
        section aria-labelledby="snapshots" {
            h2 #snapshots { "Snapshots" }
            p.subtitle { "The newest " (newest.len()) " of " (market.snapshots.len()) "." }
            (scrolled("Table of snapshots", &table))
        }
    }
}

/// Where what is known of each model is told in full.
fn attributes(market: &Market) -> Markup {
    let known = market.attributes.iter().filter(|attribute| attribute.known_count > 0).count();
    html! {
        section aria-labelledby="attributes" {
            h2 #attributes { "Attributes of models" }
            p {
                "Of each model " (market.attributes.len()) " attributes are derived; in this collection "
                (known) " of them are known of any model. "
                a href=(format!("/attributes?collection={}", market.release.collection)) {
                    "What they mean, how they are derived, and of how many models each is known"
                }
                "."
            }
        }
    }
}

fn importing() -> Markup {
    html! {
        section aria-labelledby="importing" {
            h2 #importing { "Take data in, take numbers out" }
            p { "More readings of a known source become part of their collection, and a running server shows them by itself:" }
            pre { code { "weighhouse import SOURCE PATH…\nweighhouse build" } }
            p {
                "Every number here is also an answer of the "
                a href="/api/v1/openapi.json" { "API" } ", for example "
                code { "/api/v1/query?stat=hhi,gini&group=uploader" }
                ", and every figure has its numbers as CSV and JSON."
            }
        }
    }
}

fn problem_count(market: &Market) -> u64 {
    market.snapshots.iter().map(|snapshot| snapshot.problem_count).sum()
}
