//! The loops in which the time goes: columns of cells added up by the units of their models.
//!
//! Plain loops over slices, which the compiler turns into vector code where there is any to have.
//! Each has a naive twin in the tests that it must equal exactly.

use crate::cells::{WeekCells, width};
use crate::sums::Doubt;

/// Which unit the model at each place belongs to.
pub(crate) trait Units: Copy {
    /// The unit's code.
    fn of(self, place: usize) -> usize;
    /// Adds values, or takes them away again: those at places `0..values.len()`.
    fn add<const ADD: bool>(self, sums: &mut [u64], values: &[u32]);
}

/// Each model is its own unit.
#[derive(Clone, Copy)]
pub(crate) struct Itself;

impl Units for Itself {
    fn of(self, place: usize) -> usize {
        place
    }

    fn add<const ADD: bool>(self, sums: &mut [u64], values: &[u32]) {
        for (sum, value) in sums.iter_mut().zip(values) {
            put::<ADD>(sum, u64::from(*value));
        }
    }
}

impl Units for &[u32] {
    fn of(self, place: usize) -> usize {
        self[place] as usize
    }

    fn add<const ADD: bool>(self, sums: &mut [u64], values: &[u32]) {
        for (code, value) in self.iter().zip(values) {
            put::<ADD>(&mut sums[*code as usize], u64::from(*value));
        }
    }
}

impl Units for &[u16] {
    fn of(self, place: usize) -> usize {
        usize::from(self[place])
    }

    fn add<const ADD: bool>(self, sums: &mut [u64], values: &[u32]) {
        for (code, value) in self.iter().zip(values) {
            put::<ADD>(&mut sums[usize::from(*code)], u64::from(*value));
        }
    }
}

/// Sums that follow each other in one unit would wait for each other; in four lanes they do not.
const LANES: usize = 4;
const NARROW: usize = 256;

impl Units for &[u8] {
    fn of(self, place: usize) -> usize {
        usize::from(self[place])
    }

    fn add<const ADD: bool>(self, sums: &mut [u64], values: &[u32]) {
        let mut lanes = [[0_u64; NARROW]; LANES];
        let codes = &self[..values.len()];
        let (codes, last_codes) = codes.as_chunks::<LANES>();
        let (values, last_values) = values.as_chunks::<LANES>();
        for (codes, values) in codes.iter().zip(values) {
            for lane in 0..LANES {
                lanes[lane][usize::from(codes[lane])] += u64::from(values[lane]);
            }
        }
        for (code, value) in last_codes.iter().zip(last_values) {
            lanes[0][usize::from(*code)] += u64::from(*value);
        }
        for (unit, sum) in sums.iter_mut().enumerate().take(NARROW) {
            put::<ADD>(sum, lanes.iter().map(|lane| lane[unit]).sum());
        }
    }
}

/// Adds the values at some places, or takes them away again.
pub(crate) fn add_listed<const ADD: bool>(
    units: impl Units,
    sums: &mut [u64],
    values: &[u32],
    places: &[u32],
) {
    for place in places {
        let place = *place as usize;
        put::<ADD>(&mut sums[units.of(place)], u64::from(values[place]));
    }
}

/// Adds what is not sure about the cells at some places, or takes it away again; returns how many
/// of them have a width and how many are missing.
///
/// Missing cells are counted by place as well.
pub(crate) fn add_doubts<const ADD: bool>(
    units: impl Units,
    doubts: &mut [Doubt],
    missing_weeks: &mut [u16],
    cells: &WeekCells<'_>,
    places: impl Iterator<Item = usize>,
) -> (u64, u64) {
    let WeekCells { value, below, above, mark, .. } = *cells;
    let (mut wide, mut missing) = (0, 0);
    for place in places {
        let (mark, below, above) = (mark[place], below[place], above[place]);
        if mark.is_sure() && below | above == 0 {
            continue;
        }
        let doubt = &mut doubts[units.of(place)];
        if mark.is_missing() {
            let weeks = &mut missing_weeks[place];
            *weeks = if ADD { *weeks + 1 } else { *weeks - 1 };
            doubt.missing = if ADD { doubt.missing + 1 } else { doubt.missing - 1 };
            missing += 1;
            continue;
        }
        put::<ADD>(&mut doubt.estimated, u64::from(value[place]) * u64::from(mark.is_estimated()));
        let square = |packed: u16| {
            let width = width(packed) as f64;
            if ADD { width * width } else { -width * width }
        };
        doubt.below += square(below);
        doubt.above += square(above);
        wide += u64::from(below | above != 0);
    }
    (wide, missing)
}

/// The sum of squares and the sum of values, each below 2⁶³: what an HHI is made of.
#[must_use]
pub fn squares_and_sum(values: &[u64]) -> (f64, f64) {
    let mut lanes = [(0.0_f64, 0.0_f64); 8];
    let (chunks, last) = values.as_chunks::<8>();
    for chunk in chunks {
        for (lane, value) in lanes.iter_mut().zip(chunk) {
            let value = *value as i64 as f64;
            *lane = (lane.0 + value * value, lane.1 + value);
        }
    }
    for (lane, value) in lanes.iter_mut().zip(last) {
        let value = *value as i64 as f64;
        *lane = (lane.0 + value * value, lane.1 + value);
    }
    lanes.iter().fold((0.0, 0.0), |sums, lane| (sums.0 + lane.0, sums.1 + lane.1))
}

fn put<const ADD: bool>(sum: &mut u64, value: u64) {
    *sum = if ADD { *sum + value } else { *sum - value };
}

#[cfg(test)]
mod tests;
