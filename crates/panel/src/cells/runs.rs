//! Values in ascending order, equal ones together.
//!
//! Most models are downloaded a few times a week, so a week of a million models has some ten
//! thousand different values: every index that asks only for the order of values is a short sum.

use super::{PARTS, WeekCells, width};

/// Units of one value.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Run {
    /// In parts of a download.
    pub(crate) value: u32,
    pub(crate) count: u32,
    /// Half-widths of the units' intervals, as the root of the sum of their squares, in downloads.
    pub(crate) below: f32,
    pub(crate) above: f32,
}

/// Models with the same flow in a week.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RunOfModels {
    /// The flow, in [`PARTS`] of a download.
    pub parts: u64,
    /// How many models have it.
    pub count: u64,
    /// The root of the sum of squares of their half-widths downwards, in downloads.
    pub below: f64,
    /// And upwards.
    pub above: f64,
}

impl From<&Run> for RunOfModels {
    fn from(run: &Run) -> Self {
        Self {
            parts: u64::from(run.value),
            count: u64::from(run.count),
            below: f64::from(run.below),
            above: f64::from(run.above),
        }
    }
}

/// A week with more different values than one for so many cells keeps no runs.
const CELLS_A_RUN: usize = 16;
/// Values below this are counted rather than sorted.
const COUNTED: usize = 1 << 14;

/// The runs of a week's known cells, where they are few and all fit.
pub(super) fn of_week(cells: &WeekCells<'_>) -> Option<Vec<Run>> {
    if !cells.large.is_empty() {
        return None;
    }
    let mut known = Known::default();
    // A cell that is missing is no unit, and above all none with nothing.
    known.take_all(cells, 0..cells.value.len());
    let runs = known.runs();
    let most = cells.value.len() / CELLS_A_RUN + 16;
    let kept = |run: RunOfModels| Run {
        value: run.parts as u32,
        count: run.count as u32,
        below: run.below as f32,
        above: run.above as f32,
    };
    (runs.len() <= most).then(|| runs.into_iter().map(kept).collect())
}

/// Known cells, to be put in order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Known {
    /// In parts of a download.
    values: Vec<u64>,
    /// The values whose intervals have a width, with their half-widths.
    wide: Vec<(u64, u16, u16)>,
    /// What the estimated ones hold.
    pub(crate) estimated: u64,
}

impl Known {
    /// Forgets all cells.
    pub(crate) fn clear(&mut self) {
        self.values.clear();
        self.wide.clear();
        self.estimated = 0;
    }

    /// Takes the cell at a place.
    pub(crate) fn take(&mut self, cells: &WeekCells<'_>, place: usize) {
        let (value, is_estimated) = (cells.value_at(place), cells.mark[place].is_estimated());
        if is_estimated | cells.traits.has_sure_width {
            self.take_one(value, is_estimated, (cells.below[place], cells.above[place]));
        } else {
            self.values.push(value);
        }
    }

    /// Takes the cells at all of these places that are known; returns how many are missing.
    pub(crate) fn take_all(
        &mut self,
        cells: &WeekCells<'_>,
        places: impl ExactSizeIterator<Item = usize> + Clone,
    ) -> u64 {
        if !cells.large.is_empty() || cells.traits.has_sure_width {
            let known = places.clone().filter(|place| !cells.mark[*place].is_missing());
            let before = self.values.len();
            known.for_each(|place| self.take(cells, place));
            return (places.len() - (self.values.len() - before)) as u64;
        }
        // Written first and kept afterwards: to guess which are missing would cost more than all
        // else, since each may lie in another place of memory.
        let (begin, count) = (self.values.len(), places.len());
        self.values.resize(begin + count, 0);
        let mut end = begin;
        for place in places {
            let (value, mark) = (cells.value[place], cells.mark[place]);
            self.values[end] = u64::from(value);
            end += usize::from(!mark.is_missing());
            if mark.is_estimated() {
                self.estimated += u64::from(value);
                self.widen(u64::from(value), (cells.below[place], cells.above[place]));
            }
        }
        self.values.truncate(end);
        (count - (end - begin)) as u64
    }

    /// Takes a value with the half-widths of its interval.
    pub(crate) fn take_one(&mut self, value: u64, is_estimated: bool, (below, above): (u16, u16)) {
        self.values.push(value);
        self.estimated += value * u64::from(is_estimated);
        self.widen(value, (below, above));
    }

    /// Keeps the half-widths of a value's interval, if it has any.
    fn widen(&mut self, value: u64, (below, above): (u16, u16)) {
        if below | above != 0 {
            self.wide.push((value, below, above));
        }
    }

    /// All in ascending order.
    pub(crate) fn runs(&self) -> Vec<RunOfModels> {
        let runs = ascending(self.values.iter().copied()).into_iter();
        let mut runs: Vec<RunOfModels> = runs
            .map(|(parts, count)| RunOfModels { parts, count, below: 0.0, above: 0.0 })
            .collect();
        if self.wide.is_empty() {
            return runs;
        }
        let mut squares = vec![(0_u128, 0_u128); runs.len()];
        for (value, below, above) in &self.wide {
            let run = runs.partition_point(|run| run.parts < *value);
            squares[run].0 += u128::from(width(*below)).pow(2);
            squares[run].1 += u128::from(width(*above)).pow(2);
        }
        for (run, (below, above)) in runs.iter_mut().zip(squares) {
            run.below = (below as f64).sqrt() / f64::from(PARTS);
            run.above = (above as f64).sqrt() / f64::from(PARTS);
        }
        runs
    }
}

/// Values in ascending order with how often each occurs.
///
/// Small values are counted and large ones sorted: of heavy tails few are large.
pub(crate) fn ascending(values: impl Iterator<Item = u64> + Clone) -> Vec<(u64, u64)> {
    // Whole downloads need not be told apart by parts of one.
    let shift = values.clone().fold(0, |bits, value| bits | value).trailing_zeros().min(63);
    let mut counts = vec![0_u64; COUNTED];
    let mut large: Vec<u64> = Vec::new();
    for value in values {
        match counts.get_mut((value >> shift) as usize) {
            Some(count) => *count += 1,
            None => large.push(value),
        }
    }
    large.sort_unstable();
    let small = counts.iter().enumerate().filter(|(_, count)| **count > 0);
    let mut runs: Vec<(u64, u64)> =
        small.map(|(value, count)| ((value as u64) << shift, *count)).collect();
    for value in large {
        match runs.last_mut() {
            Some(last) if last.0 == value => last.1 += 1,
            _ => runs.push((value, 1)),
        }
    }
    runs
}
