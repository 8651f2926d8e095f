//! A report: what a collection says, in one HTML file that needs nothing else.
//!
//! It is made from what was asked before, and asks nothing itself: results, the paper's claims,
//! and the market's own description of its data.

mod closing;
mod document;
mod opening;
mod replication;
mod sections;
mod statement;

use analyze::Market;
use analyze::claims::{Claim, Finding};
use analyze::results::{Answered, Attribution};
use maud::html;
use schema::Measure;

/// What a report is made of.
#[derive(Clone, Copy)]
pub struct Report<'a> {
    /// The market that was asked.
    pub market: &'a Market,
    /// By what it was measured.
    pub measure: Measure,
    /// Whose a model is.
    pub attribution: Attribution,
    /// Which models: the conditions in words of the command line; empty of all.
    pub conditions: &'a str,
    /// What each result came to, in the order of reports.
    pub answered: &'a [Answered],
    /// What became of each of the paper's claims.
    pub held: &'a [(&'static Claim, Finding)],
    /// The command that makes this report again.
    pub command: &'a str,
    /// The version of the code.
    pub code_version: &'a str,
}

/// Writes a report as one HTML document, with its styles and drawings in it.
///
/// The same report gives the same bytes.
#[must_use]
pub fn report(report: &Report<'_>) -> String {
    let body = html! {
        (opening::header(report))
        main {
            (opening::summary(report))
            (opening::contents(report))
            (sections::sections(report))
            (replication::section(report))
            (statement::section(report))
            (closing::sections(report))
        }
    };
    document::document(report, &body).into_string()
}
