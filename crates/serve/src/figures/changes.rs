//! What the changes of concentration are made of, from each period to the next.

use analyze::results::{IndexChange, index_changes};
use chart::{Kind, Series, Unit, X};
use schema::Estimate;

use super::shares::blank;
use super::{Brief, Content, definition, measured, point};
use crate::view::View;

/// A part's key, its name, and its number.
type Part = (&'static str, &'static str, fn(&IndexChange) -> &Estimate);

const PARTS: [Part; 3] = [
    ("continuing", "owners that stayed", |change| &change.continuing),
    ("entry", "owners that entered", |change| &change.entry),
    ("exit", "owners that left", |change| &change.exit),
];

/// The parts of every change.
pub(super) fn content(view: &View) -> analyze::Result<Content> {
    let query = view.query(view.owner(), &[], view.newest());
    let changes = index_changes(&view.shown.market, &query)?;
    let series = PARTS.into_iter().map(|(key, label, part)| {
        let points = changes.iter().map(|change| point(X::Period(change.to), part(change).clone()));
        Series { points: points.collect(), ..blank(key, label, false) }
    });
    let owners = view.attribution.plural();
    let title = format!("What changed the concentration over {owners} (HHI)");
    let meaning = format!(
        "Each row is the change of the HHI from the period before, in points of 10,000: what {owners} \
         did that are in both periods, entered, or left. The line is what they come to together."
    );
    Ok(Content {
        kind: Kind::Parts,
        unit: Unit::Number("points of HHI"),
        title: format!("{title} of {}", measured(view)),
        subtitle: format!("{meaning} {}", definition(view)),
        brief: Brief { title, subtitle: meaning },
        series: series.collect(),
        is_ordered: true,
        reference_lines: Vec::new(),
    })
}
