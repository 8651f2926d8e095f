//! The loops in which the time goes: columns of cells added up by the units of their models.
//!
//! Plain loops over slices, which the compiler turns into vector code where there is any to have.
//! Each has a naive twin in the tests that it must equal exactly.
//!
//! Models are told by *member*: the ones that are asked about, one after another; where all are,
//! a member's number is its place.

mod doubts;
mod moments;

pub(crate) use doubts::{Doubtful, doubtful};
pub use moments::{Moments, moments};

/// Which unit each member belongs to.
pub(crate) trait Units: Copy {
    /// The unit's code.
    fn of(self, member: usize) -> usize;
    /// Adds values to the units of the first members, or takes them away again.
    fn add<const ADD: bool>(self, sums: &mut [u64], values: impl ExactSizeIterator<Item = u32>);
}

/// Each model is its own unit.
#[derive(Clone, Copy)]
pub(crate) struct Itself;

impl Units for Itself {
    fn of(self, member: usize) -> usize {
        member
    }

    fn add<const ADD: bool>(self, sums: &mut [u64], values: impl ExactSizeIterator<Item = u32>) {
        for (sum, value) in sums.iter_mut().zip(values) {
            put::<ADD>(sum, u64::from(value));
        }
    }
}

impl Units for &[u32] {
    fn of(self, member: usize) -> usize {
        self[member] as usize
    }

    fn add<const ADD: bool>(self, sums: &mut [u64], values: impl ExactSizeIterator<Item = u32>) {
        for (code, value) in self.iter().zip(values) {
            put::<ADD>(&mut sums[*code as usize], u64::from(value));
        }
    }
}

impl Units for &[u16] {
    fn of(self, member: usize) -> usize {
        usize::from(self[member])
    }

    fn add<const ADD: bool>(self, sums: &mut [u64], values: impl ExactSizeIterator<Item = u32>) {
        for (code, value) in self.iter().zip(values) {
            put::<ADD>(&mut sums[usize::from(*code)], u64::from(value));
        }
    }
}

/// Sums that follow each other in one unit would wait for each other; in four lanes they do not.
const LANES: usize = 4;
const NARROW: usize = 256;

impl Units for &[u8] {
    fn of(self, member: usize) -> usize {
        usize::from(self[member])
    }

    fn add<const ADD: bool>(
        self,
        sums: &mut [u64],
        mut values: impl ExactSizeIterator<Item = u32>,
    ) {
        let mut lanes = [[0_u64; NARROW]; LANES];
        let (codes, last_codes) = self[..values.len()].as_chunks::<LANES>();
        for codes in codes {
            for (lane, code) in lanes.iter_mut().zip(codes) {
                lane[usize::from(*code)] += values.next().map_or(0, u64::from);
            }
        }
        for (code, value) in last_codes.iter().zip(values) {
            lanes[0][usize::from(*code)] += u64::from(value);
        }
        for (unit, sum) in sums.iter_mut().enumerate().take(NARROW) {
            put::<ADD>(sum, lanes.iter().map(|lane| lane[unit]).sum());
        }
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
