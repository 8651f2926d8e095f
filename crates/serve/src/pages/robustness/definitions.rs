//! The tables of definitions: those with an answer, and those without.

use analyze::claims::{Claim, Curve, Point, Specification};
use maud::{Markup, html};

use crate::claims::{address, unit};
use crate::parts::{counted, scrolled, sure};

/// The section with both tables.
pub(super) fn section(collection: &str, claim: &Claim, found: &Curve) -> Markup {
    html! {
        section aria-labelledby="definitions" {
            h2 #definitions { "All definitions" }
            @if found.points.is_empty() {
                p.subtitle { "None of them has an answer on this collection." }
            } @else {
                p.subtitle {
                    "From the least answer to the most. A definition is sure where all of its interval and all of its bounds are on the side on which its answer is."
                }
                (scrolled("Table of definitions with an answer", &answered(collection, claim, found)))
            }
            @if !found.not_asked.is_empty() { (not_asked(found)) }
        }
    }
}

fn answered(collection: &str, claim: &Claim, found: &Curve) -> Markup {
    html! {
        table.claims {
            thead {
                tr {
                    th scope="col" { "Definition" }
                    th scope="col" { "Agrees" }
                    th.number scope="col" { "Answer" }
                    th scope="col" { "Question" }
                }
            }
            tbody { @for point in &found.points { (row(collection, claim, point)) } }
        }
    }
}

fn row(collection: &str, claim: &Claim, point: &Point) -> Markup {
    let Specification { what, when, definition, .. } = &point.specification;
    let name = point.specification.name();
    html! {
        tr {
            th.long scope="row" { (name) }
            td.whole { (side(point)) }
            td.number { (sure(&unit(claim), &point.estimate)) }
            td.long {
                @if let Some(command) = &point.command {
                    details {
                        summary { "Ask it" span.visually-hidden { ": " (name) } }
                        p { code { (command) } }
                        p {
                            a href=(address(collection, *what, *when, definition)) {
                                "JSON" span.visually-hidden { ": " (name) }
                            }
                        }
                    }
                } @else {
                    span.method { "no single command asks it" }
                }
            }
        }
    }
}

/// On which side an answer is, in words and with a sign that differs in shape.
fn side(point: &Point) -> Markup {
    let (class, sign, words) = if point.agrees {
        ("is-reproduced", "=", "agrees")
    } else {
        ("is-other", "≠", "does not")
    };
    html! {
        span.status.(class) { span.sign aria-hidden="true" { (sign) } " " (words) }
        @if !point.is_sure { span.method { ", not sure" } }
    }
}

fn not_asked(found: &Curve) -> Markup {
    let table = html! {
        table {
            thead { tr { th scope="col" { "Definition" } th scope="col" { "Why it has no answer" } } }
            tbody {
                @for (specification, because) in &found.not_asked {
                    tr {
                        th.long scope="row" { (specification.name()) }
                        td.long { (because) }
                    }
                }
            }
        }
    };
    let count = counted(found.not_asked.len() as u64, "definition", "definitions");
    html! {
        details.numbers open[found.points.is_empty()] {
            summary { (count) " without an answer on this collection" }
            (scrolled("Table of definitions without an answer", &table))
        }
    }
}
