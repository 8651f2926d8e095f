//! How a report ends: methods, how to cite it, and the command that makes it again.

use std::collections::BTreeMap;

use analyze::results::Described;
use maud::{Markup, html};

use super::Report;
use crate::bound;

/// Pages of methods that every report rests on, with what they tell.
const COMMON: [(&str, &str); 10] = [
    ("flows", "weekly downloads from counters that do not say them"),
    ("counting-rules", "what was counted as a download, and since when"),
    ("anomalies", "which weeks are odd"),
    ("uncertainty", "which doubts stand beside a number"),
    ("bounds", "what mass that belongs to nobody known could do"),
    ("results", "when a sentence is called a finding"),
    ("resampling", "sampling intervals and tests, with owners drawn again"),
    ("multiplicity", "the correction of tests for their number"),
    ("lineage", "from which model a model is made"),
    ("replication", "when a claim is called reproduced"),
];

pub(super) fn sections(report: &Report<'_>) -> Markup {
    html! {
        (methods(report))
        (citing(report))
        section aria-labelledby="again" {
            h2 #again { "To make it again" }
            pre { code { (report.command) } }
            p.note { "On the same data release and with the same version of the code, it gives the same bytes." }
        }
    }
}

fn methods(report: &Report<'_>) -> Markup {
    let mut used: BTreeMap<&str, Vec<&Described>> = BTreeMap::new();
    for one in report.answered.iter().filter(|one| one.found.is_ok()) {
        used.entry(one.described.method).or_default().push(one.described);
    }
    html! {
        section aria-labelledby="methods" {
            h2 #methods { "Methods" }
            p { "Each page has the formula, its source, what it assumes, when it fails, and how the code was checked." }
            dl.methods {
                @for (method, results) in &used {
                    dt { code { "docs/methods/" (method) ".md" } }
                    dd {
                        @for (place, one) in results.iter().enumerate() {
                            @if place > 0 { ", " }
                            a href={ "#" (one.name) } { (one.title) }
                        }
                    }
                }
                @for (method, tells) in COMMON.iter().filter(|(method, _)| !used.contains_key(method)) {
                    dt { code { "docs/methods/" (method) ".md" } }
                    dd { (tells) }
                }
            }
        }
    }
}

fn citing(report: &Report<'_>) -> Markup {
    let market = report.market;
    html! {
        section aria-labelledby="citing" {
            h2 #citing { "How to cite" }
            p.citation {
                "weighhouse, " cite { "Report on " (bound::name(&market.collection.title)) } ", data release "
                code { (market.release.id) } ", data through " (bound::day(market.data_through.day()))
                ", made by weighhouse " code { (report.code_version) } "."
                @if market.release.is_simulated { " Simulated data." }
            }
            p { "Cite the source of the data beside it: " (bound::quoted(&market.collection.source, "collection/source")) }
        }
    }
}
