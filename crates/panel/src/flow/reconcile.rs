//! Whether a collection's two counters agree.

use schema::Instant;

use super::curve::Point;
use super::worker::fill;
use crate::readings::CounterReading;

const WINDOW_MS: i64 = 30 * 86_400_000;
/// The cumulative counter 30 days ago is told by readings at most this far apart.
const CLOSE_MS: i64 = 8 * 86_400_000;
/// Of smaller sums a few downloads are a large share.
const LEAST_SUM: f64 = 100.0;
/// The two counters are refreshed at different moments: a day or two of 30 is no disagreement.
const TOLERANCE: f64 = 0.1;
/// Classes of the ratio, evenly in logarithms from a hundredth to a hundredfold.
const BINS: usize = 801;
const BINS_PER_DECADE: f64 = 200.0;

/// How well the rolling sums of a collection agree with what its cumulative counters gained.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Disagreement {
    /// How many sums were compared.
    pub compared: u64,
    /// Of how many models.
    pub model_count: u64,
    /// The median of the rolling sum over what the cumulative counter gained in its 30 days; 1 is
    /// agreement. To 1 %.
    pub median_ratio: f64,
    /// The ratio that 5 % of the sums stay below.
    pub low_ratio: f64,
    /// The ratio that 95 % of the sums stay below.
    pub high_ratio: f64,
    /// How far from 1 a ratio is let pass, 0 to 1.
    pub tolerance: f64,
    /// Which share of the sums is further off, 0 to 1.
    pub share_beyond_tolerance: f64,
}

/// Compares the two counters of one model after the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reconciliation {
    ratios: Vec<u64>,
    beyond: u64,
    model_count: u64,
    all_time: Vec<Point>,
}

impl Default for Reconciliation {
    fn default() -> Self {
        Self { ratios: vec![0; BINS], beyond: 0, model_count: 0, all_time: Vec::new() }
    }
}

impl Reconciliation {
    /// Takes the readings of one model, sorted by time, without stale ones.
    ///
    /// A sum is compared where the cumulative counter was read with it, and closely around the
    /// beginning of its 30 days, and did not fall since.
    pub fn add(&mut self, readings: &[CounterReading]) {
        fill(readings, |reading| reading.downloads_all_time, &mut self.all_time);
        let mut is_compared = false;
        for reading in readings {
            let (Some(sum), Some(now)) = (reading.downloads_30d, reading.downloads_all_time) else {
                continue;
            };
            let since = Instant::from_millis(reading.at.millis() - WINDOW_MS);
            let Some(before) = counter_at(&self.all_time, since, reading.at) else { continue };
            let (sum, gained) = (sum as f64, now as f64 - before);
            if sum.max(gained) < LEAST_SUM {
                continue;
            }
            let ratio = sum / gained.max(1.0);
            let bin = (ratio.max(1e-9).log10() * BINS_PER_DECADE).round() + (BINS / 2) as f64;
            self.ratios[bin.clamp(0.0, (BINS - 1) as f64) as usize] += 1;
            self.beyond += u64::from((ratio - 1.0).abs() > TOLERANCE);
            is_compared = true;
        }
        self.model_count += u64::from(is_compared);
    }

    /// Adds what was compared of other models.
    pub fn merge(&mut self, other: &Self) {
        self.ratios.iter_mut().zip(&other.ratios).for_each(|(own, more)| *own += more);
        self.beyond += other.beyond;
        self.model_count += other.model_count;
    }

    /// The disagreement; `None` where nothing could be compared.
    #[must_use]
    pub fn disagreement(&self) -> Option<Disagreement> {
        let compared: u64 = self.ratios.iter().sum();
        (compared > 0).then(|| Disagreement {
            compared,
            model_count: self.model_count,
            median_ratio: self.quantile(compared.div_ceil(2)),
            low_ratio: self.quantile(compared.div_ceil(20)),
            high_ratio: self.quantile((compared * 19).div_ceil(20)),
            tolerance: TOLERANCE,
            share_beyond_tolerance: self.beyond as f64 / compared as f64,
        })
    }

    /// The ratio with this place from below, beginning with 1.
    fn quantile(&self, place: u64) -> f64 {
        let mut below = 0;
        let bin = self.ratios.iter().position(|count| {
            below += count;
            below >= place
        });
        let from_middle = bin.unwrap_or(BINS - 1) as f64 - (BINS / 2) as f64;
        10.0_f64.powf(from_middle / BINS_PER_DECADE)
    }
}

/// The counter at `at` by readings close around it; `None` where there are none, or where it falls
/// from there to `until`.
fn counter_at(points: &[Point], at: Instant, until: Instant) -> Option<f64> {
    let next = points.partition_point(|(read_at, _)| *read_at < at);
    let (next_at, high) = *points.get(next)?;
    let end = points.partition_point(|(read_at, _)| *read_at <= until);
    let first = if next_at == at { next } else { next.checked_sub(1)? };
    if points[first..end].windows(2).any(|pair| pair[1].1 < pair[0].1) {
        return None;
    }
    let (before_at, low) = points[first];
    let width = next_at.millis() - before_at.millis();
    if width == 0 {
        return Some(high as f64);
    }
    let elapsed = (at.millis() - before_at.millis()) as f64;
    (width <= CLOSE_MS).then(|| low as f64 + (high - low) as f64 * elapsed / width as f64)
}
