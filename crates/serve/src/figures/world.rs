//! Shares of countries at one date, as a map of equal squares.

use analyze::Row;
use chart::{Kind, Link, Series, Unit};
use schema::{Group, Statistic};

use super::shares::{blank, coverage, label};
use super::{Brief, Content, definition, measured, point, when};
use crate::moments::Slice;
use crate::parts::address_of;
use crate::view::View;

/// The group whose units are countries, by whom models are counted with.
pub(crate) fn countries(view: &View) -> Group {
    View { group: None, ..view.clone() }.group("country")
}

/// The share of every country at the view's date, and of what belongs to none.
pub(super) fn content(view: &View) -> analyze::Result<Content> {
    let group = countries(view);
    let query = view.query(group.clone(), &[Statistic::Share], view.moment());
    let slices = analyze::answer_each(&view.shown.market, &query, Slice::new)?;
    let rows = slices.last().map_or(&[][..], |slice| slice.rows.as_slice());
    let coverage = coverage(view, rows, &group);
    let owners = view.attribution.plural();
    let when = rows.first().map_or_else(String::new, |row| format!(" {}", when(view, row)));
    let meaning = format!(
        "The part of all {} that is of {owners} of each country{when}; a square is a country, \
         about where it lies, and all are of one size.",
        view.measure.unit()
    );
    Ok(Content {
        kind: Kind::Tiles,
        unit: Unit::Share,
        title: format!("Where {owners} are: shares of {} by country", measured(view)),
        subtitle: format!("{meaning} {} {coverage}", definition(view)),
        brief: Brief {
            title: format!("Where {owners} are"),
            subtitle: format!("{meaning} {coverage}"),
        },
        series: slices.last().map_or_else(Vec::new, series),
        is_ordered: false,
        reference_lines: Vec::new(),
    })
}

/// A series a country, the largest first; then what belongs to none.
fn series(slice: &Slice) -> Vec<Series> {
    let of_row = |row: &Row| {
        let key = row.unit.as_deref()?;
        let points = vec![point(slice.x, row.estimate.clone())];
        let is_residual = !row.is_attributed;
        Some(Series { points, ..blank(key, label(key, row.is_attributed), is_residual) })
    };
    let mut series: Vec<Series> = slice.rows.iter().filter_map(of_row).collect();
    series.sort_by_key(|series| series.is_residual);
    series
}

/// Where each country's square leads.
pub(super) fn links(view: &View, series: &[Series]) -> Vec<Link> {
    let group = countries(view);
    let (collection, measure) = (&view.shown.market.release.collection, view.measure.name());
    let address = |unit: &str| address_of(collection, Some(measure), group.name(), unit);
    let attributed = series.iter().filter(|series| !series.is_residual);
    attributed
        .map(|series| Link { key: series.key.clone(), address: address(&series.key) })
        .collect()
}
