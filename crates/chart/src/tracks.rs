//! Series as they can be drawn: sorted, cut at gaps, free of what is not a number.

use schema::{CalendarPeriod, CellState};

use crate::scale::{self, Linear};
use crate::time::MS_PER_DAY;
use crate::{Event, Figure, Kind, Point, Series, X, theme};

/// Values beyond this are not drawn: arithmetic on them would overflow.
const LARGEST: f64 = 1e100;
/// Times are clamped to the years 1900 to 2200, in ms.
const EARLIEST: f64 = -2.2e12;
const LATEST: f64 = 7.3e12;
/// Weeks further apart than this many usual steps are a gap.
const GAP_STEPS: f64 = 1.5;

/// One number that can be drawn. `x` is in ms, in weeks of age, or a share for Lorenz.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Mark {
    pub(crate) x: f64,
    pub(crate) value: f64,
    pub(crate) interval: Option<(f64, f64)>,
    pub(crate) bounds: Option<(f64, f64)>,
    pub(crate) sampling: Option<(f64, f64)>,
    pub(crate) is_estimated: bool,
}

/// A series with its marks in stretches; between stretches is a gap.
#[derive(Debug, Clone)]
pub(crate) struct Track<'a> {
    pub(crate) series: &'a Series,
    pub(crate) class: &'static str,
    pub(crate) stretches: Vec<Vec<Mark>>,
}

impl Track<'_> {
    pub(crate) fn marks(&self) -> impl Iterator<Item = &Mark> {
        self.stretches.iter().flatten()
    }

    pub(crate) fn last(&self) -> Option<&Mark> {
        self.stretches.last().and_then(|stretch| stretch.last())
    }

    pub(crate) fn first(&self) -> Option<&Mark> {
        self.stretches.first().and_then(|stretch| stretch.first())
    }
}

/// Every series of a figure, hidden ones included, in the figure's order.
pub(crate) fn tracks(figure: &Figure) -> Vec<Track<'_>> {
    let track = |series| Track {
        series,
        class: class_of(series, figure),
        stretches: stretches(series, figure.kind),
    };
    figure.series.iter().map(track).collect()
}

/// The tracks that are drawn: neither hidden nor empty.
pub(crate) fn visible<'t, 'a>(tracks: &'t [Track<'a>]) -> Vec<&'t Track<'a>> {
    tracks.iter().filter(|track| !track.series.is_hidden && track.last().is_some()).collect()
}

/// The first and the last place of any point, known or not.
pub(crate) fn x_extent(figure: &Figure) -> Option<(f64, f64)> {
    let points = figure.series.iter().flat_map(|series| &series.points);
    scale::extent(points.filter_map(|point| place(point.x, figure.kind)))
}

/// Whether every point is a week.
pub(crate) fn is_weekly(figure: &Figure) -> bool {
    let mut points = figure.series.iter().flat_map(|series| &series.points);
    points.all(|point| matches!(point.x, X::Week(_)))
}

/// Whether the points are of ages rather than of times.
pub(crate) fn is_by_age(figure: &Figure) -> bool {
    let mut points = figure.series.iter().flat_map(|series| &series.points);
    points.any(|point| matches!(point.x, X::Age(_)))
}

/// The period that lies at a place on the axis.
pub(crate) fn period_at(figure: &Figure, at: f64) -> Option<CalendarPeriod> {
    let mut points = figure.series.iter().flat_map(|series| &series.points);
    points.find_map(|point| match point.x {
        X::Period(period) if place(point.x, figure.kind) == Some(at) => Some(period),
        _ => None,
    })
}

/// Where a point lies on the axis of a kind; `None` for a place of another axis.
pub(crate) fn place(x: X, kind: Kind) -> Option<f64> {
    match (x, kind) {
        (X::Share(share), Kind::Lorenz) => share.is_finite().then(|| share.clamp(0.0, 1.0)),
        (
            X::Period(period),
            Kind::Line | Kind::Area | Kind::Bars | Kind::Bump | Kind::Dots | Kind::Parts,
        ) => Some((period.middle().millis() as f64).clamp(EARLIEST, LATEST)),
        (X::Place(place), Kind::Specifications | Kind::Flow | Kind::Tree) => Some(f64::from(place)),
        (X::Age(weeks), Kind::Line | Kind::Bump) => Some(f64::from(weeks)),
        (
            X::Week(week),
            Kind::Line | Kind::Area | Kind::Bars | Kind::Bump | Kind::Dots | Kind::Tiles,
        ) => {
            // From the number, since a week far out has no Monday to speak of.
            let millis = (f64::from(week.number()) * 7.0 - 3.0) * MS_PER_DAY;
            Some(millis.clamp(EARLIEST, LATEST))
        }
        (
            X::Instant(at),
            Kind::Line | Kind::Area | Kind::Bars | Kind::Bump | Kind::Dots | Kind::Tiles,
        ) => Some((at.millis() as f64).clamp(EARLIEST, LATEST)),
        _ => None,
    }
}

/// Where an event is marked on a time axis from `from` to `to`; `None` where it is outside.
///
/// A week is drawn at its Monday, so what happens in the last one is marked at the axis' end.
pub(crate) fn event_place(event: &Event, figure: &Figure, (from, to): (f64, f64)) -> Option<f64> {
    const LAST_MS_OF_WEEK: f64 = 7.0 * MS_PER_DAY - 1.0;
    let end = if is_weekly(figure) { to + LAST_MS_OF_WEEK } else { to };
    let at = event.at.millis() as f64;
    (from < to && (from..=end).contains(&at)).then_some(at.min(to))
}

/// The value of a point; `None` for a gap.
pub(crate) fn known(point: &Point) -> Option<f64> {
    if point.state == CellState::Missing { None } else { usable(point.estimate.value) }
}

/// The number, if it can be drawn.
pub(crate) fn usable(value: Option<f64>) -> Option<f64> {
    value.filter(|value| value.is_finite() && value.abs() <= LARGEST)
}

/// The places that no visible series covers, within `from`…`to`.
pub(crate) fn common_gaps(tracks: &[&Track<'_>], from: f64, to: f64) -> Vec<(f64, f64)> {
    let mut covered: Vec<(f64, f64)> = tracks
        .iter()
        .flat_map(|track| &track.stretches)
        .filter_map(|stretch| Some((stretch.first()?.x, stretch.last()?.x)))
        .collect();
    covered.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut gaps = Vec::new();
    let mut reached = from;
    for (first, last) in covered {
        if first > reached {
            gaps.push((reached, first));
        }
        reached = reached.max(last);
    }
    if to > reached {
        gaps.push((reached, to));
    }
    gaps
}

/// The places at which series are drawn, and every one of them only by estimate; in order.
pub(crate) fn common_estimates(tracks: &[&Track<'_>]) -> Vec<(f64, f64)> {
    // Where pieces begin and end: how many more are estimated, and how many more are not.
    let mut turns: Vec<(f64, i32, i32)> = Vec::new();
    for (is_estimated, piece) in
        tracks.iter().flat_map(|track| &track.stretches).flat_map(|stretch| pieces(stretch))
    {
        let (estimated, observed) = (i32::from(is_estimated), i32::from(!is_estimated));
        turns.push((piece[0].x, estimated, observed));
        turns.push((piece[piece.len() - 1].x, -estimated, -observed));
    }
    turns.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut stretches: Vec<(f64, f64)> = Vec::new();
    let (mut estimated, mut observed) = (0, 0);
    for pair in turns.windows(2) {
        estimated += pair[0].1;
        observed += pair[0].2;
        let (from, to) = (pair[0].0, pair[1].0);
        if estimated == 0 || observed > 0 || from >= to {
            continue;
        }
        match stretches.last_mut() {
            Some((_, reached)) if *reached >= from => *reached = to,
            _ => stretches.push((from, to)),
        }
    }
    stretches
}

/// The longest step between ascending places that still is the usual pace, taken as the median.
pub(crate) fn longest_usual_step(places: &[f64]) -> f64 {
    let mut steps: Vec<f64> = places.windows(2).map(|pair| pair[1] - pair[0]).collect();
    steps.sort_by(f64::total_cmp);
    steps.get(steps.len() / 2).map_or(f64::INFINITY, |median| median * GAP_STEPS)
}

/// A stretch thinned to the extremes of each pixel, and its own first and last mark.
pub(crate) fn thinned(stretch: &[Mark], x: &Linear) -> Vec<Mark> {
    let pixel = |mark: &Mark| x.px(mark.x).floor() as i64;
    let mut kept = Vec::with_capacity(stretch.len());
    let mut start = 0;
    for column in stretch.chunk_by(|one, other| pixel(one) == pixel(other)) {
        let last = column.len() - 1;
        for (index, mark) in column.iter().enumerate() {
            let is_end = start + index == 0 || start + index + 1 == stretch.len();
            if last < 2 || is_end || is_extreme(column, index) {
                kept.push(*mark);
            }
        }
        start += column.len();
    }
    kept
}

/// A stretch cut where it turns from observed to estimated or back.
///
/// Neighbouring pieces share a mark; what touches an estimated mark is estimated.
pub(crate) fn pieces(stretch: &[Mark]) -> Vec<(bool, &[Mark])> {
    let mut pieces = Vec::new();
    let mut from = 0;
    let is_estimated = |at: usize| stretch[at].is_estimated || stretch[at + 1].is_estimated;
    for at in 1..stretch.len() {
        let is_end = at + 1 == stretch.len();
        if is_end || is_estimated(at) != is_estimated(at - 1) {
            pieces.push((is_estimated(at - 1), &stretch[from..=at]));
            from = at;
        }
    }
    pieces
}

fn class_of(series: &Series, figure: &Figure) -> &'static str {
    if series.is_residual { theme::REST } else { theme::color_class(&series.key, figure) }
}

fn stretches(series: &Series, kind: Kind) -> Vec<Vec<Mark>> {
    let mut points: Vec<(f64, &Point)> =
        series.points.iter().filter_map(|point| place(point.x, kind).map(|x| (x, point))).collect();
    points.sort_by(|one, other| one.0.total_cmp(&other.0));
    points.dedup_by(|later, earlier| later.0.total_cmp(&earlier.0).is_eq());
    let longest = longest_step(&points);
    let mut stretches = Vec::new();
    let mut stretch: Vec<Mark> = Vec::new();
    for (x, point) in points {
        let is_far = stretch.last().is_some_and(|mark| x - mark.x > longest);
        let mark = mark(x, point);
        if (is_far || mark.is_none()) && !stretch.is_empty() {
            stretches.push(std::mem::take(&mut stretch));
        }
        stretch.extend(mark);
    }
    if !stretch.is_empty() {
        stretches.push(stretch);
    }
    stretches
}

/// The mark of a point at its place; `None` for a gap.
pub(crate) fn mark(x: f64, point: &Point) -> Option<Mark> {
    let value = known(point)?;
    let estimate = &point.estimate;
    Some(Mark {
        x,
        value,
        interval: ordered(usable(estimate.low), usable(estimate.high)),
        bounds: ordered(usable(estimate.bound_low), usable(estimate.bound_high)),
        sampling: ordered(usable(estimate.sampling_low), usable(estimate.sampling_high)),
        is_estimated: point.state == CellState::Estimated,
    })
}

fn ordered(low: Option<f64>, high: Option<f64>) -> Option<(f64, f64)> {
    let (low, high) = (low?, high?);
    Some((low.min(high), low.max(high)))
}

/// The longest step between points that are still neighbours.
///
/// Weeks come at a usual pace, and what is left out is a gap; moments come when they come.
fn longest_step(points: &[(f64, &Point)]) -> f64 {
    if !points.iter().all(|(_, point)| matches!(point.x, X::Week(_))) {
        return f64::INFINITY;
    }
    let places: Vec<f64> = points.iter().map(|(x, _)| *x).collect();
    longest_usual_step(&places)
}

/// Whether a mark is the first least or the first greatest of its column.
fn is_extreme(column: &[Mark], index: usize) -> bool {
    let value = column[index].value;
    let is_least = column[..index].iter().all(|mark| mark.value > value)
        && column[index..].iter().all(|mark| mark.value >= value);
    let is_greatest = column[..index].iter().all(|mark| mark.value < value)
        && column[index..].iter().all(|mark| mark.value <= value);
    is_least || is_greatest
}

#[cfg(test)]
mod tests;
