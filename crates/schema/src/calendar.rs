//! Periods of the calendar.

use std::fmt;
use std::str::FromStr;

use crate::{Day, Error, Instant, Result, Week};

/// A period of the calendar: a year, a quarter, a month, or all years up to one.
///
/// Downloads are told by the week, so a period is made of the weeks most of whose days lie in it:
/// those whose Thursday does, as ISO 8601 counts the weeks of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CalendarPeriod {
    /// All years up to this one.
    UpTo(i32),
    /// A year.
    Year(i32),
    /// A quarter, 1 to 4, of a year.
    Quarter(i32, u32),
    /// A month, 1 to 12, of a year.
    Month(i32, u32),
}

/// The last day of a week's first half and the first of its second.
const THURSDAY: i32 = 3;
const MONTHS_A_QUARTER: u32 = 3;

impl CalendarPeriod {
    /// The periods of *Economies of Open Intelligence*, and the year after its last.
    pub const OF_THE_PAPER: [Self; 5] =
        [Self::UpTo(2022), Self::Year(2023), Self::Year(2024), Self::Year(2025), Self::Year(2026)];

    /// The first day; `None` where the period has no beginning.
    #[must_use]
    pub fn first_day(self) -> Option<Day> {
        match self {
            Self::UpTo(_) => None,
            Self::Year(year) => Day::from_ymd(year, 1, 1),
            Self::Quarter(year, quarter) => {
                Day::from_ymd(year, (quarter - 1) * MONTHS_A_QUARTER + 1, 1)
            }
            Self::Month(year, month) => Day::from_ymd(year, month, 1),
        }
    }

    /// The first day after the period.
    #[must_use]
    pub fn end_day(self) -> Day {
        let (year, month) = match self {
            Self::UpTo(year) | Self::Year(year) => (year, 12),
            Self::Quarter(year, quarter) => (year, quarter * MONTHS_A_QUARTER),
            Self::Month(year, month) => (year, month),
        };
        let (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
        Day::from_ymd(year, month, 1).expect("the years of a period are those of a calendar")
    }

    /// The first instant after the period.
    #[must_use]
    pub fn end(self) -> Instant {
        self.end_day().start()
    }

    /// Its middle; of all years up to one that of this year.
    #[must_use]
    pub fn middle(self) -> Instant {
        const MS_PER_DAY: i64 = 86_400_000;
        let bounded = if let Self::UpTo(year) = self { Self::Year(year) } else { self };
        let first = bounded.first_day().expect("a bounded period has a first day");
        let days = i64::from(self.end_day().epoch_days() - first.epoch_days());
        Instant::from_millis(first.start().millis() + days * MS_PER_DAY / 2)
    }

    /// The first week; `None` where the period has no beginning.
    #[must_use]
    pub fn first_week(self) -> Option<Week> {
        self.first_day().map(first_week_from)
    }

    /// The last week.
    #[must_use]
    pub fn last_week(self) -> Week {
        first_week_from(self.end_day()).plus(-1)
    }

    /// Reads a list of periods, separated by commas.
    pub fn parse_list(text: &str) -> Result<Vec<Self>> {
        text.split(',').map(|part| part.trim().parse()).collect()
    }
}

/// The first week whose Thursday is not before a day.
fn first_week_from(day: Day) -> Week {
    let week = day.week();
    if week.monday().epoch_days() + THURSDAY < day.epoch_days() { week.plus(1) } else { week }
}

impl fmt::Display for CalendarPeriod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UpTo(year) => write!(f, "..{year}"),
            Self::Year(year) => write!(f, "{year}"),
            Self::Quarter(year, quarter) => write!(f, "{year}-Q{quarter}"),
            Self::Month(year, month) => write!(f, "{year}-{month:02}"),
        }
    }
}

impl FromStr for CalendarPeriod {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let unreadable = || Error::UnreadableTime {
            given: text.to_owned(),
            expected: "a period, as 2024, 2024-Q3, 2024-07, or ..2022 for all years up to 2022",
        };
        let year = |text: &str| {
            let is_year = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
            text.parse::<i32>().ok().filter(|_| is_year).ok_or_else(unreadable)
        };
        if let Some(last) = text.strip_prefix("..") {
            return Ok(Self::UpTo(year(last)?));
        }
        let Some((of, part)) = text.split_once('-') else { return Ok(Self::Year(year(text)?)) };
        let number = |text: &str, most: u32| {
            text.parse::<u32>().ok().filter(|part| (1..=most).contains(part)).ok_or_else(unreadable)
        };
        Ok(match part.strip_prefix('Q') {
            Some(quarter) => Self::Quarter(year(of)?, number(quarter, 4)?),
            None => Self::Month(year(of)?, number(part, 12)?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The weeks of ISO 8601 years: 2020 has 53, 2024 begins on 2024-01-01 and ends on 2024-12-29.
    #[test]
    fn a_year_has_the_weeks_that_iso_8601_gives_it() {
        let weeks = |text: &str| {
            let period: CalendarPeriod = text.parse().unwrap();
            let (first, last) = (period.first_week().unwrap(), period.last_week());
            (first.to_string(), last.to_string(), last.number() - first.number() + 1)
        };
        assert_eq!(weeks("2020"), ("2019-12-30".to_owned(), "2020-12-28".to_owned(), 53));
        assert_eq!(weeks("2024"), ("2024-01-01".to_owned(), "2024-12-23".to_owned(), 52));
        assert_eq!(weeks("2025"), ("2024-12-30".to_owned(), "2025-12-22".to_owned(), 52));
        for year in 2019..2031 {
            let first: Week = format!("{year}-W01").parse().unwrap();
            assert_eq!(CalendarPeriod::Year(year).first_week(), Some(first));
        }
    }

    #[test]
    fn periods_follow_each_other_without_a_gap() {
        for year in 2018..2030 {
            let before = CalendarPeriod::UpTo(year).last_week();
            let mut next = before.plus(1);
            for month in 1..=12 {
                let period = CalendarPeriod::Month(year + 1, month);
                assert_eq!(period.first_week(), Some(next));
                next = period.last_week().plus(1);
                if month % 3 == 0 {
                    let quarter = CalendarPeriod::Quarter(year + 1, month / 3);
                    assert_eq!(quarter.last_week().plus(1), next);
                }
            }
            assert_eq!(CalendarPeriod::Year(year + 1).last_week().plus(1), next);
        }
    }

    /// 2024 has 366 days, of which 183 are over on 2 July; the first quarter of 2025 has 90.
    #[test]
    fn a_period_has_its_middle_half_way() {
        let middle = |text: &str| {
            let period: CalendarPeriod = text.parse().unwrap();
            period.middle().to_string()
        };
        assert!(middle("2024").starts_with("2024-07-02T00:00"));
        assert_eq!(middle("..2024"), middle("2024"));
        assert!(middle("2025-Q1").starts_with("2025-02-15T00:00"));
        assert!(middle("2025-02").starts_with("2025-02-15T00:00"));
    }

    #[test]
    fn what_is_written_is_read_and_nothing_else() {
        for text in ["..2022", "2024", "2024-Q3", "2024-07"] {
            assert_eq!(text.parse::<CalendarPeriod>().unwrap().to_string(), text);
        }
        for text in ["", "24", "2024-Q5", "2024-13", "2024-00", "..", "+024", "2024-W01"] {
            assert!(text.parse::<CalendarPeriod>().is_err(), "{text}");
        }
    }
}
