//! What may be odd about a cell: flags, never corrections.
//!
//! Four detectors look at all series: spikes and shifts against a model's own robust history,
//! jumps that an owner's models share, and floors that its old models share.
//! Method, thresholds and how well they do: `docs/methods/anomalies.md`.

mod cells;
mod flags;
mod floors;
mod history;
mod scan;
mod strata;
mod synchronous;
mod tails;
mod thresholds;

use schema::Week;

pub use cells::{count_flags, flag_cells};
pub use flags::{Flag, Flags};
pub use thresholds::{
    FloorThresholds, SeriesThresholds, SynchronousThresholds, THRESHOLDS, Thresholds,
};

use history::{Known, ONE};
use scan::{Scanned, scan};
use synchronous::Track;

/// Where the detectors find series, and where they leave flags.
pub trait SeriesSource {
    /// How one cell is known.
    type Mark: Copy;

    /// Whether a cell is known: observed or estimated.
    fn is_known(mark: Self::Mark) -> bool;

    /// How many models there are.
    fn model_count(&self) -> usize;

    /// The code of a model's owner; equal codes are one owner.
    fn owner(&self, model: usize) -> u32;

    /// The cells of a model without holes; `None` for a model without cells.
    fn series(&self, model: usize) -> Option<Series<'_, Self::Mark>>;

    /// Adds flags to those of the cell at a place of a model's series.
    fn set(&mut self, model: usize, week: usize, flags: Flags);
}

/// The cells of one model, one for each week from its first.
#[derive(Debug, Clone, Copy)]
pub struct Series<'a, M> {
    /// The week of the first cell.
    pub first: Week,
    /// Flows in [`PARTS`](crate::PARTS) of a download.
    pub values: &'a [u32],
    /// How each is known; as many as there are values.
    pub marks: &'a [M],
}

/// What the detectors found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FlagCounts {
    /// The version of the thresholds.
    pub version: u32,
    /// How many cells have each flag, in the order of [`Flag::ALL`].
    pub cells: [u64; 4],
}

/// Looks at every series and flags what is odd.
///
/// The flags of a cell depend on the model's own weeks around it, on the other models of its
/// owner, and through the scales of strata a little on all models.
pub fn flag_all<S: SeriesSource>(source: &mut S, thresholds: &Thresholds) -> FlagCounts {
    let mut counts = FlagCounts { version: thresholds.version, ..FlagCounts::default() };
    let tellable = tellable(source, &thresholds.series);
    let scales = strata::measured(source, &tellable, &thresholds.series);
    let mut tracks = Vec::with_capacity(tellable.len());
    let mut known = Known::default();
    let mut scanned = Scanned::default();
    for model in tellable {
        let Some(series) = source.series(model as usize) else { continue };
        known.fill::<S>(&series);
        scan(&known, &scales, thresholds, &mut scanned);
        let (first, weeks) = (series.first.number(), known.tellable(&thresholds.series));
        tracks.push(Track {
            owner: source.owner(model as usize),
            model,
            first,
            tellable: first + weeks.start as i32..first + weeks.end as i32,
            jumps: std::mem::take(&mut scanned.jumps),
        });
        for (place, flag) in scanned.flags.drain(..) {
            counts.set(source, model as usize, place, flag);
        }
    }
    for (model, place) in synchronous::shared(tracks, &thresholds.synchronous) {
        counts.set(source, model, place, Flag::Synchronous);
    }
    for (model, place) in floors::floors(source, &thresholds.floor) {
        counts.set(source, model, place, Flag::Floor);
    }
    counts
}

impl FlagCounts {
    fn set<S: SeriesSource>(&mut self, source: &mut S, model: usize, place: usize, flag: Flag) {
        source.set(model, place, flag.into());
        self.cells[(flag as u8).trailing_zeros() as usize] += 1;
    }
}

/// Models with a week large enough to be a jump, in their order.
fn tellable<S: SeriesSource>(source: &S, thresholds: &SeriesThresholds) -> Vec<u32> {
    let least = thresholds.least_change * ONE;
    let is_tellable = |model: &usize| {
        source.series(*model).is_some_and(|series| {
            let cells = series.values.iter().zip(series.marks);
            // What lies where nothing is known says nothing.
            let known = cells.map(|(value, mark)| if S::is_known(*mark) { *value } else { 0 });
            known.max().is_some_and(|most| most >= least)
        })
    };
    (0..source.model_count()).filter(is_tellable).map(|model| model as u32).collect()
}

#[cfg(test)]
mod tests;
