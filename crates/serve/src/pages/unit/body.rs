//! The page about one unit.

use analyze::place;
use maud::{Markup, html};

use super::asked::Asked;
use super::{about, index, quality, standing};
use crate::figures::{Name, draw};
use crate::parameters::Parameters;
use crate::parts::{self, Listed, standings};
use crate::refusal::Refusal;
use crate::view::{Layout, View};

/// Neighbours that are listed on each side.
const BESIDE: usize = 4;

pub(super) fn body(asked: &Asked) -> Result<Markup, Refusal> {
    let (view, kind) = (&asked.view, asked.kind);
    let query = view.query(asked.group.clone(), &[], view.newest());
    let placed = match place(&view.shown.market, &query, &asked.unit, BESIDE) {
        Ok(place) => Ok(place),
        Err(error @ analyze::Error::OutOfReach { .. }) => Err(error.to_string()),
        Err(error) => return Err(error.into()),
    };
    let share = draw(Name::UnitShare, view)?;
    let own = asked.of_own();
    Ok(html! {
        (index::form(view, kind, &asked.unit))
        (about::section(asked))
        (standing::section(view, &placed))
        (parts::figure(&share, view.layout))
        @if let Some(further) = kind.further { (further(asked)?) }
        (made_of(asked, &own)?)
        @if let Ok(place) = &placed && place.around.len() > 1 {
            section.leaders aria-labelledby="peers" {
                h2 #peers { "Around it" }
                (standings(view, &Listed {
                    group: &asked.group,
                    standings: &place.around,
                    now: place.at,
                    earlier: place.earlier_at,
                    here: Some(&asked.unit),
                    label: "Table of its neighbours",
                }))
                p { a href=(all(asked)) { "All " (kind.names.1) } }
            }
        }
        (parts::most_used(&own)?)
        (quality::section(view)?)
        (elsewhere(asked))
    })
}

/// What it adds up to, and the shares of what its models are: as many figures as fit a grid.
fn made_of(asked: &Asked, own: &View) -> Result<Markup, Refusal> {
    let sum = View { layout: Layout::Small, ..asked.view.clone() };
    let is_shown = |name: &&&str| {
        let group = own.group.as_deref().unwrap_or_default();
        **name != group && asked.view.shown.is_known(of(own, name).group("").name())
    };
    let parts: Vec<View> =
        asked.kind.made_of.iter().filter(is_shown).map(|name| of(own, name)).collect();
    Ok(html! {
        section aria-labelledby="made-of" {
            h2 #made-of { "What it adds up to, and what it is made of" }
            div.grid {
                (parts::figure(&*draw(Name::UnitSum, &sum)?, Layout::Small))
                @for view in &parts { (parts::figure(&*draw(Name::AttributeShares, view)?, Layout::Small)) }
            }
        }
    })
}

/// The unit's models by a group.
fn of(own: &View, group: &str) -> View {
    View { layout: Layout::Small, group: Some(group.to_owned()), ..own.clone() }
}

fn all(asked: &Asked) -> String {
    let gone = [asked.kind.parameter, "unit", "model", "hide"];
    let given = gone.iter().fold(asked.given.clone(), |given, name| given.without(name));
    given.address(asked.kind.page.path)
}

/// The same numbers for programs, and the questions that go on from here.
fn elsewhere(asked: &Asked) -> Markup {
    let view = &asked.view;
    let base = || {
        let mut given = Parameters::default();
        given.push("collection", &view.shown.market.release.collection);
        given.push("measure", view.measure.name());
        given
    };
    let mut place = base();
    place.push("group", asked.group.name());
    place.push("unit", &asked.unit);
    let condition = asked.of_own();
    let narrowed = base().with("where", &analyze::Condition::list_text(&condition.conditions));
    html! {
        section aria-labelledby="further" {
            h2 #further { "Take it further" }
            ul {
                li { "Rank, share and neighbours as " a href=(place.address("/api/v1/leaderboard")) { "JSON" } }
                li { "Power among its own models: " a href=(narrowed.address("/power")) { "who holds how much of it" } }
                li { "What its models are: " a href=(narrowed.address("/models")) { "any attribute over time" } }
            }
        }
    }
}
