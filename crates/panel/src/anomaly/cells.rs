//! Flags the cells of a collection that is being built.

use schema::{CellState, Week};

use super::{Flag, FlagCounts, Flags, Series, SeriesSource, THRESHOLDS, flag_all};
use crate::cells::{Cells, CellsBuilder, Mark};

/// Flags what is odd among all cells of a collection, in units of
/// [`PARTS`](crate::PARTS) of a download; `owners` has one code a model, and equal codes are one
/// owner.
pub fn flag_cells(cells: &mut CellsBuilder, owners: &[u32]) -> FlagCounts {
    flag_all(&mut OwnedCells { cells, owners }, &THRESHOLDS)
}

/// How many cells have each flag, in the order of [`Flag::ALL`]; a cell with two counts for both.
#[must_use]
pub fn count_flags(cells: &Cells) -> [(Flag, u64); 4] {
    let mut sets = [0_u64; Flags::ALL.bits() as usize + 1];
    let Some((first, last)) = cells.weeks() else { return Flag::ALL.map(|flag| (flag, 0)) };
    for index in 0..=(last.number() - first.number()) {
        let is_flagged = cells.totals_of(first.plus(index)).is_some_and(|week| week.flagged > 0);
        if is_flagged {
            for mark in cells.of_index(index as usize).mark {
                sets[mark.flags().bits() as usize] += 1;
            }
        }
    }
    Flag::ALL.map(|flag| {
        let with_flag = (0_u8..).zip(sets).filter(|(set, _)| Flags::from_bits(*set).contains(flag));
        (flag, with_flag.map(|(_, count)| count).sum())
    })
}

struct OwnedCells<'a> {
    cells: &'a mut CellsBuilder,
    owners: &'a [u32],
}

impl SeriesSource for OwnedCells<'_> {
    type Mark = Mark;

    fn is_known(mark: Mark) -> bool {
        mark.state() != CellState::Missing
    }

    fn model_count(&self) -> usize {
        self.owners.len().min(self.cells.model_count())
    }

    fn owner(&self, model: usize) -> u32 {
        self.owners[model]
    }

    fn series(&self, model: usize) -> Option<Series<'_, Mark>> {
        let (first, values, marks): (Week, _, _) = self.cells.series(model)?;
        Some(Series { first, values, marks })
    }

    fn set(&mut self, model: usize, week: usize, flags: Flags) {
        self.cells.set_flags(model, week, flags);
    }
}

#[cfg(test)]
mod tests;
