//! The pictures of a result, each a figure with an address of its own.

use analyze::results::{Answered, Attribution, Line};
use chart::Figure;

use super::{Brief, Drawing};
use crate::parameters::Parameters;
use crate::parts;
use crate::refusal::Refusal;
use crate::results::{Picture, Within, blank, pictures};
use crate::view::Layout;

/// Where the pictures of results lie.
const BELOW: &str = "/figure/result/";
/// What such a figure is called in files.
pub(crate) const RESULT: &str = "result";
/// Which picture of a result is meant, from 1; without it the first.
pub(crate) const PICTURE: &str = "picture";

/// The pictures of a result with the lines that each shows; of a result without any one that says
/// why there is nothing to see. Series that are hidden are in the legend only.
pub(crate) fn draw_result(
    page: Within<'_>,
    answered: &Answered,
    layout: Layout,
) -> Vec<(Drawing, Vec<Line>)> {
    let market = &page.shown.market;
    let of = |place: usize, mut figure: Figure, brief: Brief, reason: Option<String>| {
        for series in &mut figure.series {
            series.is_hidden = page.hidden.contains(&series.key);
        }
        Drawing {
            name: RESULT,
            path: format!("{BELOW}{}", answered.described.name),
            figure,
            brief,
            marks: Vec::new(),
            reason,
            parameters: parameters(page, place, layout),
            release: market.release.id.clone(),
            collection: market.release.collection.clone(),
            covers: market.collection.covers.clone(),
            data_through: market.data_through,
        }
    };
    let found = pictures(answered, market);
    if found.is_empty() {
        let reason = match &answered.found {
            Err(reason) => reason.clone(),
            Ok(_) => "the result has no two numbers that a picture could set side by side".into(),
        };
        let figure = blank(answered, market, 0);
        let brief = Brief { title: figure.title.clone(), subtitle: figure.subtitle.clone() };
        return vec![(of(0, figure, brief, Some(reason)), Vec::new())];
    }
    let drawn = |(place, Picture { figure, brief, lines })| (of(place, figure, brief, None), lines);
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

fn parameters(page: Within<'_>, place: usize, layout: Layout) -> Parameters {
    let mut parameters = Parameters::default();
    parameters.push("collection", &page.shown.market.release.collection);
    if page.attribution == Attribution::Developer {
        parameters.push("attribution", "developer");
    }
    if place > 0 {
        parameters.push(PICTURE, &(place + 1).to_string());
    }
    if layout != Layout::Wide {
        parameters.push("layout", layout.name());
    }
    for key in page.hidden {
        parameters.push("hide", key);
    }
    parameters
}
