//! A table of units in order of size, each with a way to its page.

use analyze::{At, Standing};
use chart::Unit;
use maud::{Markup, html};
use schema::{Estimate, Group};

use super::leaderboard::{bar, bounds, change, moment, share, upper_first};
use super::{scrolled, unit_address};
use crate::view::View;

/// The units that are listed, and when.
pub(crate) struct Listed<'a> {
    pub(crate) group: &'a Group,
    pub(crate) standings: &'a [Standing],
    pub(crate) now: At,
    pub(crate) earlier: At,
    /// The unit that the page is about.
    pub(crate) here: Option<&'a str>,
    /// What the table is called.
    pub(crate) label: &'a str,
}

/// The table, and what its columns mean.
pub(crate) fn standings(view: &View, listed: &Listed<'_>) -> Markup {
    let has_change = listed.earlier != listed.now;
    let shares = listed.standings.iter().filter_map(|standing| standing.share.value);
    let largest = shares.fold(0.0, f64::max);
    let table = html! {
        table.leaderboard {
            thead {
                tr {
                    th.number scope="col" { "Rank" }
                    @if has_change { th scope="col" { "Change" } }
                    th scope="col" { (view.shown.title_of(listed.group)) }
                    th.number scope="col" { "Share" }
                    th.bar-cell scope="col" { span.visually-hidden { "Share as a bar" } }
                    th.number scope="col" { "Bounds" }
                    th.number scope="col" { (upper_first(view.measure.unit())) }
                    @if *listed.group != Group::Model { th.number scope="col" { "Models" } }
                }
            }
            tbody {
                @for standing in listed.standings {
                    (row(view, listed, standing, has_change, largest))
                }
            }
        }
    };
    html! {
        (scrolled(listed.label, &table))
        p.note {
            "Shares and ranks are among all that is counted " (moment(listed.now)) "."
            @if has_change { " Change is against the ranks " (moment(listed.earlier)) "." }
        }
    }
}

fn row(
    view: &View,
    listed: &Listed<'_>,
    standing: &Standing,
    has_change: bool,
    largest: f64,
) -> Markup {
    let is_here = listed.here == Some(standing.unit.as_str());
    html! {
        tr.is-here[is_here] {
            td.number { (standing.rank) }
            @if has_change { td { (change(standing)) } }
            th scope="row" {
                @if is_here {
                    strong aria-current="true" { (standing.unit) }
                } @else {
                    a href=(unit_address(view, listed.group, &standing.unit)) { (standing.unit) }
                }
            }
            td.number { (share(standing.share.value)) }
            td.bar-cell { (bar(standing.share.value, largest)) }
            td.number { (bounds(&standing.share)) }
            (count(view, &standing.sum))
            @if *listed.group != Group::Model { td.number { (super::grouped(standing.sum.n)) } }
        }
    }
}

fn count(view: &View, sum: &Estimate) -> Markup {
    let unit = Unit::Count(view.measure.unit());
    html! {
        td.number title=[sum.value.map(|sum| chart::format_exact(&unit, sum))] {
            (sum.value.map(|sum| chart::format_value(&unit, sum)).unwrap_or_default())
        }
    }
}
