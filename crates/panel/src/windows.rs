//! Sums over windows of weeks that move through the record.
//!
//! The window is moved by adding the week that enters and taking away the one that leaves, so a
//! year's window costs no more than a week's. Values are whole numbers, so that what is taken away
//! leaves nothing behind; squares of widths are whole too, and exact up to 2⁵³, beyond which what
//! is left behind is below a hundred millionth of the widest interval that was there.

mod asked;
mod question;
mod recent;
mod settle;

use schema::Week;

use crate::ages::Ages;
use crate::cells::{Cells, PlacedSum, WeekCells, width};
use crate::grouping::Codes;
use crate::kernels::{self, Doubtful, DoubtfulCells, Itself, Units};
use crate::sums::Sums;
use crate::weekly::Prepared;
pub(crate) use asked::Asked;
pub use question::{Detail, FlowQuestion};
use recent::Recent;

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
    match question.scope.units().codes() {
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
            if window == 1 { windows.empty() } else { windows.leave(left) }
        }
        windows.enter(index);
        windows.settle(index);
        answers.push(answer(Week::from_number(first + index as i32), &windows.sums));
        windows.unsettle();
    }
    answers
}

/// A window and what it adds up to; models are told by member.
struct Windows<'a, U> {
    record: Record<'a>,
    question: &'a FlowQuestion<'a>,
    units: U,
    sums: Sums,
    /// The sums of all weeks, where they were made beforehand.
    prepared: Option<Prepared<'a>>,
    /// The sums of single weeks of the window, where they are kept.
    recent: Option<Recent>,
    /// Members that have a cell so far, of plain questions: the first so many.
    existing: usize,
    /// How many weeks of the window are missing (plain), or known (others), by member.
    weeks_of: Vec<u16>,
    /// Members whose cell in the last week that entered is missing, of plain questions.
    missing: Vec<u32>,
    /// The cells of a week that are not sure.
    doubtful: DoubtfulCells,
    /// Known sums over spans that lie whole in the window, each with its member.
    spans: Vec<(usize, PlacedSum)>,
    /// Members taken from the counts while an answer is made, since all their weeks are missing.
    unknown: Vec<usize>,
}

impl<'a, U: Units> Windows<'a, U> {
    fn new(record: Record<'a>, question: &'a FlowQuestion<'a>, units: U) -> Self {
        let mut sums = Sums::zero(question.scope.units().unit_count());
        if question.window == 1 {
            sums.expect_few_doubts();
        }
        Self {
            record,
            question,
            units,
            prepared: question.usable(),
            recent: Recent::of(record, question),
            sums,
            existing: 0,
            weeks_of: vec![0; question.scope.member_count()],
            missing: Vec::new(),
            doubtful: DoubtfulCells::default(),
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
    fn empty(&mut self) {
        if self.replaces() {
            self.sums.empty_doubts();
        } else {
            self.sums.empty();
        }
        if self.question.is_plain() {
            for member in self.missing.drain(..) {
                self.weeks_of[member as usize] = 0;
            }
        } else {
            self.weeks_of.fill(0);
            self.sums.models.fill(0);
        }
    }

    /// Whether the sums of a week are put in the place of those of the last, to save taking these
    /// away.
    fn replaces(&self) -> bool {
        self.question.window == 1 && self.prepared.is_some_and(|prepared| prepared.can_replace())
    }

    /// The places of the members among the first `count` places; `None` where all are members.
    fn places(&self, count: usize) -> Option<&'a [u32]> {
        let places = self.question.scope.places()?;
        Some(&places[..places.partition_point(|place| (*place as usize) < count)])
    }

    /// The member at a place, if it is one.
    fn member_at(&self, place: usize) -> Option<usize> {
        match self.question.scope.places() {
            None => Some(place),
            Some(places) => places.binary_search(&(place as u32)).ok(),
        }
    }

    /// Adds all cells of a week, or takes them away again.
    fn take<const ADD: bool>(&mut self, index: usize) {
        let cells = self.record.cells.of_index(index);
        let places = self.places(cells.value.len());
        match self.prepared {
            Some(prepared) if self.replaces() => prepared.replace(index, &mut self.sums.value),
            Some(prepared) => prepared.add::<ADD>(index, &mut self.sums.value),
            None => self.take_values::<ADD>(&cells, places),
        }
        if self.question.detail == Detail::Everything {
            self.take_doubts::<ADD>(&cells, places);
        }
    }

    /// What the cells hold.
    fn take_values<const ADD: bool>(&mut self, cells: &WeekCells<'_>, places: Option<&[u32]>) {
        match &mut self.recent {
            None => add::<ADD>(self.units, &mut self.sums.value, cells, places),
            Some(recent) if ADD => {
                let of_week = recent.next();
                add::<true>(self.units, of_week, cells, places);
                kernels::add_all::<true>(&mut self.sums.value, of_week);
            }
            Some(recent) => kernels::add_all::<false>(&mut self.sums.value, recent.oldest()),
        }
        for (cell, excess) in cells.large {
            let Some(member) = self.member_at((cell - cells.base) as usize) else { continue };
            let sum = &mut self.sums.value[self.units.of(member)];
            *sum = if ADD { *sum + excess } else { *sum - excess };
        }
    }

    /// What is not sure about the cells, where anything is.
    fn take_doubts<const ADD: bool>(&mut self, cells: &WeekCells<'_>, places: Option<&[u32]>) {
        if ADD {
            self.missing.clear();
        }
        if !cells.traits.is_doubtful {
            return;
        }
        self.doubtful.find(cells, places);
        for Doubtful { member, .. } in &self.doubtful.missing {
            let weeks = &mut self.weeks_of[*member as usize];
            let doubt = self.sums.doubt_of(self.units.of(*member as usize));
            if ADD {
                *weeks += 1;
                doubt.missing += 1;
                self.missing.push(*member);
            } else {
                *weeks -= 1;
                doubt.missing -= 1;
            }
        }
        let mut wide = 0;
        for Doubtful { member, place } in &self.doubtful.known {
            let (member, place) = (*member as usize, *place as usize);
            let is_estimated = u64::from(cells.mark[place].is_estimated());
            let value = cells.value_at(place) * is_estimated;
            let (below, above) = (cells.below[place], cells.above[place]);
            let doubt = self.sums.doubt_of(self.units.of(member));
            doubt.take::<ADD>(value, square(below), square(above));
            wide += u64::from(below | above != 0);
        }
        let wide_cells = &mut self.sums.wide_cells;
        *wide_cells = if ADD { *wide_cells + wide } else { *wide_cells - wide };
    }

    /// Adds the cells of a week that are asked about, or takes them away again.
    fn pick<const ADD: bool>(&mut self, index: usize) {
        let cells = self.record.cells.of_index(index);
        let count = cells.value.len();
        match self.places(count) {
            None => (0..count).for_each(|place| self.pick_one::<ADD>(&cells, index, place, place)),
            Some(places) => {
                for (member, place) in places.iter().enumerate() {
                    self.pick_one::<ADD>(&cells, index, member, *place as usize);
                }
            }
        }
    }

    fn pick_one<const ADD: bool>(
        &mut self,
        cells: &WeekCells<'_>,
        index: usize,
        member: usize,
        place: usize,
    ) {
        let mark = cells.mark[place];
        let week = self.record.cells.first_number() + index as i32;
        match self.record.asks_for(
            self.question.is_first_year,
            self.question.flagged,
            place,
            week,
            mark,
        ) {
            Asked::Not => {}
            Asked::Missing => {
                let missing = &mut self.sums.doubt_of(self.units.of(member)).missing;
                *missing = if ADD { *missing + 1 } else { *missing - 1 };
            }
            Asked::Known => {
                let of_cell = Amount {
                    value: cells.value_at(place),
                    is_estimated: mark.is_estimated(),
                    below: cells.below[place],
                    above: cells.above[place],
                };
                self.put::<ADD>(member, of_cell);
                self.know::<ADD>(member);
            }
        }
    }

    /// Counts a known week of a model, and the model with its first.
    fn know<const ADD: bool>(&mut self, member: usize) {
        let (weeks, models) =
            (&mut self.weeks_of[member], &mut self.sums.models[self.units.of(member)]);
        if ADD {
            *models += u32::from(*weeks == 0);
            *weeks += 1;
        } else {
            *weeks -= 1;
            *models -= u32::from(*weeks == 0);
        }
    }

    fn put<const ADD: bool>(&mut self, member: usize, amount: Amount) {
        let unit = self.units.of(member);
        let Amount { value, is_estimated, below, above } = amount;
        let sum = &mut self.sums.value[unit];
        *sum = if ADD { *sum + value } else { *sum - value };
        let is_wide = below | above != 0;
        if !is_wide && !is_estimated {
            return;
        }
        let estimated = value * u64::from(is_estimated);
        self.sums.doubt_of(unit).take::<ADD>(estimated, square(below), square(above));
        let wide = &mut self.sums.wide_cells;
        *wide = if ADD { *wide + u64::from(is_wide) } else { *wide - u64::from(is_wide) };
    }
}

/// Adds the values of a week to the sums of their units, or takes them away again.
fn add<const ADD: bool>(
    units: impl Units,
    sums: &mut [u64],
    cells: &WeekCells<'_>,
    places: Option<&[u32]>,
) {
    match places {
        None => units.add::<ADD>(sums, cells.value),
        Some(places) => units.add_listed::<ADD>(sums, cells.value, places),
    }
}

/// A half-width in parts, squared.
fn square(packed: u16) -> f64 {
    let width = width(packed) as f64;
    width * width
}

/// What one cell, or one span, adds.
#[derive(Clone, Copy)]
struct Amount {
    value: u64,
    is_estimated: bool,
    below: u16,
    above: u16,
}
