//! Answers about models one by one, from their flows in order of value.
//!
//! An index over a million models asks only for the order of their flows, in which most share
//! theirs with many others. The answer is the same as from single cells.

use panel::{Filter, ModelQuestion, OrderedModels, RunOfModels};
use schema::{Estimate, Group, Measure, MeasureKind, Statistic, Week, Window};
use stats::{Run, Runs};

use super::rows::{PARTS, part_of};
use super::{At, Row};
use crate::estimates::{
    Market as Moves, Spread, between, marked, range_of, ranks, slope_of, value_of_runs,
};
use crate::{Market, Query};

/// Whether a question asks only for the order of models' flows in single weeks.
pub(super) fn answers(query: &Query) -> bool {
    query.group == Group::Model
        && query.measure.kind() == MeasureKind::Flow
        && query.window == Window::Week
        && !query.statistics.iter().any(|one| one.is_of_units())
}

/// What `keep` makes of the rows of each week.
pub(super) fn each<T: Send>(
    market: &Market,
    query: &Query,
    filter: &Filter,
    weeks: (Week, Week),
    keep: impl Fn(At, Vec<Row>) -> T + Sync,
) -> Vec<T> {
    let is_first_year = query.measure == Measure::FirstYear;
    let question = ModelQuestion { filter, is_first_year, flagged: query.flagged };
    market.panel.over_models(&question, weeks, |week, models| {
        let models = OfWeek::new(models);
        let at = At::Week(week);
        let mut rows = Vec::new();
        for statistic in &query.statistics {
            let mut push = |unit: Option<&str>, estimate| {
                let unit = unit.map(str::to_owned);
                rows.push(Row { at, unit, is_attributed: true, statistic: *statistic, estimate });
            };
            if statistic.is_per_unit() {
                for (name, part) in PARTS {
                    push(Some(name), models.of_part(*statistic, part));
                }
            } else {
                push(None, models.statistic(*statistic));
            }
        }
        keep(at, rows)
    })
}

/// The models of a week in order of their flows.
struct OfWeek<'a> {
    models: &'a OrderedModels,
    runs: Runs,
    is_wide: bool,
}

impl<'a> OfWeek<'a> {
    fn new(models: &'a OrderedModels) -> Self {
        let run = |model: &RunOfModels| Run { value: model.downloads(), count: model.count };
        Self {
            runs: Runs::new(models.runs.iter().map(run).collect()),
            is_wide: models.runs.iter().any(|model| model.below + model.above > 0.0),
            models,
        }
    }

    fn statistic(&self, statistic: Statistic) -> Estimate {
        let n = self.runs.units();
        let Some(value) = value_of_runs(statistic, &self.runs) else {
            return self.mark(Estimate::undefined(n as u64));
        };
        let mut spread = Spread::default();
        if self.is_wide {
            let moves = Moves::of_runs(&self.runs, value);
            for (model, rank) in self.models.runs.iter().zip(ranks(&self.runs)) {
                let slope = slope_of(statistic, &moves, model.downloads(), rank);
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
        let mass = (self.models.estimated, self.runs.total());
        marked(estimate, MeasureKind::Flow, mass, self.models.missing)
    }
}
