//! A unit that the collection does not have: what is like it, and where else it is.

use maud::{Markup, html};
use schema::near;

use super::Kind;
use super::asked::find;
use super::index::form;
use super::owner::moved;
use crate::compute::AppState;
use crate::parts::{address_of, unit_address};
use crate::refusal::Refusal;
use crate::view::View;

/// What there is instead.
pub(super) fn body(
    state: &AppState,
    view: &View,
    kind: &'static Kind,
    name: &str,
) -> Result<Markup, Refusal> {
    let group = view.group("owner");
    let market = &view.shown.market;
    let grouping = market.grouping(&group)?;
    let labels = (0..grouping.unit_count() as u32).map(|code| grouping.label(code));
    let near = near(name, labels);
    let mut elsewhere = Vec::new();
    for shown in state.app.ready() {
        let release = &shown.market.release;
        if release.collection == market.release.collection {
            continue;
        }
        let there = View { shown: shown.clone(), ..view.clone() };
        if let Ok(Some(unit)) = find(&there, &group, name) {
            elsewhere.push((shown.clone(), unit));
        }
    }
    Ok(html! {
        (form(view, kind, name))
        p.reason role="alert" {
            strong { "Not in this collection: " }
            "no model has the " (kind.names.0) " " strong { (name) } "."
        }
        @if kind.group == Some("owner") { (moved(view, name)) }
        @if !near.is_empty() {
            section aria-labelledby="near" {
                h2 #near { "Near it are" }
                ul.names {
                    @for unit in &near { li { a href=(unit_address(view, &group, unit)) { (unit) } } }
                }
            }
        }
        @if !elsewhere.is_empty() {
            section aria-labelledby="elsewhere" {
                h2 #elsewhere { "In other collections" }
                ul {
                    @for (shown, unit) in &elsewhere {
                        li {
                            a href=(address_of(&shown.market.release.collection, None, group.name(), unit)) {
                                (unit) " in " (shown.market.collection.title)
                            }
                        }
                    }
                }
            }
        }
        p { a href=(all(view, kind)) { "See the largest " (kind.names.1) } "." }
    })
}

/// The page about all units of a kind.
fn all(view: &View, kind: &Kind) -> String {
    let mut given = crate::parameters::Parameters::default();
    given.push("collection", &view.shown.market.release.collection);
    if let (None, Some(group)) = (kind.group, view.group.as_deref()) {
        given.push("group", group);
    }
    given.address(kind.page.path)
}
