//! Which cells a question is about.

use schema::Flagged;

use super::Record;
use crate::cells::{Mark, PlacedSum};

/// What a question wants of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    /// Nothing: it is of another age, or has or has not a flag.
    Not,
    /// That it is counted as missing.
    Missing,
    /// What it holds.
    Known,
}

impl Record<'_> {
    /// What a question wants of the cell at a place in a week.
    pub(crate) fn asks_for(
        &self,
        is_first_year: bool,
        flagged: Flagged,
        place: usize,
        week: i32,
        mark: Mark,
    ) -> Asked {
        let is_of_age =
            if is_first_year { self.ages.is_first_year(place, week) } else { Some(true) };
        let is_kept = match flagged {
            Flagged::Include => true,
            Flagged::Exclude => !mark.is_flagged(),
            Flagged::Only => mark.is_flagged(),
        };
        // A missing cell has no flag, and might have had one.
        match is_of_age {
            Some(false) => Asked::Not,
            Some(true) if !mark.is_missing() => {
                if is_kept {
                    Asked::Known
                } else {
                    Asked::Not
                }
            }
            _ => Asked::Missing,
        }
    }

    /// Whether a question wants what is known of a span as a whole.
    pub(crate) fn asks_for_sum(
        &self,
        is_first_year: bool,
        flagged: Flagged,
        sum: &PlacedSum,
    ) -> bool {
        // Its weeks are missing, and none of them has a flag.
        flagged != Flagged::Only
            && (!is_first_year
                || self.ages.is_first_year(sum.place as usize, sum.last) == Some(true))
    }
}
