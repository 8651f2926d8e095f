//! Concentration at the origin, in distribution and at runtime, over time.

use chart::{Kind, Series, Unit};
use schema::{Group, Statistic};

use super::{Brief, Content, definition, measured, point};
use crate::moments::slices;
use crate::view::View;

/// The group of each layer, and what the layer is called.
const LAYERS: [(&str, &str); 3] = [
    ("developer", "Origin: who made the root"),
    ("uploader", "Distribution: who uploads"),
    ("library", "Runtime: which library"),
];

/// HHI over the units of each layer that the collection knows.
pub(super) fn content(view: &View) -> analyze::Result<Content> {
    let mut series = Vec::new();
    for (group, label) in LAYERS {
        if !view.shown.is_known(group) {
            continue;
        }
        let query = view.query(Group::named(group), &[Statistic::Hhi], view.newest());
        let slices = slices(view, &query, |rows| rows)?;
        let points = slices
            .into_iter()
            .flat_map(|slice| slice.rows.into_iter().map(move |row| point(slice.x, row.estimate)));
        series.push(Series {
            key: group.to_owned(),
            label: label.to_owned(),
            points: points.collect(),
            is_residual: false,
            is_hidden: false,
        });
    }
    let meaning = "The same index at three layers: over original developers, over uploaders, and \
                   over the libraries that run the models. HHI: the sum of squared shares, 0 to \
                   10,000; what belongs to no unit is in its bounds.";
    Ok(Content {
        kind: Kind::Line,
        unit: Unit::Index { max: 10_000.0, name: "HHI" },
        title: format!("Concentration by layer, of {}", measured(view)),
        subtitle: format!("{meaning} {}", definition(view)),
        brief: Brief { title: "Concentration by layer".to_owned(), subtitle: meaning.to_owned() },
        series,
        is_ordered: false,
        reference_lines: Vec::new(),
    })
}
