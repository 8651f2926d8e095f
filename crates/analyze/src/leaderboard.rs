//! Who leads, and who led before.

use std::cmp::Reverse;
use std::collections::HashMap;

use schema::{Estimate, Statistic};

use crate::answer::{At, each_sums, times};
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
    let query = Query {
        statistics: vec![Statistic::Top, Statistic::Share],
        top: Some(top),
        ..query.clone()
    };
    let rows = answer(market, &Query { period: period(now), ..query.clone() })?.rows;
    let by_size = rows.iter().filter(|row| row.statistic == Statistic::Top);
    let by_share = rows.iter().filter(|row| row.statistic == Statistic::Share && row.is_attributed);
    let units: Vec<String> = by_size.clone().filter_map(|row| row.unit.clone()).collect();
    let before = ranks(market, &Query { period: period(earlier), ..query }, &units)?;
    let standings = by_size.zip(by_share).zip(1..).map(|((row, of_share), rank)| {
        let unit = row.unit.clone().unwrap_or_default();
        let earlier_rank = before.get(unit.as_str()).copied();
        let (sum, share) = (row.estimate.clone(), of_share.estimate.clone());
        Standing { unit, rank, earlier_rank, sum, share }
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

/// The places of some units among all at the one time of a query, as far as they have one.
fn ranks(market: &Market, query: &Query, names: &[String]) -> Result<HashMap<String, u64>> {
    let of_time = each_sums(market, query, Some(names), |_, sums, units| {
        let place = |code: u32| (Reverse(sums.parts(code)), units.all.place_of_name(code));
        let is_unit = |code: &u32| sums.is_known(*code) && units.all.is_attributed(*code);
        let codes = units.named.iter().flatten().copied().filter(is_unit);
        let mut asked: Vec<_> = codes.map(|code| (place(code), code)).collect();
        asked.sort_unstable();
        // How many units stand before each of them and behind the one before it.
        let mut between = vec![0_u64; asked.len() + 1];
        for code in (0..sums.unit_count() as u32).filter(is_unit) {
            let own = place(code);
            between[asked.partition_point(|(one, _)| *one < own)] += 1;
        }
        let mut rank = 0;
        let ranked = asked.into_iter().zip(between).map(|((_, code), more)| {
            // The last of these is the unit itself.
            rank += more;
            (units.all.label(code).to_owned(), rank)
        });
        ranked.collect::<HashMap<String, u64>>()
    });
    Ok(of_time?.pop().unwrap_or_default())
}

fn period(at: At) -> Period {
    match at {
        At::Instant(at) => Period::AsOf(at),
        At::Week(week) => Period::Weeks { from: Some(week), to: Some(week) },
    }
}
