//! The stretches of time that results are told of.

use schema::{CalendarPeriod, MeasureKind};

use crate::{Error, InPeriod, Market, Query, Reach, Result};

/// The least weeks of a year, a quarter and a month of which flows are there, for it to be told.
const LEAST_WEEKS: [i32; 3] = [26, 8, 3];
/// The most spans that are told where nobody says which.
const MOST_SPANS: usize = 8;

/// One stretch of time: a period of the calendar, as far as a collection reaches into it.
#[derive(Debug, Clone, PartialEq)]
pub struct Span {
    /// The period, by its name.
    pub name: String,
    /// The period with what of it there is.
    pub within: InPeriod,
}

/// The stretches that a result is told of, by time; the first and the last are compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Spans(Vec<Span>);

impl Spans {
    /// The given periods, or those of the finest calendar of which the collection has two: years,
    /// else quarters, else months.
    ///
    /// Fails where the collection has none at all.
    pub fn of(market: &Market, query: &Query, periods: &[CalendarPeriod]) -> Result<Self> {
        if !periods.is_empty() {
            let within = |period: &CalendarPeriod| query.in_period(market, *period).map(Span::of);
            return Ok(Self(periods.iter().map(within).collect::<Result<_>>()?));
        }
        let (first, last) = reach(market, query)?;
        let mut most: Vec<Span> = Vec::new();
        for (calendar, least) in CALENDARS.iter().zip(LEAST_WEEKS) {
            let periods = (first..=last).flat_map(calendar);
            let told = periods.filter_map(|period| query.in_period(market, period).ok());
            let spans: Vec<Span> =
                told.filter(|within| is_enough(within, least)).map(Span::of).collect();
            if spans.len() >= 2 {
                let begin = spans.len().saturating_sub(MOST_SPANS);
                return Ok(Self(spans[begin..].to_vec()));
            }
            if most.is_empty() {
                most = spans;
            }
        }
        if most.is_empty() {
            return Err(Error::Contradiction {
                reason: "no month has three weeks of flows; ask for a reading with --measure, or \
                         name periods with --period",
            });
        }
        Ok(Self(most))
    }

    /// The spans.
    #[must_use]
    pub fn all(&self) -> &[Span] {
        &self.0
    }

    /// The questions, a span each.
    #[must_use]
    pub fn queries(&self) -> Vec<Query> {
        self.0.iter().map(|span| span.within.query.clone()).collect()
    }

    /// The first and the last span alone.
    #[must_use]
    pub fn ends(&self) -> Self {
        let last = self.0.len() - 1;
        Self(if last == 0 { self.0.clone() } else { vec![self.0[0].clone(), self.0[last].clone()] })
    }

    /// How the first span and the last are named together.
    #[must_use]
    pub fn change(&self) -> String {
        let (first, last) = (&self.0[0], &self.0[self.0.len() - 1]);
        format!("{} → {}", first.name, last.name)
    }

    /// Fails where there is one span only, and so no change.
    pub fn expect_change(&self) -> Result<()> {
        if self.0.len() < 2 {
            return Err(Error::Contradiction {
                reason: "a change needs two periods, and the collection reaches into one only",
            });
        }
        Ok(())
    }

    /// What of each period there is.
    #[must_use]
    pub fn note(&self) -> String {
        let told: Vec<String> = self.0.iter().map(|span| span.within.to_string()).collect();
        told.join("; ")
    }
}

impl Span {
    fn of(within: InPeriod) -> Self {
        Self { name: within.period.to_string(), within }
    }
}

const CALENDARS: [fn(i32) -> Vec<CalendarPeriod>; 3] = [
    |year| vec![CalendarPeriod::Year(year)],
    |year| (1..=4).map(|quarter| CalendarPeriod::Quarter(year, quarter)).collect(),
    |year| (1..=12).map(|month| CalendarPeriod::Month(year, month)).collect(),
];

/// The first and the last year of which the collection has anything.
fn reach(market: &Market, query: &Query) -> Result<(i32, i32)> {
    let nothing = || crate::answer::out_of_reach(market, query, "at any time".to_owned());
    match query.measure.kind() {
        MeasureKind::Flow => {
            let (first, last) = market.weeks().ok_or_else(nothing)?;
            Ok((first.monday().year(), last.monday().year() + 1))
        }
        MeasureKind::AsOf => {
            let instants = market.instants();
            let (first, last) = instants.first().zip(instants.last()).ok_or_else(nothing)?;
            Ok((first.day().year(), last.day().year()))
        }
    }
}

fn is_enough(within: &InPeriod, least: i32) -> bool {
    match within.reach {
        Reach::AsOf(_) => true,
        Reach::Weeks { first, last, .. } => last.number() - first.number() + 1 >= least,
    }
}
