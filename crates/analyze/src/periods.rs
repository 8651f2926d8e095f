//! Periods of the calendar as far as a collection reaches.

use schema::{CalendarPeriod, Instant, MeasureKind, Week, Window};

use crate::{Error, Market, Period, Query, Result};

/// A question about a period of the calendar, as far as the collection reaches into it.
#[derive(Debug, Clone, PartialEq)]
pub struct InPeriod {
    /// The period.
    pub period: CalendarPeriod,
    /// The question, of the one window or the one instant that stands for the period.
    pub query: Query,
    /// What of the period the collection has.
    pub reach: Reach,
}

/// What a collection has of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Flows of these weeks.
    Weeks {
        /// The first week.
        first: Week,
        /// The last week.
        last: Week,
        /// How many weeks the whole period has; `None` where it has no beginning.
        of: Option<u32>,
    },
    /// Readings, of which these are the last.
    AsOf(Instant),
}

impl Reach {
    /// The part of the period's weeks, 0 to 1, that there are flows of; `None` where the period has
    /// no beginning, and for readings.
    #[must_use]
    pub fn share(self) -> Option<f64> {
        match self {
            Self::Weeks { first, last, of } => {
                of.map(|of| f64::from(weeks(first, last)) / f64::from(of))
            }
            Self::AsOf(_) => None,
        }
    }
}

impl std::fmt::Display for InPeriod {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.reach {
            Reach::Weeks { first, last, of } => {
                let of = of.map(|of| format!(" of {of}")).unwrap_or_default();
                let count = weeks(first, last);
                write!(f, "{}: {count}{of} weeks, from {first} to {last}", self.period)
            }
            Reach::AsOf(at) => write!(f, "{}: as of {at}", self.period),
        }
    }
}

fn weeks(first: Week, last: Week) -> u32 {
    (last.number() - first.number() + 1).unsigned_abs()
}

impl Query {
    /// The same question about a period of the calendar: of flows the sum over those of its weeks
    /// that the collection has, of readings the last that were taken in it.
    ///
    /// Fails where the collection has none.
    pub fn in_period(&self, market: &Market, period: CalendarPeriod) -> Result<InPeriod> {
        if self.window != Window::Week {
            return Err(Error::Contradiction {
                reason: "a period is a window of its own; leave --window out",
            });
        }
        match self.measure.kind() {
            MeasureKind::Flow => self.over_weeks(market, period),
            MeasureKind::AsOf => self.at_end(market, period),
        }
    }

    fn over_weeks(&self, market: &Market, period: CalendarPeriod) -> Result<InPeriod> {
        let Some((oldest, newest)) = market.weeks() else { return Err(self.none(market, period)) };
        let (begin, end) = (period.first_week(), period.last_week());
        let (first, last) = (begin.unwrap_or(oldest).max(oldest), end.min(newest));
        if first > last {
            return Err(self.none(market, period));
        }
        let query = Query {
            window: Window::Weeks(weeks(first, last) as u16),
            period: Period::Weeks { from: Some(last), to: Some(last) },
            ..self.clone()
        };
        let of = begin.map(|begin| weeks(begin, end));
        Ok(InPeriod { period, query, reach: Reach::Weeks { first, last, of } })
    }

    fn at_end(&self, market: &Market, period: CalendarPeriod) -> Result<InPeriod> {
        let instants = market.instants();
        let before = instants.partition_point(|at| *at < period.end());
        let last = instants[..before].last().copied();
        let begin = period.first_day().map(schema::Day::start);
        let is_within = |at: &Instant| begin.is_none_or(|begin| *at >= begin);
        let at = last.filter(is_within).ok_or_else(|| self.none(market, period))?;
        let query = Query { period: Period::AsOf(at), ..self.clone() };
        Ok(InPeriod { period, query, reach: Reach::AsOf(at) })
    }

    fn none(&self, market: &Market, period: CalendarPeriod) -> Error {
        let when = match period {
            CalendarPeriod::UpTo(year) => format!("up to {year}"),
            period => format!("in {period}"),
        };
        crate::answer::out_of_reach(market, self, when)
    }
}
