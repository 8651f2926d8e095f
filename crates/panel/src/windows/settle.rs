//! What a window is made whole with before it is told, and rid of again: known sums over spans of
//! missing weeks, and counts of models.

use super::{Amount, Detail, Windows};
use crate::cells::PlacedSum;
use crate::kernels::Units;

impl<U: Units> Windows<'_, U> {
    /// Makes the sums whole for the window that ends with a week: known sums over spans of missing
    /// weeks that lie in it, and counts of models.
    pub(super) fn settle(&mut self, index: usize) {
        let last = self.record.cells.first_number() + index as i32;
        let first = last + 1 - self.question.window as i32;
        let is_asked = |sum: &&PlacedSum| {
            sum.first >= first
                && self.record.asks_for_sum(self.question.is_first_year, self.question.flagged, sum)
        };
        let asked = self.record.cells.known_sums_within((first, last)).iter().filter(is_asked);
        self.spans =
            asked.filter_map(|sum| Some((self.member_at(sum.place as usize)?, *sum))).collect();
        for at in 0..self.spans.len() {
            self.put_span::<true>(self.spans[at]);
        }
        if self.question.is_plain() && self.question.detail == Detail::Everything {
            self.count_existing(index);
            self.leave_out_unknown(index);
        }
    }

    pub(super) fn unsettle(&mut self) {
        for member in std::mem::take(&mut self.unknown) {
            self.sums.models[self.units.of(member)] += 1;
        }
        for span in std::mem::take(&mut self.spans) {
            self.put_span::<false>(span);
        }
    }

    fn put_span<const ADD: bool>(&mut self, (member, sum): (usize, PlacedSum)) {
        let PlacedSum { value, below, above, .. } = sum;
        self.put::<ADD>(member, Amount { value, is_estimated: true, below, above });
        if self.question.detail == Detail::Values {
            return;
        }
        let weeks = (sum.last - sum.first + 1) as u32;
        let missing = &mut self.sums.doubt_of(self.units.of(member)).missing;
        // What is missing week by week is known as a whole.
        *missing = if ADD { *missing - weeks } else { *missing + weeks };
        if self.question.is_plain() {
            let of_member = &mut self.weeks_of[member];
            let weeks = weeks as u16;
            *of_member = if ADD { *of_member - weeks } else { *of_member + weeks };
        } else {
            self.know::<ADD>(member);
        }
    }

    /// Counts the models that have a cell in the window's last week: all that have had one.
    fn count_existing(&mut self, index: usize) {
        let count = self.record.cells.len_of(index);
        let count = self.places(count).map_or(count, <[u32]>::len);
        for member in self.existing..count {
            self.sums.models[self.units.of(member)] += 1;
        }
        self.existing = count;
    }

    /// A model all of whose weeks are missing is none that the sums rest on.
    fn leave_out_unknown(&mut self, index: usize) {
        let cells = self.record.cells;
        let window = self.question.window.min(index + 1);
        let before = cells.len_of(index + 1 - window);
        let places = self.question.scope.places();
        let is_unknown = |member: &usize| {
            let place = places.map_or(*member, |places| places[*member] as usize);
            // A model that is younger than the window has fewer weeks in it.
            let weeks = if place < before { window } else { index + 1 - cells.begins(place) };
            usize::from(self.weeks_of[*member]) == weeks
        };
        // Of these the last week is missing too.
        let missing = self.missing.iter().map(|member| *member as usize);
        self.unknown = missing.filter(is_unknown).collect();
        for member in &self.unknown {
            self.sums.models[self.units.of(*member)] -= 1;
        }
    }
}
