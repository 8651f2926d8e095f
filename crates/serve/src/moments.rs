//! When a question over time is asked: one answer a moment, so that work and memory stay bounded.

use analyze::{Market, Period, Query, Row};
use chart::X;
use schema::{Instant, MeasureKind, Week};

use crate::view::View;

/// With more readings than this, one a week is shown: the week's last.
const MOST_READINGS: usize = 300;

/// The numbers of one moment.
pub(crate) struct Slice {
    pub(crate) x: X,
    pub(crate) rows: Vec<Row>,
}

/// Asks a question at every moment of a view: each week for flows, each reading for readings.
///
/// `keep` takes from each moment what is drawn, so that not all units of all moments are held.
pub(crate) fn slices(
    view: &View,
    query: &Query,
    keep: impl Fn(Vec<Row>) -> Vec<Row>,
) -> analyze::Result<Vec<Slice>> {
    let market = &view.shown.market;
    let moments = match view.measure.kind() {
        MeasureKind::Flow => weeks(market, query, view.from, view.to),
        MeasureKind::AsOf => readings(market, view.from, view.to),
    };
    if moments.is_empty() {
        // The collection itself says best how far it reaches.
        let period = Period::Weeks { from: view.from, to: view.to };
        analyze::answer(market, &Query { period, ..query.clone() })?;
    }
    let slice = |(x, period)| {
        let answer = analyze::answer(market, &Query { period, ..query.clone() })?;
        Ok(Slice { x, rows: keep(answer.rows) })
    };
    moments.into_iter().map(slice).collect()
}

/// The periods that a question means, each with one moment, in order.
///
/// Asked one by one they give the rows of the whole; a question that reaches beyond the
/// collection, or is about one moment, stays as it is.
pub(crate) fn periods(market: &Market, query: &Query) -> Vec<Period> {
    let Period::Weeks { from, to } = query.period else { return vec![query.period] };
    let moments = match query.measure.kind() {
        MeasureKind::Flow => weeks(market, query, from, to),
        MeasureKind::AsOf => match market.instants() {
            [] => Vec::new(),
            [first, ..] => {
                let last = market.instants().last().unwrap_or(first);
                clipped((first.week(), last.week()), from, to)
            }
        },
    };
    if moments.is_empty() {
        return vec![query.period];
    }
    moments.into_iter().map(|(_, period)| period).collect()
}

fn weeks(market: &Market, query: &Query, from: Option<Week>, to: Option<Week>) -> Vec<(X, Period)> {
    let Some((first, last)) = market.weeks() else { return Vec::new() };
    // A window that begins before the record would be a sum of less than it says.
    let first = first.plus(query.window.weeks() as i32 - 1);
    clipped((first, last), from, to)
}

fn clipped((first, last): (Week, Week), from: Option<Week>, to: Option<Week>) -> Vec<(X, Period)> {
    let from = from.unwrap_or(first).max(first);
    let to = to.unwrap_or(last).min(last);
    let only = |week| (X::Week(week), Period::Weeks { from: Some(week), to: Some(week) });
    from.to(to).map(only).collect()
}

fn readings(market: &Market, from: Option<Week>, to: Option<Week>) -> Vec<(X, Period)> {
    let is_asked = |at: &&Instant| {
        from.is_none_or(|week| **at >= week.start()) && to.is_none_or(|week| **at < week.end())
    };
    let instants: Vec<Instant> = market.instants().iter().filter(is_asked).copied().collect();
    let kept = if instants.len() > MOST_READINGS { last_of_weeks(&instants) } else { instants };
    kept.into_iter().map(|at| (X::Instant(at), Period::AsOf(at))).collect()
}

/// The last instant of each week, of sorted ones.
fn last_of_weeks(instants: &[Instant]) -> Vec<Instant> {
    let weeks = instants.chunk_by(|one, next| one.week() == next.week());
    weeks.filter_map(|week| week.last().copied()).collect()
}

#[cfg(test)]
mod tests;
