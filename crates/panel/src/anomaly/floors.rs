//! Small constant flows that many old models of one owner share.
//!
//! Whoever downloads everything of an owner at an even pace, as mirrors and crawlers do, lays a
//! floor under models that nobody else uses. Unrelated models of so little use spread over all
//! levels, so many of them in a narrow band of levels are no chance.

use std::collections::HashMap;

use super::history::ONE;
use super::tails::binomial_at_least;
use super::{FloorThresholds, SeriesSource};

/// One old model in one block of weeks, with a flow no larger than that of a floor.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Stretch {
    pub(super) block: i32,
    /// Mean flow in downloads a week.
    pub(super) level: f64,
    /// How many weeks tell it.
    pub(super) weeks: u32,
    /// Whether it varies no more than counts at an even pace do.
    pub(super) is_constant: bool,
    pub(super) model: u32,
    /// The place of its first cell in the series, and that after its last.
    pub(super) from: u32,
    pub(super) to: u32,
}

/// Models and places of cells on a floor.
pub(super) fn floors<S: SeriesSource>(
    source: &S,
    thresholds: &FloorThresholds,
) -> Vec<(usize, usize)> {
    let Some(calendar) = Calendar::of(source, thresholds) else { return Vec::new() };
    let mut cells = Vec::new();
    let mut stretches = Vec::new();
    for models in old_models_by_owner(source, thresholds) {
        stretches.clear();
        for model in models {
            calendar.add_stretches(source, model, thresholds, &mut stretches);
        }
        stretches.sort_by_key(|stretch| stretch.block);
        for block in stretches.chunk_by_mut(|a, b| a.block == b.block) {
            for stretch in on_floor(block, thresholds) {
                let places = stretch.from as usize..stretch.to as usize;
                cells.extend(places.map(|place| (stretch.model as usize, place)));
            }
        }
    }
    cells.retain(|(model, place)| is_known(source, *model, *place));
    cells
}

/// The stretches of one block that lie on a floor, if there is one: the band of levels that holds
/// most of the constant ones, where these are too many for chance.
pub(super) fn on_floor<'a>(
    block: &'a mut [Stretch],
    thresholds: &FloorThresholds,
) -> &'a [Stretch] {
    let all = block.len();
    let is_candidate =
        |stretch: &Stretch| stretch.is_constant && stretch.level >= thresholds.least_level;
    block.sort_by(|a, b| {
        (!is_candidate(a)).cmp(&!is_candidate(b)).then(a.level.total_cmp(&b.level))
    });
    let candidates = &block[..block.partition_point(is_candidate)];
    let top_of_band = |from: &Stretch| {
        let counting = (from.level / f64::from(from.weeks)).sqrt();
        from.level * (1.0 + thresholds.band_share) + thresholds.band_deviations * counting
    };
    let mut best = 0..0;
    let mut end = 0;
    for (start, from) in candidates.iter().enumerate() {
        let top = top_of_band(from);
        end = end.max(start);
        end += candidates[end..].partition_point(|other| other.level <= top);
        if end - start > best.len() {
            best = start..end;
        }
    }
    let Some(from) = candidates.get(best.start).filter(|_| best.len() >= thresholds.least_models)
    else {
        return &[];
    };
    let width = (top_of_band(from) / from.level).ln();
    let by_chance = binomial_at_least(best.len(), all, thresholds.crowding * width);
    // Each of the stretches could have begun the band.
    if by_chance * (all as f64) < thresholds.chance { &candidates[best] } else { &[] }
}

/// Old models of owners who have enough of them, by their first model.
fn old_models_by_owner<S: SeriesSource>(source: &S, thresholds: &FloorThresholds) -> Vec<Vec<u32>> {
    let is_old = |model: &usize| {
        let needed = (thresholds.old_weeks + thresholds.least_weeks) as usize;
        source.series(*model).is_some_and(|series| series.values.len() >= needed)
    };
    let mut owned: HashMap<u32, Vec<u32>> = HashMap::new();
    for model in (0..source.model_count()).filter(is_old) {
        owned.entry(source.owner(model)).or_default().push(model as u32);
    }
    let mut owned: Vec<_> =
        owned.into_values().filter(|models| models.len() >= thresholds.least_models).collect();
    owned.sort_unstable();
    owned
}

fn is_known<S: SeriesSource>(source: &S, model: usize, place: usize) -> bool {
    source.series(model).is_some_and(|series| S::is_known(series.marks[place]))
}

/// Which block a week lies in.
struct Calendar {
    block_weeks: i32,
    /// The last block; what is left after it is too short for one of its own and belongs to it.
    last_block: i32,
}

impl Calendar {
    /// `None` where there is no cell.
    fn of<S: SeriesSource>(source: &S, thresholds: &FloorThresholds) -> Option<Self> {
        let end = (0..source.model_count())
            .filter_map(|model| source.series(model))
            .map(|series| series.first.number() + series.values.len() as i32)
            .max()?;
        let block_weeks = thresholds.block_weeks.max(1) as i32;
        let is_too_short = end.rem_euclid(block_weeks) < thresholds.least_weeks as i32;
        let last_block = end.div_euclid(block_weeks) - i32::from(is_too_short);
        Some(Self { block_weeks, last_block })
    }

    fn block_of(&self, week: i32) -> i32 {
        week.div_euclid(self.block_weeks).min(self.last_block)
    }

    /// The place in a series at which the block of the cell at `place` ends.
    fn end_of_block(&self, first: i32, place: usize, len: usize) -> usize {
        let block = self.block_of(first + place as i32);
        if block == self.last_block {
            return len;
        }
        len.min(((block + 1) * self.block_weeks - first) as usize)
    }

    /// Adds the blocks of a model in which it is old and little used.
    fn add_stretches<S: SeriesSource>(
        &self,
        source: &S,
        model: u32,
        thresholds: &FloorThresholds,
        stretches: &mut Vec<Stretch>,
    ) {
        let Some(series) = source.series(model as usize) else { return };
        let first = series.first.number();
        let mut from = thresholds.old_weeks as usize;
        while from < series.values.len() {
            let to = self.end_of_block(first, from, series.values.len());
            let cells = series.values[from..to].iter().zip(&series.marks[from..to]);
            let known = cells.filter(|(_, mark)| S::is_known(**mark));
            let counted = Counted::of(known.map(|(value, _)| f64::from(*value) / f64::from(ONE)));
            if counted.weeks >= thresholds.least_weeks && counted.mean <= thresholds.most_level {
                stretches.push(Stretch {
                    block: self.block_of(first + from as i32),
                    level: counted.mean,
                    weeks: counted.weeks,
                    is_constant: counted.is_constant(thresholds),
                    model,
                    from: from as u32,
                    to: to as u32,
                });
            }
            from = to;
        }
    }
}

/// Mean and variance of some weeks.
struct Counted {
    weeks: u32,
    mean: f64,
    variance: f64,
}

impl Counted {
    fn of(flows: impl Iterator<Item = f64>) -> Self {
        let (mut weeks, mut sum, mut squares) = (0_u32, 0.0, 0.0);
        for flow in flows {
            weeks += 1;
            sum += flow;
            squares += flow * flow;
        }
        let mean = sum / f64::from(weeks.max(1));
        let variance = (squares - sum * mean).max(0.0) / f64::from(weeks.max(2) - 1);
        Self { weeks, mean, variance }
    }

    fn is_constant(&self, thresholds: &FloorThresholds) -> bool {
        let wobble = thresholds.wobble * self.mean;
        self.variance <= thresholds.dispersion * self.mean + wobble * wobble
    }
}

#[cfg(test)]
mod tests;
