//! What changes are made of, from each period to the next: those of concentration, and those of a
//! share.

use analyze::results::{IndexChange, ShareChange, index_changes, share_changes};
use chart::{Kind, Series, Unit, X};
use schema::{CalendarPeriod, Estimate};

use super::explore::largest_units;
use super::shares::blank;
use super::{Brief, Content, definition, lower_first, measured, point};
use crate::explore::units_of;
use crate::view::View;

/// A part's key, its name, and its number.
type Part<T> = (&'static str, &'static str, fn(&T) -> &Estimate);

const OF_INDEX: [Part<IndexChange>; 3] = [
    ("continuing", "owners that stayed", |change| &change.continuing),
    ("entry", "owners that entered", |change| &change.entry),
    ("exit", "owners that left", |change| &change.exit),
];

const OF_SHARE: [Part<ShareChange>; 5] = [
    ("between", "shares that moved between owners", |change| &change.between),
    ("within", "owners whose own models changed", |change| &change.within),
    ("cross", "owners that changed and gained together", |change| &change.cross),
    ("entry", "owners that entered", |change| &change.entry),
    ("exit", "owners that left", |change| &change.exit),
];

/// The parts of every change of the HHI over owners.
pub(super) fn of_index(view: &View) -> analyze::Result<Content> {
    let query = view.query(view.owner(), &[], view.newest());
    let changes = index_changes(&view.shown.market, &query)?;
    let owners = view.attribution.plural();
    let title = format!("What changed the concentration over {owners} (HHI)");
    let meaning = format!(
        "Each row is the change of the HHI from the period before, in points of 10,000: what {owners} \
         did that are in both periods, entered, or left. The line is what they come to together."
    );
    let series = series(&OF_INDEX, &changes, |change| change.to);
    Ok(content(view, (title, meaning), Unit::Number("points of HHI"), series))
}

/// The parts of every change of the share of a unit of the group: the first that the address names,
/// or the largest.
pub(super) fn of_share(view: &View, group: &str) -> analyze::Result<Content> {
    let group = view.group(group);
    let query = view.query(view.owner(), &[], view.newest());
    let named = units_of(&view.given).into_iter().next();
    let unit = match named {
        Some(unit) => Some(unit),
        None => largest_units(view, &group, 1)?.pop(),
    };
    let changes = match &unit {
        Some(unit) => share_changes(&view.shown.market, &query, &group, unit)?,
        None => Vec::new(),
    };
    let owners = view.attribution.plural();
    let unit = unit.unwrap_or_else(|| "the largest".to_owned());
    let title = format!("What changed the share of {unit}");
    let meaning = format!(
        "Each row is the change from the period before, in points, of the share of {unit} among {} that \
         are known by {}: by {owners} that changed, gained or lost, entered, or left. The line is what \
         they come to together.",
        view.measure.unit(),
        lower_first(&view.shown.title_of(&group)),
    );
    // A part that is nothing throughout, as of what owners cannot change, says nothing.
    let mut series = series(&OF_SHARE, &changes, |change| change.to);
    let is_something =
        |series: &Series| series.points.iter().any(|point| point.estimate.value != Some(0.0));
    series.retain(is_something);
    Ok(content(view, (title, meaning), Unit::Points, series))
}

fn series<T>(parts: &[Part<T>], changes: &[T], to: fn(&T) -> CalendarPeriod) -> Vec<Series> {
    let of_part = |(key, label, part): &Part<T>| {
        let points =
            changes.iter().map(|change| point(X::Period(to(change)), part(change).clone()));
        Series { points: points.collect(), ..blank(key, label, false) }
    };
    parts.iter().map(of_part).collect()
}

fn content(
    view: &View,
    (title, meaning): (String, String),
    unit: Unit,
    series: Vec<Series>,
) -> Content {
    Content {
        kind: Kind::Parts,
        unit,
        title: format!("{title} of {}", measured(view)),
        subtitle: format!("{meaning} {}", definition(view)),
        brief: Brief { title, subtitle: meaning },
        series,
        is_ordered: true,
        reference_lines: Vec::new(),
    }
}
