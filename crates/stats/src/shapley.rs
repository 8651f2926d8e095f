//! Which factors a change of an index comes from, whatever the order in which they changed.

use crate::error::Refusal;
use crate::hhi_change::UnitSums;
use crate::sum::Sum;

/// A change of an index, shared out among factors.
#[derive(Debug, Clone, PartialEq)]
pub struct Shapley {
    /// The index before any factor changed.
    pub before: f64,
    /// The index after all of them changed.
    pub after: f64,
    /// The part of each factor, in the unit of the index; together they are the change.
    pub parts: Vec<f64>,
}

impl Shapley {
    /// The change of the index.
    #[must_use]
    pub fn change(&self) -> f64 {
        self.after - self.before
    }
}

/// The most factors: their 4,096 subsets are tried.
const MOST_FACTORS: usize = 12;

/// Shares the change of an index out among the factors that it is a function of.
///
/// `index` is handed which factors have changed, a bit each, the lowest the first; it is asked
/// once for each subset. A factor's part is what it adds when it changes after some others,
/// averaged over all orders. Refused above 12 factors, and where the index is undefined somewhere.
/// Shapley (1953); `docs/methods/shapley.md`.
pub fn shapley(
    factors: usize,
    index: impl FnMut(usize) -> Option<f64>,
) -> Result<Shapley, Refusal> {
    if factors > MOST_FACTORS {
        return Err(Refusal::TooManyFactors { have: factors, most: MOST_FACTORS });
    }
    let mut index = index;
    let everything = (1 << factors) - 1;
    let mut values = Vec::with_capacity(1 << factors);
    for changed in 0..=everything {
        values.push(index(changed).ok_or(Refusal::Undefined { changed })?);
    }
    let weights = weights(factors);
    let part = |factor: usize| {
        let own = 1 << factor;
        let mut part = Sum::default();
        for changed in (0..=everything).filter(|changed| changed & own == 0) {
            let weight = weights[changed.count_ones() as usize];
            part.add(weight * (values[changed | own] - values[changed]));
        }
        part.value()
    };
    let parts = (0..factors).map(part).collect();
    Ok(Shapley { before: values[0], after: values[everything], parts })
}

/// The share of all orders in which a factor comes right after a given set of so many others:
/// `s!·(n − s − 1)!/n!`.
fn weights(factors: usize) -> Vec<f64> {
    let mut weights = Vec::with_capacity(factors);
    // One over n times "n − 1 choose s".
    let mut choices = 1.0;
    for before in 0..factors {
        weights.push(1.0 / (factors as f64 * choices));
        choices *= (factors - 1 - before) as f64 / (before + 1) as f64;
    }
    weights
}

/// Shares the change of an index of a market out among groups of its units.
///
/// A group changes when all of its units go from their first sums to their second; a unit that is
/// not there is left out of the market. Each unit has a group, numbered from 0.
/// Refused as [`shapley`] is.
/// `docs/methods/shapley.md`.
pub fn shapley_of_groups(
    units: &[UnitSums],
    groups: &[usize],
    index: impl Fn(&[f64]) -> Option<f64>,
) -> Result<Shapley, Refusal> {
    assert_eq!(units.len(), groups.len(), "each unit has a group");
    let count = groups.iter().max().map_or(0, |last| last + 1);
    let mut market = Vec::with_capacity(units.len());
    shapley(count, |changed| {
        let sums = units
            .iter()
            .zip(groups)
            .map(|(unit, group)| if changed >> group & 1 == 1 { unit.after } else { unit.before });
        market.clear();
        market.extend(sums.flatten());
        index(&market)
    })
}
