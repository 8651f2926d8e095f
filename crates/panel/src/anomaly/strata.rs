//! How much the flows of similar models vary: the least scale that any of them is judged by.

use super::history::{Known, ONE, level, spread};
use super::{SeriesSource, SeriesThresholds};

/// Models whose histories tell the scales of strata, at most; they are spread over all.
const MOST_MODELS: usize = 20_000;
/// Measured scales are rounded to a whole number of these, so that they seldom move from one
/// build to the next.
const STEP: f32 = 0.05;
/// Steps that are told apart.
const STEPS: usize = 40;

/// The least scales on the natural logarithm, by level and age.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Scales {
    thresholds: SeriesThresholds,
    /// By stratum, beside that of counting; 0 where nothing was measured.
    measured: Vec<f32>,
}

impl Scales {
    /// Scales of nothing but counting and the least of all.
    pub(super) fn unmeasured(thresholds: &SeriesThresholds) -> Self {
        Self { thresholds: *thresholds, measured: vec![0.0; strata(thresholds)] }
    }

    /// The least scale of a history with this level, `age` weeks after the first cell.
    pub(super) fn least(&self, level: f32, age: u32) -> f32 {
        let measured = self.measured[stratum(level, age, &self.thresholds)];
        let own = self.thresholds.least_scale.max(measured);
        (own * own + counting(level)).sqrt()
    }
}

/// Measures the scale of each stratum beside that of counting: the median over histories that do
/// not overlap.
pub(super) fn measured<S: SeriesSource>(
    source: &S,
    tellable: &[u32],
    thresholds: &SeriesThresholds,
) -> Scales {
    let mut counts = vec![[0_u32; STEPS]; strata(thresholds)];
    let mut known = Known::default();
    for model in tellable.iter().step_by(tellable.len().div_ceil(MOST_MODELS).max(1)) {
        let Some(series) = source.series(*model as usize) else { continue };
        known.fill::<S>(&series);
        for at in (thresholds.history_weeks..known.len()).step_by(thresholds.history_weeks.max(1)) {
            let Some(history) = known.history(at, 0, thresholds) else { continue };
            let level = level(history);
            let scale = spread(history, level);
            let own = (scale * scale - counting(level)).max(0.0).sqrt();
            let step = (own / STEP).round() as usize;
            let stratum = stratum(level, known.places[at], thresholds);
            counts[stratum][step.min(STEPS - 1)] += 1;
        }
    }
    let mut scales = Scales::unmeasured(thresholds);
    for (measured, counts) in scales.measured.iter_mut().zip(&counts) {
        let all: u32 = counts.iter().sum();
        if all >= thresholds.least_stratum.max(1) {
            *measured = (median_step(counts, all) * STEP).min(thresholds.most_stratum_scale);
        }
    }
    scales
}

/// The variance on the natural logarithm of counts of independent downloads.
fn counting(level: f32) -> f32 {
    (-level).exp()
}

/// The step that holds the median, in steps.
fn median_step(counts: &[u32; STEPS], all: u32) -> f32 {
    let mut below = 0;
    for (step, count) in counts.iter().enumerate() {
        below += count;
        if 2 * below >= all {
            return step as f32;
        }
    }
    STEPS as f32
}

fn strata(thresholds: &SeriesThresholds) -> usize {
    (thresholds.stratum_levels.len() + 1) * (thresholds.stratum_ages.len() + 1)
}

fn stratum(level: f32, age: u32, thresholds: &SeriesThresholds) -> usize {
    let downloads = (level.exp() - 1.0) * ONE as f32;
    let levels = &thresholds.stratum_levels;
    let by_level = levels.partition_point(|from| (*from * ONE) as f32 <= downloads);
    let by_age = thresholds.stratum_ages.partition_point(|from| *from <= age);
    by_age * (levels.len() + 1) + by_level
}

#[cfg(test)]
mod tests;
