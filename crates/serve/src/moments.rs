//! When a question over time is asked, so that work and memory stay bounded.

use analyze::{At, Market, Period, Query, Row};
use chart::X;
use schema::{Day, Instant, MeasureKind, Statistic, Week};

use crate::view::View;

/// With more readings than this, one a week is shown: the week's last.
const MOST_READINGS: usize = 300;
/// Rows that are held while a long question is answered.
const MOST_HELD: usize = 160_000;
/// Rows of parts of the units, or of mass that belongs to none, beside those of units.
const ROWS_BESIDE: usize = 8;

/// The numbers of one moment.
#[derive(Debug, Clone)]
pub(crate) struct Slice {
    pub(crate) x: X,
    pub(crate) rows: Vec<Row>,
}

impl Slice {
    pub(crate) fn new(at: At, rows: Vec<Row>) -> Self {
        let x = match at {
            At::Week(week) => X::Week(week),
            At::Instant(at) => X::Instant(at),
        };
        Self { x, rows }
    }
}

/// Asks a question at every moment of a view: each week for flows, each reading for readings.
///
/// `keep` takes from each moment what is drawn, so that not all units of all moments are held.
pub(crate) fn slices(
    view: &View,
    query: &Query,
    keep: impl Fn(Vec<Row>) -> Vec<Row> + Sync,
) -> analyze::Result<Vec<Slice>> {
    let slice = |at, rows| Slice::new(at, keep(rows));
    each_moment(view, |period| {
        analyze::answer_each(&view.shown.market, &Query { period, ..query.clone() }, slice)
    })
}

/// The same of units with these names alone; see [`analyze::answer_named`].
pub(crate) fn slices_named(
    view: &View,
    query: &Query,
    names: &[String],
    keep: impl Fn(Vec<Row>) -> Vec<Row> + Sync,
) -> analyze::Result<Vec<Slice>> {
    let slice = |at, rows| Slice::new(at, keep(rows));
    each_moment(view, |period| {
        let query = Query { period, ..query.clone() };
        analyze::answer_named(&view.shown.market, &query, names, slice)
    })
}

/// Asks for every moment of a view, period by period.
fn each_moment(
    view: &View,
    asked: impl Fn(Period) -> analyze::Result<Vec<Slice>>,
) -> analyze::Result<Vec<Slice>> {
    let slices: analyze::Result<Vec<Vec<Slice>>> = asked_at(view).into_iter().map(asked).collect();
    slices.map(|slices| slices.into_iter().flatten().collect())
}

/// The times of a view as questions: all weeks in one, and each reading in one of its own.
pub(crate) fn asked_at(view: &View) -> Vec<Period> {
    let weeks = Period::Weeks { from: view.from, to: view.to };
    match view.measure.kind() {
        MeasureKind::Flow => vec![weeks],
        MeasureKind::AsOf => {
            let readings = readings(&view.shown.market, view.from, view.to);
            if readings.is_empty() {
                // The collection itself says best how far it reaches.
                return vec![weeks];
            }
            readings.into_iter().map(Period::AsOf).collect()
        }
    }
}

/// The days by which the moments of a view are named, in order.
pub(crate) fn days(view: &View) -> Vec<Day> {
    let market = &view.shown.market;
    let mut days: Vec<Day> = match view.measure.kind() {
        MeasureKind::Flow => {
            let Some((first, last)) = market.weeks() else { return Vec::new() };
            // A window that begins before the record would be a sum of less than it says.
            let first = first.plus(view.window.weeks() as i32 - 1);
            let from = view.from.unwrap_or(first).max(first);
            from.to(view.to.unwrap_or(last).min(last)).map(Week::monday).collect()
        }
        MeasureKind::AsOf => {
            readings(market, view.from, view.to).into_iter().map(Instant::day).collect()
        }
    };
    days.dedup();
    days
}

/// The periods that a question means, in order, each of so few weeks that its rows can be held.
///
/// Asked one by one they give the rows of the whole; a question that reaches beyond the
/// collection, or is about one moment, stays as it is.
pub(crate) fn periods(market: &Market, query: &Query) -> Vec<Period> {
    let Period::Weeks { from, to } = query.period else { return vec![query.period] };
    let reach = match query.measure.kind() {
        // A window that begins before the record would be a sum of less than it says.
        MeasureKind::Flow => {
            market.weeks().map(|(first, last)| (first.plus(query.window.weeks() as i32 - 1), last))
        }
        MeasureKind::AsOf => {
            let instants = market.instants();
            instants.first().zip(instants.last()).map(|(first, last)| (first.week(), last.week()))
        }
    };
    let Some((first, last)) = reach else { return vec![query.period] };
    let from = from.unwrap_or(first).max(first);
    let to = to.unwrap_or(last).min(last);
    if from > to {
        return vec![query.period];
    }
    let weeks: Vec<Week> = from.to(to).collect();
    let parts = weeks.chunks(weeks_at_once(query));
    parts
        .map(|part| Period::Weeks { from: part.first().copied(), to: part.last().copied() })
        .collect()
}

/// How many weeks of a question may be answered in one go.
fn weeks_at_once(query: &Query) -> usize {
    let rows = query.statistics.iter().map(|statistic| match statistic {
        one if one.is_of_units() => query.top.unwrap_or(MOST_HELD).saturating_add(ROWS_BESIDE),
        Statistic::Quantiles | Statistic::Lorenz => ROWS_BESIDE,
        _ => 1,
    });
    (MOST_HELD / rows.fold(1_usize, usize::saturating_add)).max(1)
}

fn readings(market: &Market, from: Option<Week>, to: Option<Week>) -> Vec<Instant> {
    let is_asked = |at: &&Instant| {
        from.is_none_or(|week| **at >= week.start()) && to.is_none_or(|week| **at < week.end())
    };
    let instants: Vec<Instant> = market.instants().iter().filter(is_asked).copied().collect();
    if instants.len() > MOST_READINGS { last_of_weeks(&instants) } else { instants }
}

/// The last instant of each week, of sorted ones.
fn last_of_weeks(instants: &[Instant]) -> Vec<Instant> {
    let weeks = instants.chunk_by(|one, next| one.week() == next.week());
    weeks.filter_map(|week| week.last().copied()).collect()
}

#[cfg(test)]
mod tests;
