//! What owners hold, with their country and sector.

use std::sync::{Arc, OnceLock};

use panel::{Detail, Grouping, Scope, UnitSum};
use schema::{Group, MeasureKind};

use super::indices::Indices;
use crate::answer::{self, At, times};
use crate::{Error, Market, Query, Result};

/// How many labels an owner has.
const LABELS: usize = 2;

/// What the owners of a market hold at one time.
#[derive(Debug)]
pub struct Economy {
    /// When.
    pub at: At,
    /// What owners are: the group of the question.
    pub group: String,
    pub(super) kind: MeasureKind,
    pub(super) owners: Names,
    pub(super) labels: [Label; LABELS],
    /// By owner, country and sector.
    pub(super) holdings: Vec<Holding>,
    /// What the indices are, once they were asked for.
    pub(super) indices: OnceLock<Indices>,
}

/// What the owners are told apart by.
#[derive(Debug, Clone)]
pub(super) struct Label {
    /// Its name in changes.
    pub(super) short: &'static str,
    /// The group that it is.
    pub(super) group: String,
    pub(super) names: Names,
}

/// What one owner holds in one country and sector: mostly all that it has.
#[derive(Debug, Clone)]
pub(super) struct Holding {
    /// Tells it from all others, before a change and after it.
    pub(super) id: u32,
    pub(super) owner: u32,
    pub(super) labels: [u32; LABELS],
    pub(super) sum: UnitSum,
}

/// The names of units, and which of them is no unit.
#[derive(Debug, Clone)]
pub(super) struct Names {
    /// Shared with the economy before a change, as long as none is added.
    names: Arc<Vec<String>>,
    pub(super) unattributed: Vec<u32>,
}

impl Names {
    fn of(units: &Grouping) -> Self {
        let names = (0..units.unit_count() as u32).map(|code| units.label(code).to_owned());
        Self::new(names.collect(), units.unattributed().to_vec())
    }

    pub(super) fn new(names: Vec<String>, unattributed: Vec<u32>) -> Self {
        Self { names: Arc::new(names), unattributed }
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &String> {
        self.names.iter()
    }

    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    pub(super) fn get(&self, code: u32) -> &str {
        &self.names[code as usize]
    }

    pub(super) fn code(&self, name: &str) -> Option<u32> {
        self.names.iter().position(|known| known == name).map(|code| code as u32)
    }

    pub(super) fn add(&mut self, name: &str) -> u32 {
        Arc::make_mut(&mut self.names).push(name.to_owned());
        self.names.len() as u32 - 1
    }
}

/// A copy is there to be changed, and works its indices out anew.
impl Clone for Economy {
    fn clone(&self) -> Self {
        Self {
            at: self.at,
            group: self.group.clone(),
            kind: self.kind,
            owners: self.owners.clone(),
            labels: self.labels.clone(),
            holdings: self.holdings.clone(),
            indices: OnceLock::new(),
        }
    }
}

impl Economy {
    /// Reads what the owners of a market hold at the last of the times of a question, whose group
    /// is `uploader` or `developer`.
    pub fn read(market: &Market, query: &Query) -> Result<Self> {
        query.check()?;
        let prefix = match query.group.name() {
            "uploader" => "",
            "developer" => "developer_",
            _ => {
                return Err(Error::Contradiction {
                    reason: "what if asks about owners: use --group uploader or developer",
                });
            }
        };
        let at = *times(market, query)?.last().expect("a question that is not refused has a time");
        let label = |short: &'static str| {
            let group = format!("{prefix}{short}");
            let names = Names::of(market.grouping(&Group::named(&group))?);
            Ok::<_, Error>(Label { short, group, names })
        };
        let labels = [label("country")?, label("sector")?];
        let owners = market.grouping(&query.group)?;
        let groupings = [
            owners,
            market.grouping(&Group::named(&labels[0].group))?,
            market.grouping(&Group::named(&labels[1].group))?,
        ];
        let (crossed, codes) = crossed(&groupings);
        let sums = sums_at(market, query, at, &crossed)?;
        let holding = |(unit, [owner, country, sector]): (u32, [u32; 3])| Holding {
            id: unit,
            owner,
            labels: [country, sector],
            sum: sums(unit),
        };
        let holdings = (0..).zip(codes).map(holding).filter(is_anything);
        Ok(Self {
            at,
            group: query.group.name().to_owned(),
            kind: query.measure.kind(),
            owners: Names::of(owners),
            labels,
            holdings: holdings.collect(),
            indices: OnceLock::new(),
        })
    }
}

/// The units of three groupings together, each with its units in the three.
fn crossed(groupings: &[&Grouping; 3]) -> (Grouping, Vec<[u32; 3]>) {
    let mut units: Vec<[u32; 3]> = Vec::new();
    // Nearly all models of an owner share its place, and so are found at once.
    let mut first_of = vec![u32::MAX; groupings[0].unit_count()];
    let mut others = std::collections::HashMap::new();
    let mut keys = Vec::with_capacity(groupings[0].model_count());
    for place in 0..groupings[0].model_count() {
        let codes = groupings.map(|grouping| grouping.code(place));
        let first = &mut first_of[codes[0] as usize];
        let is_first = *first == u32::MAX;
        if !is_first && units[*first as usize] == codes {
            keys.push(Some(*first));
            continue;
        }
        let new = units.len() as u32;
        let unit = if is_first { new } else { *others.entry(codes).or_insert(new) };
        if unit == new {
            units.push(codes);
        }
        if is_first {
            *first = new;
        }
        keys.push(Some(unit));
    }
    // Units are sorted by name, which keeps their order.
    let names: Vec<String> = (0..units.len()).map(|unit| format!("{unit:010}")).collect();
    (Grouping::by_key(&keys, &names, "", ""), units)
}

/// What each unit adds up to at one time.
fn sums_at(
    market: &Market,
    query: &Query,
    at: At,
    units: &Grouping,
) -> Result<impl Fn(u32) -> UnitSum + use<>> {
    let filter = market.filter(&query.conditions)?;
    let scope = Scope::new(units, &filter);
    let sums = answer::sums_at(market, query, at, &scope, Detail::Everything);
    // Where not all models are asked about, units have other codes.
    let mut code_of = vec![None; units.unit_count()];
    for code in 0..scope.units().unit_count().min(sums.unit_count()) as u32 {
        let unit: usize = scope.units().label(code).parse().unwrap_or_default();
        code_of[unit] = Some(code);
    }
    Ok(move |unit: u32| match code_of[unit as usize] {
        None => UnitSum::default(),
        Some(code) => UnitSum {
            value: sums.value(code),
            below: sums.below(code),
            above: sums.above(code),
            model_count: sums.model_count(code) as u32,
            estimated: sums.estimated(code),
            missing: sums.missing(code) as u32,
        },
    })
}

/// Whether anything is known of a holding, or known to be missing.
fn is_anything(holding: &Holding) -> bool {
    holding.sum.model_count > 0 || holding.sum.missing > 0
}
