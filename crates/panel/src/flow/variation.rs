//! How much a model's flow varies within the time between two readings.
//!
//! The flow inside a bracket of two readings is taken to wander around its pace with a variance of
//! `share² · pace²` a week, plus that of counting. Tied down at both readings, a part of the bracket
//! that should have gained `x` of `d` in `t` weeks is then uncertain by
//! `(1 − x/d) · (share² · x² / t + x)`.

use super::curve::Point;

/// What is taken for a model with no reading between two others: half a week's flow.
pub(super) const USUAL_SHARE_SQUARED: f64 = 0.25;
/// How many readings' worth of evidence the usual share counts for.
const USUAL_WEIGHT: f64 = 3.0;
/// One burst must not speak for a whole life.
const MOST_SHARE_SQUARED: f64 = 9.0;
/// A flow that is expected to be less than a download is multiplied from here.
const LEAST_MIDDLE: f64 = 0.5;
const WEEK_MS: f64 = 7.0 * 86_400_000.0;

/// The square of the share by which a model's weekly flow varies around its pace, from how well
/// each reading is told by its two neighbours.
pub(super) fn share_squared(points: &[Point]) -> f64 {
    let (mut sum, mut count) = (USUAL_WEIGHT * USUAL_SHARE_SQUARED, USUAL_WEIGHT);
    for triple in points.windows(3) {
        let [before, middle, after] = [triple[0], triple[1], triple[2]];
        if middle.1 < before.1 || after.1 <= before.1 || after.1 < middle.1 {
            continue;
        }
        let weeks = (after.0.millis() - before.0.millis()) as f64 / WEEK_MS;
        let first = (middle.0.millis() - before.0.millis()) as f64 / WEEK_MS;
        let gained = (after.1 - before.1) as f64;
        let error = (middle.1 - before.1) as f64 * weeks - first * gained;
        // What solves `variance` for the share, were it of the first part alone.
        let variance = error * error / (first * (weeks - first)) - gained;
        sum += (variance * weeks / (gained * gained)).clamp(0.0, MOST_SHARE_SQUARED);
        count += 1.0;
    }
    sum / count
}

/// The variance of what a part of a bracket gained: `x` of the bracket's `whole`, in `weeks`.
pub(super) fn variance(x: f64, whole: f64, weeks: f64, share_squared: f64) -> f64 {
    if whole <= 0.0 || weeks <= 0.0 {
        return 0.0;
    }
    (whole - x).max(0.0) * x * (share_squared * x + weeks) / (whole * weeks)
}

/// The interval of a flow of `value` with this variance.
///
/// It is as many times `value` upward as it is a fraction of it downward, since a flow can be many
/// times its estimate but not less than nothing. While the spread is small, it is `z` standard
/// deviations to either side.
pub(super) fn interval(value: f64, variance: f64, z: f64) -> (f64, f64) {
    if variance <= 0.0 {
        return (value, value);
    }
    let middle = value.max(LEAST_MIDDLE);
    let half = 0.5 * z * variance.sqrt() / middle;
    let root = half + (1.0 + half * half).sqrt();
    let factor = root * root;
    ((value / factor).floor(), (middle * factor).ceil())
}

/// The `z` at which [`interval`] begins to hold `truth`.
pub(super) fn reach(truth: f64, value: f64, variance: f64) -> f64 {
    let middle = value.max(LEAST_MIDDLE);
    // Both ends are rounded outward, to whole downloads.
    let factor = (value / (truth + 1.0)).max((truth - 1.0) / middle).max(1.0);
    let root = factor.sqrt();
    (root - 1.0 / root) * middle / variance.sqrt().max(f64::MIN_POSITIVE)
}
