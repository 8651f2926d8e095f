//! What happened to the counters of a collection.

use analyze::{Event, Market};
use maud::{Markup, html};

use super::LISTED;
use crate::parts::{day, grouped, scrolled};

/// The section with the newest events; empty where nothing happened.
pub(super) fn section(market: &Market) -> Markup {
    let count = market.events.len();
    // They are in the order of time.
    let newest: Vec<&Event> = market.events.iter().rev().take(LISTED).collect();
    let table = html! {
        table {
            thead {
                tr {
                    th scope="col" { "Day (UTC)" }
                    th scope="col" { "What" }
                    th scope="col" { "In words" }
                }
            }
            tbody {
                @for event in &newest {
                    tr data-event=(event.kind.name()) {
                        td.whole { (day(event.at.day())) }
                        td {
                            (event.kind.title())
                            @if let Some(subject) = &event.subject { ": " (subject) }
                        }
                        td.long { (event.text) }
                    }
                }
            }
        }
    };
    html! {
        @if count > 0 {
            section aria-labelledby="events" {
                h2 #events { "What happened to the counters" }
                p.subtitle {
                    "No number is corrected for it: what it makes unknown is missing, and figures are marked \
                     with the largest of it. The newest " (grouped(newest.len() as u64)) " of "
                    (grouped(count as u64)) "; "
                    a href=(format!("/api/v1/counter-events?collection={}", market.release.collection)) { "all as JSON" }
                    "."
                }
                (scrolled("Table of what happened to the counters", &table))
            }
        }
    }
}
