//! The paper's claims, held against the collection.

use analyze::claims::{Claim, Finding, Origin, Status};
use maud::{Markup, html};

use super::Report;
use crate::bound;
use crate::claims::{expected, symbol, unit};
use crate::parts::{scrolled, sure};

pub(super) fn section(report: &Report<'_>) -> Markup {
    let count =
        |status| report.held.iter().filter(|(_, found)| found.status == status).count() as u64;
    let table = html! {
        table.claims {
            caption { "Every claim: what the paper says, what this collection says, and what that makes of the claim." }
            thead {
                tr {
                    th scope="col" { "Claim" }
                    th scope="col" { "Status" }
                    th.number scope="col" { "Paper" }
                    th.number scope="col" { "This collection" }
                }
            }
            tbody { @for (claim, found) in report.held { (row(claim, found)) } }
        }
    };
    html! {
        section aria-labelledby="replication" {
            h2 #replication { "The paper's claims" }
            p {
                "What " cite { "Economies of Open Intelligence" } " (" code { "arXiv 2512.03073" } ") says, as far as \
                 it is publicly known, asked of this collection. The rule by which a claim is called \
                 reproduced is in " code { "docs/methods/replication.md" } "."
            }
            ul.counts {
                @for status in Status::ALL {
                    li { (bound::count(count(status), &format!("claims/{}", status.name()))) " " (status.name()) }
                }
            }
            (scrolled("Table of the paper's claims", &table))
        }
    }
}

fn row(claim: &Claim, found: &Finding) -> Markup {
    let said_by = match claim.origin {
        Origin::Authors => "the authors",
        Origin::Press => "others who read it",
    };
    html! {
        tr {
            th.long scope="row" {
                (claim.text)
                span.method { "claim " (claim.number) ", said by " (said_by) }
            }
            td.long {
                span.status { span aria-hidden="true" { (symbol(found.status)) } " " (found.status.name()) }
                span.method { (found.because) }
            }
            td.number { (expected(claim)) }
            td.number { @if let Some(ours) = &found.ours { (sure(&unit(claim), ours)) } }
        }
    }
}
