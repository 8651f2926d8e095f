//! What every change of the index of concentration is made of, from each period to the next.

use panel::Grouping;
use schema::{CalendarPeriod, Estimate, Statistic};
use stats::{HhiChange, UnitSums, hhi_change};

use super::Spans;
use crate::sampling::Holdings;
use crate::{Market, Query, Result};

/// The change of the index from one period to the next, in its points of 10,000.
///
/// Of parts only what is known is told, without interval; mass that belongs to nobody known is in
/// none.
#[derive(Debug, Clone, PartialEq)]
pub struct IndexChange {
    /// The earlier period.
    pub from: CalendarPeriod,
    /// The later one.
    pub to: CalendarPeriod,
    /// What units did that are in both.
    pub continuing: Estimate,
    /// What units did that are in the later only.
    pub entry: Estimate,
    /// What units did that are in the earlier only.
    pub exit: Estimate,
}

/// What the changes of the index are made of, by time, over the finest periods of the calendar of
/// which the collection has two.
///
/// See `docs/methods/decomposition.md`. Fails where there is one period only. Of a period in which
/// nobody has anything no change is told.
pub fn index_changes(market: &Market, query: &Query) -> Result<Vec<IndexChange>> {
    // A period is a window of its own.
    let query =
        Query { statistics: vec![Statistic::Sum], window: schema::Window::Week, ..query.clone() };
    let spans = Spans::of(market, &query, &[])?;
    spans.expect_change()?;
    let units = market.grouping(&query.group)?;
    let whole = Grouping::by_key(&vec![Some(0); units.model_count()], &["all"], "", "");
    let holdings = Holdings::read(market, units, &whole, &spans.queries())?;
    let held = |time: usize| {
        let rows =
            (0..holdings.rows.len()).filter(|row| units.is_attributed(holdings.rows[*row].owner));
        rows.map(|row| {
            let at = |time: usize| Some(holdings.of_row(row)[time]).filter(|sum| *sum > 0.0);
            UnitSums { before: at(time), after: at(time + 1) }
        })
        .collect::<Vec<UnitSums>>()
    };
    let pairs = spans.all().windows(2).enumerate();
    let changes = pairs.filter_map(|(time, pair)| {
        let sums = held(time);
        let HhiChange { continuing, entry, exit } = hhi_change(&sums)?;
        let count = |is_it: fn(&&UnitSums) -> bool| sums.iter().filter(is_it).count() as u64;
        Some(IndexChange {
            from: pair[0].within.period,
            to: pair[1].within.period,
            continuing: Estimate::alone(
                continuing,
                count(|unit| unit.before.is_some() && unit.after.is_some()),
            ),
            entry: Estimate::alone(
                entry,
                count(|unit| unit.before.is_none() && unit.after.is_some()),
            ),
            exit: Estimate::alone(
                exit,
                count(|unit| unit.before.is_some() && unit.after.is_none()),
            ),
        })
    });
    Ok(changes.collect())
}
