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
use super::super::moves::{Moves, of_mean};
use super::super::verdict::LEVEL;
use super::{Of, Series};
use crate::Result;
use crate::averages::values_of;
use crate::sampling::Holdings;

/// What models are counted as that are of none of the units asked for; no unit has the name.
const OTHERS: &str = "\u{0}others";

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

/// Reads how far each owner moves each block of each series; shares of the same group are read
/// at once.
pub(super) fn read(
    context: &Context<'_>,
    blocks: &Blocks,
    series: &[Series],
) -> Result<Vec<Moves>> {
    let market = context.market;
    let owners = market.grouping(&Group::named(context.owner()))?;
    let queries = blocks.queries(&context.query(context.owner(), vec![Statistic::Sum]));
    let read = |units: &Grouping| Holdings::read(market, owners, units, &queries);
    let mut all = Vec::new();
    for of_group in series.chunk_by(|a, b| a.of.group().is_some() && a.of.group() == b.of.group()) {
        match of_group[0].of {
            Of::Concentration => all.push(Moves::of_index(context, blocks)?),
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
