//! How a model does among those like it: of its size, and of its task.

use analyze::{Condition, Place, place};
use chart::Unit;
use maud::{Markup, html};
use schema::Group;

use crate::figures::lower_first;
use crate::pages::unit::rank;
use crate::parts::{moment_of, scrolled, sure, unit_address};
use crate::refusal::Refusal;
use crate::view::View;

/// What makes models alike.
const ALIKE: [&str; 2] = ["size_band", "task"];

/// Models of the same kind, and the model's place among them.
struct Peers {
    group: Group,
    kind: String,
    place: Place,
}

/// The section; nothing where nothing is known that would make others alike.
pub(super) fn section(view: &View, model: &str) -> Result<Markup, Refusal> {
    let mut found = Vec::new();
    for name in ALIKE {
        found.extend(peers(view, &Group::named(name), model)?);
    }
    let Some(first) = found.first() else { return Ok(html! {}) };
    let table = html! {
        table {
            thead {
                tr {
                    th scope="col" { "Among models of the same" }
                    th scope="col" { "Rank" }
                    th.number scope="col" { "Its share of theirs" }
                }
            }
            tbody { @for peers in &found { (row(view, peers)) } }
        }
    };
    Ok(html! {
        section aria-labelledby="alike" {
            h2 #alike { "Among models like it" }
            p.subtitle {
                "By " (lower_first(view.measure.title())) ", " (moment_of(first.place.at))
                ". Models whose size or task is not known are among none of these. A name leads to the \
                 models of that kind, those that are used most first."
            }
            (scrolled("Table of its place among models like it", &table))
        }
    })
}

fn row(view: &View, peers: &Peers) -> Markup {
    let Peers { group, kind, place } = peers;
    html! {
        tr {
            th scope="row" {
                (lower_first(&view.shown.title_of(group))) ": "
                a href=(unit_address(view, group, kind)) { (kind) }
            }
            td {
                @if place.rank.value.is_some() { (rank(place)) } @else { "not known" }
            }
            td.number { (sure(&Unit::Share, &place.share)) }
        }
    }
}

/// The models of the same kind as a model; `None` where its kind is not known, or nothing of the
/// time that is asked for.
fn peers(view: &View, group: &Group, model: &str) -> Result<Option<Peers>, Refusal> {
    if !view.shown.is_known(group.name()) {
        return Ok(None);
    }
    let Some(kind) = kind_of(view, group, model)? else { return Ok(None) };
    let mut query = view.query(Group::Model, &[], view.newest());
    let attribute = group.name().to_owned();
    query.conditions.push(Condition { attribute, values: vec![kind.clone()] });
    match place(&view.shown.market, &query, model, 0) {
        Ok(place) => Ok(Some(Peers { group: group.clone(), kind, place })),
        Err(analyze::Error::OutOfReach { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// The value that the model has of an attribute; `None` where it is not known.
fn kind_of(view: &View, group: &Group, model: &str) -> Result<Option<String>, Refusal> {
    let market = &view.shown.market;
    let kinds = market.grouping(group)?;
    let code = market.place_of(model).map(|place| kinds.code(place as usize));
    let known = code.filter(|code| kinds.is_attributed(*code));
    Ok(known.map(|code| kinds.label(code).to_owned()))
}
