//! An index of owners among which all that nobody has reviewed are one.

use panel::{Detail, Grouping, Scope};
use schema::{Estimate, Group, Statistic};

use crate::answer::{sums_at, times};
use crate::estimates::Standings;
use crate::{Market, Query, Result};

/// What an attribute by review says of an owner that nobody has reviewed.
const UNREVIEWED: &str = "unreviewed";
/// The name of the one; no owner can have it.
const BLOCK: &str = "(unreviewed owners)";
/// The name of mass that has no owner.
const UNKNOWN: &str = "unknown";

/// The index at the last of the times of a question whose group is `uploader` or `developer`.
pub(super) fn index(market: &Market, query: &Query, statistic: Statistic) -> Result<Estimate> {
    query.check()?;
    let place = if query.group.name() == "developer" { "developer_country" } else { "country" };
    let places = market.grouping(&Group::named(place))?;
    let units = joined(market.grouping(&query.group)?, places);
    let at = *times(market, query)?.last().expect("a question that is not refused has a time");
    let filter = market.filter(&query.conditions)?;
    let scope = Scope::new(&units, &filter);
    let sums = sums_at(market, query, at, &scope, Detail::Everything);
    let unattributed = scope.units().unattributed();
    Ok(Standings::new(&sums, query.measure.kind(), unattributed).statistic(statistic))
}

/// The owners, with one for all whose place nobody has reviewed.
fn joined(owners: &Grouping, places: &Grouping) -> Grouping {
    let codes = 0..owners.unit_count() as u32;
    let mut names: Vec<&str> = codes.map(|code| owners.label(code)).collect();
    let block = names.len() as u32;
    names.push(BLOCK);
    let key = |model: usize| {
        let owner = owners.code(model);
        let is_unreviewed = places.label(places.code(model)) == UNREVIEWED;
        owners.is_attributed(owner).then_some(if is_unreviewed { block } else { owner })
    };
    let keys: Vec<Option<u32>> = (0..owners.model_count()).map(key).collect();
    Grouping::by_key(&keys, &names, UNKNOWN, UNKNOWN)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: of five models two are of owners that nobody has reviewed, and one of nobody.
    #[test]
    fn unreviewed_owners_become_one_and_others_stay() {
        let grouping = |values: [Option<&str>; 5], label: &str| {
            Grouping::by_value(&values.map(|value| value.map(str::to_owned)), label, UNKNOWN)
        };
        let owners = grouping([Some("a"), Some("b"), Some("c"), None, Some("a")], UNKNOWN);
        let places = grouping([Some("France"), None, None, None, Some("France")], UNREVIEWED);
        let units = joined(&owners, &places);
        let labels: Vec<&str> = (0..5).map(|model| units.label(units.code(model))).collect();
        assert_eq!(labels, ["a", BLOCK, BLOCK, UNKNOWN, "a"]);
        assert!(units.is_attributed(units.code(1)) && !units.is_attributed(units.code(3)));
    }
}
