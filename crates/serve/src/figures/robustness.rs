//! The specification curve of a claim: its question under many definitions.

use analyze::claims::{Claim, Curve, Expected, Point as Answer, When};
use chart::{Choice, Figure, Kind, Point, ReferenceLine, Series, X};

use super::{Brief, Drawing, point};
use crate::claims::{expected, number, unit};
use crate::parameters::Parameters;
use crate::parts;
use crate::shown::Shown;

/// What the picture does with bars for which there is no room.
const CUT: &str =
    "Bars that go far beyond the answers are cut, and end in a tip; the table has their ends.";
/// What the claim's own definition is called among the choices.
const OWN: &str = "as claimed";

/// Draws the answers from the least to the most; those of a side that is hidden are left out.
pub(crate) fn draw_curve(shown: &Shown, claim: &Claim, found: &Curve, hidden: &[&str]) -> Drawing {
    let market = &shown.market;
    let mut parameters = Parameters::default();
    parameters.push("collection", &market.release.collection);
    for key in hidden {
        parameters.push("hide", key);
    }
    let title = format!("{}, by definition", claim.text.trim_end_matches('.'));
    let figure = Figure {
        id: format!("robustness-{}", claim.name),
        kind: Kind::Specifications,
        title: title.clone(),
        subtitle: subtitle(claim),
        unit: unit(claim),
        source: market.collection.source.clone(),
        data_through: parts::day(market.data_through.day()),
        simulated: market.release.is_simulated,
        series: sides(found, hidden),
        is_ordered: true,
        events: Vec::new(),
        reference_lines: references(claim),
        choices: choices(found),
        nodes: Vec::new(),
        links: Vec::new(),
        notes: if found.points.is_empty() { Vec::new() } else { vec![CUT.to_owned()] },
    };
    let reason = found.points.is_empty().then(|| {
        "this collection cannot answer the question under any definition; the reasons are below"
            .to_owned()
    });
    Drawing {
        name: "robustness",
        path: format!("/figure/robustness/{}", claim.name),
        brief: Brief { title, subtitle: figure.subtitle.clone() },
        figure,
        marks: Vec::new(),
        reason,
        parameters,
        release: market.release.id.clone(),
        collection: market.release.collection.clone(),
        covers: market.collection.covers.clone(),
        data_through: market.data_through,
    }
}

fn subtitle(claim: &Claim) -> String {
    format!(
        "The paper says: {}. Each point is the answer under one definition, from the least to the \
         most; the dots below it tell what is chosen otherwise than in the claim.",
        expected(claim)
    )
}

/// The answers that agree and those that do not, each at its place from 1.
fn sides(found: &Curve, hidden: &[&str]) -> Vec<Series> {
    let side = |agrees: bool, key: &str, label: &str| {
        let placed = (1_u32..).zip(&found.points).filter(|(_, answer)| answer.agrees == agrees);
        let points: Vec<Point> =
            placed.map(|(place, answer)| point(X::Place(place), answer.estimate.clone())).collect();
        Series {
            key: key.to_owned(),
            label: label.to_owned(),
            points,
            is_residual: false,
            is_hidden: hidden.contains(&key),
        }
    };
    vec![side(true, "agrees", "agrees with the claim"), side(false, "disagrees", "does not agree")]
}

/// The claim's own definition, then every choice that any answer makes otherwise.
fn choices(found: &Curve) -> Vec<Choice> {
    let places = |is_it: &dyn Fn(&Answer) -> bool| {
        let placed = (1_u32..).zip(&found.points).filter(|(_, answer)| is_it(answer));
        placed.map(|(place, _)| place).collect::<Vec<u32>>()
    };
    let own = Choice {
        label: OWN.to_owned(),
        places: places(&|answer| answer.specification.choices.is_empty()),
    };
    let others = found.choices.iter().map(|choice| Choice {
        label: choice.clone(),
        places: places(&|answer| answer.specification.choices.contains(choice)),
    });
    let is_made = |choice: &Choice| !choice.places.is_empty();
    [own].into_iter().chain(others).filter(is_made).collect()
}

/// What the paper says, and where a direction or a growth would be none.
fn references(claim: &Claim) -> Vec<ReferenceLine> {
    let line = |value: f64, label: String| ReferenceLine { value, label };
    let nothing = match (claim.when, claim.expected) {
        (When::Growth(..), _) => Some(line(1.0, "no growth".to_owned())),
        (_, Expected::Value(..)) => None,
        (When::In(_), _) => Some(line(0.0, "neither is ahead".to_owned())),
        (When::Change(..), _) => Some(line(0.0, "no change".to_owned())),
    };
    let said = match claim.expected {
        Expected::Value(value, _) => {
            Some(line(value, format!("the paper: {}", number(claim, value))))
        }
        Expected::Rise | Expected::Fall => None,
    };
    nothing.into_iter().chain(said).collect()
}

#[cfg(test)]
mod tests;
