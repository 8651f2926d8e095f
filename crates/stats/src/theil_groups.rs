//! Theil's T, split by group.

use crate::inequality::theil;
use crate::market::totals;
use crate::sum::sum;

/// Theil's T as the sum of a part between groups and a part within them, in nats.
#[derive(Debug, Clone, PartialEq)]
pub struct TheilParts {
    /// What there would be if the units of each group were equal: `Σ S·ln(S·n/n_g)`.
    /// It is at least 0.
    pub between: f64,
    /// What there is within the groups: `Σ S·T_g`, at least 0.
    pub within: f64,
    /// The groups by number, also those without a unit.
    pub groups: Vec<TheilGroup>,
}

impl TheilParts {
    /// [`theil`] of all units.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.between + self.within
    }
}

/// What one group adds to Theil's T.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TheilGroup {
    /// How many units it has, idle ones included.
    pub units: usize,
    /// Its share S of the market, 0 to 1.
    pub share: f64,
    /// Its own T in nats; `None` where it has no mass.
    pub theil: Option<f64>,
    /// Its term of the part between groups, negative where its units are smaller than the mean.
    pub between: f64,
    /// Its term of the part within groups.
    pub within: f64,
}

/// Splits [`theil`] exactly by group; `groups` numbers the group of each unit from 0.
///
/// `None` for an empty or all-idle market; slices of unequal length are a caller's error.
/// Theil (1967), Shorrocks (1980); `docs/methods/theil.md`.
#[must_use]
pub fn theil_by_group(units: &[f64], groups: &[usize]) -> Option<TheilParts> {
    let is_matched = units.len() == groups.len();
    debug_assert!(is_matched, "each unit has a group");
    let market = totals(units).filter(|_| is_matched)?;
    let mut members: Vec<Vec<f64>> = vec![Vec::new(); groups.iter().max()? + 1];
    for (&unit, &group) in units.iter().zip(groups) {
        members[group].push(unit);
    }
    let part = |members: &Vec<f64>| {
        let total = sum(members.iter().copied());
        let share = total / market.total;
        let own = theil(members);
        let equal = members.len() as f64 / market.units;
        let between = if total > 0.0 { share * (share / equal).ln() } else { 0.0 };
        let within = own.map_or(0.0, |own| share * own);
        TheilGroup { units: members.len(), share, theil: own, between, within }
    };
    let groups: Vec<TheilGroup> = members.iter().map(part).collect();
    let between = sum(groups.iter().map(|group| group.between)).max(0.0);
    let within = sum(groups.iter().map(|group| group.within));
    Some(TheilParts { between, within, groups })
}
