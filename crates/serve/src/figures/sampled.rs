//! Sampling intervals beside the dots of *Explore*: what a comparable economy would show.

use std::sync::Arc;

use analyze::results::{Context, Options, with_sampling};
use chart::Kind;
use schema::Group;

use super::{Drawing, Name, draw};
use crate::compute::AppState;
use crate::explore::Asked;
use crate::refusal::Refusal;
use crate::view::View;

/// A drawing with the sampling intervals that belong to it: those beside the shares and indices of
/// one moment in *Explore*.
pub(crate) fn draw_sampled(
    state: &AppState,
    name: Name,
    view: &View,
) -> Result<Arc<Drawing>, Refusal> {
    let plain = draw(name, view)?;
    // Nothing of a single model can be drawn again.
    let is_drawn = |asked: Asked<'_>| {
        plain.figure.kind == Kind::Dots
            && asked.query().group != Group::Model
            && !plain.figure.series.is_empty()
    };
    if name != Name::Explore || !is_drawn(Asked::read(view)?) {
        return Ok(plain);
    }
    let key = format!("sampled {}", plain.parameters.address(&plain.path));
    view.shown.drawings.of(&key, || marked(state, view, Drawing::clone(&plain)))
}

fn marked(state: &AppState, view: &View, mut drawing: Drawing) -> Result<Drawing, Refusal> {
    let asked = Asked::read(view)?;
    let query = asked.query();
    let market = &view.shown.market;
    let names: Vec<String> =
        drawing.figure.series.iter().map(|series| series.key.clone()).collect();
    let mut rows = if asked.statistic.is_of_units() {
        analyze::answer_units(market, &query, &names)?.rows
    } else {
        analyze::answer(market, &query)?.rows
    };
    let context = Context::new(state.files_of(&view.shown)?, market, Options::default());
    with_sampling(&context, &query, &mut rows)?;
    for series in &mut drawing.figure.series {
        let is_it = |row: &&analyze::Row| match &row.unit {
            Some(unit) => *unit == series.key,
            None => series.key == row.statistic.name(),
        };
        let Some(row) = rows.iter().find(is_it) else { continue };
        for point in &mut series.points {
            point.estimate.sampling_low = row.estimate.sampling_low;
            point.estimate.sampling_high = row.estimate.sampling_high;
        }
    }
    Ok(drawing)
}
