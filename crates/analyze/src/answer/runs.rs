//! Answers about models one by one, from the cells in order of value that the panel keeps.
//!
//! An index over a million models asks only for the order of their flows, in which most share
//! theirs with many others. The answer is the same as from single cells.

use panel::{PARTS, RunOfModels};
use schema::{Estimate, Flagged, Group, Measure, MeasureKind, Statistic, Week, Window};
use stats::{Run, Runs};

use super::{At, Row, part_of};
use crate::estimates::{
    Market as Moves, Spread, between, marked, range_of, ranks, slope_of, value_of_runs,
};
use crate::{Market, Query};

/// The rows of each week; `None` where the question needs single cells, or a week keeps no order.
pub(super) fn rows(
    market: &Market,
    query: &Query,
    (first, last): (Week, Week),
) -> Option<Vec<(Week, Vec<Row>)>> {
    let asks_for_units =
        |one: &Statistic| matches!(one, Statistic::Sum | Statistic::Share | Statistic::Top);
    let is_of_all_models = query.group == Group::Model
        && query.measure == Measure::Downloads
        && query.conditions.is_empty()
        && query.flagged == Flagged::Include
        && query.window == Window::Week;
    if !is_of_all_models || query.statistics.iter().any(asks_for_units) {
        return None;
    }
    let mut weeks = Vec::new();
    for week in first.to(last) {
        let models = OfWeek::new(market, week)?;
        let mut rows = Vec::new();
        for statistic in &query.statistics {
            let mut push = |unit: Option<&str>, estimate| {
                let unit = unit.map(str::to_owned);
                let (at, statistic) = (At::Week(week), *statistic);
                rows.push(Row { at, unit, is_attributed: true, statistic, estimate });
            };
            if statistic.is_per_unit() {
                for (name, part) in super::PARTS {
                    push(Some(name), models.of_part(*statistic, part));
                }
            } else {
                push(None, models.statistic(*statistic));
            }
        }
        weeks.push((week, rows));
    }
    Some(weeks)
}

/// The models of a week in order of their flows.
struct OfWeek {
    models: Vec<RunOfModels>,
    runs: Runs,
    is_wide: bool,
    estimated: f64,
    missing: u64,
}

impl OfWeek {
    fn new(market: &Market, week: Week) -> Option<Self> {
        let models: Vec<RunOfModels> = market.panel.runs_of(week)?.collect();
        let totals = market.panel.cells().totals_of(week)?;
        let run = |model: &RunOfModels| Run { value: model.downloads, count: model.count };
        Some(Self {
            runs: Runs::new(models.iter().map(run).collect()),
            is_wide: models.iter().any(|model| model.below + model.above > 0.0),
            models,
            estimated: totals.estimated_parts as f64 / f64::from(PARTS),
            missing: totals.missing,
        })
    }

    fn statistic(&self, statistic: Statistic) -> Estimate {
        let n = self.runs.units();
        let Some(value) = value_of_runs(statistic, &self.runs) else {
            return self.mark(Estimate::undefined(n as u64));
        };
        let mut spread = Spread::default();
        if self.is_wide {
            let moves = Moves::of_runs(&self.runs, value);
            for (model, rank) in self.models.iter().zip(ranks(&self.runs)) {
                let slope = slope_of(statistic, &moves, model.downloads, rank);
                spread.add(slope, model.below, model.above);
            }
        }
        let estimate = Estimate::exact(value, n as u64);
        self.mark(between(estimate, spread.joined(), range_of(statistic, n)))
    }

    fn of_part(&self, statistic: Statistic, part: f64) -> Estimate {
        let n = self.runs.units() as u64;
        let value = part_of(statistic, &self.runs, part);
        let mut estimate =
            value.map_or_else(|| Estimate::undefined(n), |value| Estimate::exact(value, n));
        if self.is_wide {
            (estimate.low, estimate.high) = (None, None);
        }
        self.mark(estimate)
    }

    fn mark(&self, estimate: Estimate) -> Estimate {
        let mass = (self.estimated, self.runs.total());
        marked(estimate, MeasureKind::Flow, mass, self.missing)
    }
}
