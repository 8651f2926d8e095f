//! What of a weekly series comes back every year.

use std::f64::consts::TAU;

use crate::error::Refusal;
use crate::least_squares::least_squares;
use crate::sum::sum;

/// A year in weeks.
const YEAR: f64 = 365.2425 / 7.0;
/// The fewest weeks: three whole years.
const FEWEST_WEEKS: usize = 157;
/// The most waves a year; sharper seasons cannot be told from three years.
const MOST_WAVES: usize = 3;

/// A series taken apart: at each week trend, season and remainder add up to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Seasons {
    /// A line that bends at most once a year, in the series' unit.
    pub trend: Vec<f64>,
    /// What comes back every year; 0 in every week where there is no season.
    pub seasonal: Vec<f64>,
    /// What is left.
    pub remainder: Vec<f64>,
    /// How many waves a year the season is made of, 0 to 3, one, two and three a year.
    pub waves: usize,
    /// The size of the effect: which part of the variance of season and remainder together is
    /// the season's, 0 to 1.
    pub strength: f64,
    /// The correlation of a week's remainder with the week before, as it was allowed for.
    pub correlation: f64,
}

impl Seasons {
    /// The series without its season, in its unit.
    #[must_use]
    pub fn adjusted(&self) -> Vec<f64> {
        self.trend.iter().zip(&self.remainder).map(|(trend, rest)| trend + rest).collect()
    }
}

/// Takes a series of weeks in a row apart into trend, season and remainder.
///
/// A regression on a bent line and on waves of a year, half a year and a third; how many waves
/// there are, none included, is what the Bayes information criterion says after the lag-one
/// correlation is taken out. A season that grows with its series asks for logarithms.
/// Refused with fewer than three years, 157 weeks.
/// `docs/methods/seasons.md`.
pub fn seasons(series: &[f64]) -> Result<Seasons, Refusal> {
    debug_assert!(series.iter().all(|x| x.is_finite()), "an observation is not a number");
    if series.len() < FEWEST_WEEKS {
        return Err(Refusal::TooShort { have: series.len(), needed: FEWEST_WEEKS });
    }
    let bends = bent_line(series.len());
    let columns: Vec<Vec<f64>> = bends.iter().cloned().chain(waves(series.len())).collect();
    let correlation = correlation(&columns, series);
    let (waves, coefficients) = best_fit(&columns, bends.len(), series, correlation);
    let (of_trend, of_season) = coefficients.split_at(bends.len());
    let trend = combine(&bends, of_trend, series.len());
    let seasonal = combine(&columns[bends.len()..], of_season, series.len());
    let parts = trend.iter().zip(&seasonal);
    let remainder: Vec<f64> =
        series.iter().zip(parts).map(|(x, (trend, season))| x - trend - season).collect();
    let strength = strength(&seasonal, &remainder);
    Ok(Seasons { trend, seasonal, remainder, waves, strength, correlation })
}

/// The number of waves with the least criterion, and its coefficients; `bends` columns come first.
fn best_fit(
    columns: &[Vec<f64>],
    bends: usize,
    series: &[f64],
    correlation: f64,
) -> (usize, Vec<f64>) {
    let white = whiten(series, correlation);
    let columns: Vec<Vec<f64>> = columns.iter().map(|x| whiten(x, correlation)).collect();
    // What is below the rounding of the series is nothing.
    let nothing = 1e-24 * sum(white.iter().map(|x| x * x)) + f64::MIN_POSITIVE;
    let m = white.len() as f64;
    let fit = |waves: usize| {
        let width = bends + 2 * waves;
        let fit = least_squares(&columns[..width], &white).expect(INDEPENDENT);
        let criterion = m * fit.squares.max(nothing).ln() + width as f64 * m.ln();
        (criterion, (waves, fit.coefficients))
    };
    let mut best = fit(0);
    for other in (1..=MOST_WAVES).map(fit) {
        if other.0 < best.0 {
            best = other;
        }
    }
    best.1
}

const INDEPENDENT: &str = "waves and a line that bends once a year do not depend on each other";

/// Tents over as many weeks each as make a whole number of them, a year at least: added up with
/// weights they are a line that bends under each top.
fn bent_line(weeks: usize) -> Vec<Vec<f64>> {
    let spans = (weeks as f64 / YEAR).floor();
    let span = (weeks - 1) as f64 / spans;
    let tent = |top: usize| {
        (0..weeks).map(|week| (1.0 - (week as f64 / span - top as f64).abs()).max(0.0)).collect()
    };
    (0..=spans as usize).map(tent).collect()
}

/// Waves of one, two and three a year, each as a pair.
fn waves(weeks: usize) -> Vec<Vec<f64>> {
    let angle = |per_year: usize, week: usize| TAU * (per_year * week) as f64 / YEAR;
    let pair = |per_year: usize| -> [Vec<f64>; 2] {
        [
            (0..weeks).map(|week| angle(per_year, week).cos()).collect(),
            (0..weeks).map(|week| angle(per_year, week).sin()).collect(),
        ]
    };
    (1..=MOST_WAVES).flat_map(pair).collect()
}

/// The lag-one correlation of what the columns leave of a series.
///
/// Each column takes some of it away, on simulated series half of what a mean does.
fn correlation(columns: &[Vec<f64>], series: &[f64]) -> f64 {
    let fit = least_squares(columns, series).expect(INDEPENDENT);
    let fitted = combine(columns, &fit.coefficients, series.len());
    let rest: Vec<f64> = series.iter().zip(fitted).map(|(x, fitted)| x - fitted).collect();
    let squares = sum(rest[..rest.len() - 1].iter().map(|e| e * e));
    let scale = sum(series.iter().map(|x| x * x));
    if squares <= 1e-24 * scale {
        return 0.0;
    }
    let measured = sum(rest.windows(2).map(|pair| pair[0] * pair[1])) / squares;
    let taken = 0.5 * columns.len() as f64 / series.len() as f64;
    (measured + taken * (1.0 + 3.0 * measured)).clamp(-0.99, 0.99)
}

fn whiten(values: &[f64], correlation: f64) -> Vec<f64> {
    values.windows(2).map(|pair| pair[1] - correlation * pair[0]).collect()
}

fn combine(columns: &[Vec<f64>], coefficients: &[f64], count: usize) -> Vec<f64> {
    let mut combined = vec![0.0; count];
    for (column, coefficient) in columns.iter().zip(coefficients) {
        for (value, x) in combined.iter_mut().zip(column) {
            *value += coefficient * x;
        }
    }
    combined
}

/// Wang, Smith and Hyndman (2006).
fn strength(seasonal: &[f64], remainder: &[f64]) -> f64 {
    let both: Vec<f64> = seasonal.iter().zip(remainder).map(|(a, b)| a + b).collect();
    let all = variance(&both);
    if all > 0.0 { (1.0 - variance(remainder) / all).clamp(0.0, 1.0) } else { 0.0 }
}

fn variance(values: &[f64]) -> f64 {
    let mean = sum(values.iter().copied()) / values.len() as f64;
    sum(values.iter().map(|x| (x - mean) * (x - mean))) / values.len() as f64
}
