//! Where one unit stands in a market, how sure its rank is, and who is around it.

use std::collections::HashMap;

use panel::{Detail, Grouping, Scope, Sums};
use schema::{Estimate, near};

use crate::answer::{At, sums_at};
use crate::estimates::Standings;
use crate::leaderboard::moments;
use crate::{Error, Market, Query, Result, Standing};

/// One unit's place in a market.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// When it holds.
    pub at: At,
    /// The time that earlier ranks are of.
    pub earlier_at: At,
    /// The unit.
    pub unit: String,
    /// Whether it is a unit, rather than mass that belongs to none, which has no rank.
    pub is_attributed: bool,
    /// Its rank, from 1, of `n` units; not defined where nothing is known of it at the time.
    ///
    /// The interval has every rank that the intervals of the sums allow, each taken by itself;
    /// units of the same size share theirs. The bounds have every rank that unattributed mass
    /// could lead to. See `docs/methods/rank.md`.
    pub rank: Estimate,
    /// Its rank at the earlier time; `None` if it was not among the units then.
    pub earlier_rank: Option<u64>,
    /// Its sum.
    pub sum: Estimate,
    /// Its share.
    pub share: Estimate,
    /// The units next to it, itself included, the largest first.
    pub around: Vec<Standing>,
}

/// The unit's place at the newest time of a query, among all units of the query's group, with at
/// most `beside` neighbours on each side.
pub fn place(market: &Market, query: &Query, unit: &str, beside: usize) -> Result<Place> {
    query.check()?;
    let grouping = market.grouping(&query.group)?;
    if grouping.find(unit).is_none() {
        return Err(unknown(grouping, query, unit));
    }
    let (at, earlier_at) = moments(market, query)?;
    let filter = market.filter(&query.conditions)?;
    let scope = Scope::new(grouping, &filter);
    let ask = |at| sums_at(market, query, at, &scope, Detail::Everything);
    let (sums, before) = (ask(at), ask(earlier_at));
    let kind = query.measure.kind();
    let units = scope.units();
    let now = Ranking::new(Standings::new(&sums, kind, units.unattributed()), &sums, units);
    let then = Ranking::new(Standings::new(&before, kind, units.unattributed()), &before, units);
    let nothing = Estimate::undefined(0);
    let Some(code) = units.find(unit).filter(|code| sums.is_known(*code)) else {
        let rank = Estimate::undefined(now.order.len() as u64);
        return Ok(Place {
            at,
            earlier_at,
            unit: unit.to_owned(),
            is_attributed: true,
            rank,
            earlier_rank: None,
            sum: nothing.clone(),
            share: nothing,
            around: Vec::new(),
        });
    };
    let listed = now.around(code, beside);
    let earlier = then.ranks_of(&listed);
    Ok(Place {
        at,
        earlier_at,
        unit: unit.to_owned(),
        is_attributed: units.is_attributed(code),
        rank: now.rank_of(code),
        earlier_rank: earlier.get(&code).copied(),
        sum: now.standings.sum_of(code),
        share: now.standings.share_of(code),
        around: now.standings_of(&listed, &earlier),
    })
}

fn unknown(grouping: &Grouping, query: &Query, unit: &str) -> Error {
    let labels = (0..grouping.unit_count() as u32).map(|code| grouping.label(code));
    Error::UnknownUnit {
        group: query.group.name().to_owned(),
        given: unit.to_owned(),
        near: near(unit, labels),
    }
}

/// The units of a market in order of size.
struct Ranking<'a> {
    standings: Standings<'a>,
    sums: &'a Sums,
    units: &'a Grouping,
    /// The codes of the units, the largest first.
    order: Vec<u32>,
}

impl<'a> Ranking<'a> {
    fn new(standings: Standings<'a>, sums: &'a Sums, units: &'a Grouping) -> Self {
        let order = standings.largest(usize::MAX, |code| units.place_of_name(code));
        Self { standings, sums, units, order }
    }

    /// The places in the order of those next to a unit; none for what is no unit.
    fn around(&self, code: u32, beside: usize) -> Vec<u32> {
        let Some(at) = self.order.iter().position(|known| *known == code) else {
            return Vec::new();
        };
        let begin = at.saturating_sub(beside);
        let end = (at + beside + 1).min(self.order.len());
        self.order[begin..end].to_vec()
    }

    /// The ranks of some units, as far as they have one.
    fn ranks_of(&self, codes: &[u32]) -> HashMap<u32, u64> {
        let ranked = (1..).zip(&self.order).filter(|(_, code)| codes.contains(code));
        ranked.map(|(rank, code)| (*code, rank)).collect()
    }

    fn rank_of(&self, code: u32) -> Estimate {
        let n = self.order.len() as u64;
        let Some(at) = self.order.iter().position(|known| *known == code) else {
            return Estimate::undefined(n);
        };
        let sums = self.sums;
        let low = |code: u32| (sums.value(code) - sums.below(code)).max(0.0);
        let high = |code: u32| sums.value(code) + sums.above(code);
        let others = || self.order.iter().copied().filter(|other| *other != code);
        let ahead = others().filter(|other| low(*other) > high(code)).count();
        let beside = others().filter(|other| high(*other) >= low(code)).count();
        let values: Vec<f64> = self.order.iter().map(|code| sums.value(*code)).collect();
        let mass = self.standings.unattributed.iter().map(|code| sums.value(*code)).sum();
        let bounds = rank_bounds(&values, at, mass);
        let sum = self.standings.sum_of(code);
        Estimate {
            value: Some(at as f64 + 1.0),
            low: Some(ahead as f64 + 1.0),
            high: Some(beside as f64 + 1.0),
            bound_low: Some(bounds.0),
            bound_high: bounds.1,
            n,
            ..sum
        }
    }

    fn standings_of(&self, listed: &[u32], earlier: &HashMap<u32, u64>) -> Vec<Standing> {
        let ranks = self.ranks_of(listed);
        let standing = |code: &u32| Standing {
            unit: self.units.label(*code).to_owned(),
            rank: ranks[code],
            earlier_rank: earlier.get(code).copied(),
            sum: self.standings.sum_of(*code),
            share: self.standings.share_of(*code),
        };
        listed.iter().map(standing).collect()
    }
}

/// The best and the worst rank that a unit could have, wherever unattributed mass belongs; values
/// are in descending order, and the unit is the one at a place.
///
/// Best: all of it is the unit's own. Worst: it lifts as many others past the unit as it can, the
/// nearest first, and then makes new ones as large; of a unit with nothing no worst is told.
fn rank_bounds(descending: &[f64], at: usize, mass: f64) -> (f64, Option<f64>) {
    let own = descending[at];
    let ahead = descending.iter().filter(|value| **value > own + mass).count();
    let mut rest = mass;
    // Others of the same size share the ranks, wherever they stand.
    let mut passed = descending.iter().filter(|value| **value >= own).count() - 1;
    for value in descending.iter().skip_while(|value| **value >= own) {
        let lift = own - value;
        if lift > rest {
            break;
        }
        rest -= lift;
        passed += 1;
    }
    let new = if own > 0.0 { Some((rest / own).floor()) } else { (mass <= 0.0).then_some(0.0) };
    (ahead as f64 + 1.0, new.map(|new| passed as f64 + new + 1.0))
}

#[cfg(test)]
mod tests;
