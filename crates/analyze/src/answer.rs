//! Asking a market.

use std::fmt;

use panel::{Filter, Grouping, ReadingKind, Sums};
use schema::{Day, Estimate, Group, Instant, Measure, MeasureKind, Statistic, Week};

use crate::estimates::Standings;
use crate::{Condition, Error, Market, Period, Query, Result};

/// How many units `top` lists when the question does not say.
const DEFAULT_TOP: usize = 10;

/// The answer to a query.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The collection that was asked.
    pub collection: String,
    /// What was counted.
    pub measure: Measure,
    /// What shares are of.
    pub group: Group,
    /// The conditions, as they are written in commands.
    pub conditions: String,
    /// The data release.
    pub release: String,
    /// How far the data reach.
    pub data_through: Instant,
    /// Whether the data are invented.
    pub is_simulated: bool,
    /// One number a row: by time, then statistic in the order of the question, then rank.
    pub rows: Vec<Row>,
}

/// One number of an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// When it holds.
    pub at: At,
    /// The unit; `None` for a statistic of the whole market.
    pub unit: Option<String>,
    /// Whether the unit is one, rather than mass that belongs to none.
    pub is_attributed: bool,
    /// What the number is.
    pub statistic: Statistic,
    /// The number.
    pub estimate: Estimate,
}

/// The time of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum At {
    /// As of an instant.
    Instant(Instant),
    /// In the window that ends with this week.
    Week(Week),
}

impl At {
    /// The date that names it: the day of the instant, or the week's Monday.
    #[must_use]
    pub fn day(self) -> Day {
        match self {
            Self::Instant(at) => at.day(),
            Self::Week(week) => week.monday(),
        }
    }
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.day().fmt(f)
    }
}

/// Answers a query.
pub fn answer(market: &Market, query: &Query) -> Result<Answer> {
    query.check()?;
    let grouping = market.grouping(&query.group)?;
    let filter = market.filter(&query.conditions)?;
    let mut rows = Vec::new();
    for at in times(market, query)? {
        let sums = sums(market, query, at, grouping, &filter);
        let standings =
            Standings::new(&sums, query.measure.kind(), |code| grouping.is_attributed(code));
        for statistic in &query.statistics {
            push_rows(&mut rows, at, *statistic, &standings, grouping, query.top);
        }
    }
    Ok(Answer {
        collection: market.release.collection.clone(),
        measure: query.measure,
        group: query.group.clone(),
        conditions: Condition::list_text(&query.conditions),
        release: market.release.id.clone(),
        data_through: market.data_through,
        is_simulated: market.release.is_simulated,
        rows,
    })
}

/// The times that a query asks about.
pub(crate) fn times(market: &Market, query: &Query) -> Result<Vec<At>> {
    match query.measure.kind() {
        MeasureKind::Flow => weeks(market, query),
        MeasureKind::AsOf => instants(market, query),
    }
}

/// What the units add up to at one time.
pub(crate) fn sums(
    market: &Market,
    query: &Query,
    at: At,
    grouping: &Grouping,
    filter: &Filter,
) -> Sums {
    let panel = &market.panel;
    match at {
        At::Week(week) => {
            let first = week.plus(1 - query.window.weeks() as i32);
            panel.sums_of_weeks(query.measure, first, week, grouping, filter)
        }
        At::Instant(at) => panel.sums_as_of(reading_kind(query.measure), at, grouping, filter),
    }
}

fn reading_kind(measure: Measure) -> ReadingKind {
    match measure {
        Measure::Downloads30d => ReadingKind::Downloads30d,
        Measure::DownloadsAllTime => ReadingKind::DownloadsAllTime,
        Measure::Likes => ReadingKind::Likes,
        Measure::Models | Measure::Downloads | Measure::FirstYear => ReadingKind::Presence,
    }
}

fn weeks(market: &Market, query: &Query) -> Result<Vec<At>> {
    let Some((first, last)) = market.weeks() else {
        return Err(out_of_reach(market, query, "in any week".to_owned()));
    };
    // A window that begins before the record would be a sum of less than it says.
    let first = first.plus(query.window.weeks() as i32 - 1);
    let (from, to) = match query.period {
        Period::Newest => (last, last),
        Period::Readings => (first, last),
        Period::AsOf(at) => {
            let week = Week::last_complete(Instant::from_millis(at.millis() + 1)).min(last);
            (week, week)
        }
        Period::Weeks { from, to } => {
            (from.unwrap_or(first).max(first), to.unwrap_or(last).min(last))
        }
    };
    if from > to || from < first {
        let when = format!("over {} week(s) at the time asked for", query.window);
        return Err(out_of_reach(market, query, when));
    }
    Ok(from.to(to).map(At::Week).collect())
}

fn instants(market: &Market, query: &Query) -> Result<Vec<At>> {
    let instants = market.instants();
    let (Some(oldest), Some(newest)) = (instants.first(), instants.last()) else {
        return Err(out_of_reach(market, query, "at any time".to_owned()));
    };
    let (from, to) = match query.period {
        Period::Newest => return Ok(vec![At::Instant(*newest)]),
        Period::Readings => {
            return Ok(instants.iter().map(|at| At::Instant(*at)).collect());
        }
        Period::AsOf(at) if at < *oldest => {
            return Err(out_of_reach(market, query, format!("at or before {at}")));
        }
        Period::AsOf(at) => return Ok(vec![At::Instant(at)]),
        Period::Weeks { from, to } => (from, to),
    };
    let from = from.unwrap_or(oldest.week()).max(oldest.week());
    let to = to.unwrap_or(newest.week()).min(newest.week());
    if from > to {
        return Err(out_of_reach(market, query, "in the weeks asked for".to_owned()));
    }
    // As of each week's end; for the week that has not ended, as of now.
    let at_end = |week: Week| Instant::from_millis(week.end().millis() - 1).min(*newest);
    Ok(from.to(to).map(|week| At::Instant(at_end(week))).collect())
}

fn out_of_reach(market: &Market, query: &Query, when: String) -> Error {
    let reach = match (query.measure.kind(), market.weeks(), market.instants()) {
        (MeasureKind::Flow, Some((first, last)), _) => {
            format!("from the week of {first} to the week of {last}")
        }
        (MeasureKind::AsOf, _, [first, .., last]) => format!("from {first} to {last}"),
        (MeasureKind::AsOf, _, [only]) => format!("{only} only"),
        _ => "no week that is over".to_owned(),
    };
    Error::OutOfReach {
        collection: market.release.collection.clone(),
        measure: query.measure,
        when,
        reach,
    }
}

fn push_rows(
    rows: &mut Vec<Row>,
    at: At,
    statistic: Statistic,
    standings: &Standings<'_>,
    grouping: &Grouping,
    top: Option<usize>,
) {
    let mut push = |unit: Option<String>, is_attributed, estimate| {
        rows.push(Row { at, unit, is_attributed, statistic, estimate });
    };
    let limit = match statistic {
        Statistic::Top => top.unwrap_or(DEFAULT_TOP),
        _ => top.unwrap_or(usize::MAX),
    };
    let label = |code| Some(grouping.label(code).to_owned());
    let listed = standings.units.iter().take(limit);
    match statistic {
        Statistic::Sum => {
            push(None, true, standings.total());
            listed.for_each(|unit| push(label(unit.code), true, standings.sum_of(unit)));
            for unit in &standings.unattributed {
                push(label(unit.code), false, standings.sum_of(unit));
            }
        }
        Statistic::Share => {
            listed.for_each(|unit| push(label(unit.code), true, standings.share_of(unit)));
            for unit in &standings.unattributed {
                push(label(unit.code), false, standings.share_of(unit));
            }
        }
        Statistic::Top => {
            listed.for_each(|unit| push(label(unit.code), true, standings.sum_of(unit)));
        }
        _ => push(None, true, standings.statistic(statistic)),
    }
}
