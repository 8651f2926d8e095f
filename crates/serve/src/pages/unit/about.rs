//! What a unit is: what its models say of it, and what its kind has to say.

use std::collections::BTreeSet;

use maud::{Markup, html};
use schema::Group;

use super::asked::Asked;
use crate::parts::unit_address;

/// More different values than these tell nothing of the unit.
const MOST_VALUES: usize = 3;

/// The section; the attribute that the unit is a value of is explained first.
pub(super) fn section(asked: &Asked) -> Markup {
    let market = &asked.view.shown.market;
    let mut attributes = market.attributes.iter();
    let described = attributes.find(|attribute| attribute.name == asked.group.name());
    let known = known(asked);
    html! {
        section aria-labelledby="about" {
            h2.visually-hidden #about { "What it is" }
            @if !known.is_empty() {
                dl.facts {
                    @for (title, group, values) in &known {
                        dt { (title) }
                        dd {
                            @for (place, value) in values.iter().enumerate() {
                                @if place > 0 { ", " }
                                a href=(unit_address(&asked.view, group, value)) { (value) }
                            }
                        }
                    }
                }
            }
            @if let Some(about) = asked.kind.about { (about(asked)) }
            @if let Some(described) = described {
                p.note {
                    (described.title) ": " (described.meaning) " "
                    a href=(format!("/attribute?collection={}&attribute={}", market.release.collection, described.name)) {
                        "How it is derived"
                    }
                }
            }
        }
    }
}

/// The values of some attributes that the unit's models have, where they are few and known.
fn known(asked: &Asked) -> Vec<(String, Group, Vec<String>)> {
    let shown = &asked.view.shown;
    let mut found = Vec::new();
    for name in asked.kind.known_by {
        let of_owners = crate::view::View { group: Some((*name).to_owned()), ..asked.view.clone() };
        let group = of_owners.group(name);
        if group == asked.group || !shown.is_known(group.name()) {
            continue;
        }
        let values = values(asked, &group);
        if (1..=MOST_VALUES).contains(&values.len()) {
            found.push((shown.title_of(&group), group, values));
        }
    }
    found
}

fn values(asked: &Asked, group: &Group) -> Vec<String> {
    let market = &asked.view.shown.market;
    let (Ok(units), Ok(values)) = (market.grouping(&asked.group), market.grouping(group)) else {
        return Vec::new();
    };
    let Some(unit) = units.find(&asked.unit) else { return Vec::new() };
    let models = (0..units.model_count()).filter(|model| units.code(*model) == unit);
    let codes: BTreeSet<u32> = models.map(|model| values.code(model)).collect();
    let known = codes.into_iter().filter(|code| values.is_attributed(*code));
    known.map(|code| values.label(code).to_owned()).collect()
}
