//! Asking a market.

use std::fmt;

mod runs;

use panel::{CubeQuestion, Detail, FlowQuestion, Grouping, ReadingKind, Scope, Sums};
use schema::{Day, Estimate, Flagged, Group, Instant, Measure, MeasureKind, Statistic, Week};

use stats::Runs;

use crate::estimates::Standings;
use crate::{Condition, Error, Event, Market, Period, Query, Result};

/// The attribute that says by which rule a model's downloads are counted.
pub const COUNTING_RULE: &str = "counting_rule";
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
    /// Which cells were asked about.
    pub flagged: Flagged,
    /// The data release.
    pub release: String,
    /// How far the data reach.
    pub data_through: Instant,
    /// Whether the data are invented.
    pub is_simulated: bool,
    /// What happened to the counters in the time of the flows that were asked for, by time.
    pub events: Vec<Event>,
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
    let mut of_times = answer_each(market, query, |_, rows| rows)?;
    let mut rows = Vec::with_capacity(of_times.iter().map(Vec::len).sum());
    for of_time in &mut of_times {
        rows.append(of_time);
    }
    Ok(Answer {
        collection: market.release.collection.clone(),
        measure: query.measure,
        group: query.group.clone(),
        conditions: Condition::list_text(&query.conditions),
        flagged: query.flagged,
        release: market.release.id.clone(),
        data_through: market.data_through,
        is_simulated: market.release.is_simulated,
        events: events(market, query)?,
        rows,
    })
}

/// The events that can have moved the flows that a query asks for.
fn events(market: &Market, query: &Query) -> Result<Vec<Event>> {
    let times = times(market, query)?;
    let (Some(At::Week(first)), Some(At::Week(last))) = (times.first(), times.last()) else {
        return Ok(Vec::new());
    };
    let begin = first.plus(1 - query.window.weeks() as i32);
    let mut rules = query.conditions.iter().filter(|asked| asked.attribute == COUNTING_RULE);
    let rules = rules.next().map(|asked| asked.values.as_slice());
    let is_within = |event: &&Event| (begin.start()..last.end()).contains(&event.at);
    let events = market.events.iter().filter(is_within);
    Ok(events.filter(|event| event.concerns(query.measure, rules)).cloned().collect())
}

/// Answers a query moment by moment, and returns what `keep` makes of the rows of each, so that
/// not all units of all moments are held.
pub fn answer_each<T: Send>(
    market: &Market,
    query: &Query,
    keep: impl Fn(At, Vec<Row>) -> T + Sync,
) -> Result<Vec<T>> {
    query.check()?;
    let grouping = market.grouping(&query.group)?;
    let times = times(market, query)?;
    let (Some(At::Week(first)), Some(At::Week(last))) = (times.first(), times.last()) else {
        let filter = market.filter(&query.conditions)?;
        return Ok(as_of(market, query, &Scope::new(grouping, &filter), &times, keep));
    };
    let weeks = (*first, *last);
    if runs::answers(query) {
        let filter = market.filter(&query.conditions)?;
        return Ok(runs::each(market, query, &filter, weeks, keep));
    }
    let at_week = |week, sums: &Sums, units: &Grouping| {
        let at = At::Week(week);
        keep(at, rows_at(at, sums, query, units))
    };
    let of_all = |week, sums: &Sums| at_week(week, sums, grouping);
    if let Some(kept) = from_cubes(market, query, weeks, of_all)? {
        return Ok(kept);
    }
    let filter = market.filter(&query.conditions)?;
    let scope = Scope::new(grouping, &filter);
    let question = FlowQuestion {
        scope: &scope,
        is_first_year: query.measure == Measure::FirstYear,
        flagged: query.flagged,
        window: query.window.weeks() as usize,
        detail: Detail::Everything,
    };
    let of_scope = |week, sums: &Sums| at_week(week, sums, scope.units());
    Ok(market.panel.over_windows(&question, weeks, of_scope))
}

/// Answers from sums made beforehand; `None` where none of them cover the question.
fn from_cubes<T: Send>(
    market: &Market,
    query: &Query,
    weeks: (Week, Week),
    answer: impl Fn(Week, &Sums) -> T + Sync,
) -> Result<Option<Vec<T>>> {
    let is_of_all_cells = query.measure == Measure::Downloads && query.flagged == Flagged::Include;
    let (true, Group::Attribute(group)) = (is_of_all_cells, &query.group) else {
        return Ok(None);
    };
    let mut conditions = Vec::new();
    for condition in &query.conditions {
        let (_, codes) = market.codes_of(condition)?;
        conditions.push((condition.attribute.as_str(), codes));
    }
    let window = query.window.weeks() as usize;
    let question = CubeQuestion { group, conditions: &conditions, window };
    Ok(market.cubes.over_windows(&market.panel, &question, weeks, answer))
}

fn as_of<T>(
    market: &Market,
    query: &Query,
    scope: &Scope<'_>,
    times: &[At],
    keep: impl Fn(At, Vec<Row>) -> T,
) -> Vec<T> {
    let kind = reading_kind(query.measure);
    let instants = times.iter().filter_map(|at| match at {
        At::Instant(instant) => Some((*at, *instant)),
        At::Week(_) => None,
    });
    let kept = instants.map(|(at, instant)| {
        let sums = market.panel.sums_as_of(kind, instant, scope);
        keep(at, rows_at(at, &sums, query, scope.units()))
    });
    kept.collect()
}

/// The rows of all statistics at one time.
fn rows_at(at: At, sums: &Sums, query: &Query, grouping: &Grouping) -> Vec<Row> {
    let standings = Standings::new(sums, query.measure.kind(), grouping.unattributed());
    let units = sums.known_count().min(query.top.unwrap_or(usize::MAX));
    let per_unit = query.statistics.iter().filter(|statistic| statistic.is_per_unit()).count();
    let mut rows = Vec::with_capacity(query.statistics.len() + per_unit * (units + PARTS.len()));
    for statistic in &query.statistics {
        push_rows(&mut rows, at, *statistic, &standings, grouping, query.top);
    }
    rows
}

/// The times that a query asks about.
pub(crate) fn times(market: &Market, query: &Query) -> Result<Vec<At>> {
    match query.measure.kind() {
        MeasureKind::Flow => weeks(market, query),
        MeasureKind::AsOf => instants(market, query),
    }
}

fn reading_kind(measure: Measure) -> ReadingKind {
    match measure {
        Measure::Downloads30d => ReadingKind::Downloads30d,
        Measure::Rate30d => ReadingKind::Rate30d,
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
    match statistic {
        Statistic::Sum => {
            push(None, true, standings.total());
            for code in standings.largest(limit) {
                push(label(code), true, standings.sum_of(code));
            }
            for code in &standings.unattributed {
                push(label(*code), false, standings.sum_of(*code));
            }
        }
        Statistic::Share => {
            for code in standings.largest(limit) {
                push(label(code), true, standings.share_of(code));
            }
            for code in &standings.unattributed {
                push(label(*code), false, standings.share_of(*code));
            }
        }
        Statistic::Top => {
            for code in standings.largest(limit) {
                push(label(code), true, standings.sum_of(code));
            }
        }
        Statistic::Quantiles | Statistic::Lorenz => {
            for (name, part) in PARTS {
                let value = part_of(statistic, standings.ascending(), part);
                push(Some(name.to_owned()), true, standings.of_part(value));
            }
        }
        _ => push(None, true, standings.statistic(statistic)),
    }
}

/// The parts of the units, the smallest, at which quantiles and the Lorenz curve are told.
const PARTS: [(&str, f64); 7] = [
    ("p10", 0.1),
    ("p25", 0.25),
    ("p50", 0.5),
    ("p75", 0.75),
    ("p90", 0.9),
    ("p99", 0.99),
    ("p99.9", 0.999),
];

/// The quantile at a part, or the share that it holds.
fn part_of(statistic: Statistic, runs: &Runs, part: f64) -> Option<f64> {
    if statistic == Statistic::Lorenz { runs.lorenz_at(part) } else { runs.quantile(part) }
}
