//! How a model does among those like it: of its size, and of its task.

use std::collections::BTreeSet;

use analyze::{Condition, Place, place};
use chart::{Unit, format_value};
use maud::{Markup, html};
use schema::Group;

use crate::figures::lower_first;
use crate::parts::{grouped, moment_of, scrolled, unit_address};
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
                    th.number scope="col" { "Rank" }
                    th.number scope="col" { "Before" }
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
                @if first.place.earlier_at != first.place.at {
                    "; before is " (moment_of(first.place.earlier_at))
                }
                ". A name leads to the models of that kind, those that are used most first."
            }
            (scrolled("Table of its place among models like it", &table))
        }
    })
}

fn row(view: &View, peers: &Peers) -> Markup {
    let Peers { group, kind, place } = peers;
    let rank = |rank: f64| grouped(rank.round() as u64);
    html! {
        tr {
            th.long scope="row" {
                (lower_first(&view.shown.title_of(group))) ": "
                a href=(unit_address(view, group, kind)) { (kind) }
            }
            td.number {
                @if let Some(value) = place.rank.value {
                    (rank(value)) span.of { " of " (grouped(place.rank.n)) }
                } @else { "not known" }
            }
            td.number {
                @match place.earlier_rank {
                    Some(earlier) => (grouped(earlier)),
                    None => "not there",
                }
            }
            td.number {
                @if let Some(share) = place.share.value { (format_value(&Unit::Share, share)) }
            }
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
    let (models, kinds) = (market.grouping(&Group::Model)?, market.grouping(group)?);
    let Some(code) = models.find(model) else { return Ok(None) };
    let its = (0..models.model_count()).filter(|place| models.code(*place) == code);
    let codes: BTreeSet<u32> = its.map(|place| kinds.code(place)).collect();
    let known = codes.into_iter().find(|code| kinds.is_attributed(*code));
    Ok(known.map(|code| kinds.label(code).to_owned()))
}
