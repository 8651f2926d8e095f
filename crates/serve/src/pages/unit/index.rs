//! All units of a kind: the largest, and a field to find another.

use analyze::leaderboard;
use maud::{Markup, html};

use super::Kind;
use crate::figures::{left_out, measured};
use crate::parts::{Listed, UnitForm, address_of, counted, moment_of, standings, unit_filters};
use crate::refusal::Refusal;
use crate::view::View;

/// Units that are listed.
const LISTED: usize = 50;

/// The field, and the table of the largest.
pub(super) fn body(view: &View, kind: &'static Kind) -> Result<Markup, Refusal> {
    Ok(html! {
        (form(view, kind, ""))
        (largest(view, kind.names.1)?)
    })
}

/// The largest units of a view's group.
pub(in crate::pages) fn largest(view: &View, many: &str) -> Result<Markup, Refusal> {
    let group = view.group("owner");
    let query = view.query(group.clone(), &[], view.newest());
    let (now, earlier, listed) = match leaderboard(&view.shown.market, &query, LISTED) {
        Ok(answer) => answer,
        Err(error @ analyze::Error::OutOfReach { .. }) => {
            return Ok(html! { p.reason { strong { "No data for this question: " } (error) "." } });
        }
        Err(error) => return Err(error.into()),
    };
    let units = view.shown.market.grouping(&group)?;
    let count = units.unit_count() - units.unattributed().len();
    let beside = units.unattributed().iter().map(|code| units.label(*code));
    let table = Listed {
        group: &group,
        standings: &listed,
        now,
        earlier,
        here: None,
        label: "Table of the largest",
    };
    Ok(html! {
        section.leaders aria-labelledby="largest" {
            h2 #largest { "The largest " (many) }
            p.subtitle {
                "By " (measured(view)) ", " (moment_of(now)) ", of "
                (counted(count as u64, "that the collection has", "that the collection has")) "."
                @for sentence in left_out(view) { " " (sentence) }
            }
            @if listed.is_empty() {
                p.reason { strong { "No data for this question: " } "nothing is known " (moment_of(now)) "." }
            } @else {
                (standings(view, &table))
            }
            @for label in beside {
                p.note {
                    "What belongs to none is "
                    a href=(address_of(&view.shown.market.release.collection, None, group.name(), label)) { (label) }
                    " and not ranked."
                }
            }
        }
    })
}

/// The form of pages of a kind.
pub(super) fn form(view: &View, kind: &'static Kind, unit: &str) -> Markup {
    let title = view.shown.title_of(&view.group("owner"));
    unit_filters(
        view,
        &UnitForm {
            path: kind.page.path,
            parameter: kind.parameter,
            label: &title,
            unit,
            group: if kind.group.is_none() { view.group.as_deref() } else { None },
            is_of_owners: kind.is_of_owners,
        },
    )
}
