//! All models by all weeks, and what each unit adds up to.

mod stretches;

use schema::{Instant, Week};

use crate::ages::Ages;
use crate::cells::{Cells, PARTS};
use crate::flow::Birth;
use crate::grouping::{Codes, Filter, Grouping};
use crate::kernels::{Itself, Units};
use crate::readings::{ReadingKind, Readings};
use crate::sums::{Sums, whole};
use crate::windows::{self, FlowQuestion, Record};

/// Questions about fewer cells than this are answered before a second thread has begun.
const CELLS_WORTH_A_THREAD: usize = 1 << 17;

/// A collection in memory.
///
/// Models lie in the order of their cells, see [`Panel::order`]; groupings and filters are to be
/// arranged in it.
#[derive(Debug, Clone)]
pub struct Panel {
    readings: Readings,
    cells: Cells,
    ages: Ages,
    threads: usize,
}

impl Panel {
    /// Puts a collection together; readings and `births`, one entry a model, are in the order of
    /// the models table. Questions are answered by up to so many threads.
    #[must_use]
    pub fn new(readings: Readings, cells: Cells, births: &[Birth], threads: usize) -> Self {
        assert_eq!(cells.order().len(), births.len(), "cells are of the same models");
        let ages = Ages::new(cells.order().iter().map(|model| births[*model as usize]));
        Self { readings, cells, ages, threads: threads.max(1) }
    }

    /// How many models there are.
    #[must_use]
    pub fn model_count(&self) -> usize {
        self.cells.order().len()
    }

    /// The model of the models table at each place.
    #[must_use]
    pub fn order(&self) -> &[u32] {
        self.cells.order()
    }

    /// The readings, by the order of the models table.
    #[must_use]
    pub fn readings(&self) -> &Readings {
        &self.readings
    }

    /// The flows.
    #[must_use]
    pub fn cells(&self) -> &Cells {
        &self.cells
    }

    /// The first and the last week of flows.
    #[must_use]
    pub fn weeks(&self) -> Option<(Week, Week)> {
        self.cells.weeks()
    }

    /// Sums each model's last reading at or before `at`, by unit.
    #[must_use]
    pub fn sums_as_of(
        &self,
        kind: ReadingKind,
        at: Instant,
        grouping: &Grouping,
        filter: &Filter,
    ) -> Sums {
        match grouping.codes() {
            Codes::Itself(_) => self.as_of(kind, at, grouping, filter, Itself),
            Codes::Narrow(codes) => self.as_of(kind, at, grouping, filter, codes.as_slice()),
            Codes::Middle(codes) => self.as_of(kind, at, grouping, filter, codes.as_slice()),
            Codes::Wide(codes) => self.as_of(kind, at, grouping, filter, codes.as_slice()),
        }
    }

    fn as_of(
        &self,
        kind: ReadingKind,
        at: Instant,
        grouping: &Grouping,
        filter: &Filter,
        units: impl Units,
    ) -> Sums {
        let mut sums = Sums::zero(grouping.unit_count());
        let mut take = |place: usize| {
            let unit = units.of(place);
            match self.readings.as_of(self.order()[place] as usize, kind, at) {
                None => {}
                Some(None) => sums.need_doubts()[unit].missing += 1,
                Some(Some(value)) => {
                    let parts = value.unsigned_abs().saturating_mul(u64::from(PARTS));
                    let parts =
                        if kind == ReadingKind::Rate30d { a_week_of_30_days(parts) } else { parts };
                    sums.value[unit] = sums.value[unit].saturating_add(parts);
                    sums.models[unit] += 1;
                }
            }
        };
        match filter.places() {
            None => (0..self.model_count()).for_each(&mut take),
            Some(places) => places.iter().for_each(|place| take(*place as usize)),
        }
        sums
    }

    /// Sums flows over the windows that end with each week from `first` to `last`, by unit, and
    /// returns what `answer` makes of each; weeks without cells are left out.
    ///
    /// For a first-year question, a model whose age is not known counts as missing.
    pub fn over_windows<T: Send>(
        &self,
        question: &FlowQuestion<'_>,
        (first, last): (Week, Week),
        answer: impl Fn(Week, &Sums) -> T + Sync,
    ) -> Vec<T> {
        let Some((oldest, newest)) = self.weeks() else { return Vec::new() };
        let (first, last) = (first.max(oldest), last.min(newest));
        let (Some(from), Some(to)) = (self.cells.index_of(first), self.cells.index_of(last)) else {
            return Vec::new();
        };
        let record = Record { cells: &self.cells, ages: &self.ages };
        let asked: usize = (from..=to).map(|index| self.cells.len_of(index)).sum();
        let threads = self.threads.min(asked / CELLS_WORTH_A_THREAD + 1);
        let costs: Vec<usize> = (0..=to).map(|index| self.cells.len_of(index)).collect();
        let stretches = stretches::cut(&costs, (from, to), question.window, threads);
        let answer = &answer;
        std::thread::scope(|scope| {
            let (own, others) = stretches.split_first().expect("weeks make at least one stretch");
            let work = |stretch| windows::each(record, question, stretch, answer);
            let others: Vec<_> =
                others.iter().map(|stretch| scope.spawn(move || work(*stretch))).collect();
            let mut answers = work(*own);
            for other in others {
                answers.extend(other.join().expect("adding up does not panic"));
            }
            answers
        })
    }

    /// Whether nothing is missing from one week to another.
    pub(crate) fn is_without_gaps(&self, first: Week, last: Week) -> bool {
        let is_whole = |week| self.cells.totals_of(week).is_none_or(|totals| totals.missing == 0);
        first.to(last).all(is_whole)
    }

    /// The known cells of a week by value, ascending: the flow, and how many models have it.
    ///
    /// `None` where the week has too many different ones to keep them.
    #[must_use]
    pub fn runs_of(&self, week: Week) -> Option<impl Iterator<Item = RunOfModels>> {
        let runs = self.cells.runs_of(self.cells.index_of(week)?)?;
        Some(runs.iter().map(|run| RunOfModels {
            downloads: whole(u64::from(run.value)),
            count: u64::from(run.count),
            below: f64::from(run.below),
            above: f64::from(run.above),
        }))
    }
}

/// What a sum of 30 days comes to in 7, rounded.
fn a_week_of_30_days(parts: u64) -> u64 {
    ((u128::from(parts) * 7 + 15) / 30) as u64
}

/// Models with the same flow in a week.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RunOfModels {
    /// The flow.
    pub downloads: f64,
    /// How many models have it.
    pub count: u64,
    /// The root of the sum of squares of their half-widths downwards.
    pub below: f64,
    /// And upwards.
    pub above: f64,
}

/// Values in ascending order, each with how often it occurs; zeros are kept.
#[must_use]
pub fn ascending(parts: impl Iterator<Item = u64> + Clone) -> Vec<(f64, u64)> {
    let runs = crate::cells::ascending(parts);
    runs.into_iter().map(|(parts, count)| (whole(parts), count)).collect()
}

#[cfg(test)]
mod tests;
