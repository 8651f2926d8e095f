//! The cells of a week that are not sure: estimated, missing, or with an interval.

use crate::cells::{Mark, WeekCells};

/// A cell that is not sure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Doubtful {
    pub(crate) member: u32,
    pub(crate) place: u32,
}

/// Marks that are looked at together, a byte each: mostly all are sure.
const TOGETHER: usize = 8;

/// Lists the cells of a week that are not sure, of the members at some places, or of all.
pub(crate) fn doubtful(cells: &WeekCells<'_>, places: Option<&[u32]>, found: &mut Vec<Doubtful>) {
    found.clear();
    match (places, cells.traits.has_sure_width) {
        (Some(places), false) => among(places, found, |place| !cells.mark[place].is_sure()),
        (Some(places), true) => among(places, found, |place| cells.is_doubtful(place)),
        (None, false) => {
            let (chunks, last) = cells.mark.as_chunks::<TOGETHER>();
            for (at, marks) in chunks.iter().enumerate() {
                let mut states = u64::from_le_bytes(marks.map(Mark::bits_of_state));
                while states != 0 {
                    let lane = (states.trailing_zeros() / u8::BITS) as usize;
                    states &= !(0xff << (lane * TOGETHER));
                    found.push(of_all(at * TOGETHER + lane));
                }
            }
            let end = cells.mark.len();
            let unsure = (end - last.len()..end).filter(|place| !cells.mark[*place].is_sure());
            found.extend(unsure.map(of_all));
        }
        (None, true) => {
            let places = 0..cells.mark.len();
            found.extend(places.filter(|place| cells.is_doubtful(*place)).map(of_all));
        }
    }
}

/// A place where all models are members.
fn of_all(place: usize) -> Doubtful {
    Doubtful { member: place as u32, place: place as u32 }
}

fn among(places: &[u32], found: &mut Vec<Doubtful>, is_doubtful: impl Fn(usize) -> bool) {
    for (member, place) in places.iter().enumerate() {
        if is_doubtful(*place as usize) {
            found.push(Doubtful { member: member as u32, place: *place });
        }
    }
}
