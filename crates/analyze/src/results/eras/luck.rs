//! Whether the turns at a date may be the luck of a few owners.
//!
//! The change of slope at a knot is a weighted sum of the blocks, so that its standard error over
//! owners follows from how much each owner moves each block: the closed form of drawing owners
//! again (`docs/methods/resampling.md`).

use std::ops::Range;

use panel::Grouping;
use schema::{Group, Statistic};
use stats::{BrokenLines, holm, slope_change_weights, two_sided_normal};

use super::super::Context;
use super::super::blocks::Blocks;
use super::super::verdict::LEVEL;
use super::{Of, Series};
use crate::Result;
use crate::averages::values_of;
use crate::sampling::Holdings;

/// How far each owner moves each block of a series, owner by owner.
pub(super) struct Moves {
    blocks: usize,
    of_owners: Vec<f32>,
}

/// What models are counted as that are of none of the units asked for; no unit has the name.
const OTHERS: &str = "\u{0}others";
/// The part of the squared moves of a block that owners too small to matter come to at most.
const NEGLIGIBLE: f64 = 1e-4;

/// Whether at one of the dates nothing turns by more than the luck of a few owners.
pub(super) fn may_be_all(series: &[Series], moves: &[Moves], broken: &BrokenLines) -> bool {
    let knots: Vec<usize> = broken.knots.iter().map(|knot| knot.at).collect();
    let Some(blocks) = moves.first().map(|moves| moves.blocks) else { return false };
    let weights = slope_change_weights(blocks, &knots);
    let mut p_values = Vec::new();
    for (one, moves) in series.iter().zip(moves) {
        for weights in &weights {
            let change: f64 = weights.iter().zip(&one.values).map(|(weight, x)| weight * x).sum();
            let error = moves.error(weights);
            let z = if error > 0.0 { change / error } else { 0.0 };
            p_values.push(two_sided_normal(z));
        }
    }
    let adjusted = holm(&p_values);
    let is_turn =
        |knot: usize| adjusted.iter().skip(knot).step_by(knots.len()).any(|p| *p <= LEVEL);
    !(0..knots.len()).all(is_turn)
}

impl Moves {
    /// Reads how far each owner moves each block of each series; shares of the same group are read
    /// at once.
    pub(super) fn read(
        context: &Context<'_>,
        blocks: &Blocks,
        series: &[Series],
    ) -> Result<Vec<Self>> {
        let market = context.market;
        let owners = market.grouping(&Group::named(context.owner()))?;
        let queries = blocks.queries(&context.query(context.owner(), vec![Statistic::Sum]));
        let read = |units: &Grouping| Holdings::read(market, owners, units, &queries);
        let mut all = Vec::new();
        for of_group in
            series.chunk_by(|a, b| a.of.group().is_some() && a.of.group() == b.of.group())
        {
            match of_group[0].of {
                Of::Concentration => {
                    let keys = vec![Some(0); owners.model_count()];
                    let whole = Grouping::by_key(&keys, &["all"], "", "");
                    all.push(of_concentration(&read(&whole)?, owners));
                }
                Of::Share(group, _) => {
                    let units = market.grouping(&context.group(group))?;
                    let names: Vec<&str> =
                        of_group.iter().filter_map(|one| one.of.unit()).chain([OTHERS]).collect();
                    // Whoever is of no unit counts in the total, and so in the share.
                    let key = |place: usize| {
                        let label = units.label(units.code(place));
                        let known = names.iter().position(|name| *name == label);
                        Some(known.unwrap_or(names.len() - 1) as u32)
                    };
                    let keys: Vec<Option<u32>> = (0..units.model_count()).map(key).collect();
                    let few = Grouping::by_key(&keys, &names, "", "");
                    let holdings = read(&few)?;
                    for one in of_group {
                        let is_it = |code: u32| {
                            Some(f64::from(u8::from(Some(few.label(code)) == one.of.unit())))
                        };
                        let values: Vec<Option<f64>> =
                            (0..few.unit_count() as u32).map(is_it).collect();
                        all.push(of_mean(&holdings, &values, false));
                    }
                }
                Of::Size => {
                    let numbers = context.asker.numbers("parameters")?;
                    let values = values_of(&numbers.grouping);
                    all.push(of_mean(&read(&numbers.grouping)?, &values, true));
                }
            }
        }
        Ok(all)
    }

    /// The standard error over owners of a weighted sum of the blocks.
    fn error(&self, weights: &[f64]) -> f64 {
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
        let mut of_owners = Vec::new();
        for rows in holdings.by_owner() {
            let moved = moved(rows);
            if matters(&moved) {
                of_owners.extend(moved.into_iter().map(|moved| moved as f32));
            }
        }
        Self { blocks, of_owners }
    }
}

/// Of a weighted mean an owner moves each block by `(Σ w·v − M·Σ w)/W` of it, and its logarithm by
/// that over M.
fn of_mean(holdings: &Holdings, values: &[Option<f64>], is_logarithm: bool) -> Moves {
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
