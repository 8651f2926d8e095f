//! Sums over windows of weeks that move through the record.
//!
//! The window is moved by adding the week that enters and taking away the one that leaves, so a
//! year's window costs no more than a week's. Values are whole numbers, so that what is taken away
//! leaves nothing behind; squares of widths are whole too, and exact up to 2⁵³, beyond which what
//! is left behind is below a hundred millionth of the widest interval that was there.

mod settle;

use schema::{Flagged, Week};

use crate::ages::Ages;
use crate::cells::{Cells, PlacedSum, WeekCells, WeekTraits, width};
use crate::grouping::{Codes, Filter, Grouping};
use crate::kernels::{self, Itself, Units};
use crate::sums::{Doubt, Sums};

/// A question of flows, for any window.
#[derive(Debug, Clone, Copy)]
pub struct FlowQuestion<'a> {
    /// Whose sums.
    pub grouping: &'a Grouping,
    /// Of which models.
    pub filter: &'a Filter,
    /// Whether only weeks of a model's first 365 days count.
    pub is_first_year: bool,
    /// Of which cells.
    pub flagged: Flagged,
    /// Over how many trailing weeks; at least 1.
    pub window: usize,
    /// What is wanted beside the sums.
    pub detail: Detail,
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

impl FlowQuestion<'_> {
    /// Whether every cell of a model that is kept is asked about.
    pub(crate) fn is_plain(&self) -> bool {
        !self.is_first_year && self.flagged == Flagged::Include
    }
}

/// What is summed from: all that a panel knows of flows.
#[derive(Clone, Copy)]
pub(crate) struct Record<'a> {
    pub(crate) cells: &'a Cells,
    pub(crate) ages: &'a Ages,
}

/// Goes through the windows that end with the weeks from `from` to `to`, as indices of weeks.
pub(crate) fn each<T>(
    record: Record<'_>,
    question: &FlowQuestion<'_>,
    (from, to): (usize, usize),
    answer: impl FnMut(Week, &Sums) -> T,
) -> Vec<T> {
    match question.grouping.codes() {
        Codes::Itself(_) => go(Windows::new(record, question, Itself), (from, to), answer),
        Codes::Narrow(codes) => {
            go(Windows::new(record, question, codes.as_slice()), (from, to), answer)
        }
        Codes::Middle(codes) => {
            go(Windows::new(record, question, codes.as_slice()), (from, to), answer)
        }
        Codes::Wide(codes) => {
            go(Windows::new(record, question, codes.as_slice()), (from, to), answer)
        }
    }
}

fn go<U: Units, T>(
    mut windows: Windows<'_, U>,
    (from, to): (usize, usize),
    mut answer: impl FnMut(Week, &Sums) -> T,
) -> Vec<T> {
    let window = windows.question.window;
    let begin = (from + 1).saturating_sub(window);
    for index in begin..from {
        windows.enter(index);
    }
    let mut answers = Vec::with_capacity(to + 1 - from);
    let first = windows.record.cells.first_number();
    for index in from..=to {
        if let Some(left) = index.checked_sub(window)
            && left >= begin
        {
            // To empty a window of one week is cheaper than to take its cells away one by one.
            if window == 1 { windows.empty(left) } else { windows.leave(left) }
        }
        windows.enter(index);
        windows.settle(index);
        answers.push(answer(Week::from_number(first + index as i32), &windows.sums));
        windows.unsettle();
    }
    answers
}

/// A window and what it adds up to.
struct Windows<'a, U> {
    record: Record<'a>,
    question: &'a FlowQuestion<'a>,
    units: U,
    sums: Sums,
    /// Models that have a cell, of plain questions.
    existing: Existing,
    /// How many weeks of the window are missing (plain), or known (others), by place.
    weeks_of: Vec<u16>,
    /// Missing cells in the window.
    missing: u64,
    /// Known sums over spans that lie whole in the window.
    spans: Vec<PlacedSum>,
    /// Models taken from the counts while an answer is made, since all their weeks are missing.
    unknown: Vec<usize>,
}

/// The models that have a cell so far: a prefix of the places, or of the places kept.
#[derive(Default)]
struct Existing {
    counted: usize,
}

impl<'a, U: Units> Windows<'a, U> {
    fn new(record: Record<'a>, question: &'a FlowQuestion<'a>, units: U) -> Self {
        Self {
            record,
            question,
            units,
            sums: Sums::zero(question.grouping.unit_count()),
            existing: Existing::default(),
            weeks_of: Vec::new(),
            missing: 0,
            spans: Vec::new(),
            unknown: Vec::new(),
        }
    }

    fn enter(&mut self, index: usize) {
        if self.question.is_plain() { self.take::<true>(index) } else { self.pick::<true>(index) }
    }

    fn leave(&mut self, index: usize) {
        if self.question.is_plain() { self.take::<false>(index) } else { self.pick::<false>(index) }
    }

    /// Takes the one week of the window away at once.
    fn empty(&mut self, left: usize) {
        self.sums.wide_cells = 0;
        self.missing = 0;
        if let Some(places) = self.places(self.record.cells.len_of(left)) {
            // Of few models the units of all others are empty already.
            for place in places {
                let place = *place as usize;
                let unit = self.units.of(place);
                self.sums.value[unit] = 0;
                if let Some(doubt) = self.sums.doubts.get_mut(unit) {
                    *doubt = Doubt::default();
                }
                if let Some(weeks) = self.weeks_of.get_mut(place) {
                    *weeks = 0;
                }
                if !self.question.is_plain() {
                    self.sums.models[unit] = 0;
                }
            }
            return;
        }
        self.sums.value.fill(0);
        self.sums.doubts.fill(Doubt::default());
        self.weeks_of.fill(0);
        if !self.question.is_plain() {
            self.sums.models.fill(0);
        }
    }

    /// The places that are kept among the first `count`.
    fn places(&self, count: usize) -> Option<&'a [u32]> {
        let places = self.question.filter.places()?;
        Some(&places[..places.partition_point(|place| (*place as usize) < count)])
    }

    /// Adds all cells of a week, or takes them away again.
    fn take<const ADD: bool>(&mut self, index: usize) {
        let cells = self.record.cells.of_index(index);
        let count = cells.value.len();
        match self.places(count) {
            None => {
                self.units.add::<ADD>(&mut self.sums.value, cells.value);
                self.take_doubts::<ADD>(&cells, 0..count);
            }
            Some(places) => {
                kernels::add_listed::<ADD>(self.units, &mut self.sums.value, cells.value, places);
                self.take_doubts::<ADD>(&cells, places.iter().map(|place| *place as usize));
            }
        }
        for (cell, excess) in cells.large {
            let place = (cell - cells.base) as usize;
            if self.is_kept(place) {
                let sum = &mut self.sums.value[self.units.of(place)];
                *sum = if ADD { *sum + excess } else { *sum - excess };
            }
        }
    }

    /// What is not sure about the cells, where anything is.
    fn take_doubts<const ADD: bool>(
        &mut self,
        cells: &WeekCells<'_>,
        places: impl Iterator<Item = usize>,
    ) {
        let WeekTraits { has_estimated, has_missing, has_width, .. } = cells.traits;
        if self.question.detail == Detail::Values || !(has_estimated | has_missing | has_width) {
            return;
        }
        self.weeks_of.resize(self.question.grouping.model_count(), 0);
        let units = self.units;
        let doubts = self.sums.need_doubts();
        let (wide, missing) =
            kernels::add_doubts::<ADD>(units, doubts, &mut self.weeks_of, cells, places);
        let sums = &mut self.sums;
        (sums.wide_cells, self.missing) = if ADD {
            (sums.wide_cells + wide, self.missing + missing)
        } else {
            (sums.wide_cells - wide, self.missing - missing)
        };
        for (cell, excess) in cells.large {
            let place = (cell - cells.base) as usize;
            if cells.mark[place].is_estimated() && self.is_kept(place) {
                let estimated = &mut self.sums.doubts[units.of(place)].estimated;
                *estimated = if ADD { *estimated + excess } else { *estimated - excess };
            }
        }
    }

    fn is_kept(&self, place: usize) -> bool {
        let places = self.question.filter.places();
        places.is_none_or(|places| places.binary_search(&(place as u32)).is_ok())
    }

    /// Adds the cells of a week that are asked about, or takes them away again.
    fn pick<const ADD: bool>(&mut self, index: usize) {
        let cells = self.record.cells.of_index(index);
        let week = self.record.cells.first_number() + index as i32;
        let count = cells.value.len();
        self.weeks_of.resize(self.question.grouping.model_count(), 0);
        match self.places(count) {
            None => (0..count).for_each(|place| self.pick_one::<ADD>(&cells, week, place)),
            Some(places) => {
                for place in places {
                    self.pick_one::<ADD>(&cells, week, *place as usize);
                }
            }
        }
    }

    fn pick_one<const ADD: bool>(&mut self, cells: &WeekCells<'_>, week: i32, place: usize) {
        let mark = cells.mark[place];
        let is_asked = if self.question.is_first_year {
            self.record.ages.is_first_year(place, week)
        } else {
            Some(true)
        };
        if is_asked == Some(false) {
            return;
        }
        if is_asked.is_none() || mark.is_missing() {
            // A missing cell has no flag, and might have had one.
            let unit = self.units.of(place);
            let missing = &mut self.sums.need_doubts()[unit].missing;
            *missing = if ADD { *missing + 1 } else { *missing - 1 };
            return;
        }
        let is_kept = match self.question.flagged {
            Flagged::Include => true,
            Flagged::Exclude => !mark.is_flagged(),
            Flagged::Only => mark.is_flagged(),
        };
        if !is_kept {
            return;
        }
        let of_cell = Amount {
            value: cells.value_at(place),
            is_estimated: mark.is_estimated(),
            below: cells.below[place],
            above: cells.above[place],
        };
        self.put::<ADD>(place, of_cell);
        self.know::<ADD>(place);
    }

    /// Counts a known week of a model, and the model with its first.
    fn know<const ADD: bool>(&mut self, place: usize) {
        let (weeks, models) =
            (&mut self.weeks_of[place], &mut self.sums.models[self.units.of(place)]);
        if ADD {
            *models += u32::from(*weeks == 0);
            *weeks += 1;
        } else {
            *weeks -= 1;
            *models -= u32::from(*weeks == 0);
        }
    }

    fn put<const ADD: bool>(&mut self, place: usize, amount: Amount) {
        let unit = self.units.of(place);
        let signed = |sum: u64, value: u64| if ADD { sum + value } else { sum - value };
        self.sums.value[unit] = signed(self.sums.value[unit], amount.value);
        let is_wide = amount.below | amount.above != 0;
        if !is_wide && !amount.is_estimated {
            return;
        }
        let doubt = &mut self.sums.need_doubts()[unit];
        if amount.is_estimated {
            doubt.estimated = signed(doubt.estimated, amount.value);
        }
        let square = |packed: u16| {
            let width = width(packed) as f64;
            if ADD { width * width } else { -width * width }
        };
        doubt.below += square(amount.below);
        doubt.above += square(amount.above);
        let wide = &mut self.sums.wide_cells;
        *wide = if ADD { *wide + u64::from(is_wide) } else { *wide - u64::from(is_wide) };
    }
}

/// What one cell, or one span, adds.
#[derive(Clone, Copy)]
struct Amount {
    value: u64,
    is_estimated: bool,
    below: u16,
    above: u16,
}
