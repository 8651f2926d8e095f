//! The numbers behind a figure, for programs: CSV and JSON.

use analyze::Event;
use chart::{Figure, Kind, Point, Series, Unit, X};
use schema::Estimate;
use serde::Serialize;

use super::Drawing;
use crate::api::Numbers;
use crate::csv::{number, quoted};
use crate::marks;
use crate::parts::counted;

/// The numbers of a figure with everything that is needed to cite them.
#[derive(Debug, Serialize)]
struct FigureNumbers<'a> {
    figure: &'static str,
    title: &'a str,
    definition: &'a str,
    unit: String,
    collection: &'a str,
    release: &'a str,
    data_through: String,
    source: &'a str,
    simulated: bool,
    /// The address of the page's fragment that these numbers are drawn in.
    query: String,
    /// The events that the figure is marked with, by time.
    events: Vec<EventNumbers<'a>>,
    /// What the figure says beside, as how many events it is not marked with.
    notes: &'a [String],
    series: Vec<SeriesNumbers<'a>>,
}

#[derive(Debug, Serialize)]
struct EventNumbers<'a> {
    /// When it happened (RFC 3339).
    at: String,
    /// The `x` of the points at which it shows first.
    x: Option<f64>,
    kind: &'static str,
    subject: Option<&'a str>,
    /// How many models it touches, of how many.
    models: Option<u64>,
    of: Option<u64>,
    /// What it is called beside its mark.
    label: String,
    /// One sentence.
    text: &'a str,
}

#[derive(Debug, Serialize)]
struct SeriesNumbers<'a> {
    key: &'a str,
    label: &'a str,
    is_residual: bool,
    is_hidden: bool,
    points: Vec<PointNumbers>,
}

#[derive(Debug, Serialize)]
struct PointNumbers {
    /// The date; for an age, a Lorenz or a specification curve nothing; for a tree the names of the
    /// nodes from the root down, with ` > ` between them.
    at: Option<String>,
    /// Milliseconds since 1970, as the drawing's scale has them; for an age weeks, for a Lorenz
    /// curve the share of units, for a specification curve the place.
    x: f64,
    /// For a specification curve the choices that the point is made of; for an age how long after
    /// the first in the record it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    definition: Option<String>,
    #[serde(flatten)]
    numbers: Numbers,
    state: &'static str,
    /// The value as people read it.
    text: String,
    /// The measurement interval as people read it; empty where it has no width.
    interval: String,
}

/// The numbers as JSON, hidden series included.
pub(crate) fn json(drawing: &Drawing) -> String {
    let figure = &drawing.figure;
    let series = figure.series.iter().map(|series| SeriesNumbers {
        key: &series.key,
        label: &series.label,
        is_residual: series.is_residual,
        is_hidden: series.is_hidden,
        points: series.points.iter().map(|point| numbers(point, figure)).collect(),
    });
    let numbers = FigureNumbers {
        figure: drawing.name,
        title: &figure.title,
        definition: &figure.subtitle,
        unit: unit_name(&figure.unit),
        collection: &drawing.collection,
        release: &drawing.release,
        data_through: drawing.data_through.to_string(),
        source: &figure.source,
        simulated: figure.simulated,
        query: drawing.parameters.address(&drawing.path),
        events: drawing.marks.iter().map(|event| event_numbers(event, figure)).collect(),
        notes: &figure.notes,
        series: series.collect(),
    };
    serde_json::to_string(&numbers).expect("texts and numbers are JSON")
}

/// The numbers as CSV (RFC 4180), one row a point; each row says where it comes from, and which
/// events of the figure show at its moment.
pub(crate) fn csv(drawing: &Drawing) -> String {
    let figure = &drawing.figure;
    let mut out = String::from(
        "at,series,value,low,high,bound_low,bound_high,n,estimated_share,missing_cells,state,\
         unit,collection,release,data_through,source,simulated,events\r\n",
    );
    let marks: Vec<(Option<X>, String)> = (drawing.marks.iter())
        .map(|event| (marks::moment(&figure.series, event), marks::label(event)))
        .collect();
    let unit = unit_name(&figure.unit);
    let simulated = if figure.simulated { "true" } else { "false" };
    let data_through = drawing.data_through.to_string();
    let origin =
        [&*unit, &drawing.collection, &drawing.release, &data_through, &figure.source, simulated];
    let origin = origin.map(quoted).join(",");
    for series in &figure.series {
        for point in &series.points {
            out.push_str(&row(figure, series, point));
            out.push(',');
            out.push_str(&origin);
            out.push(',');
            out.push_str(&quoted(&labels_at(&marks, point.x)));
            out.push_str("\r\n");
        }
    }
    out
}

/// What the events at a moment are called, parted by semicolons.
fn labels_at(marks: &[(Option<X>, String)], x: X) -> String {
    let here = marks.iter().filter(|(moment, _)| *moment == Some(x));
    here.map(|(_, label)| label.as_str()).collect::<Vec<_>>().join("; ")
}

fn row(figure: &Figure, series: &Series, point: &Point) -> String {
    let at = match point.x {
        X::Place(_) if figure.kind == Kind::Tree => quoted(&path(figure, point.x)),
        X::Week(week) => week.to_string(),
        X::Instant(at) => at.to_string(),
        X::Share(share) => share.to_string(),
        X::Age(at) | X::Place(at) => at.to_string(),
        X::Period(period) => period.to_string(),
    };
    let estimate = &point.estimate;
    let cells = [
        at,
        quoted(&series.key),
        number(estimate.value),
        number(estimate.low),
        number(estimate.high),
        number(estimate.bound_low),
        number(estimate.bound_high),
        estimate.n.to_string(),
        number(estimate.estimated_share),
        estimate.missing_cells.map(|cells| cells.to_string()).unwrap_or_default(),
        point.state.name().to_owned(),
    ];
    cells.join(",")
}

/// The names of a tree's nodes from the root down; no name holds such an arrow.
fn path(figure: &Figure, x: X) -> String {
    figure.path_to(x).join(" > ")
}

fn event_numbers<'a>(event: &'a Event, figure: &Figure) -> EventNumbers<'a> {
    EventNumbers {
        at: event.at.to_string(),
        x: marks::moment(&figure.series, event).map(place),
        kind: event.kind.name(),
        subject: event.subject.as_deref(),
        models: event.models,
        of: event.of,
        label: marks::label(event),
        text: &event.text,
    }
}

/// Where a point lies on the drawing's scale: a time in ms, or a share.
fn place(x: X) -> f64 {
    match x {
        X::Week(week) => week.start().millis() as f64,
        X::Instant(at) => at.millis() as f64,
        X::Share(share) => share,
        X::Age(at) | X::Place(at) => f64::from(at),
        X::Period(period) => period.end().millis() as f64,
    }
}

fn numbers(point: &Point, figure: &Figure) -> PointNumbers {
    let unit = &figure.unit;
    let at = match point.x {
        X::Week(week) => Some(week.to_string()),
        X::Instant(at) => Some(at.to_string()),
        X::Period(period) => Some(period.to_string()),
        X::Place(_) if figure.kind == Kind::Tree => Some(path(figure, point.x)),
        X::Age(_) | X::Share(_) | X::Place(_) => None,
    };
    let estimate = &point.estimate;
    PointNumbers {
        at,
        x: place(point.x),
        definition: match point.x {
            X::Place(_) if figure.kind != Kind::Tree => Some(figure.choices_at(point.x)),
            X::Age(weeks) => Some(format!("after {}", counted(u64::from(weeks), "week", "weeks"))),
            _ => None,
        },
        numbers: Numbers::from(estimate),
        state: point.state.name(),
        interval: interval(estimate, unit),
        text: estimate.value.map(|value| chart::format_value(unit, value)).unwrap_or_default(),
    }
}

fn interval(estimate: &Estimate, unit: &Unit) -> String {
    let (Some(low), Some(high)) = (estimate.low, estimate.high) else { return String::new() };
    let [low, high] = [low, high].map(|end| chart::format_value(unit, end));
    if low == high { String::new() } else { format!("{low} to {high}") }
}

fn unit_name(unit: &Unit) -> String {
    match unit {
        Unit::Count(noun) | Unit::Number(noun) => (*noun).to_owned(),
        Unit::Share => "share, 0 to 1".to_owned(),
        Unit::Points => "difference of shares, −1 to 1".to_owned(),
        Unit::Index { max, name } => format!("{name}, 0 to {max}"),
    }
}
