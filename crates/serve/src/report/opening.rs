//! How a report begins: of what it is, and what it found.

use analyze::results::Attribution;
use maud::{Markup, html};

use super::Report;
use crate::bound;
use crate::results::{by_subject, findings, sentence, subject_id};

/// Title, population, release, date, and whether the data are invented.
pub(super) fn header(report: &Report<'_>) -> Markup {
    let market = report.market;
    html! {
        header {
            p.brand { "weighhouse report" }
            h1 { (bound::name(&market.collection.title)) }
            p.lead { (bound::quoted(&market.collection.covers, "collection/covers")) }
            @if market.release.is_simulated {
                p.banner role="note" {
                    strong { "Simulated data: " }
                    "invented by weighhouse's simulated Hub. No number here is about the real world."
                }
            }
            (facts(report))
        }
    }
}

fn facts(report: &Report<'_>) -> Markup {
    let market = report.market;
    let owner = match report.attribution {
        Attribution::Uploader => "Its uploader, who owns the repository.",
        Attribution::Developer => "The original developer, who owns the root of its lineage.",
    };
    html! {
        dl.facts {
            dt { "Collection" }
            dd { code { (market.release.collection) } ", " (bound::counted(market.model_count() as u64, ("model", "models"), "market/models")) }
            dt { "Data through" }
            dd { (bound::moment(market.data_through)) " UTC" }
            dt { "Data release" }
            dd { code { (market.release.id) } }
            dt { "Counted" }
            dd {
                (bound::quoted(report.measure.title(), "measure/title")) ". "
                (bound::quoted(report.measure.definition(), "measure/definition"))
            }
            dt { "A model belongs to" }
            dd { (owner) }
            @if !report.conditions.is_empty() {
                dt { "Only models with" }
                dd { code { (report.conditions) } }
            }
        }
    }
}

/// The findings, each with the way to its section.
pub(super) fn summary(report: &Report<'_>) -> Markup {
    let found = findings(report.answered);
    html! {
        section aria-labelledby="summary" {
            h2 #summary { "What was found" }
            @if found.is_empty() {
                p {
                    "No result of this collection is a finding: no change is larger than what gaps, mass \
                     that belongs to nobody known, and the luck of a few owners can do. What the numbers \
                     are is told below."
                }
            } @else {
                ul.findings {
                    @for (one, place, told) in &found {
                        @if let Ok(numbers) = &one.found {
                            li {
                                (sentence(one.described.name, *place, told, &numbers.lines)) " "
                                a.to href={ "#" (one.described.name) } { (one.described.title) }
                            }
                        }
                    }
                }
            }
            (how_to_read())
        }
    }
}

/// What makes a sentence a finding, and what stands beside a number.
fn how_to_read() -> Markup {
    html! {
        p.note {
            "A finding is a change that neither gaps in the data nor mass that belongs to nobody known could \
             undo, and whose test, corrected for all tests of its result, leaves luck out. Tests are not \
             corrected across results: of many results one may be called a finding by chance."
        }
        dl.reading {
            dt { "Interval" }
            dd { "Measurement: gaps, estimated weeks, rolling sums. Exact means that it was read, and not estimated." }
            dt { "Bounds" }
            dd { "Attribution: what the number could be, wherever the mass belongs that belongs to nobody known." }
            dt { "Sampling" }
            dd { "What a comparable economy would show, with owners drawn again." }
            dt { "Joined" }
            dd { "Bounds, widened by what luck can do at each end (Imbens and Manski)." }
        }
    }
}

/// The way to every section.
pub(super) fn contents(report: &Report<'_>) -> Markup {
    let asked = |one: &&&analyze::results::Answered| one.found.is_ok();
    html! {
        nav.contents aria-labelledby="contents" {
            h2 #contents { "Contents" }
            ul {
                @for (about, results) in by_subject(report.answered) {
                    li {
                        a href={ "#" (subject_id(about)) } { (about.title()) }
                        @if results.iter().any(|one| one.found.is_ok()) {
                            ul {
                                @for one in results.iter().filter(asked) {
                                    li { a href={ "#" (one.described.name) } { (one.described.title) } }
                                }
                            }
                        }
                    }
                }
                li { a href="#replication" { "The paper's claims" } }
                li { a href="#data" { "The data" } }
                li { a href="#methods" { "Methods" } }
                li { a href="#citing" { "How to cite" } }
            }
        }
    }
}
