//! Sampling intervals beside the dots of *Explore*: what a comparable economy would show.

use analyze::results::{Context, Options, with_sampling};
use chart::Kind;
use schema::Group;

use super::Drawing;
use crate::compute::AppState;
use crate::explore::Asked;
use crate::refusal::Refusal;
use crate::view::View;

/// Puts them beside the shares and indices of one moment; of other numbers there are none.
pub(crate) fn mark_sampling(
    state: &AppState,
    view: &View,
    drawing: &mut Drawing,
) -> Result<(), Refusal> {
    let asked = Asked::read(view)?;
    let query = asked.query();
    // Nothing of a single model can be drawn again.
    let is_drawn = drawing.figure.kind == Kind::Dots && query.group != Group::Model;
    if !is_drawn || drawing.figure.series.is_empty() {
        return Ok(());
    }
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
    Ok(())
}
