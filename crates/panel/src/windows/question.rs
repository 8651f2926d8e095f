//! What is asked of windows.

use schema::Flagged;

use crate::cells::Cells;
use crate::grouping::Scope;
use crate::weekly::Prepared;

/// A question of flows, for any window.
#[derive(Debug, Clone, Copy)]
pub struct FlowQuestion<'a> {
    /// Whose sums, of which models.
    pub scope: &'a Scope<'a>,
    /// Whether only weeks of a model's first 365 days count.
    pub is_first_year: bool,
    /// Of which cells.
    pub flagged: Flagged,
    /// Over how many trailing weeks; at least 1.
    pub window: usize,
    /// What is wanted beside the sums.
    pub detail: Detail,
    /// The sums of single weeks, where they were made beforehand: those of all models by the
    /// units of the scope. A question about some cells only is answered without.
    pub prepared: Option<Prepared<'a>>,
}

/// What is wanted beside the sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Detail {
    /// Intervals, the share that is estimated, and counts of models and of missing cells.
    #[default]
    Everything,
    /// Nothing: for what is drawn again a thousand times, as by a bootstrap. The other columns of
    /// the sums are not filled.
    Values,
}

impl<'a> FlowQuestion<'a> {
    /// Whether every cell of a model that is kept is asked about.
    pub(crate) fn is_plain(&self) -> bool {
        !self.is_first_year && self.flagged == Flagged::Include
    }

    /// The sums that were made beforehand, if they are what is asked for.
    pub(super) fn usable(&self) -> Option<Prepared<'a>> {
        let is_for_all = self.is_plain() && self.scope.places().is_none();
        let prepared = self.prepared.filter(|_| is_for_all);
        let units = self.scope.units().unit_count();
        assert!(
            prepared.is_none_or(|prepared| prepared.unit_count() == units),
            "prepared sums are of the same units"
        );
        prepared
    }

    /// How many numbers of a week are read.
    pub(crate) fn cost_of(&self, cells: &Cells, index: usize) -> usize {
        match self.usable() {
            // The asker looks at each unit, which costs less than to add to it.
            Some(prepared) if self.detail == Detail::Values => {
                prepared.len_of(index) + prepared.unit_count() / 2
            }
            _ => cells.len_of(index),
        }
    }
}
