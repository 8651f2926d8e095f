//! Least squares of lines that are broken at given knots, and the ranges of a fit.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

use super::spread::{Draw, Spread};
use super::{BrokenLine, BrokenLineOptions, BrokenLines, Knot, Phase};
use crate::interval::{Interval, percentile_interval, quantile};
use crate::sum::sum;

/// A fit with given knots.
#[derive(Debug, Clone)]
pub(super) struct Fit {
    pub(super) knots: Vec<usize>,
    /// How much each series tells, in independent observations.
    weights: Vec<f64>,
    fitted: Vec<Vec<f64>>,
    pub(super) squares: Vec<f64>,
}

impl Fit {
    /// Least squares of a level, a slope and a change of slope at each knot.
    pub(super) fn new(series: &[&[f64]], weights: Vec<f64>, knots: Vec<usize>) -> Self {
        let fitted = fitted(series, &knots);
        let squares = series
            .iter()
            .zip(&fitted)
            .map(|(one, line)| sum(one.iter().zip(line).map(|(x, line)| (x - line).powi(2))));
        Self { squares: squares.collect(), knots, weights, fitted }
    }

    /// The fit with the same knots and weights to other series.
    pub(super) fn refitted(&self, series: &[&[f64]]) -> Self {
        Self::new(series, self.weights.clone(), self.knots.clone())
    }

    /// `Σ m·ln(RSS/n)` over the series.
    pub(super) fn misfit(&self) -> f64 {
        let of_series = self.weights.iter().zip(&self.squares).zip(&self.fitted);
        sum(of_series.map(|((weight, squares), line)| {
            weight * (squares.max(f64::MIN_POSITIVE) / line.len() as f64).ln()
        }))
    }

    pub(super) fn residuals(&self, series: &[&[f64]]) -> Vec<Vec<f64>> {
        let pairs = series.iter().zip(&self.fitted);
        let rest = |(one, line): (&&[f64], &Vec<f64>)| {
            one.iter().zip(line).map(|(x, line)| x - line).collect()
        };
        pairs.map(rest).collect()
    }

    pub(super) fn slopes(&self) -> Vec<Vec<f64>> {
        let ends = self.ends();
        let of_line = |line: &Vec<f64>| {
            let slope =
                |ends: &[usize]| (line[ends[1]] - line[ends[0]]) / (ends[1] - ends[0]) as f64;
            ends.windows(2).map(slope).collect()
        };
        self.fitted.iter().map(of_line).collect()
    }

    fn ends(&self) -> Vec<usize> {
        let last = self.fitted[0].len() - 1;
        [0].into_iter().chain(self.knots.iter().copied()).chain([last]).collect()
    }

    /// The fit with the ranges of its knots and slopes.
    pub(super) fn told(
        &self,
        series: &[&[f64]],
        min: usize,
        echoes: &[f64],
        options: &BrokenLineOptions,
    ) -> BrokenLines {
        let residuals = self.residuals(series);
        let news: Vec<Vec<f64>> =
            residuals.iter().zip(echoes).map(|(rest, echo)| news_of(rest, *echo)).collect();
        let mut rng = ChaCha8Rng::seed_from_u64(options.seed);
        let again = (0..options.replicates).map(|_| self.drawn(&news, echoes, &mut rng));
        let again: Vec<Draw> = again.collect();
        let Spread { places, slopes } = Spread::of(&again, self, min, options.threads);
        let knots: Vec<Knot> = self
            .knots
            .iter()
            .zip(places)
            .map(|(at, places)| Knot::ranged(*at, places, options.confidence))
            .collect();
        let ends = self.ends();
        let line = |(place, of_series): (usize, Vec<f64>)| {
            let phase = |(number, slope): (usize, f64)| {
                let exact = Interval { low: slope, high: slope };
                let drawn = percentile_interval(&slopes[place][number], options.confidence);
                let (from, to) = (ends[number], ends[number + 1]);
                Phase { from, to, slope, slope_interval: drawn.unwrap_or(exact) }
            };
            BrokenLine {
                knots: knots.clone(),
                phases: of_series.into_iter().enumerate().map(phase).collect(),
                fitted: self.fitted[place].clone(),
                correlation: echoes[place],
            }
        };
        let lines = self.slopes().into_iter().enumerate().map(line).collect();
        BrokenLines { knots, lines }
    }

    /// Series drawn again: the innovations of all series of the same observations, put together
    /// on the lines, and widened by what fitting took.
    fn drawn(&self, news: &[Vec<f64>], echoes: &[f64], rng: &mut ChaCha8Rng) -> Draw {
        let n = self.fitted[0].len();
        let taken = (2 * self.knots.len() + 2) as f64;
        let wider = (n as f64 / (n as f64 - taken).max(1.0)).sqrt();
        let count = news[0].len() as u64;
        // The high half of a product maps 32 random bits onto the innovations.
        let picked: Vec<usize> =
            (0..=n).map(|_| ((u64::from(rng.next_u32()) * count) >> 32) as usize).collect();
        let of_series = self.fitted.iter().zip(news).zip(echoes);
        let draw = |((line, news), echo): ((&Vec<f64>, &Vec<f64>), &f64)| {
            let mut rest = news[picked[n]] / (1.0 - echo * echo).sqrt();
            let put = line.iter().zip(&picked).map(|(line, pick)| {
                rest = echo * rest + news[*pick];
                line + wider * rest
            });
            put.collect()
        };
        of_series.map(draw).collect()
    }
}

fn news_of(residuals: &[f64], echo: f64) -> Vec<f64> {
    residuals.windows(2).map(|pair| pair[1] - echo * pair[0]).collect()
}

impl Knot {
    pub(super) fn ranged(at: usize, mut places: Vec<f64>, confidence: f64) -> Self {
        places.sort_unstable_by(f64::total_cmp);
        let tail = (1.0 - confidence) / 2.0;
        let end = |part: f64| quantile(&places, part).unwrap_or(at as f64);
        Self {
            at,
            earliest: (end(tail).floor() as usize).min(at),
            latest: (end(1.0 - tail).ceil() as usize).max(at),
        }
    }
}

/// The best fit with one knot more than a given one; `None` where there is no room.
pub(super) fn with_one_more(series: &[&[f64]], fit: &Fit, min: usize) -> Option<Fit> {
    let n = series[0].len();
    let is_free = |at: &usize| fit.knots.iter().all(|knot| knot.abs_diff(*at) >= min);
    let places = (min..n.saturating_sub(min)).filter(is_free);
    let tried = places.map(|at| {
        let mut knots = fit.knots.clone();
        knots.push(at);
        knots.sort_unstable();
        Fit::new(series, fit.weights.clone(), knots)
    });
    let best = tried.min_by(|a, b| a.misfit().total_cmp(&b.misfit()))?;
    Some(moved(series, best, min))
}

/// Moves each knot to its best place between its neighbours until none moves.
pub(super) fn moved(series: &[&[f64]], mut best: Fit, min: usize) -> Fit {
    loop {
        let before = best.misfit();
        for place in 0..best.knots.len() {
            let ends = best.ends();
            let first = ends[place] + min;
            // The last stretch has one observation more, the last of all.
            let spare = usize::from(place + 1 == best.knots.len());
            for at in first..=(ends[place + 2] + spare).saturating_sub(min).max(first) {
                if best.knots[place] == at || at + min > ends[place + 2] + spare {
                    continue;
                }
                let mut knots = best.knots.clone();
                knots[place] = at;
                let fit = Fit::new(series, best.weights.clone(), knots);
                if fit.misfit() < best.misfit() {
                    best = fit;
                }
            }
        }
        if best.misfit() >= before - 1e-9 {
            return best;
        }
    }
}

/// The broken line of each series at each observation, by normal equations of hinges: a level, a
/// slope, and `max(0, t − knot)` of each knot, about their middles.
fn fitted(series: &[&[f64]], knots: &[usize]) -> Vec<Vec<f64>> {
    let n = series[0].len();
    let terms = knots.len() + 1;
    // Time from 0 to 1 keeps the equations well conditioned.
    let time = |t: usize| t as f64 / (n - 1) as f64;
    let hinge = |term: usize, t: usize| match term {
        0 => time(t),
        _ => time(t.saturating_sub(knots[term - 1])),
    };
    let mean = |values: &mut dyn Iterator<Item = f64>| sum(values) / n as f64;
    let about_middle = |term: usize| {
        let middle = mean(&mut (0..n).map(|t| hinge(term, t)));
        (0..n).map(|t| hinge(term, t) - middle).collect()
    };
    let hinges: Vec<Vec<f64>> = (0..terms).map(about_middle).collect();
    let levels: Vec<f64> = series.iter().map(|one| mean(&mut one.iter().copied())).collect();
    let mut matrix = vec![vec![0.0; terms + series.len()]; terms];
    for (one, equation) in hinges.iter().zip(&mut matrix) {
        let (left, right) = equation.split_at_mut(terms);
        for (other, entry) in hinges.iter().zip(left) {
            *entry = one.iter().zip(other).map(|(a, b)| a * b).sum();
        }
        for ((of_series, level), entry) in series.iter().zip(&levels).zip(right) {
            *entry = one.iter().zip(*of_series).map(|(a, x)| a * (x - level)).sum();
        }
    }
    let solutions = solved(matrix);
    let line = |(slopes, level): (&Vec<f64>, &f64)| {
        let at = |t: usize| {
            level + sum(slopes.iter().zip(&hinges).map(|(slope, hinge)| slope * hinge[t]))
        };
        (0..n).map(at).collect()
    };
    solutions.iter().zip(&levels).map(line).collect()
}

/// Solves equations of a positive definite matrix, whose last columns are the right sides.
fn solved(mut matrix: Vec<Vec<f64>>) -> Vec<Vec<f64>> {
    let terms = matrix.len();
    let sides = matrix[0].len() - terms;
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
    let solution = |side: usize, row: usize| match matrix[row][row] {
        0.0 => 0.0,
        diagonal => matrix[row][terms + side] / diagonal,
    };
    (0..sides).map(|side| (0..terms).map(|row| solution(side, row)).collect()).collect()
}
