//! Values in ascending order, equal ones together.
//!
//! Most models are downloaded a few times a week, so a week of a million models has some ten
//! thousand different values: every index that asks only for the order of values is a short sum.

use super::{WeekCells, width};

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

/// A week with more different values than one for so many cells keeps no runs.
const CELLS_A_RUN: usize = 16;
/// Values below this are counted rather than sorted.
const COUNTED: usize = 1 << 14;

/// The runs of a week's known cells, where they are few and all fit.
pub(super) fn of_week(cells: &WeekCells<'_>) -> Option<Vec<Run>> {
    if !cells.large.is_empty() {
        return None;
    }
    let known = (0..cells.value.len()).filter(|place| {
        // A cell that is missing is no unit, and above all none with nothing.
        !cells.mark[*place].is_missing()
    });
    let values: Vec<u32> = known.clone().map(|place| cells.value[place]).collect();
    let most = cells.value.len() / CELLS_A_RUN + 16;
    let runs = ascending(values.iter().map(|value| u64::from(*value)));
    if runs.len() > most {
        return None;
    }
    let mut runs: Vec<Run> = runs
        .into_iter()
        .map(|(value, count)| Run {
            value: value as u32,
            count: count as u32,
            below: 0.0,
            above: 0.0,
        })
        .collect();
    if cells.traits.has_width {
        add_widths(&mut runs, cells, known);
    }
    Some(runs)
}

fn add_widths(runs: &mut [Run], cells: &WeekCells<'_>, known: impl Iterator<Item = usize>) {
    let mut squares = vec![(0_u128, 0_u128); runs.len()];
    for place in known {
        let (below, above) = (width(cells.below[place]), width(cells.above[place]));
        if below == 0 && above == 0 {
            continue;
        }
        let run = runs.partition_point(|run| run.value < cells.value[place]);
        squares[run].0 += u128::from(below) * u128::from(below);
        squares[run].1 += u128::from(above) * u128::from(above);
    }
    let parts = f64::from(super::PARTS);
    for (run, (below, above)) in runs.iter_mut().zip(squares) {
        run.below = ((below as f64).sqrt() / parts) as f32;
        run.above = ((above as f64).sqrt() / parts) as f32;
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
