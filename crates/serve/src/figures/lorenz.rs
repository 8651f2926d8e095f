//! The Lorenz curve of owners at the newest time.

use analyze::{At, Period};
use chart::{Kind, Point, Series, Unit, X};
use schema::{CellState, Estimate, Statistic};

use super::shares::blank;
use super::{Brief, Content, definition, measured, when};
use crate::view::View;

/// Neither share moves further than this from one drawn point to the next, where units allow.
const STEP: f64 = 0.005;

/// The curve of the view's date, labelled with its Gini coefficient; beside it that of the newest
/// date, where that is another.
pub(super) fn content(view: &View) -> analyze::Result<Content> {
    let shown = Market::at(view, view.moment())?;
    let newest = match view.at {
        Some(_) => Some(Market::at(view, view.newest())?).filter(|newest| newest.at != shown.at),
        None => None,
    };
    let owners = view.attribution.plural();
    let count = chart::format_exact(&Unit::Count(""), shown.sums.len() as f64);
    let date = &shown.when;
    let meaning = format!(
        "Lorenz curve of {count} {owners}{date}: the share of {} that the smallest hold together; \
         what belongs to none is left out.",
        view.measure.unit()
    );
    let then = newest.as_ref().map_or("", |_| " then");
    let now = newest.as_ref().and_then(|newest| newest.series("newest", " at the newest date"));
    let series = shown.series("lorenz", then).into_iter();
    let now = now.map(|now| Series { is_residual: true, ..now });
    Ok(Content {
        kind: Kind::Lorenz,
        unit: Unit::Share,
        title: format!("How unequal {owners} are in {}", measured(view)),
        subtitle: format!("{meaning} {}", definition(view)),
        brief: Brief { title: format!("How unequal {owners} are (Lorenz)"), subtitle: meaning },
        series: series.chain(now).collect(),
        is_ordered: false,
        reference_lines: Vec::new(),
    })
}

/// What the owners hold at one time.
struct Market {
    at: At,
    /// When that is, with a space before it.
    when: String,
    gini: Option<f64>,
    /// In ascending order.
    sums: Vec<f64>,
}

impl Market {
    fn at(view: &View, period: Period) -> analyze::Result<Self> {
        let market = &view.shown.market;
        let query = view.query(view.owner(), &[Statistic::Gini], period);
        let rows = analyze::answer(market, &query)?.rows;
        let (at, sums) = analyze::holdings(market, &query)?;
        Ok(Self {
            at,
            when: rows.first().map_or_else(String::new, |row| format!(" {}", when(view, row))),
            gini: rows.first().and_then(|row| row.estimate.value),
            sums,
        })
    }

    /// The curve; none where there is no mass.
    fn series(&self, key: &str, when: &str) -> Option<Series> {
        let gini = chart::format_value(&Unit::Index { max: 1.0, name: "Gini" }, self.gini?);
        let label = format!("Gini {gini}{when}");
        Some(Series { points: curve(&self.sums), ..blank(key, &label, false) })
    }
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
