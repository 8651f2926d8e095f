//! Whether the turns at a date may be the luck of a few owners.
//!
//! The change of slope at a knot is a weighted sum of the blocks, so that its standard error over
//! owners follows from how much each owner moves each block: the closed form of drawing owners
//! again (`docs/methods/resampling.md`).

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

/// Whether at one of the dates nothing turns by more than the luck of a few owners.
pub(super) fn may_be_all(
    context: &Context<'_>,
    blocks: &Blocks,
    series: &[Series],
    broken: &BrokenLines,
) -> Result<bool> {
    if broken.knots.is_empty() {
        return Ok(false);
    }
    let knots: Vec<usize> = broken.knots.iter().map(|knot| knot.at).collect();
    let weights = slope_change_weights(blocks.count(), &knots);
    let mut p_values = Vec::new();
    for one in series {
        let errors = errors(context, blocks, one, &weights)?;
        for (weights, error) in weights.iter().zip(errors) {
            let change: f64 = weights.iter().zip(&one.values).map(|(weight, x)| weight * x).sum();
            let z = if error > 0.0 { change / error } else { 0.0 };
            p_values.push(two_sided_normal(z));
        }
    }
    let adjusted = holm(&p_values);
    let is_turn =
        |knot: usize| adjusted.iter().skip(knot).step_by(knots.len()).any(|p| *p <= LEVEL);
    Ok(!(0..knots.len()).all(is_turn))
}

/// The standard error over owners of each weighted sum of a series.
fn errors(
    context: &Context<'_>,
    blocks: &Blocks,
    series: &Series,
    weights: &[Vec<f64>],
) -> Result<Vec<f64>> {
    let market = context.market;
    let owners = market.grouping(&Group::named(context.owner()))?;
    let queries = blocks.queries(&context.query(context.owner(), vec![Statistic::Sum]));
    let read = |units: &Grouping| Holdings::read(market, owners, units, &queries);
    let (holdings, values) = match series.of {
        Of::Concentration => {
            let whole = Grouping::by_key(&vec![Some(0); owners.model_count()], &["all"], "", "");
            let holdings = read(&whole)?;
            return Ok(of_concentration(&holdings, owners, weights));
        }
        Of::Share(group, unit) => {
            let units = market.grouping(&context.group(group))?;
            let is_it = |code: u32| Some(f64::from(u8::from(units.label(code) == unit)));
            (read(units)?, (0..units.unit_count() as u32).map(is_it).collect::<Vec<_>>())
        }
        Of::Size => {
            let numbers = context.asker.numbers("parameters")?;
            (read(&numbers.grouping)?, values_of(&numbers.grouping))
        }
    };
    Ok(of_mean(&holdings, &values, matches!(series.of, Of::Size), weights))
}

/// Of a weighted mean an owner moves each block by `(Σ w·v − M·Σ w)/W` of it, and its logarithm by
/// that over M.
fn of_mean(
    holdings: &Holdings,
    values: &[Option<f64>],
    is_logarithm: bool,
    weights: &[Vec<f64>],
) -> Vec<f64> {
    let times = holdings.times;
    let held = |rows: std::ops::Range<usize>| {
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
    squares(holdings, weights, |rows| {
        let (of, weighed) = held(rows);
        (0..times).map(|time| (of[time] - mean[time] * weighed[time]) / scale(time)).collect()
    })
}

/// Of the index an owner of share s moves each block by `s² − 2·H·s + H/n`.
fn of_concentration(holdings: &Holdings, owners: &Grouping, weights: &[Vec<f64>]) -> Vec<f64> {
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
    squares(holdings, weights, |rows| {
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

/// The root of the sum over owners of how far each moves a weighted sum of the blocks, squared.
fn squares(
    holdings: &Holdings,
    weights: &[Vec<f64>],
    moved: impl Fn(std::ops::Range<usize>) -> Vec<f64>,
) -> Vec<f64> {
    let mut sums = vec![0.0; weights.len()];
    for rows in holdings.by_owner() {
        let moved = moved(rows);
        for (sum, weights) in sums.iter_mut().zip(weights) {
            let far: f64 = weights.iter().zip(&moved).map(|(weight, moved)| weight * moved).sum();
            *sum += far * far;
        }
    }
    sums.into_iter().map(f64::sqrt).collect()
}
