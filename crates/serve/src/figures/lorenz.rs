//! The Lorenz curve of owners at the newest time.

use chart::{Kind, Point, Series, Unit, X};
use schema::{CellState, Estimate, Statistic};

use super::{Brief, Content, definition, measured, when};
use crate::view::View;

/// Neither share moves further than this from one drawn point to the next, where units allow.
const STEP: f64 = 0.005;

/// The curve, labelled with its Gini coefficient.
pub(super) fn content(view: &View) -> analyze::Result<Content> {
    let statistics = [Statistic::Gini, Statistic::Top];
    let mut query = view.query(view.owner(), &statistics, view.newest());
    query.top = Some(usize::MAX);
    let rows = analyze::answer(&view.shown.market, &query)?.rows;
    let (gini, units): (Vec<_>, Vec<_>) =
        rows.iter().partition(|row| row.statistic == Statistic::Gini);
    let gini = gini.first().and_then(|row| row.estimate.value);
    let mut sums: Vec<f64> = units.iter().filter_map(|row| row.estimate.value).collect();
    sums.reverse();
    let owners = view.attribution.plural();
    let date = rows.first().map_or_else(String::new, |row| format!(" {}", when(view, row)));
    let count = chart::format_exact(&Unit::Count(""), sums.len() as f64);
    let meaning = format!(
        "Lorenz curve of {count} {owners}{date}: the share of {} that the smallest hold together; \
         what belongs to none is left out.",
        view.measure.unit()
    );
    let series = gini.map(|gini| Series {
        key: "lorenz".to_owned(),
        label: format!(
            "Gini {}",
            chart::format_value(&Unit::Index { max: 1.0, name: "Gini" }, gini)
        ),
        points: curve(&sums),
        is_residual: false,
        is_hidden: false,
    });
    Ok(Content {
        kind: Kind::Lorenz,
        unit: Unit::Share,
        title: format!("How unequal {owners} are in {}", measured(view)),
        subtitle: format!("{meaning} {}", definition(view)),
        brief: Brief { title: format!("How unequal {owners} are (Lorenz)"), subtitle: meaning },
        series: series.into_iter().collect(),
        is_ordered: false,
        reference_lines: Vec::new(),
    })
}

/// The points of the curve over sums in ascending order, thinned to what can be seen.
///
/// See `docs/methods/lorenz.md`.
fn curve(ascending: &[f64]) -> Vec<Point> {
    let total: f64 = ascending.iter().sum();
    if total <= 0.0 {
        return Vec::new();
    }
    let n = ascending.len();
    let point = |units: usize, share: f64| Point {
        x: X::Share(units as f64 / n as f64),
        estimate: Estimate::exact(share, units as u64),
        state: CellState::Observed,
    };
    let mut points = vec![point(0, 0.0)];
    let (mut drawn_x, mut drawn_y, mut sum) = (0.0, 0.0, 0.0);
    for (index, value) in ascending.iter().enumerate() {
        let before = sum / total;
        sum += value;
        let (x, y) = ((index + 1) as f64 / n as f64, sum / total);
        if x - drawn_x < STEP && y - drawn_y < STEP && index + 1 < n {
            continue;
        }
        // The corner before a large unit: without it the line would cut across.
        if index > 0 && y - before > STEP && before > drawn_y {
            points.push(point(index, before));
        }
        let y = if index + 1 == n { 1.0 } else { y };
        points.push(point(index + 1, y));
        (drawn_x, drawn_y) = (x, y);
    }
    points
}

#[cfg(test)]
mod tests;
