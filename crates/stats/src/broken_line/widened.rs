//! Ranges that hold also what the series would be with other units.

use super::fit::Fit;
use super::spread::{Draw, Spread};
use super::{BrokenLineOptions, BrokenLines, Knot};
use crate::interval::percentile_interval;

impl BrokenLines {
    /// The same lines, whose ranges hold also what other draws of the series come to.
    ///
    /// Ranges of a fit know the noise of its residuals. Where the series are sums over units, as
    /// over owners, those who happen to be there move its knots too, and smoothly, which residuals
    /// do not show. Each draw has the series as they would be with other units, all of the same
    /// length; the knots are moved from where they are to where they fit it best, none is added or
    /// taken. The range of a knot, and of a slope, becomes the least that holds its own and the
    /// middle of the draws, as sure as the options say. Without draws nothing changes.
    /// `docs/methods/broken-line.md`.
    #[must_use]
    pub fn widened(
        mut self,
        draws: impl IntoIterator<Item = Vec<Vec<f64>>>,
        options: &BrokenLineOptions,
    ) -> Self {
        let min = options.min_segment.max(2);
        let knots: Vec<usize> = self.knots.iter().map(|knot| knot.at).collect();
        let weights: Vec<f64> = (self.lines.iter())
            .map(|line| {
                line.fitted.len() as f64 * (1.0 - line.correlation) / (1.0 + line.correlation)
            })
            .collect();
        let draws: Vec<Draw> = draws.into_iter().collect();
        let Some(first) = draws.first().filter(|_| !knots.is_empty()) else { return self };
        let first: Vec<&[f64]> = first.iter().map(Vec::as_slice).collect();
        let at = Fit::new(&first, weights, knots);
        let Spread { places, slopes } = Spread::of(&draws, &at, min, options.threads);
        for (knot, places) in self.knots.iter_mut().zip(places) {
            let other = Knot::ranged(knot.at, places, options.confidence);
            knot.earliest = knot.earliest.min(other.earliest);
            knot.latest = knot.latest.max(other.latest);
        }
        for (line, slopes) in self.lines.iter_mut().zip(&slopes) {
            line.knots.clone_from(&self.knots);
            for (phase, slopes) in line.phases.iter_mut().zip(slopes) {
                if let Some(other) = percentile_interval(slopes, options.confidence) {
                    phase.slope_interval.low = phase.slope_interval.low.min(other.low);
                    phase.slope_interval.high = phase.slope_interval.high.max(other.high);
                }
            }
        }
        self
    }
}
