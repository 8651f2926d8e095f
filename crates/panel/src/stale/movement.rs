//! How much a model's counters normally move, and how likely they are to stand still.

use crate::readings::CounterReading;
use crate::stale::repeats;

/// Fewer movements do not tell what is normal for a model.
const LEAST_MOVEMENTS: f64 = 5.0;
/// How many movements' worth the usual spread of a movement's logarithm, 1, counts for.
const USUAL_WEIGHT: f64 = 3.0;
/// Readings at one instant are taken to lie a quarter of an hour apart.
const LEAST_DAYS: f64 = 0.01;
/// Upper ends of the classes of expected downloads between two readings; the last has none.
const CLASS_ENDS: [f64; CLASSES - 1] = [1.0, 10.0, 100.0, 1_000.0, 10_000.0];
/// How many classes of expected downloads there are.
pub(super) const CLASSES: usize = 6;

/// What is normal for one model.
pub(super) struct Movement {
    /// Downloads a day by the cumulative counter; `None` where it is not known.
    pace: Option<f64>,
    /// Sums over the logarithms of its movements, scaled to its usual span between readings.
    count: f64,
    sum: f64,
    squares: f64,
    usual_days: f64,
}

impl Movement {
    /// Learns from all readings of a model, sorted by time.
    pub(super) fn of(readings: &[CounterReading]) -> Self {
        let mut all_time = readings.iter().filter_map(|r| Some((r.at, r.downloads_all_time?)));
        let pace = all_time.next().and_then(|(since, first)| {
            let (until, last) = all_time.next_back()?;
            Some((last - first).max(0) as f64 / until.days_since(since).max(LEAST_DAYS))
        });
        let spans = readings.len().saturating_sub(1).max(1) as f64;
        let whole = readings.first().zip(readings.last());
        let days = whole.map_or(1.0, |(first, last)| last.at.days_since(first.at));
        let usual_days = (days / spans).max(LEAST_DAYS);
        let mut movement = Self { pace, count: 0.0, sum: 0.0, squares: 0.0, usual_days };
        for pair in readings.windows(2) {
            let Some(moved) = moved(&pair[0], &pair[1]) else { continue };
            let days = pair[1].at.days_since(pair[0].at).max(LEAST_DAYS);
            let logarithm = (moved * movement.scale(usual_days / days)).ln_1p();
            movement.count += 1.0;
            movement.sum += logarithm;
            movement.squares += logarithm * logarithm;
        }
        movement
    }

    /// The class of how many downloads are expected between two readings.
    pub(super) fn class(&self, before: &CounterReading, after: &CounterReading) -> Option<usize> {
        let days = after.at.days_since(before.at).max(LEAST_DAYS);
        let by_sum = before.downloads_30d.map(|sum| sum as f64 / 30.0);
        let expected = self.pace.or(by_sum)? * days.min(30.0);
        Some(CLASS_ENDS.iter().take_while(|end| expected >= **end).count())
    }

    /// The chance that the model stands still between two readings, by its own history without the
    /// `run` of repeats that they are in; `None` where that is too short.
    pub(super) fn chance_of_rest(
        &self,
        before: &CounterReading,
        after: &CounterReading,
        run: usize,
    ) -> Option<f64> {
        let count = self.count - run as f64;
        if count < LEAST_MOVEMENTS {
            return None;
        }
        let days = after.at.days_since(before.at).max(LEAST_DAYS);
        let mean = self.sum / count;
        let spread = (self.squares - count * mean * mean).max(0.0) + USUAL_WEIGHT;
        let spread = (spread / (count - 1.0 + USUAL_WEIGHT)).sqrt();
        let mean = mean + self.scale(days / self.usual_days).ln();
        let tail = normal_tail((mean - 1.5_f64.ln()) / spread);
        if self.pace.is_some() {
            return Some(tail);
        }
        // A sum goes up and down: on its way it passes through standing still.
        Some(tail.max(0.3 / mean.exp().max(1.0)))
    }

    /// How a movement grows with time: a count by time itself, a sum by its root.
    fn scale(&self, times: f64) -> f64 {
        if self.pace.is_some() { times } else { times.sqrt() }
    }
}

/// By how much the counter that tells more moved; `None` where neither is known twice.
fn moved(before: &CounterReading, after: &CounterReading) -> Option<f64> {
    if repeats(before, after) {
        return Some(0.0);
    }
    let step = |counter: fn(&CounterReading) -> Option<i64>| {
        Some(counter(before)?.abs_diff(counter(after)?) as f64)
    };
    let all_time = step(|reading| reading.downloads_all_time);
    all_time.or_else(|| step(|reading| reading.downloads_30d))
}

/// The chance of a normal value above `z`, to 1e-3 of itself for 0 and more (Zelen and Severo 1964,
/// formula 26.2.17 of Abramowitz and Stegun).
fn normal_tail(z: f64) -> f64 {
    if z < 0.0 {
        return 1.0 - normal_tail(-z);
    }
    let t = 1.0 / (1.0 + 0.231_641_9 * z);
    let series = t
        * (0.319_381_530
            + t * (-0.356_563_782
                + t * (1.781_477_937 + t * (-1.821_255_978 + t * 1.330_274_429))));
    series * (-0.5 * z * z).exp() / (2.0 * std::f64::consts::PI).sqrt()
}
