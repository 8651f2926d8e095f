//! One number of a result.

use schema::Estimate;

/// What a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// A share of the market, 0 to 1.
    Share,
    /// An index, a mean or another number of one time.
    Value(&'static str),
    /// The later number minus the earlier.
    Change(&'static str),
    /// The later number by the earlier.
    Ratio(&'static str),
    /// A part of a change.
    Part(&'static str),
    /// A date.
    Date(&'static str),
}

impl What {
    /// Its name in tables.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::Share => "share".to_owned(),
            Self::Value(of) | Self::Part(of) | Self::Date(of) => of.to_owned(),
            Self::Change(of) => format!("change of {of}"),
            Self::Ratio(of) => format!("ratio of {of}"),
        }
    }
}

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// A share, 0 to 1, as a percentage.
    Share,
    /// A difference of shares, in percentage points.
    Points,
    /// How many times.
    Times,
    /// An index on 0 to 10,000, or a difference of two.
    Index,
    /// A large number with a prefix, as parameters.
    Large,
    /// Any other number.
    Plain,
    /// A whole number.
    Count,
    /// The Monday of a week, in days since 1970.
    Week,
}

/// A test of no change.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Test {
    /// How it is made.
    pub method: &'static str,
    /// How likely so much is where nothing changed.
    pub p: f64,
    /// The same, corrected for all tests of the family: at most 0.05 of those that are called
    /// found are false.
    pub adjusted: f64,
    /// How many tests the family has.
    pub family: usize,
}

/// One number of a result.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What it is.
    pub what: What,
    /// Of which unit; `None` of the market.
    pub unit: Option<String>,
    /// When, or from when to when.
    pub when: String,
    /// How it is written.
    pub form: Form,
    /// The number.
    pub estimate: Estimate,
    /// The test of a change.
    pub test: Option<Test>,
}

impl Line {
    /// Attribution and sampling joined, by Imbens and Manski: the bounds, widened by what luck can
    /// do at each end. `None` where either is not told.
    #[must_use]
    pub fn joined(&self) -> Option<(f64, f64)> {
        let Estimate { bound_low, bound_high, sampling_low, sampling_high, .. } = self.estimate;
        let bounds = stats::Bounds { low: bound_low?, high: bound_high? };
        // A percentile interval is 3.92 standard errors wide where draws are about normal.
        let error = (sampling_high? - sampling_low?) / (2.0 * 1.959_963_984_540_054);
        let joined = stats::imbens_manski(bounds, error, error, crate::sampling::CONFIDENCE);
        Some((joined.low, joined.high))
    }
}

impl Form {
    /// Writes a number for people, with its unit.
    #[must_use]
    pub fn write(self, value: f64) -> String {
        let (number, unit) = self.parts(value);
        format!("{number}{unit}")
    }

    /// Writes two ends of a number for people, with the unit once; an end that is not known is a
    /// question mark.
    #[must_use]
    pub fn write_range(self, low: Option<f64>, high: Option<f64>) -> String {
        let unknown = || ("?".to_owned(), String::new());
        let [low, high] = [low, high].map(|end| end.map_or_else(unknown, |end| self.parts(end)));
        let first = if low.1 == high.1 { low.0 } else { format!("{}{}", low.0, low.1) };
        format!("{first} … {}{}", high.0, high.1)
    }

    /// The number, and its unit with the space before it.
    fn parts(self, value: f64) -> (String, String) {
        let size = value.abs();
        let (number, unit) = match self {
            Self::Share => (digits(size * 100.0), " %"),
            Self::Points => (digits(size * 100.0), " points"),
            Self::Times => (digits(size), " times"),
            Self::Index | Self::Count => (thousands(size), ""),
            Self::Large => large(size),
            Self::Plain => (digits(size), ""),
            Self::Week => {
                let day = schema::Day::from_epoch_days(value.round() as i32);
                return (day.to_string(), String::new());
            }
        };
        let is_negative = value < 0.0 && number.contains(|c: char| c.is_ascii_digit() && c != '0');
        let sign = if is_negative { "−" } else { "" };
        (format!("{sign}{number}"), unit.to_owned())
    }
}

/// Three digits that count, and at least one after the point of what is below a hundred.
fn digits(size: f64) -> String {
    match size {
        _ if size >= 1_000.0 => thousands(size),
        _ if size >= 100.0 => format!("{size:.0}"),
        _ if size >= 1.0 => format!("{size:.1}"),
        _ if size >= 0.1 => format!("{size:.2}"),
        _ if size >= 0.001 => format!("{size:.3}"),
        _ if size > 0.0 => format!("{size:.1e}"),
        _ => "0".to_owned(),
    }
}

fn large(size: f64) -> (String, &'static str) {
    let prefixes = [(1e12, " T"), (1e9, " B"), (1e6, " M"), (1e3, " k")];
    let fitting = prefixes.iter().find(|(from, _)| size >= *from);
    fitting.map_or_else(|| (digits(size), ""), |(from, name)| (digits(size / from), name))
}

/// A whole number with thousands apart.
fn thousands(size: f64) -> String {
    let whole = format!("{size:.0}");
    let mut text = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bounds without width leave the sampling interval; wide ones are widened by 1.645 errors.
    #[test]
    fn bounds_and_sampling_are_joined() {
        let of = |low: f64, high: f64| {
            let estimate = Estimate {
                bound_low: Some(low),
                bound_high: Some(high),
                sampling_low: Some(-1.959_963_984_540_054),
                sampling_high: Some(1.959_963_984_540_054),
                ..Estimate::alone(0.0, 1)
            };
            let (what, when) = (What::Share, String::new());
            Line { what, unit: None, when, form: Form::Plain, estimate, test: None }.joined()
        };
        let (low, high) = of(0.0, 0.0).unwrap();
        assert!((low + 1.959_964).abs() < 1e-5 && (high - 1.959_964).abs() < 1e-5);
        let (low, high) = of(-50.0, 50.0).unwrap();
        assert!((low + 51.644_854).abs() < 1e-5 && (high - 51.644_854).abs() < 1e-5);
    }

    #[test]
    fn numbers_are_written_with_the_digits_that_count() {
        assert_eq!(Form::Share.write(0.12345), "12.3 %");
        assert_eq!(Form::Share.write(0.000_02), "0.002 %");
        assert_eq!(Form::Points.write(-0.081), "−8.1 points");
        assert_eq!(Form::Times.write(17.04), "17.0 times");
        assert_eq!(Form::Index.write(1_234.5), "1,234");
        assert_eq!(Form::Index.write(-1_234.5), "−1,234");
        assert_eq!(Form::Large.write(20.8e9), "20.8 B");
        assert_eq!(Form::Week.write(19_723.0), "2024-01-01");
        assert_eq!(Form::Plain.write(0.0), "0");
        assert_eq!(Form::Points.write_range(Some(-0.081), Some(0.02)), "−8.1 … 2.0 points");
        assert_eq!(Form::Large.write_range(Some(9e8), None), "900 M … ?");
    }
}
