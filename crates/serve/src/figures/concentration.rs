//! One index of concentration over owners, over time.

use chart::{Kind, ReferenceLine, Series, Unit};
use schema::Statistic;

use super::{Brief, Content, definition, measured, point};
use crate::moments::slices;
use crate::view::View;

/// The index over the owners of the view's attribution: HHI or Gini.
pub(super) fn content(view: &View, statistic: Statistic) -> analyze::Result<Content> {
    let query = view.query(view.owner(), &[statistic], view.newest());
    let slices = slices(view, &query, |rows| rows)?;
    let owners = view.attribution.plural();
    let points = slices
        .into_iter()
        .flat_map(|slice| slice.rows.into_iter().map(move |row| point(slice.x, row.estimate)));
    let series = Series {
        key: statistic.name().to_owned(),
        label: statistic.title().to_owned(),
        points: points.collect(),
        is_residual: false,
        is_hidden: false,
    };
    let (unit, title, meaning) = match statistic {
        Statistic::Hhi => (
            Unit::Index { max: 10_000.0, name: "HHI" },
            format!("Concentration over {owners} (HHI)"),
            format!(
                "Herfindahl–Hirschman index: the sum of the squared shares of {owners}, 0 to 10,000."
            ),
        ),
        _ => (
            Unit::Index { max: 1.0, name: "Gini" },
            format!("Inequality over {owners} (Gini)"),
            format!(
                "Gini coefficient over all {owners}, idle ones included: 0 when all are equal, 1 when \
                 one holds everything."
            ),
        ),
    };
    Ok(Content {
        kind: Kind::Line,
        unit,
        title: format!("{title} of {}", measured(view)),
        subtitle: format!("{meaning} {}", definition(view)),
        brief: Brief { title, subtitle: meaning },
        series: vec![series],
        is_ordered: false,
        reference_lines: if statistic == Statistic::Hhi { thresholds() } else { Vec::new() },
    })
}

/// The thresholds of the Horizontal Merger Guidelines of 2010, which are the classical ones.
fn thresholds() -> Vec<ReferenceLine> {
    let line = |value: f64, words: &str| ReferenceLine { value, label: words.to_owned() };
    vec![
        line(1_500.0, "1,500: moderately concentrated (DoJ/FTC 2010)"),
        line(2_500.0, "2,500: highly concentrated (DoJ/FTC 2010)"),
    ]
}
