//! The numbers behind a figure, for those who read tables.

use schema::{CellState, Instant};

use crate::format::{UNDEFINED, day_text, format_exact};
use crate::kinds::tiles;
use crate::tracks;
use crate::{Figure, Kind, Point, Series, Unit, X};

/// A table of formatted texts; every row is as long as the header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The names of the columns.
    pub header: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
}

/// Lists every point of every series that is not hidden, by place and then by series.
///
/// Columns: place, series, value, low and high of the measurement interval, low and high of the
/// bounds, share of the mass that is estimated, cells that are missing, state. Numbers are in
/// full; what is not defined is empty, and a gap says so. Of a specification curve a row has the
/// choices in place of the series, and the series in place of the state; so it has of a flow. Of a
/// tree the node and the one that it hangs from come first, and the series last; of a map the
/// series and its code, and last what makes the number less sure than it is large.
#[must_use]
pub fn table(figure: &Figure) -> Table {
    let value = match &figure.unit {
        Unit::Count(noun) | Unit::Number(noun) if !noun.is_empty() => (*noun).to_owned(),
        Unit::Index { name, .. } => (*name).to_owned(),
        Unit::Share => "share".to_owned(),
        Unit::Points => "difference".to_owned(),
        _ => "value".to_owned(),
    };
    let (place, series, last) = match figure.kind {
        _ if tracks::is_by_age(figure) => ("age in weeks", "series", "state"),
        Kind::Lorenz => ("share of units", "series", "state"),
        Kind::Specifications => ("place", "definition", "side"),
        Kind::Tree => ("node", "hangs from", "sort"),
        Kind::Parts => ("period", "part", "state"),
        Kind::Flow => ("place", "to", "from"),
        Kind::Tiles => ("country", "code", "how sure"),
        _ if is_by_period(figure) => ("period", "series", "state"),
        _ => ("date", "series", "state"),
    };
    let names = [
        place,
        series,
        &value,
        "low",
        "high",
        "bound low",
        "bound high",
        "estimated",
        "missing cells",
        last,
    ];
    let header = names.map(str::to_owned).to_vec();
    let mut points: Vec<(f64, usize, &Point)> = Vec::new();
    for (index, series) in figure.series.iter().enumerate() {
        if series.is_hidden {
            continue;
        }
        let placed = series.points.iter().filter_map(|point| {
            tracks::place(point.x, figure.kind).map(|place| (place, index, point))
        });
        points.extend(placed);
    }
    points.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
    let has_times = has_several_a_day(points.iter().map(|(_, _, point)| point.x));
    let mut rows: Vec<Vec<String>> = points
        .iter()
        .map(|(place, index, point)| row(*place, &figure.series[*index], point, figure))
        .collect();
    let mut header = header;
    if has_times {
        "date and time (UTC)".clone_into(&mut header[0]);
        for (row, (_, _, point)) in rows.iter_mut().zip(&points) {
            if let X::Instant(at) = point.x {
                row[0] = format!("{} {}", row[0], time_text(at));
            }
        }
    }
    Table { header, rows }
}

/// Whether every point is of a period.
fn is_by_period(figure: &Figure) -> bool {
    let mut points = figure.series.iter().flat_map(|series| &series.points).peekable();
    points.peek().is_some() && points.all(|point| matches!(point.x, X::Period(_)))
}

/// Whether two moments are of one day, so that the day alone would not tell them apart.
fn has_several_a_day(places: impl Iterator<Item = X>) -> bool {
    let mut instants: Vec<Instant> =
        places.filter_map(|x| if let X::Instant(at) = x { Some(at) } else { None }).collect();
    instants.sort_unstable();
    instants.dedup();
    instants.windows(2).any(|pair| pair[0].day() == pair[1].day())
}

fn time_text(at: Instant) -> String {
    const MS_PER_MINUTE: i64 = 60_000;
    let minutes = (at.millis() - at.day().start().millis()) / MS_PER_MINUTE;
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

fn row(place: f64, series: &Series, point: &Point, figure: &Figure) -> Vec<String> {
    let label = &series.label;
    let unit = if figure.kind == Kind::Lorenz { &Unit::Share } else { &figure.unit };
    let is_missing = point.state == CellState::Missing;
    let number = |value: Option<f64>| {
        let value = if is_missing { None } else { tracks::usable(value) };
        value.map(|value| format_exact(unit, value)).unwrap_or_default()
    };
    let estimate = &point.estimate;
    let mut value = number(estimate.value);
    if value.is_empty() && !is_missing {
        UNDEFINED.clone_into(&mut value);
    }
    let (name, last) = match figure.kind {
        Kind::Specifications | Kind::Flow => (figure.choices_at(point.x), label.clone()),
        Kind::Tree => (above(figure, point.x), label.clone()),
        Kind::Tiles => (code(series), how_sure(point)),
        _ => (label.clone(), point.state.name().to_owned()),
    };
    vec![
        match figure.kind {
            Kind::Tree => {
                figure.path_to(point.x).last().map(ToString::to_string).unwrap_or_default()
            }
            Kind::Tiles => label.clone(),
            _ => place_text(place, point.x),
        },
        name,
        value,
        number(estimate.low),
        number(estimate.high),
        number(estimate.bound_low),
        number(estimate.bound_high),
        estimate.estimated_share.map(|s| format_exact(&Unit::Share, s)).unwrap_or_default(),
        estimate
            .missing_cells
            .map(|cells| format_exact(&Unit::Count(""), cells as f64))
            .unwrap_or_default(),
        last,
    ]
}

/// The code of the country that a series is; empty for what stands beside the map.
fn code(series: &Series) -> String {
    let code = if series.is_residual { None } else { tiles::country_code(&series.key) };
    code.unwrap_or_default().to_owned()
}

/// How a number came to be known, and what is wider than the number itself.
fn how_sure(point: &Point) -> String {
    let state = point.state.name();
    let unsure = tracks::mark(0.0, point).and_then(|mark| tiles::unsure(&mark));
    unsure.map_or_else(|| state.to_owned(), |unsure| format!("{state}; {unsure}"))
}

/// The node that another hangs from; empty for the root.
fn above(figure: &Figure, x: X) -> String {
    figure.path_to(x).iter().rev().nth(1).map(ToString::to_string).unwrap_or_default()
}

fn place_text(place: f64, x: X) -> String {
    match x {
        X::Share(_) => format_exact(&Unit::Share, place),
        X::Age(at) | X::Place(at) => at.to_string(),
        X::Period(period) => period.to_string(),
        X::Week(_) | X::Instant(_) => day_text(Instant::from_millis(place as i64).day()),
    }
}

#[cfg(test)]
mod tests;
