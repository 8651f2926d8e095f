//! Sums that keep their digits.

/// A running sum with its rounding error carried beside it.
///
/// This is the compensated sum of Ogita, Rump and Oishi (2005), whose result for values of one
/// sign is as good as if it had been added in twice the precision and rounded once.
/// It has no branch, so it runs at the speed of a plain sum.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Sum {
    rounded: f64,
    lost: f64,
}

impl Sum {
    /// Adds `value`.
    pub(crate) fn add(&mut self, value: f64) {
        let sum = self.rounded + value;
        let part_of_value = sum - self.rounded;
        let part_of_sum = sum - part_of_value;
        self.lost += (self.rounded - part_of_sum) + (value - part_of_value);
        self.rounded = sum;
    }

    /// The sum so far.
    pub(crate) fn value(self) -> f64 {
        self.rounded + self.lost
    }
}

/// Adds `values` up.
pub(crate) fn sum(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut sum = Sum::default();
    for value in values {
        sum.add(value);
    }
    sum.value()
}

#[cfg(test)]
mod tests;
