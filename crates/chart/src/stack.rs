//! Layers that add up to the whole at each date.

use crate::tracks::{self, Track};
use crate::{Figure, Unit};

/// The layers at one date, bottom first, as cumulative shares of the whole.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Column {
    pub(crate) x: f64,
    pub(crate) is_estimated: bool,
    /// Upper edges, ascending; the lower edge of a layer is the upper one of the layer below.
    uppers: Vec<f64>,
}

impl Column {
    /// The lower and upper edge of a layer.
    pub(crate) fn edges(&self, layer: usize) -> (f64, f64) {
        let low = if layer == 0 { 0.0 } else { self.uppers[layer - 1] };
        (low, self.uppers[layer])
    }
}

/// Tracks in stacking order: their own where they have one, else the largest at its end at the
/// bottom; what is left over on top.
pub(crate) fn order<'t, 'a>(figure: &Figure, visible: &[&'t Track<'a>]) -> Vec<&'t Track<'a>> {
    let mut layers = visible.to_vec();
    let last = |track: &Track<'_>| track.last().map_or(0.0, |mark| mark.value);
    layers.sort_by(|one, other| {
        let by_kind = one.series.is_residual.cmp(&other.series.is_residual);
        let by_size = last(other).total_cmp(&last(one));
        if figure.is_ordered { by_kind } else { by_kind.then(by_size) }
    });
    layers
}

/// The columns of a figure in stretches; between stretches is a gap.
///
/// Shares are of the whole as given, other units of the sum of all series, hidden ones included,
/// so that hiding a series changes no other. A date at which a drawn series is known
/// to be missing, or the whole is nothing, is a gap; a series without a point there adds nothing.
pub(crate) fn stretches(
    figure: &Figure,
    tracks: &[Track<'_>],
    layers: &[&Track<'_>],
) -> Vec<Vec<Column>> {
    let gaps = missing(figure);
    let dates = dates(figure);
    let longest = longest_step(figure, &dates);
    let mut cursors = vec![0; tracks.len()];
    let marks: Vec<Vec<&tracks::Mark>> =
        tracks.iter().map(|track| track.marks().collect()).collect();
    let mut stretches: Vec<Vec<Column>> = Vec::new();
    let mut stretch: Vec<Column> = Vec::new();
    for x in dates {
        let at: Vec<Option<&tracks::Mark>> = (0..tracks.len())
            .map(|index| {
                let mark = marks[index].get(cursors[index]).copied().filter(|mark| mark.x <= x);
                cursors[index] += usize::from(mark.is_some());
                mark
            })
            .collect();
        let is_missing = gaps.binary_search_by(|gap| gap.total_cmp(&x)).is_ok();
        let column = if is_missing { None } else { column(x, &at, figure, tracks, layers) };
        let is_far = stretch.last().is_some_and(|last| x - last.x > longest);
        if (is_far || column.is_none()) && !stretch.is_empty() {
            stretches.push(std::mem::take(&mut stretch));
        }
        stretch.extend(column);
    }
    if !stretch.is_empty() {
        stretches.push(stretch);
    }
    stretches
}

fn column(
    x: f64,
    at: &[Option<&tracks::Mark>],
    figure: &Figure,
    tracks: &[Track<'_>],
    layers: &[&Track<'_>],
) -> Option<Column> {
    let sum: f64 = at.iter().flatten().map(|mark| mark.value.max(0.0)).sum();
    let whole = if figure.unit == Unit::Share { sum.max(1.0) } else { sum };
    if sum <= 0.0 {
        return None;
    }
    let mut upper = 0.0;
    let mut uppers = Vec::with_capacity(layers.len());
    let mut is_estimated = false;
    for layer in layers {
        let index = tracks.iter().position(|track| std::ptr::eq(track.series, layer.series));
        if let Some(mark) = index.and_then(|index| at[index]) {
            upper += mark.value.max(0.0) / whole;
            is_estimated |= mark.is_estimated;
        }
        uppers.push(f64::min(upper, 1.0));
    }
    Some(Column { x, is_estimated, uppers })
}

/// Every date of any series, ascending.
fn dates(figure: &Figure) -> Vec<f64> {
    let points = figure.series.iter().flat_map(|series| &series.points);
    sorted(points.filter_map(|point| tracks::place(point.x, figure.kind)).collect())
}

/// The dates at which a drawn series is known to be missing, ascending.
fn missing(figure: &Figure) -> Vec<f64> {
    let drawn = figure.series.iter().filter(|series| !series.is_hidden);
    let points = drawn.flat_map(|series| &series.points);
    let unknown = points.filter(|point| tracks::known(point).is_none());
    sorted(unknown.filter_map(|point| tracks::place(point.x, figure.kind)).collect())
}

/// Weeks come at a usual pace, and what is left out is a gap; moments come when they come.
fn longest_step(figure: &Figure, dates: &[f64]) -> f64 {
    if !tracks::is_weekly(figure) {
        return f64::INFINITY;
    }
    tracks::longest_usual_step(dates)
}

fn sorted(mut values: Vec<f64>) -> Vec<f64> {
    values.sort_by(f64::total_cmp);
    values.dedup();
    values
}

#[cfg(test)]
mod tests;
