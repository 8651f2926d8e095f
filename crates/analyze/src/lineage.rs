//! Which models are made from others, and what an attribute of the root becomes on the way down.

use std::collections::HashMap;

use panel::{Detail, Grouping, Scope};
use schema::{Estimate, Group};

use crate::answer::{At, sums_at, times};
use crate::estimates::Standings;
use crate::{Market, Query, Result};

/// How a model stands in its lineage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kin {
    /// It is the root of its family.
    Root,
    /// It is made from another; the place of its root, where the collection has that.
    Derivative(Option<usize>),
    /// Its family is not known.
    Unknown,
}

/// What went from one value of the roots to one of the derivatives.
#[derive(Debug, Clone, PartialEq)]
pub struct Transition {
    /// The root's value; `None` where it is not known, or the collection has no root.
    pub from: Option<String>,
    /// The derivative's value; `None` where it is not known.
    pub to: Option<String>,
    /// The share of all downloads of derivatives, 0 to 1. Its upper bound has all that could belong
    /// here, as what is known of one end only.
    pub estimate: Estimate,
}

/// What an attribute of roots becomes in their derivatives, at one time.
#[derive(Debug, Clone, PartialEq)]
pub struct Transitions {
    /// When.
    pub at: At,
    /// The share of derivatives in everything, 0 to 1; models whose family is not known may be
    /// derivatives, and that is what its bounds say.
    pub derivatives: Estimate,
    /// Every pair of values that has any mass, the largest first.
    pub rows: Vec<Transition>,
}

/// The kinds of models by lineage, as units.
const KINDS: [&str; 3] = ["derivative", "root", "unknown"];
const UNKNOWN: &str = "unknown";

/// What the values of the question's group go over into from the roots of families to what is made
/// from them, at the last time of the question; of its statistics nothing is asked.
pub fn transitions(market: &Market, query: &Query) -> Result<Transitions> {
    query.check()?;
    let at = *times(market, query)?.last().expect("a question that is not refused has a time");
    let values = market.grouping(&query.group)?;
    let kin = kin(market)?;
    let mut pairs: Vec<Pair> = Vec::new();
    let mut place_of: HashMap<Pair, u32> = HashMap::new();
    let known = |place: usize| Some(values.code(place)).filter(|code| values.is_attributed(*code));
    let keys: Vec<Option<u32>> = kin
        .iter()
        .enumerate()
        .map(|(place, kin)| {
            let Kin::Derivative(root) = kin else { return None };
            let pair = (root.and_then(known), known(place));
            Some(*place_of.entry(pair).or_insert_with(|| {
                pairs.push(pair);
                pairs.len() as u32 - 1
            }))
        })
        .collect();
    let names: Vec<String> = (0..pairs.len()).map(|place| place.to_string()).collect();
    let grouping = Grouping::by_key(&keys, &names, "", "");
    let mut rows = shares(market, query, at, &grouping)?;
    let of =
        |(from, to): Pair| (from.map(|code| values.label(code)), to.map(|code| values.label(code)));
    let masses: Vec<(Pair, f64)> =
        rows.iter().map(|(place, share)| (pairs[*place], share.value.unwrap_or(0.0))).collect();
    let rows = rows.iter_mut().map(|(place, share)| {
        let pair = pairs[*place];
        bound(share, pair, &masses);
        let (from, to) = of(pair);
        Transition {
            from: from.map(str::to_owned),
            to: to.map(str::to_owned),
            estimate: share.clone(),
        }
    });
    let mut rows: Vec<Transition> = rows.collect();
    rows.retain(|row| row.estimate.value.is_some_and(|share| share > 0.0));
    rows.sort_by(|a, b| {
        let by_size = b.estimate.value.partial_cmp(&a.estimate.value);
        by_size
            .unwrap_or(std::cmp::Ordering::Equal)
            .then_with(|| (&a.from, &a.to).cmp(&(&b.from, &b.to)))
    });
    Ok(Transitions { at, derivatives: derivatives(market, query, at, &kin)?, rows })
}

/// The values at both ends, by code; `None` where one is not known.
type Pair = (Option<u32>, Option<u32>);

/// The root of each family, as its place among the models, where the collection has it.
pub(crate) fn roots(market: &Market) -> Result<Vec<Option<usize>>> {
    let models = market.grouping(&Group::Model)?;
    let families = market.grouping(&Group::named("family"))?;
    let mut roots = vec![None; families.unit_count()];
    for place in 0..market.model_count() {
        let family = families.code(place);
        if families.label(family) == models.label(models.code(place)) {
            roots[family as usize] = Some(place);
        }
    }
    Ok(roots)
}

fn kin(market: &Market) -> Result<Vec<Kin>> {
    let families = market.grouping(&Group::named("family"))?;
    let roots = roots(market)?;
    let kin = |place: usize| {
        let family = families.code(place);
        match roots[family as usize] {
            _ if !families.is_attributed(family) => Kin::Unknown,
            Some(root) if root == place => Kin::Root,
            root => Kin::Derivative(root),
        }
    };
    Ok((0..market.model_count()).map(kin).collect())
}

/// The share of each unit of a grouping made for the question, by the number that is its name, of
/// the mass of all its units.
fn shares(
    market: &Market,
    query: &Query,
    at: At,
    grouping: &Grouping,
) -> Result<Vec<(usize, Estimate)>> {
    let mut filter = market.filter(&query.conditions)?;
    let is_unit = |code: &u32| !grouping.label(*code).is_empty();
    let codes: Vec<u32> = (0..grouping.unit_count() as u32).filter(is_unit).collect();
    filter.keep(grouping, &codes);
    let scope = Scope::new(grouping, &filter);
    let sums = sums_at(market, query, at, &scope, Detail::Everything);
    let standings = Standings::new(&sums, query.measure.kind(), &[]);
    let row = |code: u32| {
        let place = scope.units().label(code).parse().ok()?;
        Some((place, standings.share_of(code)))
    };
    Ok((0..sums.unit_count() as u32).filter(|code| sums.is_known(*code)).filter_map(row).collect())
}

/// What is known of one end only may belong to any pair that has it, and what is known of neither
/// to any; a pair that is not known may be none.
fn bound(share: &mut Estimate, (from, to): Pair, masses: &[(Pair, f64)]) {
    if from.is_none() || to.is_none() {
        share.bound_low = share.value.map(|_| 0.0);
        return;
    }
    let may_be = |(other_from, other_to): &Pair| {
        let is_whole = other_from.is_some() && other_to.is_some();
        let agrees = |other: &Option<u32>, own| other.is_none() || *other == own;
        !is_whole && agrees(other_from, from) && agrees(other_to, to)
    };
    let unknown: f64 = masses.iter().filter(|(pair, _)| may_be(pair)).map(|(_, mass)| mass).sum();
    share.bound_high = share.value.map(|value| (value + unknown).min(1.0));
}

/// The share of derivatives in all.
fn derivatives(market: &Market, query: &Query, at: At, kin: &[Kin]) -> Result<Estimate> {
    let key = |kin: &Kin| match kin {
        Kin::Derivative(_) => Some(0),
        Kin::Root => Some(1),
        Kin::Unknown => Some(2),
    };
    let keys: Vec<Option<u32>> = kin.iter().map(key).collect();
    let kinds = Grouping::by_key(&keys, &KINDS, UNKNOWN, UNKNOWN);
    let filter = market.filter(&query.conditions)?;
    let scope = Scope::new(&kinds, &filter);
    let sums = sums_at(market, query, at, &scope, Detail::Everything);
    let standings = Standings::new(&sums, query.measure.kind(), scope.units().unattributed());
    let code = scope.units().find(KINDS[0]).filter(|code| sums.is_known(*code));
    Ok(code.map_or_else(|| Estimate::undefined(0), |code| standings.share_of(code)))
}
