//! Between which times headlines compare.

use schema::{Instant, Measure, MeasureKind, Week, Window};

use crate::answer::At;
use crate::{Market, Period};

/// A year, of weeks and of readings: the least days between them.
const YEAR_WEEKS: i32 = 52;
const YEAR_MS: i64 = 364 * 86_400_000;
/// With so many weeks, sums over 13 of them are compared; with fewer, over 4, or single weeks.
const LEAST_WEEKS: [(i32, Window); 2] = [(26, Window::Quarter), (8, Window::FourWeeks)];

/// The two times that headlines compare, and over how many weeks flows are summed before each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeadlineSpan {
    /// Over how many trailing weeks flows are summed; one for readings.
    pub window: Window,
    /// The newest time.
    pub now: At,
    /// A year before, or as long as the record is; windows do not overlap. `None` where there is
    /// no earlier time.
    pub earlier: Option<At>,
}

impl HeadlineSpan {
    /// The span that a market's record allows; `None` where it has no reading of the measure's kind.
    #[must_use]
    pub fn of(market: &Market, measure: Measure) -> Option<Self> {
        match measure.kind() {
            MeasureKind::Flow => market.weeks().map(|(first, last)| Self::of_weeks(first, last)),
            MeasureKind::AsOf => Self::of_readings(market.instants()),
        }
    }

    fn of_weeks(first: Week, last: Week) -> Self {
        let weeks = last.number() - first.number() + 1;
        let longest = LEAST_WEEKS.into_iter().find(|(least, _)| weeks >= *least);
        let window = longest.map_or(Window::Week, |(_, window)| window);
        let length = window.weeks() as i32;
        let earlier = last.plus(-YEAR_WEEKS).max(first.plus(length - 1));
        let is_apart = last.number() - earlier.number() >= length;
        Self { window, now: At::Week(last), earlier: is_apart.then_some(At::Week(earlier)) }
    }

    fn of_readings(instants: &[Instant]) -> Option<Self> {
        let now = *instants.last()?;
        let year_ago = Instant::from_millis(now.millis() - YEAR_MS);
        let before = instants.partition_point(|at| *at <= year_ago);
        let earlier = instants[..before].last().or(instants.first()).copied();
        Some(Self {
            window: Window::Week,
            now: At::Instant(now),
            earlier: earlier.filter(|at| *at < now).map(At::Instant),
        })
    }

    /// The period of a question about one of the two times.
    #[must_use]
    pub fn period(at: At) -> Period {
        match at {
            At::Instant(at) => Period::AsOf(at),
            At::Week(week) => Period::Weeks { from: Some(week), to: Some(week) },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weeks(count: i32) -> (u32, Option<i32>) {
        let first: Week = "2024-01-01".parse().unwrap();
        let span = HeadlineSpan::of_weeks(first, first.plus(count - 1));
        let back = span.earlier.map(|earlier| match (span.now, earlier) {
            (At::Week(now), At::Week(earlier)) => now.number() - earlier.number(),
            _ => panic!("weeks are asked of flows"),
        });
        (span.window.weeks(), back)
    }

    /// By hand: windows of 13 weeks that do not overlap need 26; a year back is 52.
    #[test]
    fn windows_are_as_long_as_the_record_allows_and_never_overlap() {
        assert_eq!(weeks(1), (1, None));
        assert_eq!(weeks(2), (1, Some(1)));
        assert_eq!(weeks(8), (4, Some(4)));
        assert_eq!(weeks(26), (13, Some(13)));
        assert_eq!(weeks(60), (13, Some(47)));
        assert_eq!(weeks(300), (13, Some(52)));
    }

    #[test]
    fn readings_are_compared_over_a_year_or_as_long_as_there_are_any() {
        let day = |days: i64| Instant::from_millis(days * 86_400_000);
        let earlier = |days: &[i64]| {
            let instants: Vec<Instant> = days.iter().map(|days| day(*days)).collect();
            HeadlineSpan::of_readings(&instants).map(|span| span.earlier)
        };
        let at = |days: i64| Some(Some(At::Instant(day(days))));
        assert_eq!(earlier(&[]), None);
        assert_eq!(earlier(&[5]), Some(None));
        assert_eq!(earlier(&[5, 90, 100]), at(5));
        assert_eq!(earlier(&[5, 100, 136, 137, 500]), at(136));
    }
}
