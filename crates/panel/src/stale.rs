//! Readings that tell nothing new: a source that repeats old counts, or goes back to an old file.
//!
//! Two passes over a collection's readings, model by model: [`StaleSurvey`] learns how often models
//! stand still in each snapshot, [`StaleJudge`] then leaves out what is stale. What is left out is
//! no reading: it is never taken for a flow of nothing.
//!
//! Method, assumptions and checks: `docs/methods/flows.md`.

mod judge;
mod movement;
mod survey;

use schema::Instant;

use crate::readings::CounterReading;

pub use judge::StaleJudge;
pub use survey::StaleSurvey;

/// Something that is wrong with a snapshot, to be marked where its readings are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StaleEvent {
    /// When the snapshot was read.
    pub at: Instant,
    /// Its place in the list of snapshots.
    pub snapshot: u32,
    /// What is wrong.
    pub kind: StaleKind,
    /// How many models it concerns: those left out, or those not listed.
    pub models: u64,
    /// Of how many: those listed, with those not listed where the snapshot is partial.
    pub of: u64,
}

/// What can be wrong with a snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StaleKind {
    /// Models that normally move repeat their last counts.
    Stale,
    /// The snapshot is an older one again; nothing of it is used.
    Rollback,
    /// Many models that were listed before and after are not listed.
    Partial,
}

impl StaleKind {
    /// The kind's name in tables and answers.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Stale => "stale",
            Self::Rollback => "rollback",
            Self::Partial => "partial",
        }
    }
}

/// How many readings of each snapshot were seen, and how many left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaleTally {
    seen: Vec<u64>,
    dropped: Vec<u64>,
}

impl StaleTally {
    /// A tally of nothing yet.
    #[must_use]
    pub fn new(snapshot_count: usize) -> Self {
        Self { seen: vec![0; snapshot_count], dropped: vec![0; snapshot_count] }
    }

    /// Adds what was tallied of other models.
    pub fn merge(&mut self, other: &Self) {
        self.seen.iter_mut().zip(&other.seen).for_each(|(own, more)| *own += more);
        self.dropped.iter_mut().zip(&other.dropped).for_each(|(own, more)| *own += more);
    }
}

/// Whether a reading repeats the one before in its download counters, of which one is known.
///
/// Likes do not count: the Hub counts them at once, and downloads later.
fn repeats(before: &CounterReading, reading: &CounterReading) -> bool {
    let downloads = |reading: &CounterReading| (reading.downloads_30d, reading.downloads_all_time);
    downloads(before) == downloads(reading) && downloads(reading) != (None, None)
}

#[cfg(test)]
mod tests;
