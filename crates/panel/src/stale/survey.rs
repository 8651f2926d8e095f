//! The first pass: how often models stand still in each snapshot, and which snapshots are alike.

use schema::Instant;

use super::judge::StaleJudge;
use super::movement::{CLASSES, Movement};
use super::repeats;
use crate::readings::CounterReading;

/// How many snapshots back a source is looked for to have gone.
pub(super) const REACH: usize = 12;

/// What is learned of a collection's snapshots before anything is judged.
///
/// It may be fed with a sample of the models.
#[derive(Debug, Clone)]
pub struct StaleSurvey {
    /// When each snapshot was read, by place.
    pub(super) instants: Vec<Instant>,
    /// The place in time of each snapshot, by place in the list.
    pub(super) ranks: Vec<usize>,
    /// By place in time.
    pub(super) snapshots: Vec<Counts>,
}

/// What is counted of one snapshot.
#[derive(Debug, Clone, Default)]
pub(super) struct Counts {
    /// Models listed.
    pub listed: u64,
    /// Models not listed that were before and are later.
    pub skipped: u64,
    /// Readings after another of the same model, by class of expected downloads.
    pub moves: [u64; CLASSES],
    /// Those that repeat it.
    pub repeats: [u64; CLASSES],
    /// Models listed both here and so many snapshots before.
    pub shared: [u64; REACH],
    /// Those with the same counters.
    pub same: [u64; REACH],
}

impl StaleSurvey {
    /// Begins with snapshots that were read at these instants, in the order of their places.
    #[must_use]
    pub fn new(instants: &[Instant]) -> Self {
        let mut order: Vec<usize> = (0..instants.len()).collect();
        order.sort_by_key(|place| (instants[*place], *place));
        let mut ranks = vec![0; instants.len()];
        for (rank, place) in order.into_iter().enumerate() {
            ranks[place] = rank;
        }
        let snapshots = vec![Counts::default(); instants.len()];
        Self { instants: instants.to_vec(), ranks, snapshots }
    }

    /// Takes one model: its readings by time, with the places of their snapshots.
    pub fn add(&mut self, readings: &[CounterReading], snapshots: &[u32]) {
        let movement = Movement::of(readings);
        let rank = |reading: usize| self.ranks[snapshots[reading] as usize];
        for (index, reading) in readings.iter().enumerate() {
            let here = rank(index);
            self.snapshots[here].listed += 1;
            let Some(last) = index.checked_sub(1) else { continue };
            let before = &readings[last];
            if let Some(class) = movement.class(before, reading)
                && is_known(before)
                && is_known(reading)
            {
                self.snapshots[here].moves[class] += 1;
                self.snapshots[here].repeats[class] += u64::from(repeats(before, reading));
            }
            for skipped in rank(last) + 1..here {
                self.snapshots[skipped].skipped += 1;
            }
            for earlier in (0..index).rev() {
                let Some(back) = here.checked_sub(rank(earlier) + 1) else { continue };
                if back >= REACH {
                    break;
                }
                self.snapshots[here].shared[back] += 1;
                let is_same = CounterReading { at: reading.at, ..readings[earlier] } == *reading;
                self.snapshots[here].same[back] += u64::from(is_same);
            }
        }
    }

    /// Adds what was learned of other models of the same collection.
    pub fn merge(&mut self, other: &Self) {
        for (own, other) in self.snapshots.iter_mut().zip(&other.snapshots) {
            own.listed += other.listed;
            own.skipped += other.skipped;
            for (own, other) in [
                (&mut own.moves[..], &other.moves[..]),
                (&mut own.repeats[..], &other.repeats[..]),
                (&mut own.shared[..], &other.shared[..]),
                (&mut own.same[..], &other.same[..]),
            ] {
                own.iter_mut().zip(other).for_each(|(own, more)| *own += more);
            }
        }
    }

    /// Judges the snapshots.
    #[must_use]
    pub fn judge(&self) -> StaleJudge {
        StaleJudge::new(self)
    }
}

fn is_known(reading: &CounterReading) -> bool {
    reading.downloads_30d.is_some() || reading.downloads_all_time.is_some()
}
