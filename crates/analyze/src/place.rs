//! Where one unit stands in a market, how sure its rank is, and who is around it.

use std::cmp::Reverse;
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
        let rank = Estimate::undefined(now.codes().len() as u64);
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

/// The units of a market by their size.
///
/// Where there are a million, to put all of them in order takes much longer than to count those
/// before one.
struct Ranking<'a> {
    standings: Standings<'a>,
    sums: &'a Sums,
    units: &'a Grouping,
}

/// Where a unit belongs: the largest first, then by name.
type Key = (Reverse<u64>, u32, u32);

impl<'a> Ranking<'a> {
    fn new(standings: Standings<'a>, sums: &'a Sums, units: &'a Grouping) -> Self {
        Self { standings, sums, units }
    }

    /// The codes of all units.
    fn codes(&self) -> &[u32] {
        self.standings.units()
    }

    fn key(&self, code: u32) -> Key {
        (Reverse(self.sums.parts(code)), self.units.place_of_name(code), code)
    }

    /// The places in the order of those next to a unit; none for what is no unit.
    fn around(&self, code: u32, beside: usize) -> Vec<u32> {
        if !self.standings.is_unit(code) {
            return Vec::new();
        }
        let own = self.key(code);
        let keys = || self.codes().iter().map(|code| self.key(*code));
        let before = nearest(keys().filter(|key| *key < own).map(Reverse), beside);
        let after = nearest(keys().filter(|key| *key > own), beside);
        let before = before.into_iter().rev().map(|Reverse(key)| key);
        before.chain([own]).chain(after).map(|(.., code)| code).collect()
    }

    /// The ranks of some units, as far as they have one.
    fn ranks_of(&self, codes: &[u32]) -> HashMap<u32, u64> {
        let is_unit = |code: &&u32| self.standings.is_unit(**code);
        let mut asked: Vec<Key> =
            codes.iter().filter(is_unit).map(|code| self.key(*code)).collect();
        asked.sort_unstable();
        // How many units stand before each of them and behind the one before it.
        let mut between = vec![0_u64; asked.len() + 1];
        for code in self.codes() {
            let own = self.key(*code);
            between[asked.partition_point(|key| *key < own)] += 1;
        }
        let mut rank = 0;
        let ranked = asked.into_iter().zip(between).map(|((.., code), more)| {
            // The last of these is the unit itself.
            rank += more;
            (code, rank)
        });
        ranked.collect()
    }

    fn rank_of(&self, code: u32) -> Estimate {
        let n = self.codes().len() as u64;
        let Some(rank) = self.ranks_of(&[code]).get(&code).copied() else {
            return Estimate::undefined(n);
        };
        let sums = self.sums;
        let low = |code: u32| (sums.value(code) - sums.below(code)).max(0.0);
        let high = |code: u32| sums.value(code) + sums.above(code);
        let (own_low, own_high) = (low(code), high(code));
        let others = || self.codes().iter().copied().filter(|other| *other != code);
        let ahead = others().filter(|other| low(*other) > own_high).count();
        let beside = others().filter(|other| high(*other) >= own_low).count();
        let values: Vec<f64> = self.codes().iter().map(|code| sums.value(*code)).collect();
        let mass = self.standings.unattributed.iter().map(|code| sums.value(*code)).sum();
        let bounds = rank_bounds(&values, sums.value(code), mass);
        let sum = self.standings.sum_of(code);
        Estimate {
            value: Some(rank as f64),
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

/// The first few in order.
fn nearest<K: Ord>(keys: impl Iterator<Item = K>, count: usize) -> Vec<K> {
    if count == 0 {
        return Vec::new();
    }
    let mut keys: Vec<K> = keys.collect();
    if count < keys.len() {
        keys.select_nth_unstable(count - 1);
        keys.truncate(count);
    }
    keys.sort_unstable();
    keys
}

/// The best and the worst rank that a unit of this size could have among all values, wherever
/// unattributed mass belongs; its own is one of the values.
///
/// Best: all of it is the unit's own. Worst: it lifts as many others past the unit as it can, the
/// nearest first, and then makes new ones as large; of a unit with nothing no worst is told.
fn rank_bounds(values: &[f64], own: f64, mass: f64) -> (f64, Option<f64>) {
    let ahead = values.iter().filter(|value| **value > own + mass).count();
    let mut rest = mass;
    // Others of the same size share the ranks, wherever they stand.
    let mut passed = values.iter().filter(|value| **value >= own).count() - 1;
    let lift = |value: &f64| (*value < own).then_some(own - value).filter(|lift| *lift <= mass);
    let mut lifts: Vec<f64> = values.iter().filter_map(lift).collect();
    lifts.sort_unstable_by(f64::total_cmp);
    for lift in lifts {
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
