//! All models by all weeks, and what each unit adds up to.

mod stretches;

use schema::{Instant, Week};

use crate::ages::Ages;
use crate::cells::{Cells, PARTS};
use crate::flow::Birth;
use crate::grouping::{Codes, Scope};
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
    pub fn sums_as_of(&self, kind: ReadingKind, at: Instant, scope: &Scope<'_>) -> Sums {
        match scope.units().codes() {
            Codes::Itself(_) => self.as_of(kind, at, scope, Itself),
            Codes::Narrow(codes) => self.as_of(kind, at, scope, codes.as_slice()),
            Codes::Middle(codes) => self.as_of(kind, at, scope, codes.as_slice()),
            Codes::Wide(codes) => self.as_of(kind, at, scope, codes.as_slice()),
        }
    }

    fn as_of(&self, kind: ReadingKind, at: Instant, scope: &Scope<'_>, units: impl Units) -> Sums {
        let mut sums = Sums::zero(scope.units().unit_count());
        sums.expect_few_doubts();
        let mut take = |member: usize, place: usize| {
            let unit = units.of(member);
            match self.readings.as_of(self.order()[place] as usize, kind, at) {
                None => {}
                Some(None) => sums.doubt_of(unit).missing += 1,
                Some(Some(value)) => {
                    let parts = value.unsigned_abs().saturating_mul(u64::from(PARTS));
                    let parts =
                        if kind == ReadingKind::Rate30d { a_week_of_30_days(parts) } else { parts };
                    let sum = sums.value[unit].saturating_add(parts);
                    sums.value[unit] = sum.min(i64::MAX as u64);
                    sums.models[unit] += 1;
                }
            }
        };
        match scope.places() {
            None => (0..self.model_count()).for_each(|place| take(place, place)),
            Some(places) => {
                for (member, place) in places.iter().enumerate() {
                    take(member, *place as usize);
                }
            }
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
        weeks: (Week, Week),
        answer: impl Fn(Week, &Sums) -> T + Sync,
    ) -> Vec<T> {
        let cost = |index| question.cost_of(&self.cells, index);
        self.over_stretches(weeks, question.window, cost, |stretch| {
            windows::each(self.record(), question, stretch, &answer)
        })
    }

    /// What is summed from.
    pub(crate) fn record(&self) -> Record<'_> {
        Record { cells: &self.cells, ages: &self.ages }
    }

    /// Cuts the weeks into a stretch for each thread and returns what `work` makes of these, each
    /// given by the indices of its first and last week; `cost` says how many numbers of a week are
    /// read.
    pub(crate) fn over_stretches<T: Send>(
        &self,
        (first, last): (Week, Week),
        window: usize,
        cost: impl Fn(usize) -> usize,
        work: impl Fn((usize, usize)) -> Vec<T> + Sync,
    ) -> Vec<T> {
        let Some((oldest, newest)) = self.weeks() else { return Vec::new() };
        let (first, last) = (first.max(oldest), last.min(newest));
        let (Some(from), Some(to)) = (self.cells.index_of(first), self.cells.index_of(last)) else {
            return Vec::new();
        };
        let costs: Vec<usize> = (0..=to).map(cost).collect();
        let asked: usize = costs[from..].iter().sum();
        let threads = self.threads.min(asked / CELLS_WORTH_A_THREAD + 1);
        let stretches = stretches::cut(&costs, (from, to), window, threads);
        let work = &work;
        std::thread::scope(|scope| {
            let (own, others) = stretches.split_first().expect("weeks make at least one stretch");
            let others: Vec<_> =
                others.iter().map(|stretch| scope.spawn(move || work(*stretch))).collect();
            let mut answers = work(*own);
            for other in others {
                answers.extend(other.join().expect("adding up does not panic"));
            }
            answers
        })
    }

    /// The most threads that a question is answered by.
    pub(crate) fn threads(&self) -> usize {
        self.threads
    }

    /// Whether nothing is missing from one week to another.
    pub(crate) fn is_without_gaps(&self, first: Week, last: Week) -> bool {
        let is_whole = |week| self.cells.totals_of(week).is_none_or(|totals| totals.missing == 0);
        first.to(last).all(is_whole)
    }
}

/// What a sum of 30 days comes to in 7, rounded.
fn a_week_of_30_days(parts: u64) -> u64 {
    ((u128::from(parts) * 7 + 15) / 30) as u64
}

/// Values in ascending order, each with how often it occurs; zeros are kept.
#[must_use]
pub fn ascending(parts: impl Iterator<Item = u64> + Clone) -> Vec<(f64, u64)> {
    let runs = crate::cells::ascending(parts);
    runs.into_iter().map(|(parts, count)| (whole(parts), count)).collect()
}

#[cfg(test)]
mod tests;
