//! Ranges that hold also what the series would be with other units.

use super::fit::{Fit, moved};
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
        let mut places = vec![Vec::new(); knots.len()];
        let mut slopes = vec![vec![Vec::new(); knots.len() + 1]; self.lines.len()];
        for draw in draws {
            let series: Vec<&[f64]> = draw.iter().map(Vec::as_slice).collect();
            debug_assert_eq!(series.len(), self.lines.len());
            let again = moved(&series, Fit::new(&series, weights.clone(), knots.clone()), min);
            places.iter_mut().zip(&again.knots).for_each(|(of, knot)| of.push(*knot as f64));
            for (of_series, again) in slopes.iter_mut().zip(again.slopes()) {
                of_series.iter_mut().zip(again).for_each(|(of, slope)| of.push(slope));
            }
        }
        if places.first().is_none_or(Vec::is_empty) {
            return self;
        }
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
