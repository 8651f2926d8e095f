//! What each unit of a large grouping adds up to in each week, made beforehand.
//!
//! Units are ordered by their first week, as models are, so that the units of any week are a
//! prefix of that order and its sums need no codes. There are some three times fewer of them than
//! cells, and in few of them more than 16 bits are used: those are told beside the others.

use crate::cells::{Cells, WeekCells};
use crate::engine::Panel;
use crate::grouping::{Codes, Grouping};
use crate::kernels::{self, Units};

/// The sums of every unit in every week, of all models and all their cells.
#[derive(Debug, Clone, PartialEq)]
pub struct WeeklySums {
    /// The code of the unit at each place of a row.
    units: Codes,
    unit_count: usize,
    rows: Vec<Row>,
}

/// The sums of a week by place, in [`crate::PARTS`] of a download.
#[derive(Debug, Clone, PartialEq)]
struct Row {
    low: Box<[u16]>,
    /// Places whose sums exceed 16 bits, with what is above these.
    high: Box<[(u32, u32)]>,
}

/// The units of another grouping that those of weekly sums belong to, as owners to countries.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Follower {
    units: Codes,
    unit_count: usize,
}

/// Weekly sums as those of a grouping: of their own, or of one that follows from it.
#[derive(Debug, Clone, Copy)]
pub struct Prepared<'a> {
    rows: &'a [Row],
    units: &'a Codes,
    unit_count: usize,
    /// Whether each place of a row is a unit of its own.
    is_own: bool,
}

/// Sums a cell beyond which there is no gain in having them.
const CELLS_A_SUM: usize = 2;

impl WeeklySums {
    /// The sums of a grouping, which is arranged in the order of the cells; `None` where there are
    /// about as many as cells.
    #[must_use]
    pub fn new(panel: &Panel, grouping: &Grouping) -> Option<Self> {
        let order = Order::new(panel.cells(), grouping);
        let sums: usize = order.counts.iter().sum();
        let is_worth_it = sums * CELLS_A_SUM <= panel.cells().count();
        if is_worth_it { Self::of(panel, grouping, order) } else { None }
    }

    fn of(panel: &Panel, grouping: &Grouping, order: Order) -> Option<Self> {
        let (cells, weeks) = (panel.cells(), panel.weeks()?);
        let cost = |index| cells.len_of(index);
        let rows = panel.over_stretches(weeks, 1, cost, |(from, to)| {
            let mut sums = vec![0; grouping.unit_count()];
            let row = |index: usize| {
                sums.fill(0);
                add_week(grouping.codes(), &mut sums, &cells.of_index(index));
                Row::pack(&order.units[..order.counts[index]], &sums)
            };
            (from..=to).map(row).collect()
        });
        let unit_count = grouping.unit_count();
        // Sums beyond 48 bits are not kept, and so none are.
        let rows = rows.into_iter().collect::<Option<_>>()?;
        let is_by_code = order.units.iter().enumerate().all(|(at, code)| at as u32 == *code);
        let units = if is_by_code {
            Codes::Itself(order.units.len())
        } else {
            Codes::pack(order.units, unit_count)
        };
        Some(Self { units, unit_count, rows })
    }

    /// The units of another grouping by those of the own one, of which these are the sums; `None`
    /// where models of one unit differ.
    pub(crate) fn follower(&self, own: &Grouping, other: &Grouping) -> Option<Follower> {
        let mut of_unit = vec![None; self.unit_count];
        for place in 0..own.model_count() {
            let code = other.code(place);
            if *of_unit[own.code(place) as usize].get_or_insert(code) != code {
                return None;
            }
        }
        let unit_count = other.unit_count();
        let of_place = |place: usize| of_unit[self.units.of(place)].unwrap_or_default();
        let units = (0..self.units.len()).map(of_place).collect();
        Some(Follower { units: Codes::pack(units, unit_count), unit_count })
    }

    /// The sums as those of their own grouping.
    #[must_use]
    pub fn prepared(&self) -> Prepared<'_> {
        let Self { units, unit_count, rows } = self;
        Prepared { rows, units, unit_count: *unit_count, is_own: true }
    }

    /// The sums as those of a grouping that follows from their own.
    pub(crate) fn prepared_for<'a>(&'a self, follower: &'a Follower) -> Prepared<'a> {
        let Follower { units, unit_count } = follower;
        Prepared { rows: &self.rows, units, unit_count: *unit_count, is_own: false }
    }

    /// The bytes that are held.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let of_row =
            |row: &Row| row.low.len() * size_of::<u16>() + row.high.len() * size_of::<(u32, u32)>();
        self.rows.iter().map(of_row).sum::<usize>() + self.units.len() * size_of::<u32>()
    }
}

impl Row {
    /// The sums of units, given by code; `None` where one is too large.
    fn pack(units: &[u32], sums: &[u64]) -> Option<Self> {
        let mut low = Vec::with_capacity(units.len());
        let mut high = Vec::new();
        for (place, code) in units.iter().enumerate() {
            let sum = sums[*code as usize];
            low.push(sum as u16);
            if sum >> u16::BITS != 0 {
                high.push((place as u32, u32::try_from(sum >> u16::BITS).ok()?));
            }
        }
        Some(Self { low: low.into(), high: high.into() })
    }
}

impl Prepared<'_> {
    /// How many units there are, those without sums included.
    pub(crate) fn unit_count(&self) -> usize {
        self.unit_count
    }

    /// Whether to put a week's sums in place of another's leaves nothing of these.
    pub(crate) fn can_replace(&self) -> bool {
        self.is_own
    }

    /// How many sums a week has.
    pub(crate) fn len_of(&self, index: usize) -> usize {
        self.rows[index].low.len()
    }

    /// Adds the sums of a week, or takes them away again.
    pub(crate) fn add<const ADD: bool>(&self, index: usize, sums: &mut [u64]) {
        let row = &self.rows[index];
        self.units.add::<ADD>(sums, &row.low);
        for (place, high) in &row.high {
            let sum = &mut sums[self.units.of(*place as usize)];
            let high = u64::from(*high) << u16::BITS;
            *sum = if ADD { *sum + high } else { *sum - high };
        }
    }

    /// Puts the sums of a week in place of those of one before it.
    pub(crate) fn replace(&self, index: usize, sums: &mut [u64]) {
        let row = &self.rows[index];
        kernels::replace(self.units, sums, &row.low);
        for (place, high) in &row.high {
            sums[self.units.of(*place as usize)] += u64::from(*high) << u16::BITS;
        }
    }
}

/// Units in the order of their first week, then of their codes.
#[derive(Debug)]
struct Order {
    units: Vec<u32>,
    /// How many there are in each week.
    counts: Vec<usize>,
}

impl Order {
    fn new(cells: &Cells, grouping: &Grouping) -> Self {
        let mut is_known = vec![false; grouping.unit_count()];
        // As where units are arranged, so that their order is that of their codes.
        let mut order = Self { units: grouping.unattributed().to_vec(), counts: Vec::new() };
        order.units.iter().for_each(|code| is_known[*code as usize] = true);
        let mut begin = 0;
        for index in 0..cells.week_count() {
            let before = order.units.len();
            for place in begin..cells.len_of(index) {
                let code = grouping.code(place);
                if !std::mem::replace(&mut is_known[code as usize], true) {
                    order.units.push(code);
                }
            }
            order.units[before..].sort_unstable();
            order.counts.push(order.units.len());
            begin = cells.len_of(index);
        }
        order
    }
}

/// Adds all values of a week to the sums of their units.
fn add_week(units: impl Units, sums: &mut [u64], cells: &WeekCells<'_>) {
    units.add::<true>(sums, cells.value);
    for (cell, excess) in cells.large {
        sums[units.of((cell - cells.base) as usize)] += excess;
    }
}

#[cfg(test)]
impl WeeklySums {
    /// The sums of a grouping, even where they are no gain.
    pub(crate) fn always(panel: &Panel, grouping: &Grouping) -> Option<Self> {
        Self::of(panel, grouping, Order::new(panel.cells(), grouping))
    }
}
