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

/// Marks that are looked at together, a byte each: mostly all are sure.
const TOGETHER: usize = 8;
/// The same bit of each of them.
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
        let (chunks, last) = cells.mark.as_chunks::<TOGETHER>();
        for (at, marks) in chunks.iter().enumerate() {
            let states = u64::from_le_bytes(marks.map(Mark::bits_of_state));
            if states == 0 {
                continue;
            }
            let missing = states >> Mark::MISSING_BIT & EACH;
            let known = states & EACH & !missing;
            for (lanes, found) in [(known, &mut self.known), (missing, &mut self.missing)] {
                let mut lanes = lanes;
                while lanes != 0 {
                    let lane = (lanes.trailing_zeros() / u8::BITS) as usize;
                    found.push(of_all(at * TOGETHER + lane));
                    lanes &= lanes - 1;
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

/// A place where all models are members.
fn of_all(place: usize) -> Doubtful {
    Doubtful { member: place as u32, place: place as u32 }
}
