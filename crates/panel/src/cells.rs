//! How cells lie in memory: by week, and within a week by model.
//!
//! Models are ordered by their first week, so that the models of any week are a prefix of that
//! order, and a week's cells need no ids: the cell at a *place* belongs to the model at that place.
//! Those of one first week are ordered by what filters ask for, so that the cells of the models
//! that a filter keeps lie together.
//! A cell is 9 bytes: its value, two half-widths of its interval, and a [`Mark`].

mod arrangement;
mod builder;
mod file;
mod mark;
mod runs;
mod width;

use schema::Week;

pub use builder::CellsBuilder;
pub use mark::Mark;
pub use runs::RunOfModels;
pub(crate) use runs::{Known, Run, ascending};
pub(crate) use width::decode as width;

/// Values are kept in this many parts of a download, so that sums are exact and the third of a
/// download that a rolling sum tells of a small model is not lost.
pub const PARTS: u32 = 64;

/// The flows of all models in all weeks.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cells {
    /// The first week; `None` where there is no cell.
    first: Option<Week>,
    /// Where each week's cells begin, and where the last ones end.
    offsets: Vec<usize>,
    /// The model at each place; all models of the collection, those without cells last.
    order: Vec<u32>,
    /// In parts of a download. What does not fit is cut here and told by `large`.
    value: Vec<u32>,
    below: Vec<u16>,
    above: Vec<u16>,
    mark: Vec<Mark>,
    /// What values beyond 32 bits exceed them by, sorted by cell.
    large: Vec<(u64, u64)>,
    /// Sums over spans of missing weeks, sorted by the span's last week, then place.
    known_sums: Vec<PlacedSum>,
    traits: Vec<WeekTraits>,
    totals: Vec<WeekTotals>,
    runs: Vec<Option<Vec<Run>>>,
}

/// What is known of a span of missing weeks as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PlacedSum {
    pub(crate) place: u32,
    /// The first and the last week, as numbers.
    pub(crate) first: i32,
    pub(crate) last: i32,
    /// In parts of a download.
    pub(crate) value: u64,
    pub(crate) below: u16,
    pub(crate) above: u16,
}

/// Which of its columns a week needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct WeekTraits {
    /// Whether any cell is estimated or missing, or has an interval with a width.
    pub(crate) is_doubtful: bool,
    /// Whether the interval of a cell that is neither estimated nor missing has a width.
    pub(crate) has_sure_width: bool,
}

/// What a week's cells are, taken together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WeekTotals {
    /// Cells that readings bound.
    pub observed: u64,
    /// Cells that are estimated.
    pub estimated: u64,
    /// Cells that are known not to be known.
    pub missing: u64,
    /// Cells with a flag.
    pub flagged: u64,
    /// What the estimated cells hold, in [`PARTS`] of a download.
    pub estimated_parts: u64,
}

/// The cells of one week, by place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WeekCells<'a> {
    pub(crate) value: &'a [u32],
    pub(crate) below: &'a [u16],
    pub(crate) above: &'a [u16],
    pub(crate) mark: &'a [Mark],
    /// Places whose value is beyond 32 bits, with what it exceeds them by.
    pub(crate) large: &'a [(u64, u64)],
    /// What `large` counts places from.
    pub(crate) base: u64,
    pub(crate) traits: WeekTraits,
}

impl WeekCells<'_> {
    /// Whether the interval of the cell at a place has a width.
    pub(crate) fn has_width(&self, place: usize) -> bool {
        self.below[place] | self.above[place] != 0
    }

    /// The value at a place, in parts of a download.
    pub(crate) fn value_at(&self, place: usize) -> u64 {
        let value = self.value[place];
        let mut whole = u64::from(value);
        if value == u32::MAX {
            let cell = self.base + place as u64;
            if let Ok(found) = self.large.binary_search_by_key(&cell, |(of, _)| *of) {
                whole += self.large[found].1;
            }
        }
        whole
    }
}

impl Cells {
    /// The first and the last week that have cells.
    #[must_use]
    pub fn weeks(&self) -> Option<(Week, Week)> {
        let first = self.first?;
        Some((first, first.plus(self.offsets.len() as i32 - 2)))
    }

    /// How many cells there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.value.len()
    }

    /// How many cells are in each state, in the order of [`schema::CellState::ALL`].
    #[must_use]
    pub fn state_counts(&self) -> [u64; 3] {
        self.totals.iter().fold([0; 3], |counts, week| {
            [counts[0] + week.observed, counts[1] + week.estimated, counts[2] + week.missing]
        })
    }

    /// How many cells have a flag.
    #[must_use]
    pub fn flagged_count(&self) -> u64 {
        self.totals.iter().map(|week| week.flagged).sum()
    }

    /// What the cells of a week are; `None` where there are none.
    #[must_use]
    pub fn totals_of(&self, week: Week) -> Option<WeekTotals> {
        Some(self.totals_at(self.index_of(week)?))
    }

    /// What the cells of a week are, by its number.
    pub(crate) fn totals_at(&self, index: usize) -> WeekTotals {
        self.totals[index]
    }

    /// The model at each place.
    #[must_use]
    pub fn order(&self) -> &[u32] {
        &self.order
    }

    /// The bytes that are held for cells, and for all else that grows with them.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let runs: usize = self.runs.iter().flatten().map(Vec::len).sum();
        self.count() * 9
            + self.order.len() * size_of::<u32>()
            + self.offsets.len() * size_of::<usize>()
            + self.large.len() * size_of::<(u64, u64)>()
            + self.known_sums.len() * size_of::<PlacedSum>()
            + runs * size_of::<Run>()
    }

    /// The number of a week among those that have cells.
    pub(crate) fn index_of(&self, week: Week) -> Option<usize> {
        let index = usize::try_from(week.number() - self.first?.number()).ok()?;
        (index + 1 < self.offsets.len()).then_some(index)
    }

    pub(crate) fn week_count(&self) -> usize {
        self.offsets.len().saturating_sub(1)
    }

    /// The first week's number.
    pub(crate) fn first_number(&self) -> i32 {
        self.first.map_or(0, Week::number)
    }

    /// How many cells a week has.
    pub(crate) fn len_of(&self, index: usize) -> usize {
        self.offsets[index + 1] - self.offsets[index]
    }

    /// The first week in which a place has a cell, counted from the first of all.
    pub(crate) fn begins(&self, place: usize) -> usize {
        let (mut low, mut high) = (0, self.week_count());
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.len_of(middle) <= place { low = middle + 1 } else { high = middle }
        }
        low
    }

    pub(crate) fn of_index(&self, index: usize) -> WeekCells<'_> {
        let range = self.offsets[index]..self.offsets[index + 1];
        let from = self.large.partition_point(|(cell, _)| *cell < range.start as u64);
        let to = self.large.partition_point(|(cell, _)| *cell < range.end as u64);
        WeekCells {
            value: &self.value[range.clone()],
            below: &self.below[range.clone()],
            above: &self.above[range.clone()],
            mark: &self.mark[range.clone()],
            large: &self.large[from..to],
            base: range.start as u64,
            traits: self.traits[index],
        }
    }

    /// The known cells of a week in ascending order of value, those of one value together; `None`
    /// where they are too many to be worth keeping.
    pub(crate) fn runs_of(&self, index: usize) -> Option<&[Run]> {
        self.runs[index].as_deref()
    }

    /// Known sums over spans that end from one week to another.
    pub(crate) fn known_sums_within(&self, (from, to): (i32, i32)) -> &[PlacedSum] {
        let begin = self.known_sums.partition_point(|sum| sum.last < from);
        let end = self.known_sums.partition_point(|sum| sum.last <= to);
        &self.known_sums[begin..end]
    }
}

#[cfg(test)]
mod tests;
