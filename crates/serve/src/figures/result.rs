//! The pictures of a result, each a figure with an address of its own.

use analyze::results::{Answered, Attribution, Line};
use chart::{Figure, Kind, Unit};

use super::{Brief, Drawing};
use crate::parameters::Parameters;
use crate::parts;
use crate::refusal::Refusal;
use crate::results::{Picture, pictures};
use crate::shown::Shown;

/// Where the pictures of results lie.
const BELOW: &str = "/figure/result/";
/// What such a figure is called in files.
pub(crate) const RESULT: &str = "result";
/// Which picture of a result is meant, from 1; without it the first.
pub(crate) const PICTURE: &str = "picture";

/// The pictures of a result with the lines that each shows; of a result without any one that says
/// why there is nothing to see. Series that are hidden are in the legend only.
pub(crate) fn draw_result(
    shown: &Shown,
    attribution: Attribution,
    answered: &Answered,
    hidden: &[String],
) -> Vec<(Drawing, Vec<Line>)> {
    let of = |place: usize, mut figure: Figure, reason: Option<String>| {
        for series in &mut figure.series {
            series.is_hidden = hidden.contains(&series.key);
        }
        let market = &shown.market;
        Drawing {
            name: RESULT,
            path: format!("{BELOW}{}", answered.described.name),
            brief: Brief { title: figure.title.clone(), subtitle: figure.subtitle.clone() },
            figure,
            marks: Vec::new(),
            reason,
            parameters: parameters(shown, attribution, place, hidden),
            release: market.release.id.clone(),
            collection: market.release.collection.clone(),
            covers: market.collection.covers.clone(),
            data_through: market.data_through,
        }
    };
    let found = pictures(answered, &shown.market);
    if found.is_empty() {
        let reason = match &answered.found {
            Err(reason) => reason.clone(),
            Ok(_) => "the result has no two numbers that a picture could set side by side".into(),
        };
        return vec![(of(0, nothing(shown, answered), Some(reason)), Vec::new())];
    }
    let drawn = |(place, Picture { figure, lines })| (of(place, figure, None), lines);
    found.into_iter().enumerate().map(drawn).collect()
}

/// Which of the pictures of a result is asked for, from 0.
pub(crate) fn picture_of(given: &Parameters, result: &str, count: usize) -> Result<usize, Refusal> {
    let Some(text) = given.get(PICTURE) else { return Ok(0) };
    match text.parse::<usize>() {
        Ok(place) if (1..=count).contains(&place) => Ok(place - 1),
        _ => Err(Refusal::not_found(format!(
            "the result '{result}' has no picture '{text}'; it has {}, counted from 1",
            parts::counted(count as u64, "picture", "pictures")
        ))),
    }
}

fn parameters(
    shown: &Shown,
    attribution: Attribution,
    place: usize,
    hidden: &[String],
) -> Parameters {
    let mut parameters = Parameters::default();
    parameters.push("collection", &shown.market.release.collection);
    if attribution == Attribution::Developer {
        parameters.push("attribution", "developer");
    }
    if place > 0 {
        parameters.push(PICTURE, &(place + 1).to_string());
    }
    for key in hidden {
        parameters.push("hide", key);
    }
    parameters
}

fn nothing(shown: &Shown, answered: &Answered) -> Figure {
    let market = &shown.market;
    let described = answered.described;
    Figure {
        id: format!("result-{}-1", described.name),
        kind: Kind::Dots,
        title: described.title.to_owned(),
        subtitle: described.question.to_owned(),
        unit: Unit::Share,
        source: market.collection.source.clone(),
        data_through: parts::day(market.data_through.day()),
        simulated: market.release.is_simulated,
        series: Vec::new(),
        is_ordered: false,
        events: Vec::new(),
        reference_lines: Vec::new(),
        choices: Vec::new(),
        nodes: Vec::new(),
        links: Vec::new(),
        notes: Vec::new(),
    }
}
