//! One unit over time: its share of all, or what it adds up to.

use analyze::{Condition, Error};
use chart::{Kind, Series, Unit};
use schema::{Group, Statistic, near};

use super::{Brief, Content, definition, lower_first, measured, point};
use crate::moments::{Slice, slices, slices_named};
use crate::refusal::Refusal;
use crate::view::View;

/// The parameter that names the unit.
pub(crate) const UNIT: &str = "unit";

/// The unit that the address names.
pub(super) fn asked(view: &View) -> Result<&str, Refusal> {
    if view.given.all(UNIT).count() > 1 {
        return Err(Refusal::repeated_parameter(UNIT));
    }
    let missing = || Refusal::missing_parameter(UNIT, "the name of a unit of the group, as google");
    view.given.get(UNIT).ok_or_else(missing)
}

/// The numbers of one unit of a group: `Share`, or `Sum`.
pub(super) fn content(
    view: &View,
    group: &str,
    unit: &str,
    statistic: Statistic,
) -> analyze::Result<Content> {
    let group = view.group(group);
    check(view, &group, unit)?;
    let slices = match statistic {
        Statistic::Share => shares(view, &group, unit)?,
        _ => sums(view, &group, unit)?,
    };
    let points = slices
        .into_iter()
        .flat_map(|slice| slice.rows.into_iter().map(move |row| point(slice.x, row.estimate)));
    let series = Series {
        key: unit.to_owned(),
        label: unit.to_owned(),
        points: points.collect(),
        is_residual: false,
        is_hidden: false,
    };
    let whose = whose(view, &group, unit);
    let noun = view.measure.unit();
    let (title, meaning, unit_of) = match statistic {
        Statistic::Share => {
            let meaning = format!("The part of all {noun} that is of {whose}.");
            ("share of ", meaning, Unit::Share)
        }
        _ => ("", format!("Of {whose}."), Unit::Count(noun)),
    };
    Ok(Content {
        kind: Kind::Line,
        unit: unit_of,
        title: format!("{unit}: {title}{}", measured(view)),
        subtitle: format!("{meaning} {}", definition(view)),
        brief: Brief { title: brief(title, view), subtitle: meaning },
        series: vec![series],
        is_ordered: false,
        reference_lines: Vec::new(),
    })
}

/// Refuses a unit that the group does not have.
fn check(view: &View, group: &Group, unit: &str) -> analyze::Result<()> {
    let grouping = view.shown.market.grouping(group)?;
    if grouping.find(unit).is_some() {
        return Ok(());
    }
    let labels = (0..grouping.unit_count() as u32).map(|code| grouping.label(code));
    Err(Error::UnknownUnit {
        group: group.name().to_owned(),
        given: unit.to_owned(),
        near: near(unit, labels),
    })
}

fn shares(view: &View, group: &Group, unit: &str) -> analyze::Result<Vec<Slice>> {
    let query = view.query(group.clone(), &[Statistic::Share], view.newest());
    slices_named(view, &query, &[unit.to_owned()], |mut rows| {
        rows.retain(|row| row.unit.as_deref() == Some(unit));
        rows
    })
}

/// The sums of the unit's models alone: no other model is looked at.
fn sums(view: &View, group: &Group, unit: &str) -> analyze::Result<Vec<Slice>> {
    let mut query = view.query(group.clone(), &[Statistic::Sum], view.newest());
    let attribute = group.name().to_owned();
    query.conditions.push(Condition { attribute, values: vec![unit.to_owned()] });
    slices(view, &query, |mut rows| {
        rows.retain(|row| row.unit.as_deref() == Some(unit));
        rows
    })
}

/// Which models are meant, in words.
fn whose(view: &View, group: &Group, unit: &str) -> String {
    match group {
        Group::Model => format!("the model {unit}"),
        Group::Attribute(_) => {
            format!("models with the {} {unit}", lower_first(&view.shown.title_of(group)))
        }
    }
}

fn brief(title: &str, view: &View) -> String {
    let text = format!("{title}{}", measured(view));
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
