//! Instants, days and weeks, all in UTC.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, SecondsFormat, Utc};

use crate::{Error, Result};

const MS_PER_DAY: i64 = 86_400_000;
const DAYS_PER_WEEK: i32 = 7;
/// 1970-01-01 was a Thursday; its week began three days earlier.
const EPOCH_TO_MONDAY: i32 = 3;

/// A moment in UTC, to the millisecond.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i64);

impl Instant {
    /// Makes an instant from milliseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// The UTC day that holds this instant.
    #[must_use]
    pub const fn day(self) -> Day {
        Day(self.0.div_euclid(MS_PER_DAY) as i32)
    }

    /// The week that holds this instant.
    #[must_use]
    pub const fn week(self) -> Week {
        self.day().week()
    }

    /// Days from `earlier` to this instant, fractional; negative when it is later.
    #[must_use]
    pub fn days_since(self, earlier: Self) -> f64 {
        (self.0 - earlier.0) as f64 / MS_PER_DAY as f64
    }

    /// Reads an RFC 3339 instant, or one without an offset, which is taken as UTC.
    pub fn parse(text: &str) -> Result<Self> {
        if let Ok(at) = DateTime::parse_from_rfc3339(text) {
            return Ok(Self(at.timestamp_millis()));
        }
        for format in ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M"] {
            if let Ok(at) = NaiveDateTime::parse_from_str(text, format) {
                return Ok(Self(at.and_utc().timestamp_millis()));
            }
        }
        Err(Error::UnreadableTime {
            given: text.to_owned(),
            expected: "an instant, as 2026-08-19T07:36:31Z",
        })
    }

    /// Reads what a person means by "as of": a date means its end, an instant itself.
    pub fn parse_as_of(text: &str) -> Result<Self> {
        if let Ok(day) = text.parse::<Day>() {
            return Ok(Self(day.next().start().0 - 1));
        }
        Self::parse(text).map_err(|_| Error::UnreadableTime {
            given: text.to_owned(),
            expected: "a date or an instant, as 2026-08-19 or 2026-08-19T07:36:31Z",
        })
    }

    /// Reads an HTTP `Date` header (RFC 9110, IMF-fixdate).
    pub fn parse_http_date(text: &str) -> Result<Self> {
        DateTime::parse_from_rfc2822(text).map(|at| Self(at.timestamp_millis())).map_err(|_| {
            Error::UnreadableTime {
                given: text.to_owned(),
                expected: "an HTTP date, as Wed, 19 Aug 2026 07:36:31 GMT",
            }
        })
    }

    /// Writes an HTTP `Date` header (RFC 9110, IMF-fixdate).
    #[must_use]
    pub fn to_http_date(self) -> String {
        self.utc().format("%a, %d %b %Y %H:%M:%S GMT").to_string()
    }

    /// Writes `20260819T073631Z`, for names of folders that sort by time.
    #[must_use]
    pub fn to_stamp(self) -> String {
        self.utc().format("%Y%m%dT%H%M%SZ").to_string()
    }

    fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0).unwrap_or(DateTime::<Utc>::UNIX_EPOCH)
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let format = if self.0 % 1000 == 0 { SecondsFormat::Secs } else { SecondsFormat::Millis };
        f.write_str(&self.utc().to_rfc3339_opts(format, true))
    }
}

/// A calendar day in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

impl Day {
    /// Makes a day from days since 1970-01-01.
    #[must_use]
    pub const fn from_epoch_days(days: i32) -> Self {
        Self(days)
    }

    /// Days since 1970-01-01.
    #[must_use]
    pub const fn epoch_days(self) -> i32 {
        self.0
    }

    /// Makes a day from its calendar date; `None` for one that does not exist.
    #[must_use]
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, day).map(Self::from_date)
    }

    /// Midnight at which the day begins.
    #[must_use]
    pub const fn start(self) -> Instant {
        Instant(self.0 as i64 * MS_PER_DAY)
    }

    /// The day after this one.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }

    /// The week that holds this day.
    #[must_use]
    pub const fn week(self) -> Week {
        Week((self.0 + EPOCH_TO_MONDAY).div_euclid(DAYS_PER_WEEK))
    }

    /// The calendar year.
    #[must_use]
    pub fn year(self) -> i32 {
        self.date().year()
    }

    /// The month of the year, 1 to 12.
    #[must_use]
    pub fn month(self) -> u32 {
        self.date().month()
    }

    /// The day of the month, 1 to 31.
    #[must_use]
    pub fn day_of_month(self) -> u32 {
        self.date().day()
    }

    fn from_date(date: NaiveDate) -> Self {
        Self((date - NaiveDate::default()).num_days() as i32)
    }

    fn date(self) -> NaiveDate {
        let epoch = NaiveDate::default();
        let days = Days::new(u64::from(self.0.unsigned_abs()));
        let date =
            if self.0 < 0 { epoch.checked_sub_days(days) } else { epoch.checked_add_days(days) };
        date.unwrap_or(epoch)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.date().format("%Y-%m-%d"))
    }
}

impl FromStr for Day {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        NaiveDate::parse_from_str(text, "%Y-%m-%d").map(Self::from_date).map_err(|_| {
            Error::UnreadableTime { given: text.to_owned(), expected: "a date, as 2026-08-19" }
        })
    }
}

/// An ISO week: seven days from Monday 00:00 UTC, named by its Monday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Week(i32);

impl Week {
    /// Makes a week from its number; week 0 holds 1970-01-01.
    #[must_use]
    pub const fn from_number(number: i32) -> Self {
        Self(number)
    }

    /// The week's number; week 0 holds 1970-01-01.
    #[must_use]
    pub const fn number(self) -> i32 {
        self.0
    }

    /// The Monday that names the week.
    #[must_use]
    pub const fn monday(self) -> Day {
        Day(self.0 * DAYS_PER_WEEK - EPOCH_TO_MONDAY)
    }

    /// Monday 00:00 UTC, when the week begins.
    #[must_use]
    pub const fn start(self) -> Instant {
        self.monday().start()
    }

    /// The next Monday 00:00 UTC, when the week is over.
    #[must_use]
    pub const fn end(self) -> Instant {
        self.plus(1).start()
    }

    /// The week `weeks` later, or earlier when negative.
    #[must_use]
    pub const fn plus(self, weeks: i32) -> Self {
        Self(self.0 + weeks)
    }

    /// The last week that is over at `at`.
    #[must_use]
    pub const fn last_complete(at: Instant) -> Self {
        at.week().plus(-1)
    }

    /// Every week from this one to `last`, both included.
    pub fn to(self, last: Self) -> impl DoubleEndedIterator<Item = Self> + Clone {
        (self.0..=last.0).map(Self)
    }
}

impl fmt::Display for Week {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.monday().fmt(f)
    }
}

impl FromStr for Week {
    type Err = Error;

    /// Reads `2026-W34`, or any date, which means the week that holds it.
    fn from_str(text: &str) -> Result<Self> {
        let unreadable = || Error::UnreadableTime {
            given: text.to_owned(),
            expected: "a week, as 2026-08-17 (its Monday) or 2026-W34",
        };
        if let Some((year, week)) = text.split_once("-W") {
            let year = year.parse().map_err(|_| unreadable())?;
            let week = week.parse().map_err(|_| unreadable())?;
            return NaiveDate::from_isoywd_opt(year, week, chrono::Weekday::Mon)
                .map(|monday| Day::from_date(monday).week())
                .ok_or_else(unreadable);
        }
        text.parse::<Day>().map(Day::week).map_err(|_| unreadable())
    }
}

/// How many trailing weeks a flow is summed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Window {
    /// The week itself.
    #[default]
    Week,
    /// The 4 weeks that end with the named one.
    FourWeeks,
    /// The 13 weeks that end with the named one.
    Quarter,
    /// The 52 weeks that end with the named one.
    Year,
    /// So many weeks that end with the named one, as a period of the calendar has.
    Weeks(u16),
}

impl Window {
    /// Every window that has a name, shortest first.
    pub const ALL: [Self; 4] = [Self::Week, Self::FourWeeks, Self::Quarter, Self::Year];

    /// The number of weeks.
    #[must_use]
    pub const fn weeks(self) -> u32 {
        match self {
            Self::Week => 1,
            Self::FourWeeks => 4,
            Self::Quarter => 13,
            Self::Year => 52,
            Self::Weeks(weeks) => weeks as u32,
        }
    }
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.weeks().fmt(f)
    }
}

impl FromStr for Window {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let known =
            [("1", Self::Week), ("4", Self::FourWeeks), ("13", Self::Quarter), ("52", Self::Year)];
        crate::parse_name("window", text, &known)
    }
}

#[cfg(test)]
mod tests;
