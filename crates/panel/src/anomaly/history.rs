//! A model's known weeks, and the robust level and scale of those before one of them.

use std::ops::Range;

use super::{Series, SeriesSource, SeriesThresholds};

/// One download in the units of values.
pub(super) const ONE: u32 = crate::PARTS;
/// What the median of distances from the median is multiplied by, so that it estimates the
/// standard deviation of normal values.
const TO_DEVIATION: f32 = 1.4826;
/// No history is longer.
const MOST: usize = 32;

/// The known weeks of one model.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Places in the series, ascending.
    pub(super) places: Vec<u32>,
    /// Flows in units of 1/64 download, capped so that one download can be added.
    pub(super) values: Vec<u32>,
}

impl Known {
    /// Takes the known weeks of a series.
    pub(super) fn fill<S: SeriesSource>(&mut self, series: &Series<'_, S::Mark>) {
        self.places.clear();
        self.values.clear();
        for (place, (value, mark)) in series.values.iter().zip(series.marks).enumerate() {
            if S::is_known(*mark) {
                self.places.push(place as u32);
                self.values.push((*value).min(u32::MAX - ONE));
            }
        }
    }

    /// How many weeks are known.
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// The natural logarithm of a week's downloads and one more.
    pub(super) fn log(&self, at: usize) -> f32 {
        log(self.values[at])
    }

    /// Calendar weeks between two known weeks.
    pub(super) fn weeks_between(&self, from: usize, to: usize) -> u32 {
        self.places[to] - self.places[from]
    }

    /// The known weeks that are the history of one, none of them before `since`.
    pub(super) fn history(
        &self,
        at: usize,
        since: usize,
        thresholds: &SeriesThresholds,
    ) -> Option<&[u32]> {
        let mut from = since.max(at.saturating_sub(thresholds.history_weeks.min(MOST)));
        while from < at && self.weeks_between(from, at) > thresholds.history_reach {
            from += 1;
        }
        (at - from >= thresholds.least_history).then(|| &self.values[from..at])
    }

    /// The places at which a jump can be told, from the first with a history to the last known.
    pub(super) fn tellable(&self, thresholds: &SeriesThresholds) -> Range<u32> {
        let from = self.places.get(thresholds.least_history).copied().unwrap_or_default();
        let to = self.places.last().map_or(0, |place| place + 1);
        if self.len() > thresholds.least_history { from..to } else { 0..0 }
    }
}

/// The natural logarithm of a value's downloads and one more.
pub(super) fn log(value: u32) -> f32 {
    ((value + ONE) as f32 / ONE as f32).ln()
}

/// The median of the logarithms of some values; 0 for none.
pub(super) fn level(values: &[u32]) -> f32 {
    let mut sorted = [0_u32; MOST];
    let sorted = &mut sorted[..values.len().min(MOST)];
    sorted.copy_from_slice(&values[values.len() - sorted.len()..]);
    sorted.sort_unstable();
    match sorted.len() {
        0 => 0.0,
        // The logarithm keeps order, so only the middle needs it.
        count if count % 2 == 1 => log(sorted[count / 2]),
        count => f32::midpoint(log(sorted[count / 2 - 1]), log(sorted[count / 2])),
    }
}

/// How far the logarithms of some values lie from `level`, robustly: an estimate of their
/// standard deviation that up to half of them cannot carry away.
pub(super) fn spread(values: &[u32], level: f32) -> f32 {
    let values = &values[values.len().saturating_sub(MOST)..];
    let mut distances = [0.0_f32; MOST];
    let distances = &mut distances[..values.len()];
    for (distance, value) in distances.iter_mut().zip(values) {
        *distance = (log(*value) - level).abs();
    }
    distances.sort_unstable_by(f32::total_cmp);
    match distances.len() {
        0 => 0.0,
        count => TO_DEVIATION * f32::midpoint(distances[(count - 1) / 2], distances[count / 2]),
    }
}

#[cfg(test)]
mod tests;
