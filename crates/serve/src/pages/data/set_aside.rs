//! What was received and is not built from, and why.

use maud::{Markup, html};

use super::LISTED;
use crate::app::App;
use crate::parts::{moment, scrolled};
use crate::received::SetAside;

/// The section with the newest entries that are kept and not built from; empty where all are.
pub(crate) fn section(app: &App) -> Markup {
    let mut entries: Vec<(&str, &SetAside)> = Vec::new();
    for (name, collection) in app.all() {
        entries.extend(collection.received.set_aside.iter().map(|entry| (name, entry)));
    }
    // The newest first; those of one moment stay in the order of their collections.
    entries.sort_by_key(|(_, entry)| std::cmp::Reverse(entry.received_at));
    let count = entries.len();
    entries.truncate(LISTED);
    let table = html! {
        table {
            thead {
                tr {
                    th scope="col" { "Collection" }
                    th scope="col" { "Received at (UTC)" }
                    th scope="col" { "State" }
                    th scope="col" { "Why" }
                    th scope="col" { "What" }
                }
            }
            tbody {
                @for (name, entry) in &entries { (row(name, entry)) }
            }
        }
    };
    html! {
        @if count > 0 {
            section aria-labelledby="set-aside" {
                h2 #set-aside { "Received and not shown" }
                p.subtitle {
                    "What was received is kept. What broke off, or differs from the reading before it by more \
                     than a reading can, is in no number here. The newest " (entries.len()) " of " (count) "."
                }
                (scrolled("Table of what was received and is not shown", &table))
            }
        }
    }
}

fn row(name: &str, entry: &SetAside) -> Markup {
    html! {
        tr {
            th.whole scope="row" { (name) }
            td.whole { @if let Some(at) = entry.received_at { (moment(at)) } @else { "unknown" } }
            td.whole { @if entry.is_complete { "held back" } @else { "incomplete" } }
            td.long {
                @if let [reason] = entry.reasons.as_slice() {
                    (reason)
                } @else {
                    ul.reasons { @for reason in &entry.reasons { li { (reason) } } }
                }
            }
            td.long {
                @if entry.file.is_empty() { code { (entry.name) } } @else { (entry.file) }
            }
        }
    }
}
