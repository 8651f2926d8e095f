//! The numbers behind a figure, for programs: as JSON, and as a table.

use std::mem::discriminant;

use analyze::Event;
use chart::{Figure, Kind, Point, Series, Unit, X};
use schema::{Estimate, Value, ValueType};
use serde::Serialize;

use super::Drawing;
use crate::api::Numbers;
use crate::marks;
use crate::parts::counted;
use crate::takeaway::numbers as numbers_of;
use crate::takeaway::{Export, Heading, NUMBERS, Origin, Sheet, embed_path, heading, text};

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
    /// For a map the ISO 3166-1 code of the country; nothing for what stands beside it.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'static str>,
    is_residual: bool,
    is_hidden: bool,
    points: Vec<PointNumbers>,
}

#[derive(Debug, Serialize)]
struct PointNumbers {
    /// The date or the period; for an age, a Lorenz or a specification curve nothing; for a tree the names of the
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
fn json(drawing: &Drawing) -> String {
    let figure = &drawing.figure;
    let series = figure.series.iter().map(|series| SeriesNumbers {
        key: &series.key,
        label: &series.label,
        code: code(series, figure),
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

const EVENTS: Heading = text("events", "What happened at that moment");
/// What stands between the names of a tree's nodes from the root down; no name holds it.
const PATH: &str = " > ";
const CODE: Heading = text("code", "ISO 3166-1 code of the country");
const PLACES: Heading = text("definition", "What the place stands for");

/// The figure with all that it takes away.
pub(crate) fn export(drawing: &Drawing) -> Export {
    let figure = &drawing.figure;
    let origin = origin(drawing);
    let mut sheet = sheet(drawing).from(&origin);
    if let Some(places) = places(figure) {
        sheet = sheet.beside(PLACES, places);
    }
    if figure.kind == Kind::Tiles {
        sheet = sheet.beside(CODE, codes(figure));
    }
    Export {
        name: figure.id.clone(),
        title: figure.title.clone(),
        definition: figure.subtitle.clone(),
        address: address(drawing),
        sheet: sheet.beside(EVENTS, events(drawing)),
        origin,
        json: json(drawing),
        figure: Some(figure.clone()),
    }
}

/// Where the numbers of a figure come from.
pub(crate) fn origin(drawing: &Drawing) -> Origin {
    Origin {
        collection: drawing.collection.clone(),
        release: drawing.release.clone(),
        data_through: drawing.data_through,
        covers: drawing.covers.clone(),
        source: drawing.figure.source.clone(),
        is_simulated: drawing.figure.simulated,
    }
}

/// The address at which a reader sees the figure with these numbers, and none other.
pub(crate) fn address(drawing: &Drawing) -> String {
    let frozen = drawing.parameters.without("layout").with("release", &drawing.release);
    frozen.address(&embed_path(&drawing.path))
}

/// The numbers as a table, one row a point.
fn sheet(drawing: &Drawing) -> Sheet {
    let figure = &drawing.figure;
    let at = at(figure);
    let head = [at, text("series", "The key of the series"), text("label", "Its name")];
    let tail = [
        text("state", "How the number came to be known: observed, estimated or missing"),
        text("unit", "What the number is"),
    ];
    let mut sheet = Sheet::new(head.into_iter().chain(NUMBERS).chain(tail));
    let unit = unit_name(&figure.unit);
    for series in &figure.series {
        for point in &series.points {
            let mut row = vec![
                moment(point.x, at),
                Value::Text(series.key.clone()),
                Value::Text(series.label.clone()),
            ];
            row.extend(numbers_of(Some(&Numbers::from(&point.estimate))));
            row.push(Value::Text(point.state.name().to_owned()));
            row.push(Value::Text(unit.clone()));
            sheet.push(row);
        }
    }
    sheet
}

/// The head of the column that says where points belong.
fn at(figure: &Figure) -> Heading {
    let mut points = figure.series.iter().flat_map(|series| &series.points);
    let first = points.next().map(|point| point.x);
    if points.any(|point| first.as_ref().map(discriminant) != Some(discriminant(&point.x))) {
        return text("at", "Where the point belongs");
    }
    let (value_type, meaning) = match first {
        Some(X::Share(_)) => (ValueType::Number, "The cumulative share of units, 0 to 1"),
        Some(X::Place(_)) => (ValueType::Integer, "The place in the picture, from 0"),
        Some(X::Age(_)) => (ValueType::Integer, "Weeks since the unit's first"),
        Some(X::Period(_)) => (ValueType::Text, "The period of the calendar"),
        Some(X::Instant(_)) => (ValueType::Instant, "When it was read"),
        Some(X::Week(_)) | None => (ValueType::Day, "The Monday of the week"),
    };
    heading("at", value_type, meaning)
}

/// Where a point belongs, in the type of its column.
fn moment(x: X, of: Heading) -> Value {
    let value = match x {
        X::Week(week) => Value::Day(week.monday()),
        X::Instant(at) => Value::Instant(at),
        X::Share(share) => Value::Number(share),
        X::Age(at) | X::Place(at) => Value::Integer(i64::from(at)),
        X::Period(period) => Value::Text(period.to_string()),
    };
    if of.value_type == ValueType::Text { Value::Text(value.to_string()) } else { value }
}

/// What the places of a figure stand for, where its points have places.
fn places(figure: &Figure) -> Option<Vec<Value>> {
    let points = || figure.series.iter().flat_map(|series| &series.points);
    let named = |point: &Point| {
        Value::Text(match figure.kind {
            Kind::Tree => figure.path_to(point.x).join(PATH),
            _ => figure.choices_at(point.x),
        })
    };
    let has_places = matches!(points().next()?.x, X::Place(_));
    has_places.then(|| points().map(named).collect())
}

/// The code of the country that a series of a map is.
fn code(series: &Series, figure: &Figure) -> Option<&'static str> {
    let is_country = figure.kind == Kind::Tiles && !series.is_residual;
    if is_country { chart::country_code(&series.key) } else { None }
}

/// For each row of the table, the code of its country.
fn codes(figure: &Figure) -> Vec<Value> {
    let of = |series: &Series| match code(series, figure) {
        Some(code) => Value::Text(code.to_owned()),
        None => Value::Null,
    };
    let rows = |series| vec![of(series); series.points.len()];
    figure.series.iter().flat_map(rows).collect()
}

/// For each row of the table, which events of the figure show at its moment.
fn events(drawing: &Drawing) -> Vec<Value> {
    let series = &drawing.figure.series;
    let marks: Vec<(Option<X>, String)> = (drawing.marks.iter())
        .map(|event| (marks::moment(series, event), marks::label(event)))
        .collect();
    let named = |point: &Point| {
        let labels = labels_at(&marks, point.x);
        if labels.is_empty() { Value::Null } else { Value::Text(labels) }
    };
    series.iter().flat_map(|series| &series.points).map(named).collect()
}

/// What the events at a moment are called, parted by semicolons.
fn labels_at(marks: &[(Option<X>, String)], x: X) -> String {
    let here = marks.iter().filter(|(moment, _)| *moment == Some(x));
    here.map(|(_, label)| label.as_str()).collect::<Vec<_>>().join("; ")
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
        X::Period(period) => period.middle().millis() as f64,
    }
}

fn numbers(point: &Point, figure: &Figure) -> PointNumbers {
    let unit = &figure.unit;
    let at = match point.x {
        X::Week(week) => Some(week.to_string()),
        X::Instant(at) => Some(at.to_string()),
        X::Period(period) => Some(period.to_string()),
        X::Place(_) if figure.kind == Kind::Tree => Some(figure.path_to(point.x).join(PATH)),
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
