//! Where one series, or several together, change their direction: lines broken at a few knots.

mod fit;
mod spread;
mod widened;

use crate::interval::Interval;
use crate::sum::sum;
use fit::{Fit, with_one_more};

/// How knots are searched.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BrokenLineOptions {
    /// The most knots.
    pub most_knots: usize,
    /// The shortest stretch between knots, in observations, at least 2.
    pub min_segment: usize,
    /// How many series are drawn for the ranges.
    pub replicates: usize,
    /// The seed; equal seeds give equal ranges.
    pub seed: u64,
    /// How sure the ranges are, such as 0.95.
    pub confidence: f64,
    /// Threads that share the draws, at least 1; the ranges do not depend on how many.
    pub threads: usize,
}

/// A line that is broken at knots, fitted to a series.
#[derive(Debug, Clone, PartialEq)]
pub struct BrokenLine {
    /// The knots, in order.
    pub knots: Vec<Knot>,
    /// The stretches between them, one more than knots.
    pub phases: Vec<Phase>,
    /// The line at each observation.
    pub fitted: Vec<f64>,
    /// The correlation of neighbouring residuals, 0 to 0.95.
    pub correlation: f64,
}

/// Lines that are broken at the same knots, one for each series.
#[derive(Debug, Clone, PartialEq)]
pub struct BrokenLines {
    /// The knots that all share, in order.
    pub knots: Vec<Knot>,
    /// The line of each series, in their order.
    pub lines: Vec<BrokenLine>,
}

/// The observation at which the slope changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Knot {
    /// The observation, from 0.
    pub at: usize,
    /// The earliest that it may be.
    pub earliest: usize,
    /// The latest that it may be.
    pub latest: usize,
}

/// A stretch of one slope.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Phase {
    /// Its first observation.
    pub from: usize,
    /// Its last observation, which is the first of the next.
    pub to: usize,
    /// The slope by observation.
    pub slope: f64,
    /// The range of the slope.
    pub slope_interval: Interval,
}

/// Fits a line broken at as many knots as the series bears out; see [`broken_lines`].
#[must_use]
pub fn broken_line(series: &[f64], options: &BrokenLineOptions) -> Option<BrokenLine> {
    broken_lines(&[series], options)?.lines.pop()
}

/// Fits lines that are broken at the same knots, as many as the series together bear out.
///
/// For each number of knots those are taken that leave the least `Σ m·ln RSS` over the series, one
/// knot being added after another and all moved until none is better elsewhere.
/// The number of knots is that of the least
/// `e/k·Σ m·ln(RSS/n) + (e·(knots + 2) + 2·knots)·ln m̄`, where
/// `m = n·(1 − φ)/(1 + φ)` allows for residuals that carry φ of the one before: with m = n noise
/// that is correlated would be taken for knots. The k series count for `e = k²/Σ r²` by the
/// correlations r of their residuals. The place of a knot is searched, and costs two numbers more
/// than its slopes (Zhang and Siegmund 2007).
/// Ranges come from a bootstrap of the residuals' innovations, the same weeks for all series, in
/// which all knots are searched again; they are those of knots that are there.
/// `None` with fewer observations than 3 of the shortest stretches, with series of unequal length
/// or none, and where a series is a line without any rest.
/// Muggeo (2003), Schwarz (1978); `docs/methods/broken-line.md`.
#[must_use]
pub fn broken_lines(series: &[&[f64]], options: &BrokenLineOptions) -> Option<BrokenLines> {
    let min = options.min_segment.max(2);
    let n = series.first()?.len();
    if n < 3 * min || series.iter().any(|one| one.len() != n) {
        return None;
    }
    debug_assert!(series.iter().all(|one| one.iter().all(|x| x.is_finite())));
    let lines = Fit::new(series, vec![1.0; series.len()], Vec::new());
    let is_bare =
        |(one, squares): (&&[f64], &f64)| *squares <= f64::EPSILON * sum(one.iter().map(|x| x * x));
    if series.iter().zip(&lines.squares).any(is_bare) {
        return None;
    }
    let mut fits = vec![lines];
    for count in 1..=options.most_knots {
        let Some(fit) = with_one_more(series, &fits[count - 1], min) else { break };
        fits.push(fit);
    }
    let last = &fits[fits.len() - 1];
    let residuals = last.residuals(series);
    // Fitting p numbers takes about p/n from the echo (Kendall 1954, for a mean).
    let taken = (2 * last.knots.len() + 2) as f64 / n as f64;
    let echo_of = |rest: &Vec<f64>| (echo(rest) + taken).clamp(0.0, 0.95);
    let echoes: Vec<f64> = residuals.iter().map(echo_of).collect();
    let counted: Vec<f64> =
        echoes.iter().map(|echo| n as f64 * (1.0 - echo) / (1.0 + echo)).collect();
    // The knots are searched again, each series weighing as much as it tells.
    let mut fits = vec![Fit::new(series, counted.clone(), Vec::new())];
    for count in 1..=options.most_knots {
        let Some(fit) = with_one_more(series, &fits[count - 1], min) else { break };
        fits.push(fit);
    }
    let k = series.len() as f64;
    let effective = effective(&residuals);
    let observations = sum(counted.iter().copied()) / k;
    let criterion = |fit: &Fit| {
        let knots = fit.knots.len() as f64;
        let parameters = effective * (knots + 2.0) + 2.0 * knots;
        effective / k * fit.misfit() + parameters * observations.ln()
    };
    let best = fits.iter().min_by(|a, b| criterion(a).total_cmp(&criterion(b)))?;
    Some(best.told(series, min, &echoes, options))
}

/// The weights of `n` observations in the change of slope at each knot of a broken line: the change
/// is `Σ w·x`, whatever the series.
///
/// With them the doubt of each observation becomes the doubt of a change of slope.
/// `docs/methods/broken-line.md`.
#[must_use]
pub fn slope_change_weights(n: usize, knots: &[usize]) -> Vec<Vec<f64>> {
    let impulse = |at: usize| (0..n).map(|t| f64::from(u8::from(t == at))).collect();
    let impulses: Vec<Vec<f64>> = (0..n).map(impulse).collect();
    let series: Vec<&[f64]> = impulses.iter().map(Vec::as_slice).collect();
    let fit = Fit::new(&series, vec![1.0; n], knots.to_vec());
    let slopes = fit.slopes();
    let change = |knot: usize| slopes.iter().map(move |of| of[knot + 1] - of[knot]).collect();
    (0..knots.len()).map(change).collect()
}

/// For how many independent series some count, by the correlations of their residuals.
fn effective(residuals: &[Vec<f64>]) -> f64 {
    let k = residuals.len() as f64;
    let product = |a: &[f64], b: &[f64]| sum(a.iter().zip(b).map(|(x, y)| x * y));
    let mut squares = 0.0;
    for one in residuals {
        for other in residuals {
            let scale = product(one, one) * product(other, other);
            squares += if scale > 0.0 { product(one, other).powi(2) / scale } else { 0.0 };
        }
    }
    if squares > 0.0 { k * k / squares } else { k }
}

/// The correlation of neighbouring residuals.
fn echo(residuals: &[f64]) -> f64 {
    let squares = sum(residuals.iter().map(|rest| rest * rest));
    if squares == 0.0 {
        return 0.0;
    }
    let products = sum(residuals.windows(2).map(|pair| pair[0] * pair[1]));
    products / squares
}
