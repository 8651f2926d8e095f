//! Shares over time: the largest units, all others as one, and what belongs to none.

use analyze::{Query, Row};
use chart::{Kind, Point, Series, Unit};
use schema::{Estimate, Group, Statistic};

use super::{Brief, Content, definition, lower_first, measured, point, when};
use crate::moments::{Slice, slices, slices_named};
use crate::view::{Form, View};

/// Units with a series of their own, as many as there are colours.
const NAMED: usize = 8;
/// The key of all other units; no attribute has such a value.
const OTHERS: &str = "(others)";

/// The shares of a group's units.
pub(super) fn content(view: &View, group: &str) -> analyze::Result<Content> {
    let group = view.group(group);
    let query = view.query(group.clone(), &[Statistic::Share], view.newest());
    let of_largest = Query { top: Some(NAMED), ..query.clone() };
    let newest = analyze::answer(&view.shown.market, &of_largest)?.rows;
    let mut last = largest(newest.clone(), NAMED);
    if last.is_empty() {
        // Nothing is known of the newest moment: the largest of the last of which something is.
        let known = slices(view, &of_largest, |rows| largest(rows, NAMED))?
            .into_iter()
            .map(|slice| slice.rows);
        last = known.rev().find(|rows| !rows.is_empty()).unwrap_or_default();
    }
    let mut named: Vec<String> = last.into_iter().filter_map(|row| row.unit).collect();
    let is_ordered = view.shown.is_ordered(&group);
    if is_ordered {
        named.sort_by(|a, b| lower_end(a).total_cmp(&lower_end(b)).then_with(|| a.cmp(b)));
    }
    let slices = slices_named(view, &query, &named, others_named)?;
    let title = lower_first(&view.shown.title_of(&group));
    let coverage = coverage(view, &newest, &group);
    Ok(Content {
        kind: match view.form {
            Form::Area => Kind::Area,
            Form::Line => Kind::Line,
            Form::Dots => Kind::Dots,
        },
        unit: Unit::Share,
        title: format!("Shares of {} by {title}", measured(view)),
        subtitle: format!("{} {coverage}", definition(view)),
        brief: Brief { title: format!("By {title}"), subtitle: coverage },
        series: series(&slices, &named),
        is_ordered,
        reference_lines: Vec::new(),
    })
}

/// The largest units of a moment.
pub(super) fn largest(mut rows: Vec<Row>, most: usize) -> Vec<Row> {
    rows.retain(|row| row.is_attributed && row.unit.is_some() && row.estimate.value.is_some());
    rows.truncate(most);
    rows
}

/// The lower end with which the name of a value of an ordered attribute begins.
fn lower_end(name: &str) -> f64 {
    if name.starts_with(['<', '≤']) {
        return f64::NEG_INFINITY;
    }
    let is_number = |c: char| c.is_ascii_digit() || c == '.';
    let rest = name.trim_start_matches(|c: char| !is_number(c));
    let end = rest.find(|c: char| !is_number(c)).unwrap_or(rest.len());
    rest[..end].parse().unwrap_or(f64::INFINITY)
}

/// Names the row of all units that are not named, which has no name of its own.
fn others_named(mut rows: Vec<Row>) -> Vec<Row> {
    for row in rows.iter_mut().filter(|row| row.is_attributed && row.unit.is_none()) {
        row.unit = Some(OTHERS.to_owned());
    }
    rows
}

fn series(slices: &[Slice], named: &[String]) -> Vec<Series> {
    let mut series: Vec<Series> = named.iter().map(|unit| blank(unit, unit, false)).collect();
    for slice in slices {
        let is_empty = slice.rows.iter().all(|row| row.estimate.value.is_none());
        if is_empty {
            // Nothing is known of this moment: a gap in every series.
            for series in &mut series {
                series.points.push(point(slice.x, Estimate::undefined(0)));
            }
            continue;
        }
        for row in &slice.rows {
            let key = row.unit.as_deref().unwrap_or_default();
            let place = series.iter().position(|series| series.key == key);
            let place = place.unwrap_or_else(|| {
                series.push(blank(key, label(key, row.is_attributed), true));
                series.len() - 1
            });
            series[place].points.push(point(slice.x, row.estimate.clone()));
        }
    }
    // All others before what belongs to none.
    series.sort_by_key(|series| (series.is_residual, series.is_residual && series.key != OTHERS));
    series
}

/// What a series is called.
pub(super) fn label(key: &str, is_attributed: bool) -> &str {
    match (key, is_attributed) {
        (OTHERS, _) => "All others",
        ("unreviewed", false) => "Unreviewed",
        ("unknown", false) => "Unknown",
        _ => key,
    }
}

/// A series without points.
pub(super) fn blank(key: &str, label: &str, is_residual: bool) -> Series {
    Series {
        key: key.to_owned(),
        label: label.to_owned(),
        points: Vec::<Point>::new(),
        is_residual,
        is_hidden: false,
    }
}

/// Of how much of the mass the group is known.
pub(super) fn coverage(view: &View, newest: &[Row], group: &Group) -> String {
    let unattributed: f64 =
        newest.iter().filter(|row| !row.is_attributed).filter_map(|row| row.estimate.value).sum();
    let Some(row) = newest.first().filter(|row| row.estimate.value.is_some()) else {
        return "Nothing is known of the newest date.".to_owned();
    };
    let known = chart::format_value(&Unit::Share, 1.0 - unattributed);
    let title = view.shown.title_of(group);
    let (noun, when) = (view.measure.unit(), when(view, row));
    if unattributed <= 0.0 {
        return format!("{title} is known for all {noun} {when}.");
    }
    format!("{title} is known for {known} of {noun} {when}.")
}

#[cfg(test)]
mod tests;
