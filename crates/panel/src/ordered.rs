//! The models of each week in order of their flows.
//!
//! An index over models one by one asks only for the order of their flows, in which most share
//! theirs with many others. Of all models the order is kept with the cells; of some it is made
//! from theirs.

use schema::{Flagged, Week};

use crate::cells::{Known, PlacedSum, RunOfModels};
use crate::engine::Panel;
use crate::grouping::Filter;
use crate::sums::whole;
use crate::windows::Asked;

/// A question about the models of single weeks, one by one.
#[derive(Debug, Clone, Copy)]
pub struct ModelQuestion<'a> {
    /// Of which models.
    pub filter: &'a Filter,
    /// Whether only weeks of a model's first 365 days count.
    pub is_first_year: bool,
    /// Of which cells.
    pub flagged: Flagged,
}

/// The models of a week of which something is known.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderedModels {
    /// In ascending order of their flows, those of one flow together.
    pub runs: Vec<RunOfModels>,
    /// What comes from estimated cells.
    pub estimated: f64,
    /// Cells that are missing.
    pub missing: u64,
}

impl RunOfModels {
    /// The flow of each of the models.
    #[must_use]
    pub fn downloads(&self) -> f64 {
        whole(self.parts)
    }
}

impl ModelQuestion<'_> {
    /// Whether every cell of a model that is kept is asked about.
    fn is_plain(&self) -> bool {
        !self.is_first_year && self.flagged == Flagged::Include
    }
}

impl Panel {
    /// Puts the models of each week from `first` to `last` in order, and returns what `answer`
    /// makes of each; weeks without cells are left out.
    ///
    /// For a first-year question, a model whose age is not known counts as missing.
    pub fn over_models<T: Send>(
        &self,
        question: &ModelQuestion<'_>,
        weeks: (Week, Week),
        answer: impl Fn(Week, &OrderedModels) -> T + Sync,
    ) -> Vec<T> {
        let first = self.cells().first_number();
        let cost = |index| self.cells().len_of(index);
        self.over_stretches(weeks, 1, cost, |(from, to)| {
            let mut known = Known::default();
            let of = |index: usize| {
                let models = self.ordered(question, index, &mut known);
                answer(Week::from_number(first + index as i32), &models)
            };
            (from..=to).map(of).collect()
        })
    }

    fn ordered(
        &self,
        question: &ModelQuestion<'_>,
        index: usize,
        known: &mut Known,
    ) -> OrderedModels {
        let cells = self.cells();
        let number = cells.first_number() + index as i32;
        let single: Vec<&PlacedSum> = (cells.known_sums_within((number, number)).iter())
            .filter(|sum| sum.first == number)
            .collect();
        if question.is_plain()
            && question.filter.places().is_none()
            && single.is_empty()
            && let Some(runs) = cells.runs_of(index)
        {
            let totals = cells.totals_at(index);
            return OrderedModels {
                runs: runs.iter().map(RunOfModels::from).collect(),
                estimated: whole(totals.estimated_parts),
                missing: totals.missing,
            };
        }
        known.clear();
        let mut missing = self.gather(question, index, known);
        for sum in single {
            let asked = self.record().asks_for_sum(question.is_first_year, question.flagged, sum);
            if asked && question.filter.keeps(sum.place) {
                known.take_one(sum.value, true, (sum.below, sum.above));
                missing -= 1;
            }
        }
        OrderedModels { runs: known.runs(), estimated: whole(known.estimated), missing }
    }

    /// Gathers the known cells of a week that are asked about; returns how many are missing.
    fn gather(&self, question: &ModelQuestion<'_>, index: usize, known: &mut Known) -> u64 {
        let cells = self.cells().of_index(index);
        let count = cells.value.len();
        let places = question.filter.places();
        let places = places
            .map(|places| &places[..places.partition_point(|place| (*place as usize) < count)]);
        if question.is_plain() {
            return match places {
                None => known.take_all(&cells, 0..count),
                Some(places) => known.take_all(&cells, places.iter().map(|place| *place as usize)),
            };
        }
        let (record, number) = (self.record(), self.cells().first_number() + index as i32);
        let mut missing = 0;
        let mut take = |place: usize| {
            let mark = cells.mark[place];
            match record.asks_for(question.is_first_year, question.flagged, place, number, mark) {
                Asked::Known => known.take(&cells, place),
                Asked::Missing => missing += 1,
                Asked::Not => {}
            }
        };
        match places {
            None => (0..count).for_each(&mut take),
            Some(places) => places.iter().for_each(|place| take(*place as usize)),
        }
        missing
    }
}
