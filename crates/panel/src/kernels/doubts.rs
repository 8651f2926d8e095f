//! The cells of a week that are not sure: estimated, missing, or with an interval.

use crate::cells::{Mark, WeekCells};

/// A cell that is not sure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Doubtful {
    pub(crate) member: u32,
    pub(crate) place: u32,
}

/// The cells of a week that are not sure, by place.
#[derive(Debug, Clone, Default)]
pub(crate) struct DoubtfulCells {
    /// Those that are estimated, or have an interval with a width.
    pub(crate) known: Vec<Doubtful>,
    pub(crate) missing: Vec<Doubtful>,
}

/// Marks in a word of 64 bits.
const TOGETHER: usize = 8;
/// Marks that are looked at together, a bit each.
const AT_ONCE: usize = TOGETHER * TOGETHER;
/// The lowest bit of each byte.
const EACH: u64 = 0x0101_0101_0101_0101;

impl DoubtfulCells {
    /// Finds those of the members at some places, or of all models.
    pub(crate) fn find(&mut self, cells: &WeekCells<'_>, places: Option<&[u32]>) {
        self.known.clear();
        self.missing.clear();
        match places {
            Some(places) => {
                for (member, place) in places.iter().enumerate() {
                    self.look(cells, Doubtful { member: member as u32, place: *place });
                }
            }
            None if cells.traits.has_sure_width => {
                (0..cells.mark.len()).for_each(|place| self.look(cells, of_all(place)));
            }
            None => self.find_marked(cells),
        }
    }

    /// Finds the cells that are marked as not sure.
    fn find_marked(&mut self, cells: &WeekCells<'_>) {
        let (chunks, last) = cells.mark.as_chunks::<AT_ONCE>();
        for (at, marks) in chunks.iter().enumerate() {
            let (mut known, mut missing) = (0, 0);
            for (word, marks) in marks.as_chunks::<TOGETHER>().0.iter().enumerate() {
                let states = u64::from_le_bytes(marks.map(Mark::bits_of_state));
                let of_missing = states >> Mark::MISSING_BIT & EACH;
                missing |= packed(of_missing) << (word * TOGETHER);
                known |= packed(states & EACH & !of_missing) << (word * TOGETHER);
            }
            for (bits, found) in [(known, &mut self.known), (missing, &mut self.missing)] {
                let mut bits = bits;
                while bits != 0 {
                    found.push(of_all(at * AT_ONCE + bits.trailing_zeros() as usize));
                    bits &= bits - 1;
                }
            }
        }
        let end = cells.mark.len();
        (end - last.len()..end).for_each(|place| self.look(cells, of_all(place)));
    }

    /// Looks at one cell.
    fn look(&mut self, cells: &WeekCells<'_>, cell: Doubtful) {
        let place = cell.place as usize;
        let mark = cells.mark[place];
        if mark.is_missing() {
            self.missing.push(cell);
        } else if mark.is_estimated() || cells.traits.has_sure_width && cells.has_width(place) {
            self.known.push(cell);
        }
    }
}

/// The lowest bits of eight bytes, in the order of the bytes.
const fn packed(bytes: u64) -> u64 {
    // Each bit is moved to its place in the highest byte, and no two of them to the same.
    bytes.wrapping_mul(0x0102_0408_1020_4080) >> (u64::BITS - u8::BITS)
}

/// A place where all models are members.
fn of_all(place: usize) -> Doubtful {
    Doubtful { member: place as u32, place: place as u32 }
}

#[cfg(test)]
mod tests;
