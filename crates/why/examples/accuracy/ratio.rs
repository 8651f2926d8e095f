//! How many of how many, with the interval that so many allow.

use std::fmt;

/// The quantile of the normal distribution for an interval of 95 %.
const Z: f64 = 1.959_963_984_540_054;

/// A number of cases that have a property, out of those that could.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Ratio {
    /// With the property.
    pub(crate) hits: u32,
    /// All of them.
    pub(crate) all: u32,
}

impl Ratio {
    /// Counts one more case.
    pub(crate) fn add(&mut self, is_hit: bool) {
        self.all += 1;
        self.hits += u32::from(is_hit);
    }

    /// The interval of Wilson (1927), which stays within 0 and 1.
    pub(crate) fn interval(self) -> (f64, f64) {
        let n = f64::from(self.all);
        let p = f64::from(self.hits) / n;
        let scale = 1.0 + Z * Z / n;
        let middle = (p + Z * Z / (2.0 * n)) / scale;
        let half = Z / scale * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
        (middle - half, middle + half)
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { hits, all } = self;
        if *all == 0 {
            return f.write_str("no case");
        }
        let (low, high) = self.interval();
        let share = 100.0 * f64::from(*hits) / f64::from(*all);
        write!(f, "{share:.1} % ({hits} of {all}; {:.1}–{:.1} %)", 100.0 * low, 100.0 * high)
    }
}
