//! Numbers to pixels, and where the ticks of an axis lie.

use crate::{Unit, format};

/// A straight mapping from a domain of values to a range of pixels.
///
/// A domain without width maps to the middle of the range.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Linear {
    pub(crate) v0: f64,
    pub(crate) v1: f64,
    pub(crate) px0: f64,
    pub(crate) px1: f64,
}

impl Linear {
    pub(crate) fn px(&self, value: f64) -> f64 {
        let width = self.v1 - self.v0;
        if width.abs() < f64::MIN_POSITIVE {
            return f64::midpoint(self.px0, self.px1);
        }
        self.px0 + (value - self.v0) / width * (self.px1 - self.px0)
    }

    /// The form in which scripts read the scale, as `linear:0:10000:380:20`.
    pub(crate) fn attribute(&self, name: &str) -> String {
        let px = |value: f64| crate::svg::rounded(value);
        format!("{name}:{}:{}:{}:{}", self.v0, self.v1, px(self.px0), px(self.px1))
    }
}

/// A value axis: its domain, ticks and their labels.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Axis {
    pub(crate) low: f64,
    pub(crate) high: f64,
    pub(crate) ticks: Vec<f64>,
    pub(crate) labels: Vec<String>,
}

/// Makes the axis for `values`, with about `wanted` ticks on round numbers.
///
/// Counts, shares and indices begin at 0 unless a value is negative.
/// No values, equal values and zeros only have a domain of some width.
pub(crate) fn axis(unit: &Unit, values: impl Iterator<Item = f64>, wanted: usize) -> Axis {
    let (mut low, mut high) = extent(values).unwrap_or((0.0, 0.0));
    if unit.starts_at_zero() {
        low = low.min(0.0);
        high = high.max(0.0);
    }
    if high - low <= high.abs().max(low.abs()) * 1e-9 {
        (low, high) = widened(low, high);
    }
    let step = nice_step((high - low) / wanted.max(1) as f64);
    let first = (low / step + 1e-9).floor();
    let mut last = (high / step - 1e-9).ceil();
    if let Some(most) = greatest(unit)
        && high <= most
    {
        last = last.min((most / step + 1e-9).floor()).max(first + 1.0);
    }
    let count = (last - first).clamp(1.0, 40.0) as usize;
    let ticks: Vec<f64> = (0..=count).map(|index| (first + index as f64) * step).collect();
    let labels = format::tick_labels(unit, &ticks, step);
    let low = ticks[0];
    let top = ticks[count];
    Axis { low, high: if top < high { high } else { top }, ticks, labels }
}

/// Whole numbers for ticks between two places, at most about `wanted`, on round steps.
pub(crate) fn whole_ticks(from: f64, to: f64, wanted: usize) -> Vec<f64> {
    let step = nice_step(((to - from) / wanted.max(1) as f64).max(1.0)).ceil();
    let first = (from / step - 1e-9).ceil();
    let last = (to / step + 1e-9).floor();
    let count = (last - first).clamp(0.0, 40.0) as usize;
    (0..=count).map(|index| (first + index as f64) * step).filter(|tick| *tick <= to).collect()
}

/// The least and the greatest of some values; `None` without values.
pub(crate) fn extent(values: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    values.fold(None, |extent, value| match extent {
        None => Some((value, value)),
        Some((low, high)) => Some((value.min(low), value.max(high))),
    })
}

/// The greatest value that a unit allows.
fn greatest(unit: &Unit) -> Option<f64> {
    match unit {
        Unit::Share | Unit::Points => Some(1.0),
        Unit::Index { max, .. } => Some(*max),
        Unit::Count(_) | Unit::Number(_) => None,
    }
}

/// A domain around one value: all zeros reach to 1, any other value has a tenth on both sides.
fn widened(low: f64, high: f64) -> (f64, f64) {
    let size = high.abs().max(low.abs());
    if size < 1e-12 {
        return (low.min(0.0), 1.0);
    }
    (low - size * 0.1, high + size * 0.1)
}

/// The least of 1, 2, 2.5 or 5 times a power of ten that is not below `rough`.
fn nice_step(rough: f64) -> f64 {
    let power = 10_f64.powf(rough.log10().floor());
    let fraction = rough / power;
    let nice =
        [1.0, 2.0, 2.5, 5.0].into_iter().find(|nice| fraction <= nice + 1e-9).unwrap_or(10.0);
    nice * power
}

#[cfg(test)]
mod tests;
