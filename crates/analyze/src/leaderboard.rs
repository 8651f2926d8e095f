//! Who leads, and who led before.

use std::collections::HashMap;

use schema::{Estimate, Statistic};

use crate::answer::{At, Row, times};
use crate::{Market, Period, Query, Result, answer};

/// One unit's place in a market.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// The unit.
    pub unit: String,
    /// Its place, from 1.
    pub rank: u64,
    /// Its place at the earlier time; `None` if it was not among the units then.
    pub earlier_rank: Option<u64>,
    /// Its sum.
    pub sum: Estimate,
    /// Its share.
    pub share: Estimate,
}

/// The `top` largest units at the query's time, with their places at an earlier one.
///
/// Returns the two times and the standings; the earlier time is the first that the collection
/// has, or 13 weeks before for flows, whichever is later.
pub fn leaderboard(market: &Market, query: &Query, top: usize) -> Result<(At, At, Vec<Standing>)> {
    let (now, earlier) = moments(market, query)?;
    let rows = ranked(market, query, now)?;
    let before = ranked(market, query, earlier)?;
    let sums = rows.iter().filter(|row| row.statistic == Statistic::Top);
    let shares = rows.iter().filter(|row| row.statistic == Statistic::Share && row.is_attributed);
    let before = before.iter().filter(|row| row.statistic == Statistic::Top);
    let before = before.map(|row| row.unit.as_deref().unwrap_or_default());
    let rank_before: HashMap<&str, u64> = before.zip(1..).collect();
    let standings = sums.zip(shares).take(top).enumerate().map(|(place, (sum, share))| {
        let unit = sum.unit.clone().unwrap_or_default();
        Standing {
            rank: place as u64 + 1,
            earlier_rank: rank_before.get(unit.as_str()).copied(),
            unit,
            sum: sum.estimate.clone(),
            share: share.estimate.clone(),
        }
    });
    Ok((now, earlier, standings.collect()))
}

/// The newest time of a query, and the earlier one that ranks are compared with.
pub(crate) fn moments(market: &Market, query: &Query) -> Result<(At, At)> {
    const WEEKS_BACK: i32 = 13;
    let asked = times(market, query)?;
    let all = times(market, &Query { period: Period::Readings, ..query.clone() })?;
    let now = *asked.last().expect("a question that is not refused has a time");
    let first = all[0];
    let earlier = match now {
        At::Week(week) => first.max(At::Week(week.plus(-WEEKS_BACK))),
        At::Instant(_) => first,
    };
    Ok((now, earlier))
}

fn ranked(market: &Market, query: &Query, at: At) -> Result<Vec<Row>> {
    let period = match at {
        At::Instant(at) => Period::AsOf(at),
        At::Week(week) => Period::Weeks { from: Some(week), to: Some(week) },
    };
    let query = Query {
        statistics: vec![Statistic::Top, Statistic::Share],
        period,
        top: Some(usize::MAX),
        ..query.clone()
    };
    Ok(answer(market, &query)?.rows)
}
