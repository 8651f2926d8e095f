//! How many models the collection had shown, over time.

use chart::{Kind, Series, Unit};
use schema::{Measure, Statistic};

use super::{Brief, Content, definition, point};
use crate::moments::slices;
use crate::view::View;

/// The number of models; the view is of models.
pub(super) fn content(view: &View) -> analyze::Result<Content> {
    let mut query = view.query(view.owner(), &[Statistic::Sum], view.newest());
    // The total alone, without any unit's.
    query.top = Some(0);
    let slices =
        slices(view, &query, |rows| rows.into_iter().filter(|row| row.unit.is_none()).collect())?;
    let points = slices
        .into_iter()
        .flat_map(|slice| slice.rows.into_iter().map(move |row| point(slice.x, row.estimate)));
    let title = "Models that the collection has shown".to_owned();
    let subtitle = format!(
        "{} A model stays when the source no longer lists it: absence there is not deletion.",
        definition(view)
    );
    Ok(Content {
        kind: Kind::Line,
        unit: Unit::Count(Measure::Models.unit()),
        brief: Brief { title: title.clone(), subtitle: subtitle.clone() },
        title,
        subtitle,
        series: vec![Series {
            key: "models".to_owned(),
            label: "Models".to_owned(),
            points: points.collect(),
            is_residual: false,
            is_hidden: false,
        }],
        is_ordered: false,
        reference_lines: Vec::new(),
    })
}
