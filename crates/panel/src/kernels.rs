//! The loops in which the time goes: columns of cells added up by the units of their models.
//!
//! Plain loops over slices, which the compiler turns into vector code where there is any to have.
//! Each has a naive twin in the tests that it must equal exactly.
//!
//! Models are told by *member*: the ones that are asked about, one after another; where all are,
//! a member's number is its place.

mod doubts;
mod moments;

use crate::grouping::Codes;
pub(crate) use doubts::{Doubtful, DoubtfulCells};
pub use moments::{Moments, moments};

/// A number of a column.
pub(crate) trait Number: Copy + Into<u64> {}

impl Number for u16 {}
impl Number for u32 {}

/// Which unit each member belongs to.
pub(crate) trait Units: Copy {
    /// The unit's code.
    fn of(self, member: usize) -> usize;
    /// Adds the values of the first members to their units, or takes them away again.
    fn add<const ADD: bool>(self, sums: &mut [u64], values: &[impl Number]);
    /// The same of members at some places; values are by place.
    fn add_listed<const ADD: bool>(self, sums: &mut [u64], values: &[u32], places: &[u32]) {
        for (member, place) in places.iter().enumerate() {
            put::<ADD>(&mut sums[self.of(member)], u64::from(values[*place as usize]));
        }
    }
}

/// Each model is its own unit.
#[derive(Clone, Copy)]
pub(crate) struct Itself;

impl Units for Itself {
    fn of(self, member: usize) -> usize {
        member
    }

    fn add<const ADD: bool>(self, sums: &mut [u64], values: &[impl Number]) {
        for (sum, value) in sums.iter_mut().zip(values) {
            put::<ADD>(sum, (*value).into());
        }
    }
}

impl Units for &[u32] {
    fn of(self, member: usize) -> usize {
        self[member] as usize
    }

    fn add<const ADD: bool>(self, sums: &mut [u64], values: &[impl Number]) {
        for (code, value) in self.iter().zip(values) {
            put::<ADD>(&mut sums[*code as usize], (*value).into());
        }
    }
}

impl Units for &[u16] {
    fn of(self, member: usize) -> usize {
        usize::from(self[member])
    }

    fn add<const ADD: bool>(self, sums: &mut [u64], values: &[impl Number]) {
        for (code, value) in self.iter().zip(values) {
            put::<ADD>(&mut sums[usize::from(*code)], (*value).into());
        }
    }
}

/// Units by codes of any width.
impl Units for &Codes {
    fn of(self, member: usize) -> usize {
        self.get(member) as usize
    }

    fn add<const ADD: bool>(self, sums: &mut [u64], values: &[impl Number]) {
        match self {
            Codes::Itself(_) => Itself.add::<ADD>(sums, values),
            Codes::Narrow(codes) => codes.as_slice().add::<ADD>(sums, values),
            Codes::Middle(codes) => codes.as_slice().add::<ADD>(sums, values),
            Codes::Wide(codes) => codes.as_slice().add::<ADD>(sums, values),
        }
    }
}

/// Sums that follow each other in one unit would wait for each other; in four lanes they do not.
const LANES: usize = 4;
const NARROW: usize = 256;

/// Sums by codes of a byte, in lanes.
struct Lanes([[u64; NARROW]; LANES]);

impl Lanes {
    const fn new() -> Self {
        Self([[0; NARROW]; LANES])
    }

    fn put(&mut self, codes: [u8; LANES], values: [impl Number; LANES]) {
        for lane in 0..LANES {
            self.0[lane][usize::from(codes[lane])] += values[lane].into();
        }
    }

    /// Adds all lanes to sums, or takes them away again.
    fn join<const ADD: bool>(&self, sums: &mut [u64]) {
        for (unit, sum) in sums.iter_mut().enumerate().take(NARROW) {
            put::<ADD>(sum, self.0.iter().map(|lane| lane[unit]).sum());
        }
    }
}

impl Units for &[u8] {
    fn of(self, member: usize) -> usize {
        usize::from(self[member])
    }

    fn add<const ADD: bool>(self, sums: &mut [u64], values: &[impl Number]) {
        let mut lanes = Lanes::new();
        let (codes, last_codes) = self[..values.len()].as_chunks::<LANES>();
        let (values, last_values) = values.as_chunks::<LANES>();
        for (codes, values) in codes.iter().zip(values) {
            lanes.put(*codes, *values);
        }
        for (code, value) in last_codes.iter().zip(last_values) {
            lanes.0[0][usize::from(*code)] += (*value).into();
        }
        lanes.join::<ADD>(sums);
    }

    fn add_listed<const ADD: bool>(self, sums: &mut [u64], values: &[u32], places: &[u32]) {
        let mut lanes = Lanes::new();
        let (codes, last_codes) = self[..places.len()].as_chunks::<LANES>();
        let (places, last_places) = places.as_chunks::<LANES>();
        for (codes, places) in codes.iter().zip(places) {
            lanes.put(*codes, places.map(|place| values[place as usize]));
        }
        for (code, place) in last_codes.iter().zip(last_places) {
            lanes.0[0][usize::from(*code)] += u64::from(values[*place as usize]);
        }
        lanes.join::<ADD>(sums);
    }
}

/// Puts values in the place of the sums of their units, each of which has one.
pub(crate) fn replace(units: &Codes, sums: &mut [u64], values: &[impl Number]) {
    fn each<T: Copy + Into<u32>>(codes: &[T], sums: &mut [u64], values: &[impl Number]) {
        for (code, value) in codes.iter().zip(values) {
            let code: u32 = (*code).into();
            sums[code as usize] = (*value).into();
        }
    }
    match units {
        Codes::Itself(_) => {
            sums.iter_mut().zip(values).for_each(|(sum, value)| *sum = (*value).into());
        }
        Codes::Narrow(codes) => each(codes, sums, values),
        Codes::Middle(codes) => each(codes, sums, values),
        Codes::Wide(codes) => each(codes, sums, values),
    }
}

/// Adds sums by unit to others, or takes them away again.
pub(crate) fn add_all<const ADD: bool>(sums: &mut [u64], more: &[u64]) {
    for (sum, more) in sums.iter_mut().zip(more) {
        put::<ADD>(sum, *more);
    }
}

fn put<const ADD: bool>(sum: &mut u64, value: u64) {
    *sum = if ADD { *sum + value } else { *sum - value };
}

#[cfg(test)]
mod tests;
