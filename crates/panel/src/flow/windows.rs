//! Flow from flows: a source's own sums over windows of whole days.

use std::collections::BTreeMap;

use schema::{CellState, Instant, Week};

use super::calibration::Calibration;
use super::{Birth, Cell, KnownSum, ModelFlows, cumulative};

/// Downloads of one model during a window, as its source gives them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WindowFlow {
    /// When the window begins.
    pub from: Instant,
    /// When it ends.
    pub to: Instant,
    /// How many.
    pub downloads: i64,
}

impl WindowFlow {
    /// Whether the window is made of whole weeks.
    fn is_of_weeks(&self) -> bool {
        let is_boundary = |at: Instant| at == at.week().start();
        is_boundary(self.from) && is_boundary(self.to)
    }

    /// The days that the window means: sources count by day, and are read a little later.
    fn of_days(&self) -> Self {
        Self { from: self.from.day().start(), to: self.to.day().start(), ..*self }
    }
}

/// The flows of a model of which windows are known beside its counters: where a window tells a week
/// it is believed, and where none does the counters are.
///
/// Windows that follow each other without a gap are one cumulative counter that began at nothing,
/// and are read as one. Of windows that overlap, those of whole weeks hold, else the earlier one.
/// `last` is the last week that is over.
#[must_use]
pub fn with_windows(flows: ModelFlows, windows: &[WindowFlow], last: Week) -> ModelFlows {
    let mut cells: BTreeMap<Week, Cell> =
        flows.cells.into_iter().map(|cell| (cell.week, cell)).collect();
    let (mut scratch, mut told) = (cumulative::Scratch::default(), ModelFlows::default());
    let calibration = Calibration::default();
    let mut known_sums = flows.known_sums;
    for series in chains(windows) {
        cumulative::flows(&series, Birth::Unknown, last, &calibration, &mut scratch, &mut told);
        known_sums.append(&mut told.known_sums);
        for cell in told.cells.drain(..) {
            let known = cells.entry(cell.week).or_insert(cell);
            if cell.state != CellState::Missing {
                *known = cell;
            }
        }
    }
    if let Some(first) = cells.keys().next().copied() {
        for week in first.to(last) {
            cells.entry(week).or_insert_with(|| Cell::missing(week));
        }
    }
    ModelFlows {
        known_sums: apart_and_missing(known_sums, &cells),
        cells: cells.into_values().collect(),
        restatements: flows.restatements,
    }
}

/// The sums of which every week is still missing, by time; of two that overlap the earlier one.
fn apart_and_missing(mut sums: Vec<KnownSum>, cells: &BTreeMap<Week, Cell>) -> Vec<KnownSum> {
    sums.sort_by_key(|sum| (sum.first, sum.last));
    let is_missing = |week| cells.get(&week).is_some_and(|c| c.state == CellState::Missing);
    let mut free_from = Week::from_number(i32::MIN);
    sums.retain(|sum| {
        let is_kept = sum.first >= free_from && sum.first.to(sum.last).all(is_missing);
        if is_kept {
            free_from = sum.last.plus(1);
        }
        is_kept
    });
    sums
}

/// Cumulative counters, one for each run of windows without a gap.
fn chains(windows: &[WindowFlow]) -> Vec<Vec<(Instant, i64)>> {
    let mut chains: Vec<Vec<(Instant, i64)>> = Vec::new();
    for window in apart(windows) {
        let chain = match chains.last_mut() {
            Some(chain) if chain.last().is_some_and(|(at, _)| *at == window.from) => chain,
            _ => {
                chains.push(vec![(window.from, 0)]);
                chains.last_mut().expect("a chain was just begun")
            }
        };
        let before = chain.last().map_or(0, |(_, count)| *count);
        chain.push((window.to, before.saturating_add(window.downloads)));
    }
    chains
}

/// Windows of which no two overlap, by time.
fn apart(windows: &[WindowFlow]) -> Vec<WindowFlow> {
    let mut candidates: Vec<WindowFlow> = windows.iter().map(WindowFlow::of_days).collect();
    candidates.retain(|window| window.from < window.to);
    candidates.sort_by_key(|window| (!window.is_of_weeks(), window.from, window.to));
    let mut chosen: BTreeMap<Instant, WindowFlow> = BTreeMap::new();
    for window in candidates {
        let before = chosen.range(..=window.from).next_back();
        let after = chosen.range(window.from..).next();
        let overlaps = before.is_some_and(|(_, before)| before.to > window.from)
            || after.is_some_and(|(from, _)| *from < window.to);
        if !overlaps {
            chosen.insert(window.from, window);
        }
    }
    chosen.into_values().collect()
}

#[cfg(test)]
mod tests;
