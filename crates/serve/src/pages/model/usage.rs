//! How much a model is used: where it stands, its series, who is around it, how good the numbers are.

use std::sync::Arc;

use analyze::place;
use maud::{Markup, html};
use schema::Group;

use super::peers;
use crate::figures::{Name, UNIT, draw};
use crate::pages::unit;
use crate::parameters::Parameters;
use crate::parts::{self, Listed, standings};
use crate::refusal::Refusal;
use crate::shown::Shown;
use crate::view::View;

/// Neighbours that are listed on each side.
const BESIDE: usize = 3;

/// The measures to choose from, the place, the series and the neighbours.
pub(super) fn section(
    shown: &Arc<Shown>,
    model: &str,
    given: &Parameters,
) -> Result<Markup, Refusal> {
    let group = Group::Model;
    let of_view = given.without("model").with("group", group.name()).with(UNIT, model);
    let view = View::of(Arc::clone(shown), of_view)?;
    let query = view.query(group.clone(), &[], view.newest());
    let placed = match place(&shown.market, &query, model, BESIDE) {
        Ok(place) => Ok(place),
        Err(error @ analyze::Error::OutOfReach { .. }) => Err(error.to_string()),
        Err(error) => return Err(error.into()),
    };
    Ok(html! {
        (measures(&view, model))
        (unit::stands(&view, &placed))
        (parts::figure(&*draw(Name::UnitSum, &view)?, view.layout))
        (peers::section(&view, model)?)
        @if let Ok(place) = &placed && place.around.len() > 1 {
            section aria-labelledby="peers" {
                h2 #peers { "Around it" }
                (standings(&view, &Listed {
                    group: &group,
                    standings: &place.around,
                    now: place.at,
                    earlier: place.earlier_at,
                    here: Some(model),
                    label: "Table of its neighbours",
                }))
            }
        }
        (unit::quality(&view)?)
    })
}

/// What can be counted of the model, the present choice marked.
fn measures(view: &View, model: &str) -> Markup {
    let to = |measure: &str| {
        let mut given = Parameters::default();
        given.push("collection", &view.shown.market.release.collection);
        given.push("model", model);
        given.push("measure", measure);
        given.address("/model")
    };
    // Each model is one, whatever is asked.
    let measures = view.shown.measures.iter().filter(|known| **known != schema::Measure::Models);
    let options: Vec<(&str, String, bool)> =
        measures.map(|known| (known.title(), to(known.name()), *known == view.measure)).collect();
    html! { div.switches { (parts::switch("What is counted", &options)) } }
}
