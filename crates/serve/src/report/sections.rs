//! The results, by subject.

use analyze::results::{About, Answered};
use maud::{Markup, html};

use super::Report;
use crate::results::{by_subject, details, not_asked, subject_id};

pub(super) fn sections(report: &Report<'_>) -> Markup {
    html! {
        @for (about, results) in by_subject(report.answered) { (subject(report, about, &results)) }
    }
}

fn subject(report: &Report<'_>, about: About, results: &[&Answered]) -> Markup {
    let (asked, others): (Vec<&Answered>, Vec<&Answered>) =
        results.iter().copied().partition(|one| one.found.is_ok());
    html! {
        section.subject aria-labelledby=(subject_id(about)) {
            h2 id=(subject_id(about)) { (about.title()) }
            @for one in asked {
                section.result aria-labelledby=(one.described.name) {
                    h3 id=(one.described.name) { (one.described.title) }
                    (details(one, report.market))
                }
            }
            @if !others.is_empty() {
                section.result {
                    h3 { "Not asked of this collection" }
                    (not_asked(&others))
                }
            }
        }
    }
}
