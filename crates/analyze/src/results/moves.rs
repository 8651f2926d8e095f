//! How far each owner moves each block of a series, and the series with owners drawn again.
//!
//! The influence of an owner on a statistic stands for drawing it more or less often
//! (`docs/methods/resampling.md`): of a million models few owners move anything, and the series of a
//! draw are sums over those.

use std::collections::BTreeMap;
use std::ops::Range;

use panel::Grouping;
use schema::{Group, Statistic};
use stats::{LinearParts, Resampling};

use super::Context;
use super::blocks::Blocks;
use crate::Result;
use crate::sampling::Holdings;

/// The part of the squared moves of a block that owners too small to matter come to at most.
const NEGLIGIBLE: f64 = 1e-4;

/// How far each owner moves each block of a series, owner by owner.
pub(super) struct Moves {
    pub(super) blocks: usize,
    /// The owners that move any block, by code.
    owners: Vec<u32>,
    of_owners: Vec<f32>,
}

/// The series with owners drawn again, draw by draw: each block of each series is where it is,
/// moved by the owners who are drawn more often than once, or never.
pub(super) fn redrawn(
    series: &[&[f64]],
    moves: &[&Moves],
    draws: &Resampling,
) -> Vec<Vec<Vec<f64>>> {
    let blocks = series.first().map_or(0, |values| values.len());
    let mut of_owners: BTreeMap<u32, Vec<(u32, f64)>> = BTreeMap::new();
    for (place, moves) in moves.iter().enumerate() {
        for (owner, moved) in moves.owners.iter().zip(moves.of_owners.chunks(blocks)) {
            let columns = (place * blocks) as u32..;
            let entries = columns.zip(moved).map(|(column, moved)| (column, f64::from(*moved)));
            of_owners.entry(*owner).or_default().extend(entries);
        }
    }
    let mut parts = LinearParts::new(series.len() * blocks);
    for entries in of_owners.into_values() {
        parts.push(entries);
    }
    let once = parts.sums();
    parts.each(draws, |sums| {
        let shifts: Vec<f64> = sums.iter().zip(&once).map(|(sum, once)| sum - once).collect();
        let put = |(values, shifts): (&&[f64], &[f64])| {
            values.iter().zip(shifts).map(|(value, shift)| value + shift).collect()
        };
        series.iter().zip(shifts.chunks(blocks)).map(put).collect()
    })
}

impl Moves {
    /// Reads how far each owner moves the Herfindahl–Hirschman index by owner.
    pub(super) fn of_index(context: &Context<'_>, blocks: &Blocks) -> Result<Self> {
        let owners = context.market.grouping(&Group::named(context.owner()))?;
        let queries = blocks.queries(&context.query(context.owner(), vec![Statistic::Sum]));
        let whole = Grouping::by_key(&vec![Some(0); owners.model_count()], &["all"], "", "");
        let holdings = Holdings::read(context.market, owners, &whole, &queries)?;
        Ok(of_concentration(&holdings, owners))
    }

    /// The standard error over owners of a weighted sum of the blocks.
    pub(super) fn error(&self, weights: &[f64]) -> f64 {
        let far = |moved: &[f32]| -> f64 {
            weights.iter().zip(moved).map(|(weight, moved)| weight * f64::from(*moved)).sum()
        };
        self.of_owners.chunks(self.blocks).map(|moved| far(moved).powi(2)).sum::<f64>().sqrt()
    }

    /// Takes the moves of all owners but those that matter in no block.
    fn of(blocks: usize, holdings: &Holdings, moved: impl Fn(Range<usize>) -> Vec<f64>) -> Self {
        let mut squares = vec![0.0; blocks];
        for rows in holdings.by_owner() {
            squares.iter_mut().zip(moved(rows)).for_each(|(sum, moved)| *sum += moved * moved);
        }
        let owners = holdings.by_owner().count() as f64;
        let matters = |moved: &[f64]| {
            let mut each = moved.iter().zip(&squares);
            each.any(|(moved, sum)| moved * moved * owners > NEGLIGIBLE * sum)
        };
        let (mut kept, mut of_owners) = (Vec::new(), Vec::new());
        for rows in holdings.by_owner() {
            let owner = holdings.rows[rows.start].owner;
            let moved = moved(rows);
            if matters(&moved) {
                kept.push(owner);
                of_owners.extend(moved.into_iter().map(|moved| moved as f32));
            }
        }
        Self { blocks, owners: kept, of_owners }
    }
}

/// Of a weighted mean an owner moves each block by `(Σ w·v − M·Σ w)/W` of it, and its logarithm by
/// that over M.
pub(super) fn of_mean(holdings: &Holdings, values: &[Option<f64>], is_logarithm: bool) -> Moves {
    let times = holdings.times;
    let held = |rows: Range<usize>| {
        let (mut sums, mut totals) = (vec![0.0; times], vec![0.0; times]);
        for row in rows {
            let Some(value) = values[holdings.rows[row].unit as usize] else { continue };
            for (time, weight) in holdings.of_row(row).iter().enumerate() {
                sums[time] += weight * value;
                totals[time] += weight;
            }
        }
        (sums, totals)
    };
    let (sums, totals) = held(0..holdings.rows.len());
    let mean: Vec<f64> = sums.iter().zip(&totals).map(|(sum, total)| sum / total).collect();
    let scale = |time: usize| if is_logarithm { totals[time] * mean[time] } else { totals[time] };
    Moves::of(times, holdings, |rows| {
        let (of, weighed) = held(rows);
        (0..times).map(|time| (of[time] - mean[time] * weighed[time]) / scale(time)).collect()
    })
}

/// Of the index an owner of share s moves each block by `s² − 2·H·s + H/n`.
fn of_concentration(holdings: &Holdings, owners: &Grouping) -> Moves {
    let times = holdings.times;
    let is_owner = |row: usize| owners.is_attributed(holdings.rows[row].owner);
    let rows: Vec<usize> = (0..holdings.rows.len()).filter(|row| is_owner(*row)).collect();
    let sum = |time: usize| rows.iter().map(|row| holdings.of_row(*row)[time]).sum::<f64>();
    let totals: Vec<f64> = (0..times).map(sum).collect();
    let index = |time: usize| {
        rows.iter().map(|row| (holdings.of_row(*row)[time] / totals[time]).powi(2)).sum::<f64>()
    };
    let indices: Vec<f64> = (0..times).map(index).collect();
    let n = rows.len() as f64;
    Moves::of(times, holdings, |rows| {
        let row = rows.start;
        let moved = |time: usize| {
            if !is_owner(row) {
                return 0.0;
            }
            let share = holdings.of_row(row)[time] / totals[time];
            10_000.0 * (share * share - 2.0 * indices[time] * share + indices[time] / n)
        };
        (0..times).map(moved).collect()
    })
}
