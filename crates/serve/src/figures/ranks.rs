//! The places of the largest owners over time.

use analyze::Row;
use chart::{Kind, Unit};
use schema::Statistic;

use super::explore::largest_units;
use super::shares::blank;
use super::{Brief, Content, definition, measured, point};
use crate::moments::{Slice, slices_named};
use crate::view::View;

/// Owners whose places are drawn, as many as there are colours.
const NAMED: usize = 8;
/// Places below this are not drawn: who comes from far below would flatten all others.
const LOWEST: f64 = 20.0;
/// More moments than this are thinned to about as many, so that lines can be told apart.
const MOST_MOMENTS: usize = 26;

/// The places of those that are the largest at the newest moment.
pub(super) fn content(view: &View) -> analyze::Result<Content> {
    let names = largest_units(view, &view.owner(), NAMED)?;
    let query = view.query(view.owner(), &[Statistic::Rank], view.newest());
    let is_high = |row: &Row| row.estimate.value.is_some_and(|rank| rank <= LOWEST);
    let keep = |rows: Vec<Row>| rows.into_iter().filter(is_high).collect();
    let slices = slices_named(view, &query, &names, keep)?;
    let step = slices.len().div_ceil(MOST_MOMENTS).max(1);
    let mut series: Vec<_> = names.iter().map(|name| blank(name, name, false)).collect();
    for slice in thinned(&slices, step) {
        for row in &slice.rows {
            let name = row.unit.as_deref().unwrap_or_default();
            if let Some(of_name) = series.iter_mut().find(|series| series.key == name) {
                of_name.points.push(point(slice.x, row.estimate.clone()));
            }
        }
    }
    let owners = view.attribution.plural();
    let every = if step > 1 { format!(" Every {step} weeks.") } else { String::new() };
    let title = format!("Places of the largest {owners}");
    let meaning = format!(
        "The {NAMED} that are the largest at the newest date, ranked among all {owners} at each; \
         places below {LOWEST} are not shown.{every}"
    );
    Ok(Content {
        kind: Kind::Bump,
        unit: Unit::Number("rank"),
        title: format!("{title} in {}", measured(view)),
        subtitle: format!("{meaning} {}", definition(view)),
        brief: Brief { title, subtitle: meaning },
        series,
        is_ordered: false,
        reference_lines: Vec::new(),
    })
}

/// Every so many moments, the newest among them, in the order of time.
fn thinned(slices: &[Slice], step: usize) -> impl Iterator<Item = &Slice> {
    let newest = slices.len().saturating_sub(1);
    slices
        .iter()
        .enumerate()
        .filter(move |(at, _)| (newest - at).is_multiple_of(step))
        .map(|(_, slice)| slice)
}
