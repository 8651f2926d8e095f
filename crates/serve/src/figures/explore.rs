//! Any statistic of any units, compared over dates or ages.

use analyze::{At, Row, first_moments};
use chart::{Kind, Point, ReferenceLine, Series, Unit, X};
use schema::{Group, Statistic};

use super::shares::{blank, label, largest};
use super::{Brief, Content, definition, lower_first, measured, point};
use crate::explore::{Asked, LARGEST};
use crate::moments::{Slice, slices, slices_named};
use crate::pages::meaning;
use crate::view::{Form, View};

/// The question's series.
pub(super) fn content(asked: &Asked<'_>) -> analyze::Result<Content> {
    let view = asked.view;
    let (mut series, mut notes) = series(asked)?;
    if asked.is_index {
        for series in &mut series {
            index(series);
        }
    }
    notes.insert(0, definition(view));
    if asked.statistic != Statistic::Sum {
        notes.insert(0, meaning(asked.statistic).0.to_owned());
    }
    let title = title(asked);
    let subtitle = notes.join(" ");
    let first = ReferenceLine { value: analyze::FIRST, label: "as at first".to_owned() };
    Ok(Content {
        kind: kind(asked),
        unit: unit(asked),
        brief: Brief { title: title.clone(), subtitle: subtitle.clone() },
        title,
        subtitle,
        series,
        is_ordered: view.shown.is_ordered(&asked.group()),
        reference_lines: if asked.is_index { vec![first] } else { Vec::new() },
    })
}

fn kind(asked: &Asked<'_>) -> Kind {
    match asked.form {
        Form::Area => Kind::Area,
        Form::Dots => Kind::Dots,
        Form::Line if asked.statistic == Statistic::Rank => Kind::Bump,
        Form::Line => Kind::Line,
    }
}

fn unit(asked: &Asked<'_>) -> Unit {
    if asked.is_index {
        return Unit::Number("first = 100");
    }
    let index = |max: f64, name: &'static str| Unit::Index { max, name };
    match asked.statistic {
        Statistic::Sum | Statistic::Top | Statistic::Quantiles => {
            Unit::Count(asked.view.measure.unit())
        }
        Statistic::Share
        | Statistic::Cr1
        | Statistic::Cr4
        | Statistic::Cr10
        | Statistic::Lorenz => Unit::Share,
        Statistic::Rank => Unit::Number("rank"),
        Statistic::Percentile => index(100.0, "percentile"),
        Statistic::Hhi => index(10_000.0, "HHI"),
        Statistic::HhiNormalized => index(1.0, "normalised HHI"),
        Statistic::Gini => index(1.0, "Gini"),
        Statistic::EffectiveNumber => Unit::Count("equal units"),
        Statistic::Entropy | Statistic::Theil => Unit::Number("nats"),
    }
}

fn title(asked: &Asked<'_>) -> String {
    let view = asked.view;
    let measured = measured(view);
    let what = match asked.statistic {
        Statistic::Sum if view.window == schema::Window::Week => view.measure.title().to_owned(),
        Statistic::Sum => format!("Sums of {measured}"),
        Statistic::Rank | Statistic::Percentile => {
            format!("{} in {measured}", asked.statistic.title())
        }
        statistic => format!("{} of {measured}", statistic.title()),
    };
    let over = if asked.statistic.is_of_units() { "by" } else { "over units of" };
    let group = lower_first(&view.shown.title_of(&asked.group()));
    let age = if asked.is_by_age { ", by age" } else { "" };
    let index = if asked.is_index { ", first = 100" } else { "" };
    format!("{what} {over} {group}{age}{index}")
}

/// The series, and what has to be said of them.
fn series(asked: &Asked<'_>) -> analyze::Result<(Vec<Series>, Vec<String>)> {
    if !asked.statistic.is_of_units() {
        return Ok((of_market(asked)?, Vec::new()));
    }
    let (names, mut notes) = names(asked)?;
    let mut series = of_units(asked, &names)?;
    if asked.is_by_age {
        notes.extend(by_age(asked, &mut series)?);
    }
    Ok((series, notes))
}

/// The statistic of the whole market, or of the parts of its units.
fn of_market(asked: &Asked<'_>) -> analyze::Result<Vec<Series>> {
    let mut series: Vec<Series> = Vec::new();
    for slice in moments(asked, None, |rows| rows)? {
        for row in slice.rows {
            let (key, label) = match &row.unit {
                Some(part) => (part.clone(), part.clone()),
                None => (asked.statistic.name().to_owned(), asked.statistic.title().to_owned()),
            };
            let place = series.iter().position(|known| known.key == key);
            let place = place.unwrap_or_else(|| {
                series.push(blank(&key, &label, false));
                series.len() - 1
            });
            series[place].points.push(point(slice.x, row.estimate));
        }
    }
    Ok(series)
}

/// The units that are compared: those named that there are, or the largest.
fn names(asked: &Asked<'_>) -> analyze::Result<(Vec<String>, Vec<String>)> {
    let view = asked.view;
    if asked.units.is_empty() {
        return Ok((largest_units(view, &asked.group(), LARGEST)?, Vec::new()));
    }
    let (mut known, mut notes) = (Vec::new(), Vec::new());
    for name in &asked.units {
        match analyze::find_units(&view.shown.market, &asked.query(), std::slice::from_ref(name)) {
            Ok(()) => known.push(name.clone()),
            Err(error @ analyze::Error::UnknownUnit { .. }) => {
                notes.push(format!("{}.", upper(&error)));
            }
            Err(error) => return Err(error),
        }
    }
    Ok((known, notes))
}

fn upper(error: &analyze::Error) -> String {
    crate::parts::upper_first(&error.to_string())
}

/// The largest units at the newest moment of which something is known.
pub(crate) fn largest_units(
    view: &View,
    group: &Group,
    most: usize,
) -> analyze::Result<Vec<String>> {
    let mut query = view.query(group.clone(), &[Statistic::Sum], view.newest());
    query.top = Some(most);
    let named = |rows: Vec<Row>| {
        let units = largest(rows, most).into_iter().filter_map(|row| row.unit);
        units.collect::<Vec<String>>()
    };
    let newest = named(analyze::answer(&view.shown.market, &query)?.rows);
    if !newest.is_empty() {
        return Ok(newest);
    }
    let slices = slices(view, &query, |rows| largest(rows, most))?;
    let last = slices.into_iter().map(|slice| named(slice.rows)).rev();
    Ok(last.into_iter().find(|names| !names.is_empty()).unwrap_or_default())
}

/// A series a unit, and where areas stack to the whole what is left of it.
fn of_units(asked: &Asked<'_>, names: &[String]) -> analyze::Result<Vec<Series>> {
    const OTHERS: &str = "(others)";
    let is_whole = asked.form == Form::Area;
    let mut series: Vec<Series> = names.iter().map(|name| blank(name, name, false)).collect();
    let keep = |rows: Vec<Row>| {
        let is_kept = |row: &Row| is_whole || (row.is_attributed && row.unit.is_some());
        rows.into_iter().filter(is_kept).collect()
    };
    for slice in moments(asked, Some(names), keep)? {
        if slice.rows.iter().all(|row| row.estimate.value.is_none()) {
            // Nothing is known of this moment: a gap in every series.
            for series in &mut series {
                series.points.push(point(slice.x, schema::Estimate::undefined(0)));
            }
            continue;
        }
        for row in slice.rows {
            let key = row.unit.as_deref().unwrap_or(OTHERS);
            let place = series.iter().position(|known| {
                known.key == key && known.is_residual == (!row.is_attributed || row.unit.is_none())
            });
            let place = place.unwrap_or_else(|| {
                series.push(blank(key, label(key, row.is_attributed), true));
                series.len() - 1
            });
            series[place].points.push(point(slice.x, row.estimate));
        }
    }
    series.sort_by_key(|series| (series.is_residual, series.is_residual && series.key != OTHERS));
    Ok(series)
}

/// The moments that the question is about; for dots the newest alone.
fn moments(
    asked: &Asked<'_>,
    names: Option<&[String]>,
    keep: impl Fn(Vec<Row>) -> Vec<Row> + Sync,
) -> analyze::Result<Vec<Slice>> {
    let query = asked.query();
    if asked.form == Form::Dots {
        let slice = |at, rows| Slice::new(at, keep(rows));
        let market = &asked.view.shown.market;
        return match names {
            Some(names) => analyze::answer_named(market, &query, names, slice),
            None => analyze::answer_each(market, &query, slice),
        };
    }
    match names {
        Some(names) => slices_named(asked.view, &query, names, keep),
        None => slices(asked.view, &query, keep),
    }
}

/// Sets each series from its own beginning on, and says of which the beginning is not known.
fn by_age(asked: &Asked<'_>, series: &mut [Series]) -> analyze::Result<Option<String>> {
    let market = &asked.view.shown.market;
    let query = asked.query();
    let keys: Vec<String> = series.iter().map(|series| series.key.clone()).collect();
    let firsts = first_moments(market, &query, &keys)?;
    let begin = analyze::begin(market, &query)?;
    let mut older = Vec::new();
    for (series, first) in series.iter_mut().zip(firsts) {
        let Some(first) = first else {
            series.points.clear();
            continue;
        };
        if Some(first) == begin {
            older.push(series.label.clone());
        }
        let mut aged: Vec<Point> = Vec::with_capacity(series.points.len());
        for point in std::mem::take(&mut series.points) {
            let weeks = at(point.x).and_then(|at| analyze::age_in_weeks(first, at));
            let Some(weeks) = weeks else { continue };
            let point = Point { x: X::Age(weeks), ..point };
            // Of several readings in a week of age the last stands.
            match aged.last_mut().filter(|last| last.x == point.x) {
                Some(last) => *last = point,
                None => aged.push(point),
            }
        }
        series.points = aged;
    }
    let age =
        "Age is counted in whole weeks from the first in the record at which a unit holds any.";
    let older = match older.len() {
        0 => String::new(),
        _ => format!(" {} had some when the record began, and may be older.", older.join(", ")),
    };
    Ok(Some(format!("{age}{older}")))
}

fn at(x: X) -> Option<At> {
    match x {
        X::Week(week) => Some(At::Week(week)),
        X::Instant(at) => Some(At::Instant(at)),
        X::Age(_) | X::Period(_) | X::Share(_) | X::Place(_) => None,
    }
}

/// Makes a series an index of which the first is 100.
fn index(series: &mut Series) {
    analyze::index(series.points.iter_mut().map(|point| &mut point.estimate));
    for known in &mut series.points {
        *known = point(known.x, known.estimate.clone());
    }
}
