//! The releases that a collection has had.

use maud::{Markup, html};

use crate::issues::MOST;
use crate::parts::{day, moment, scrolled};
use crate::shown::Shown;

/// The section with the newest releases, of which the first is shown.
pub(super) fn section(shown: &Shown) -> Markup {
    let issues = &shown.issues;
    let table = html! {
        table {
            thead {
                tr {
                    th scope="col" { "Release" }
                    th scope="col" { "Built (UTC)" }
                    th scope="col" { "Data through" }
                    th scope="col" { "In words" }
                }
            }
            tbody {
                @for (place, issue) in issues.iter().enumerate() {
                    tr {
                        th scope="row" { code { (issue.release) } }
                        td.whole {
                            @match issue.published_at {
                                Some(at) => (moment(at)),
                                None => "not noted",
                            }
                        }
                        td.whole { (day(issue.data_through.day())) }
                        td.long { (issue.news(issues.get(place + 1)).join(" ")) }
                    }
                }
            }
        }
    };
    let collection = &shown.market.release.collection;
    html! {
        section aria-labelledby="releases" {
            h2 #releases { "Releases" }
            p.subtitle {
                "Numbers are of the newest release alone; the newest " (MOST) " are listed. Each view has a \
                 feed that tells of the next, as "
                a href=(format!("/feed/power.atom?collection={collection}")) { "that of Power" } "."
            }
            (scrolled("Table of releases", &table))
        }
    }
}
