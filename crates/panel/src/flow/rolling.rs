//! Flow from a rolling 30-day sum: a fixed-lag Kalman smoother over the last six weekly flows.

use schema::{CellState, Instant, Week};

use super::calibration::Calibration;
use super::curve::Point;
use super::{Birth, Cell, Method};

/// A 30-day window touches at most six weeks.
const WEEKS: usize = 6;
const WINDOW_MS: i64 = 30 * 86_400_000;
const WEEK_MS: f64 = 7.0 * 86_400_000.0;
/// Standard deviations of the change from week to week, as shares of the level, among which each
/// model's own is chosen by the likelihood of its readings.
const INNOVATIONS: [f64; 6] = [0.15, 0.2, 0.3, 0.5, 1.0, 2.0];
/// What is taken for a model with too few readings to tell.
const USUAL_INNOVATION: f64 = 0.25;
const READINGS_TO_TELL: usize = 8;
/// Spread of downloads within a week around an even pace, as a share of the week's flow.
const WITHIN_WEEK: f64 = 0.3;
/// Readings lag by up to a day, and are themselves refreshed unevenly.
const READING_NOISE: f64 = 0.02;
/// A week of which one window covers less is not told by it.
const LEAST_COVERAGE: f64 = 0.9;

type Vector = [f64; WEEKS];
type Matrix = [Vector; WEEKS];

/// Adds to `cells` the flows of the weeks that the readings cover; `readings` are sorted, one an
/// instant.
pub(super) fn flows(
    readings: &[Point],
    birth: Birth,
    last: Week,
    calibration: &Calibration,
    cells: &mut Vec<Cell>,
) {
    let readings = last_of_each_week(readings);
    let (Some(first), Some(newest)) = (readings.first(), readings.last()) else { return };
    let earliest = first.0.week().plus(1 - WEEKS as i32);
    let born = match birth {
        Birth::Known(at) if at.week() > earliest => Some(at.week()),
        _ => None,
    };
    let start = born.unwrap_or(earliest).min(first.0.week());
    let life = Life { readings: &readings, start, is_birth: born.is_some() };
    let innovation = if readings.len() < READINGS_TO_TELL {
        USUAL_INNOVATION
    } else {
        let likelihoods = INNOVATIONS.map(|q| (smooth(&life, q).log_likelihood, q));
        let best = likelihoods.into_iter().max_by(|one, other| one.0.total_cmp(&other.0));
        best.map_or(USUAL_INNOVATION, |(_, q)| q)
    };
    let estimates = smooth(&life, innovation).estimates;
    let weeks = start.to(newest.0.week().min(last)).zip(estimates);
    let mut method = if born.is_some() { Method::RollingFromBirth } else { Method::RollingSmooth };
    for (week, (mean, variance)) in weeks {
        let cell = cell(&readings, week, mean, variance, calibration.rolling(mean));
        if cell.state == CellState::Missing {
            // What a birth tells ends where a week is lost.
            method = Method::RollingSmooth;
            if cells.is_empty() && born.is_none() {
                continue;
            }
            cells.push(cell);
        } else {
            cells.push(Cell { method, ..cell });
        }
    }
}

/// What one model's readings say, and where its life in them begins.
struct Life<'a> {
    readings: &'a [Point],
    start: Week,
    is_birth: bool,
}

/// The mean and variance of each week's flow, and how likely the readings were.
struct Smoothed {
    estimates: Vec<(f64, f64)>,
    log_likelihood: f64,
}

fn smooth(life: &Life<'_>, innovation: f64) -> Smoothed {
    let level = life.readings[0].1 as f64 * 7.0 / 30.0;
    let last = life.readings[life.readings.len() - 1].0.week();
    let mut filter = Filter::new(level, life.is_birth, innovation);
    let mut smoothed = Smoothed { estimates: Vec::new(), log_likelihood: 0.0 };
    let mut next = 0;
    for week in life.start.to(last) {
        if week > life.start {
            filter.step();
        }
        if let Some((at, sum)) = life.readings.get(next).filter(|(at, _)| at.week() == week) {
            smoothed.log_likelihood += filter.observe(&overlaps(*at, week), *sum as f64);
            next += 1;
        }
        smoothed.estimates.push((0.0, 0.0));
        // The state holds the last six weeks: each reading improves them all.
        let newest = smoothed.estimates.len() - 1;
        for lag in 0..WEEKS.min(newest + 1) {
            smoothed.estimates[newest - lag] = (filter.mean[lag], filter.variance[lag][lag]);
        }
    }
    smoothed
}

fn cell(readings: &[Point], week: Week, mean: f64, variance: f64, z: f64) -> Cell {
    let covered = readings.iter().map(|(at, _)| coverage(*at, week)).fold(0.0, f64::max);
    if covered < LEAST_COVERAGE {
        return Cell::missing(week);
    }
    // A week that lies whole in a window cannot exceed its sum.
    let whole = readings.iter().filter(|(at, _)| coverage(*at, week) >= 1.0);
    let most = whole.map(|(_, sum)| *sum as f64).fold(f64::INFINITY, f64::min);
    let spread = z * variance.max(0.0).sqrt();
    let value = mean.clamp(0.0, most);
    Cell {
        week,
        value,
        // Around the value as cut: a mean below zero is no certainty of zero.
        low: (value - spread).clamp(0.0, value),
        high: (value + spread).clamp(value, most.max(value)),
        state: CellState::Estimated,
        method: Method::RollingSmooth,
    }
}

/// Daily readings of one counter share almost all their days; one a week says what they say.
fn last_of_each_week(readings: &[Point]) -> Vec<Point> {
    let mut chosen: Vec<Point> = Vec::new();
    for reading in readings {
        match chosen.last_mut() {
            Some(last) if last.0.week() == reading.0.week() => *last = *reading,
            _ => chosen.push(*reading),
        }
    }
    chosen
}

/// Which share of each of the last six weeks, newest first, lies in the window that ends at `at`.
fn overlaps(at: Instant, week: Week) -> Vector {
    std::array::from_fn(|lag| coverage(at, week.plus(-(lag as i32))))
}

/// Which share of a week lies in the 30 days before `at`.
fn coverage(at: Instant, week: Week) -> f64 {
    let from = week.start().millis().max(at.millis() - WINDOW_MS);
    let to = week.end().millis().min(at.millis());
    (to - from).max(0) as f64 / WEEK_MS
}

/// The last six weekly flows, newest first, with their covariance.
struct Filter {
    mean: Vector,
    variance: Matrix,
    innovation: f64,
}

impl Filter {
    /// Begins at a birth with nothing before it, or somewhere in the life of a model whose level
    /// is only known to be of the order of its first sum.
    fn new(level: f64, is_birth: bool, innovation: f64) -> Self {
        let mut filter = Self { mean: [0.0; WEEKS], variance: [[0.0; WEEKS]; WEEKS], innovation };
        filter.mean[0] = level;
        let spread = if is_birth { 2.0 * level } else { level };
        filter.variance[0][0] = spread * spread + level + 1.0;
        filter
    }

    /// Moves on by a week: the flow goes on as it was, give or take.
    fn step(&mut self) {
        let level = self.mean[0].max(self.mean[1]).max(0.0);
        let innovation = self.innovation * level + level.sqrt() + 0.1;
        for row in (1..WEEKS).rev() {
            self.mean[row] = self.mean[row - 1];
            for column in (1..WEEKS).rev() {
                self.variance[row][column] = self.variance[row - 1][column - 1];
            }
        }
        self.mean[0] = self.mean[1];
        for lag in 1..WEEKS {
            self.variance[0][lag] = self.variance[1][lag];
            self.variance[lag][0] = self.variance[lag][1];
        }
        self.variance[0][0] = self.variance[1][1] + innovation * innovation;
    }

    /// Learns from a sum of the last 30 days; returns the log-likelihood of it, up to a constant.
    fn observe(&mut self, weights: &Vector, sum: f64) -> f64 {
        let level = sum * 7.0 / 30.0;
        // Of a week that the window cuts, the pace within decides how much lies inside.
        let cut: f64 = (self.mean.iter().zip(weights))
            .map(|(mean, weight)| weight * (1.0 - weight) * mean.max(level).powi(2))
            .sum();
        let reading = READING_NOISE * sum;
        let noise = WITHIN_WEEK * WITHIN_WEEK * cut + reading * reading + 1.0;
        let reach: Vector = std::array::from_fn(|row| {
            self.variance[row].iter().zip(weights).map(|(v, w)| v * w).sum()
        });
        let expected: f64 = self.mean.iter().zip(weights).map(|(mean, weight)| mean * weight).sum();
        let spread: f64 = reach.iter().zip(weights).map(|(r, w)| r * w).sum::<f64>() + noise;
        let surprise = (sum - expected) / spread;
        for row in 0..WEEKS {
            self.mean[row] += reach[row] * surprise;
            for column in 0..WEEKS {
                self.variance[row][column] -= reach[row] * reach[column] / spread;
            }
        }
        -0.5 * (spread.ln() + surprise * surprise * spread)
    }
}
