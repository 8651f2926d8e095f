//! The sums of the single weeks in a window.
//!
//! To take a week's sums away costs less than to take its cells away one by one, each from a sum
//! in another place of memory.

use std::collections::VecDeque;

use super::{FlowQuestion, Record};

/// Models a unit from which on a week's sums are so much fewer than its cells.
const MODELS_A_UNIT: usize = 32;
/// What is kept is at most this part of what the cells take.
const PART_OF_CELLS: usize = 8;

/// The sums of the last weeks, by unit, in [`crate::PARTS`] of a download; the oldest first.
pub(super) struct Recent {
    weeks: VecDeque<Vec<u64>>,
    window: usize,
    units: usize,
}

impl Recent {
    /// Room for the weeks of a window; `None` where to keep them is no gain, or they are too many.
    pub(super) fn of(record: Record<'_>, question: &FlowQuestion<'_>) -> Option<Self> {
        let (window, units) = (question.window, question.scope.units().unit_count());
        let is_small = units * MODELS_A_UNIT <= question.scope.member_count()
            && window * units * size_of::<u64>() <= record.cells.bytes() / PART_OF_CELLS;
        let is_moved = window > 1 && question.is_plain();
        (is_small && is_moved).then(|| Self { weeks: VecDeque::new(), window, units })
    }

    /// The week that leaves a full window.
    pub(super) fn oldest(&self) -> &[u64] {
        self.weeks.front().map_or(&[], Vec::as_slice)
    }

    /// A week without sums, as the newest; in a full window in place of the oldest.
    pub(super) fn next(&mut self) -> &mut [u64] {
        let is_full = self.weeks.len() == self.window;
        let left = if is_full { self.weeks.pop_front() } else { None };
        let mut week = left.unwrap_or_default();
        week.clear();
        week.resize(self.units, 0);
        self.weeks.push_back(week);
        let newest = self.weeks.len() - 1;
        &mut self.weeks[newest]
    }
}
