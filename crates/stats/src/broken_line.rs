//! Where a series changes its direction: a line broken at a few knots.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

use crate::interval::{Interval, percentile_interval, quantile};
use crate::sum::sum;

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

/// Fits a line broken at as many knots as the series bears out.
///
/// For each number of knots those are taken that leave the least sum of squares, one knot being
/// added after another and all moved until none is better elsewhere.
/// The number of knots is that of the least `m·ln(RSS/n) + (3·knots + 2)·ln m`, where
/// `m = n·(1 − φ)/(1 + φ)` allows for residuals that carry φ of the one before: with m = n noise
/// that is correlated would be taken for knots. A knot costs three numbers, its place being
/// searched, as of jumps (Zhang and Siegmund 2007).
/// Ranges come from a bootstrap of the residuals' innovations, in which all knots are searched
/// again beside where they were; they are those of knots that are there.
/// `None` with fewer observations than 3 of the shortest stretches, and where the series is a
/// line without any rest.
/// Muggeo (2003), Schwarz (1978); `docs/methods/broken-line.md`.
#[must_use]
pub fn broken_line(series: &[f64], options: &BrokenLineOptions) -> Option<BrokenLine> {
    debug_assert!(series.iter().all(|x| x.is_finite()), "an observation is not a number");
    let min = options.min_segment.max(2);
    let n = series.len();
    if n < 3 * min {
        return None;
    }
    let mut fits = vec![Fit::new(series, Vec::new())];
    for count in 1..=options.most_knots {
        let Some(fit) = with_one_more(series, &fits[count - 1].knots, min) else { break };
        fits.push(fit);
    }
    let last = &fits[fits.len() - 1];
    // Fitting p numbers takes about p/n from the echo (Kendall 1954, for a mean).
    let taken = (2 * last.knots.len() + 2) as f64 / n as f64;
    let correlation = (echo(&last.residuals(series)) + taken).clamp(0.0, 0.95);
    let observations = n as f64 * (1.0 - correlation) / (1.0 + correlation);
    let around_line = fits[0].squares;
    if around_line <= f64::EPSILON * sum(series.iter().map(|x| x * x)) {
        return None;
    }
    let criterion = |fit: &Fit| {
        let parameters = (3 * fit.knots.len() + 2) as f64;
        observations * (fit.squares.max(f64::MIN_POSITIVE) / n as f64).ln()
            + parameters * observations.ln()
    };
    let best = fits.iter().min_by(|a, b| criterion(a).total_cmp(&criterion(b)))?;
    Some(best.told(series, min, correlation, options))
}

/// A fit with given knots.
#[derive(Debug, Clone)]
struct Fit {
    knots: Vec<usize>,
    fitted: Vec<f64>,
    squares: f64,
}

impl Fit {
    /// Least squares of a level, a slope and a change of slope at each knot.
    fn new(series: &[f64], knots: Vec<usize>) -> Self {
        let fitted = fitted(series, &knots);
        let squares = sum(series.iter().zip(&fitted).map(|(x, line)| (x - line).powi(2)));
        Self { knots, fitted, squares }
    }

    fn residuals(&self, series: &[f64]) -> Vec<f64> {
        series.iter().zip(&self.fitted).map(|(x, line)| x - line).collect()
    }

    fn slopes(&self) -> Vec<f64> {
        let ends: Vec<usize> = self.ends();
        let slope = |ends: &[usize]| {
            (self.fitted[ends[1]] - self.fitted[ends[0]]) / (ends[1] - ends[0]) as f64
        };
        ends.windows(2).map(slope).collect()
    }

    fn ends(&self) -> Vec<usize> {
        let last = self.fitted.len() - 1;
        [0].into_iter().chain(self.knots.iter().copied()).chain([last]).collect()
    }

    /// The fit with the ranges of its knots and slopes.
    fn told(
        &self,
        series: &[f64],
        min: usize,
        correlation: f64,
        options: &BrokenLineOptions,
    ) -> BrokenLine {
        let residuals = self.residuals(series);
        let news: Vec<f64> =
            residuals.windows(2).map(|pair| pair[1] - correlation * pair[0]).collect();
        // What fitting took from them is given back.
        let (n, taken) = (series.len() as f64, (2 * self.knots.len() + 2) as f64);
        let wider = (n / (n - taken).max(1.0)).sqrt();
        let mut rng = ChaCha8Rng::seed_from_u64(options.seed);
        let mut places: Vec<Vec<f64>> = vec![Vec::new(); self.knots.len()];
        let mut slopes: Vec<Vec<f64>> = vec![Vec::new(); self.knots.len() + 1];
        for _ in 0..options.replicates {
            let mut pick =
                || news[((u64::from(rng.next_u32()) * news.len() as u64) >> 32) as usize];
            let mut rest = pick() / (1.0 - correlation * correlation).sqrt();
            let drawn: Vec<f64> = self
                .fitted
                .iter()
                .map(|line| {
                    rest = correlation * rest + pick();
                    line + wider * rest
                })
                .collect();
            let again = moved(&drawn, Self::new(&drawn, self.knots.clone()), min);
            places.iter_mut().zip(&again.knots).for_each(|(of, knot)| of.push(*knot as f64));
            slopes.iter_mut().zip(again.slopes()).for_each(|(of, slope)| of.push(slope));
        }
        let tail = (1.0 - options.confidence) / 2.0;
        let knots = self.knots.iter().zip(&mut places).map(|(at, places)| {
            places.sort_unstable_by(f64::total_cmp);
            let end = |part: f64| quantile(places, part).unwrap_or(*at as f64);
            Knot {
                at: *at,
                earliest: (end(tail).floor() as usize).min(*at),
                latest: (end(1.0 - tail).ceil() as usize).max(*at),
            }
        });
        let ends = self.ends();
        let phases =
            ends.windows(2).zip(self.slopes()).zip(&slopes).map(|((ends, slope), drawn)| {
                let exact = Interval { low: slope, high: slope };
                let slope_interval =
                    percentile_interval(drawn, options.confidence).unwrap_or(exact);
                Phase { from: ends[0], to: ends[1], slope, slope_interval }
            });
        BrokenLine {
            knots: knots.collect(),
            phases: phases.collect(),
            fitted: self.fitted.clone(),
            correlation,
        }
    }
}

/// The best fit with one knot more than those given; `None` where there is no room.
fn with_one_more(series: &[f64], knots: &[usize], min: usize) -> Option<Fit> {
    let is_free = |at: &usize| knots.iter().all(|knot| knot.abs_diff(*at) >= min);
    let places = (min..series.len().saturating_sub(min)).filter(is_free);
    let tried = places.map(|at| {
        let mut knots = knots.to_vec();
        knots.push(at);
        knots.sort_unstable();
        Fit::new(series, knots)
    });
    let best = tried.min_by(|a, b| a.squares.total_cmp(&b.squares))?;
    Some(moved(series, best, min))
}

/// Moves each knot to its best place between its neighbours until none moves.
fn moved(series: &[f64], mut best: Fit, min: usize) -> Fit {
    loop {
        let before = best.squares;
        for place in 0..best.knots.len() {
            let ends = best.ends();
            let first = ends[place] + min;
            let last =
                (ends[place + 2] + usize::from(place + 1 == best.knots.len())).saturating_sub(min);
            for at in first..=last.max(first) {
                let mut knots = best.knots.clone();
                if knots[place] == at || at + min > ends[place + 2] + 1 {
                    continue;
                }
                knots[place] = at;
                let fit = Fit::new(series, knots);
                if fit.squares < best.squares {
                    best = fit;
                }
            }
        }
        if best.squares >= before * (1.0 - 1e-12) {
            return best;
        }
    }
}

/// The broken line at each observation, by normal equations of hinges: a level, a slope, and
/// `max(0, t − knot)` of each knot, about their middles.
fn fitted(series: &[f64], knots: &[usize]) -> Vec<f64> {
    let n = series.len();
    let terms = knots.len() + 1;
    // Time from 0 to 1 keeps the equations well conditioned.
    let time = |t: usize| t as f64 / (n - 1) as f64;
    let hinge = |term: usize, t: usize| match term {
        0 => time(t),
        _ => time(t.saturating_sub(knots[term - 1])),
    };
    let mean = sum(series.iter().copied()) / n as f64;
    let means: Vec<f64> =
        (0..terms).map(|term| sum((0..n).map(|t| hinge(term, t))) / n as f64).collect();
    let mut matrix = vec![vec![0.0; terms + 1]; terms];
    for (t, x) in series.iter().enumerate() {
        let row: Vec<f64> = (0..terms).map(|term| hinge(term, t) - means[term]).collect();
        for (one, equation) in matrix.iter_mut().enumerate() {
            for (other, value) in row.iter().enumerate() {
                equation[other] += row[one] * value;
            }
            equation[terms] += row[one] * (x - mean);
        }
    }
    let slopes = solved(matrix);
    let line = |t: usize| {
        let moves =
            slopes.iter().enumerate().map(|(term, slope)| slope * (hinge(term, t) - means[term]));
        mean + sum(moves)
    };
    (0..n).map(line).collect()
}

/// Solves equations of a positive definite matrix, whose last column is the right side.
fn solved(mut matrix: Vec<Vec<f64>>) -> Vec<f64> {
    let terms = matrix.len();
    for pivot in 0..terms {
        let largest = (pivot..terms)
            .max_by(|a, b| matrix[*a][pivot].abs().total_cmp(&matrix[*b][pivot].abs()))
            .unwrap_or(pivot);
        matrix.swap(pivot, largest);
        let of_pivot = matrix[pivot].clone();
        for (row, equation) in matrix.iter_mut().enumerate() {
            if row != pivot && of_pivot[pivot] != 0.0 {
                let factor = equation[pivot] / of_pivot[pivot];
                equation.iter_mut().zip(&of_pivot).for_each(|(a, b)| *a -= factor * b);
            }
        }
    }
    let solution = |(row, equation): (usize, &Vec<f64>)| match equation[row] {
        0.0 => 0.0,
        diagonal => equation[terms] / diagonal,
    };
    matrix.iter().enumerate().map(solution).collect()
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
