//! Small invented figures for tests.

use schema::{CalendarPeriod, CellState, Estimate, Week};

use crate::{Choice, Figure, Kind, Node, Point, Series, Unit, X};

pub(crate) fn figure(kind: Kind, unit: Unit, series: Vec<Series>) -> Figure {
    Figure {
        id: "sample".to_owned(),
        kind,
        title: "A sample".to_owned(),
        subtitle: "What the sample shows.".to_owned(),
        unit,
        source: "nobody".to_owned(),
        data_through: "1 Jan 2024".to_owned(),
        simulated: false,
        series,
        events: Vec::new(),
        is_ordered: false,
        reference_lines: Vec::new(),
        choices: Vec::new(),
        nodes: Vec::new(),
        links: Vec::new(),
        notes: Vec::new(),
    }
}

pub(crate) fn series(key: &str, points: Vec<Point>) -> Series {
    Series {
        key: key.to_owned(),
        label: key.to_uppercase(),
        points,
        is_residual: false,
        is_hidden: false,
    }
}

/// The week that begins on Monday, 4 March 2024, or `after` weeks later.
pub(crate) fn week(after: i32) -> Week {
    "2024-03-04".parse::<Week>().unwrap().plus(after)
}

pub(crate) fn observed(after: i32, value: f64) -> Point {
    Point {
        x: X::Week(week(after)),
        estimate: Estimate::exact(value, 1),
        state: CellState::Observed,
    }
}

pub(crate) fn estimated(after: i32, value: f64) -> Point {
    Point { state: CellState::Estimated, ..observed(after, value) }
}

pub(crate) fn missing(after: i32) -> Point {
    Point { x: X::Week(week(after)), estimate: Estimate::undefined(0), state: CellState::Missing }
}

/// A specification curve of two answers that disagree and three that agree, of three choices.
pub(crate) fn specifications() -> Figure {
    let at = |place: u32, value: f64| Point {
        x: X::Place(place),
        estimate: Estimate {
            low: Some(value - 0.02),
            high: Some(value + 0.02),
            bound_low: Some(value - 0.1),
            bound_high: Some(value + 0.05),
            ..Estimate::exact(value, 1)
        },
        state: CellState::Observed,
    };
    let choice =
        |label: &str, places: &[u32]| Choice { label: label.to_owned(), places: places.to_vec() };
    let sides = vec![
        series("agrees", vec![at(3, 0.1), at(4, 0.2), at(5, 0.4)]),
        series("disagrees", vec![at(1, -0.2), at(2, -0.1)]),
    ];
    let mut figure = figure(Kind::Specifications, Unit::Points, sides);
    figure.choices = vec![
        choice("as claimed", &[3]),
        choice("by first year", &[1, 4]),
        choice("without models that nobody ever downloaded at all", &[1, 2]),
        choice("other weeks", &[4, 5]),
    ];
    figure
}

/// What flows from two values and from what is not known to two values and to what is not known.
pub(crate) fn flow() -> Figure {
    let at = |place: u32, share: f64| Point {
        x: X::Place(place),
        estimate: Estimate { bound_high: Some(share + 0.1), ..Estimate::exact(share, 2) },
        state: CellState::Observed,
    };
    let mut all = vec![
        series("a", vec![at(1, 0.4), at(2, 0.1)]),
        series("b", vec![at(2, 0.2), at(3, 0.1)]),
        series("unknown", vec![at(1, 0.05), at(3, 0.15)]),
    ];
    all[2].is_residual = true;
    let choice = |label: &str, place: u32| Choice { label: label.to_owned(), places: vec![place] };
    let mut figure = figure(Kind::Flow, Unit::Share, all);
    figure.choices = vec![choice("A", 1), choice("B", 2), choice("Unknown", 3)];
    figure
}

/// `count` lines over `weeks` weeks, with keys from `a` on.
pub(crate) fn lines(count: u8, weeks: i32) -> Figure {
    let line = |index: u8| {
        let value = |after: i32| f64::from(index + 1) * 10.0 + f64::from(after);
        let points = (0..weeks).map(|after| observed(after, value(after))).collect();
        series(&char::from(b'a' + index).to_string(), points)
    };
    figure(Kind::Line, Unit::Count("downloads"), (0..count).map(line).collect())
}

/// A model, a finetune of it, and quantized ones of both; of one nothing is known.
pub(crate) fn tree() -> Figure {
    let at = |place: u32, value: f64| Point {
        x: X::Place(place),
        estimate: Estimate::exact(value, 1),
        state: CellState::Observed,
    };
    let unknown = Point { state: CellState::Missing, ..at(5, 0.0) };
    let sorts = vec![
        series("originator", vec![at(1, 1000.0)]),
        series("finetuner", vec![at(2, 250.0)]),
        series("quantizer", vec![at(3, 40.0), at(4, 90.0), unknown]),
    ];
    let mut figure = figure(Kind::Tree, Unit::Count("downloads"), sorts);
    let node = |label: &str, parent| Node { label: label.to_owned(), parent };
    figure.nodes = vec![
        node("maker/base", None),
        node("other/base-chat", Some(1)),
        node("third/base-chat-GGUF", Some(2)),
        node("fourth/base-with-a-name-that-is-longer-than-most-of-them-are-AWQ", Some(1)),
        node("fifth/base-GPTQ", Some(1)),
    ];
    figure
}

/// A map: two countries of which one is less sure than it is large, one that holds nothing, what is
/// of no single country, and what nobody has looked at. They come to 1.
pub(crate) fn tiles() -> Figure {
    let known = |key: &str, value: f64, most: f64| {
        let mut point = observed(0, value);
        point.estimate.bound_low = Some(value);
        point.estimate.bound_high = Some(most);
        Series { label: key.to_owned(), ..series(key, vec![point]) }
    };
    let mut all = vec![
        known("United States", 0.52, 0.82),
        known("Côte d'Ivoire", 0.128, 0.428),
        known("International / Online", 0.052, 0.352),
        known("Chile", 0.0, 0.0),
        known("unreviewed", 0.3, 0.3),
    ];
    all[4].label = "Unreviewed".to_owned();
    all[4].is_residual = true;
    all[1].points[0].state = CellState::Estimated;
    figure(Kind::Tiles, Unit::Share, all)
}

/// Two changes of three parts: one in which they go against each other, and one of two only.
pub(crate) fn parts() -> Figure {
    let at = |quarter: u32, value: f64| Point {
        x: X::Period(CalendarPeriod::Quarter(2024, quarter)),
        ..observed(0, value)
    };
    let parts = vec![
        series("stayed", vec![at(1, -120.0), at(2, 40.0)]),
        series("entered", vec![at(1, 30.0), at(2, 5.0)]),
        series("left", vec![at(1, -60.0)]),
    ];
    figure(Kind::Parts, Unit::Number("points"), parts)
}
