//! Asking a market.

use std::fmt;

mod rows;
mod runs;

use panel::{CubeQuestion, Detail, FlowQuestion, Grouping, Prepared, ReadingKind, Scope, Sums};
use schema::{Day, Estimate, Flagged, Group, Instant, Measure, MeasureKind, Statistic, Week};

use crate::{Condition, Error, Event, Market, Period, Query, Result};
use rows::Wanted;

/// The attribute that says by which rule a model's downloads are counted.
pub const COUNTING_RULE: &str = "counting_rule";

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
    assembled(market, query, rows)
}

/// The answer that rows make, with what has to be known beside them.
pub(crate) fn assembled(market: &Market, query: &Query, rows: Vec<Row>) -> Result<Answer> {
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
    each_of(market, query, None, keep)
}

/// Answers as [`answer_each`] does, of the units with these names alone: the rows of sums and
/// shares are theirs, those of mass that belongs to none, and one without a name for all other
/// units together, where there are any.
///
/// No interval is claimed for a sum of others, since theirs depend on each other.
pub fn answer_named<T: Send>(
    market: &Market,
    query: &Query,
    names: &[String],
    keep: impl Fn(At, Vec<Row>) -> T + Sync,
) -> Result<Vec<T>> {
    each_of(market, query, Some(names), keep)
}

fn each_of<T: Send>(
    market: &Market,
    query: &Query,
    names: Option<&[String]>,
    keep: impl Fn(At, Vec<Row>) -> T + Sync,
) -> Result<Vec<T>> {
    query.check()?;
    if runs::answers(query)
        && let Some(weeks) = weeks_of(&times(market, query)?)
    {
        let filter = market.filter(&query.conditions)?;
        return Ok(runs::each(market, query, &filter, weeks, keep));
    }
    each_sums(market, query, names, |at, sums, units| {
        keep(at, Wanted { query, units }.rows(at, sums))
    })
}

/// The units of a question, by whose codes its sums are.
pub(crate) struct Units<'a> {
    pub(crate) all: &'a Grouping,
    /// The codes of those that are asked for by name, where not all are.
    pub(crate) named: Option<Vec<u32>>,
}

impl<'a> Units<'a> {
    /// Finds names once, and not again for every week.
    fn new(all: &'a Grouping, names: Option<&[String]>) -> Self {
        let codes = |names: &[String]| names.iter().filter_map(|name| all.find(name)).collect();
        Self { all, named: names.map(codes) }
    }
}

/// What each unit of a query adds up to, at each of its times: `keep` takes from the sums what is
/// wanted of them.
pub(crate) fn each_sums<T: Send>(
    market: &Market,
    query: &Query,
    names: Option<&[String]>,
    keep: impl Fn(At, &Sums, &Units<'_>) -> T + Sync,
) -> Result<Vec<T>> {
    let grouping = market.grouping(&query.group)?;
    let times = times(market, query)?;
    let Some(weeks) = weeks_of(&times) else {
        let filter = market.filter(&query.conditions)?;
        let scope = Scope::new(grouping, &filter);
        let units = Units::new(scope.units(), names);
        return Ok(as_of(market, query, &scope, &times, |at, sums| keep(at, sums, &units)));
    };
    let units = Units::new(grouping, names);
    let of_week = |week, sums: &Sums| keep(At::Week(week), sums, &units);
    if let Some(kept) = from_cubes(market, query, weeks, of_week)? {
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
        prepared: weekly(market, query),
    };
    let units = Units::new(scope.units(), names);
    let of_week = |week, sums: &Sums| keep(At::Week(week), sums, &units);
    Ok(market.panel.over_windows(&question, weeks, of_week))
}

/// The first and the last of times that are weeks.
fn weeks_of(times: &[At]) -> Option<(Week, Week)> {
    match (times.first(), times.last()) {
        (Some(At::Week(first)), Some(At::Week(last))) => Some((*first, *last)),
        _ => None,
    }
}

/// The sums of weeks that were made beforehand of the units of a group with many of them.
fn weekly<'a>(market: &'a Market, query: &Query) -> Option<Prepared<'a>> {
    match &query.group {
        Group::Attribute(name) if query.conditions.is_empty() => market.cubes.weekly(name),
        Group::Attribute(_) | Group::Model => None,
    }
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
    keep: impl Fn(At, &Sums) -> T,
) -> Vec<T> {
    let kind = reading_kind(query.measure);
    let instants = times.iter().filter_map(|at| match at {
        At::Instant(instant) => Some((*at, *instant)),
        At::Week(_) => None,
    });
    instants.map(|(at, instant)| keep(at, &market.panel.sums_as_of(kind, instant, scope))).collect()
}

/// What each unit adds up to at one time of a query.
pub(crate) fn sums_at(
    market: &Market,
    query: &Query,
    at: At,
    scope: &Scope<'_>,
    detail: Detail,
) -> Sums {
    let week = match at {
        At::Instant(instant) => {
            return market.panel.sums_as_of(reading_kind(query.measure), instant, scope);
        }
        At::Week(week) => week,
    };
    let question = FlowQuestion {
        scope,
        is_first_year: query.measure == Measure::FirstYear,
        flagged: query.flagged,
        window: query.window.weeks() as usize,
        detail,
        prepared: None,
    };
    let mut sums =
        market.panel.over_windows(&question, (week, week), |_, sums: &Sums| sums.clone());
    sums.pop().unwrap_or_default()
}

/// The times that a query asks about.
pub(crate) fn times(market: &Market, query: &Query) -> Result<Vec<At>> {
    match query.measure.kind() {
        MeasureKind::Flow => weeks(market, query),
        MeasureKind::AsOf => instants(market, query),
    }
}

pub(crate) fn reading_kind(measure: Measure) -> ReadingKind {
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

pub(crate) fn out_of_reach(market: &Market, query: &Query, when: String) -> Error {
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
