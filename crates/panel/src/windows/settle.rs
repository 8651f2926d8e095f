//! What a window is made whole with before it is told, and rid of again: known sums over spans of
//! missing weeks, and counts of models.

use schema::Flagged;

use super::{Amount, Detail, Windows};
use crate::cells::PlacedSum;
use crate::kernels::Units;

impl<U: Units> Windows<'_, U> {
    /// Makes the sums whole for the window that ends with a week: known sums over spans of missing
    /// weeks that lie in it, and counts of models.
    pub(super) fn settle(&mut self, index: usize) {
        let last = self.record.cells.first_number() + index as i32;
        let first = last + 1 - self.question.window as i32;
        let all = self.record.cells.known_sums();
        let inside = all.partition_point(|sum| sum.last < first)
            ..all.partition_point(|sum| sum.last <= last);
        let is_asked = |sum: &PlacedSum| {
            sum.first >= first
                && self.is_kept(sum.place as usize)
                && self.question.flagged != Flagged::Only
                && (!self.question.is_first_year
                    || self.record.ages.is_first_year(sum.place as usize, sum.last) == Some(true))
        };
        self.spans = all[inside].iter().filter(|sum| is_asked(sum)).copied().collect();
        for at in 0..self.spans.len() {
            self.put_span::<true>(self.spans[at]);
        }
        if self.question.is_plain() && self.question.detail == Detail::Everything {
            self.count_existing(index);
            self.leave_out_unknown(index);
        }
    }

    pub(super) fn unsettle(&mut self) {
        for place in std::mem::take(&mut self.unknown) {
            self.sums.models[self.units.of(place)] += 1;
        }
        for sum in std::mem::take(&mut self.spans) {
            self.put_span::<false>(sum);
        }
    }

    fn put_span<const ADD: bool>(&mut self, sum: PlacedSum) {
        let place = sum.place as usize;
        let PlacedSum { value, below, above, .. } = sum;
        self.put::<ADD>(place, Amount { value, is_estimated: true, below, above });
        if self.question.detail == Detail::Values {
            return;
        }
        let weeks = (sum.last - sum.first + 1) as u32;
        let unit = self.units.of(place);
        let missing = &mut self.sums.need_doubts()[unit].missing;
        // What is missing week by week is known as a whole.
        *missing = if ADD { *missing - weeks } else { *missing + weeks };
        if self.question.is_plain() {
            let of_place = &mut self.weeks_of[place];
            let weeks = weeks as u16;
            *of_place = if ADD { *of_place - weeks } else { *of_place + weeks };
        } else {
            self.know::<ADD>(place);
        }
    }

    /// Counts the models that have a cell in the window's last week: all that have had one.
    fn count_existing(&mut self, index: usize) {
        let count = self.record.cells.len_of(index);
        match self.places(count) {
            None => {
                for place in self.existing.counted..count {
                    self.sums.models[self.units.of(place)] += 1;
                }
                self.existing.counted = count;
            }
            Some(places) => {
                for place in &places[self.existing.counted..] {
                    self.sums.models[self.units.of(*place as usize)] += 1;
                }
                self.existing.counted = places.len();
            }
        }
    }

    /// A model all of whose weeks are missing is none that the sums rest on.
    fn leave_out_unknown(&mut self, index: usize) {
        if self.missing == 0 {
            return;
        }
        let window = self.question.window.min(index + 1);
        let count = self.record.cells.len_of(index);
        // A model that is younger than the window has fewer weeks in it.
        let weeks_of = |place: usize| {
            let begins = self.record.cells.begins(place);
            (index + 1 - begins).min(window) as u16
        };
        let is_unknown =
            |place: &usize| self.weeks_of[*place] > 0 && self.weeks_of[*place] == weeks_of(*place);
        self.unknown = match self.places(count) {
            None => (0..count).filter(is_unknown).collect(),
            Some(places) => places.iter().map(|at| *at as usize).filter(is_unknown).collect(),
        };
        for place in &self.unknown {
            self.sums.models[self.units.of(*place)] -= 1;
        }
    }
}
