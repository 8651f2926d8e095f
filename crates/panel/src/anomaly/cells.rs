//! Flags the cells of a collection that is being built.

use schema::{CellState, Week};

use super::{FlagCounts, Flags, Series, SeriesSource, THRESHOLDS, flag_all};
use crate::cells::{CellsBuilder, Mark};

/// Flags what is odd among all cells of a collection, in units of
/// [`PARTS`](crate::PARTS) of a download; `owners` has one code a model, and equal codes are one
/// owner.
pub fn flag_cells(cells: &mut CellsBuilder, owners: &[u32]) -> FlagCounts {
    flag_all(&mut OwnedCells { cells, owners }, &THRESHOLDS)
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
