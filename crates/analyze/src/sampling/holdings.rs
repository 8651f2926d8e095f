//! What each owner holds of each unit, at some times.

use panel::{Grouping, Scope, Sums};
use schema::Group;

use crate::answer::{sums_at, times};
use crate::{Condition, Market, Query, Result};

/// What owners hold, in rows of one owner and one unit each, by owner.
#[derive(Debug, Clone)]
pub(crate) struct Holdings {
    /// How many owners there are.
    pub(crate) owners: usize,
    /// How many units there are.
    pub(crate) units: usize,
    /// How many times there are.
    pub(crate) times: usize,
    /// By owner, then unit; those that hold nothing at any time are left out.
    pub(crate) rows: Vec<Holding>,
    /// What each row holds at each time, row by row.
    values: Vec<f64>,
    /// How many models of a row are known at each time, in the same order.
    models: Vec<u32>,
}

/// Whose, and of what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Holding {
    /// The code of the owner.
    pub(crate) owner: u32,
    /// The code of the unit.
    pub(crate) unit: u32,
}

impl Holdings {
    /// Reads what each owner holds of each unit at the one time of each question; the questions
    /// have the same conditions.
    pub(crate) fn read(
        market: &Market,
        owners: &Grouping,
        units: &Grouping,
        queries: &[Query],
    ) -> Result<Self> {
        let mut table = Table::new(market, owners, units, conditions(queries))?;
        let (crossed, filter) = (table.crossed.clone(), table.filter.clone());
        let scope = Scope::new(&crossed, &filter);
        for query in queries {
            query.check()?;
            let of_query = times(market, query)?;
            let at = *of_query.last().expect("a question that is not refused has a time");
            table.take(&scope, &sums_at(market, query, at, &scope));
        }
        Ok(table.holdings(owners, units))
    }

    /// What a row holds at each time.
    pub(crate) fn of_row(&self, row: usize) -> &[f64] {
        &self.values[row * self.times..][..self.times]
    }

    /// How many models of a row are known at each time.
    pub(crate) fn models_of_row(&self, row: usize) -> &[u32] {
        &self.models[row * self.times..][..self.times]
    }

    /// The rows of each owner, by owner: those without rows are left out.
    pub(crate) fn by_owner(&self) -> impl Iterator<Item = std::ops::Range<usize>> {
        let mut begin = 0;
        self.rows.chunk_by(|a, b| a.owner == b.owner).map(move |rows| {
            let range = begin..begin + rows.len();
            begin = range.end;
            range
        })
    }
}

fn conditions(queries: &[Query]) -> &[Condition] {
    queries.first().map_or(&[], |query| &query.conditions)
}

/// Holdings while they are read, time by time.
struct Table {
    crossed: Grouping,
    pairs: Vec<(u32, u32)>,
    filter: panel::Filter,
    /// By time, then pair.
    values: Vec<Vec<f64>>,
    models: Vec<Vec<u32>>,
}

impl Table {
    fn new(
        market: &Market,
        owners: &Grouping,
        units: &Grouping,
        conditions: &[Condition],
    ) -> Result<Self> {
        let (crossed, pairs) = owners.crossed(units);
        let filter = market.filter(conditions)?;
        Ok(Self { crossed, pairs, filter, values: Vec::new(), models: Vec::new() })
    }

    fn take(&mut self, scope: &Scope<'_>, sums: &Sums) {
        let mut values = vec![0.0; self.pairs.len()];
        let mut models = vec![0; self.pairs.len()];
        for code in 0..sums.unit_count() as u32 {
            // Where not all models are asked about, units have other codes.
            let pair = scope.units().place_of_name(code) as usize;
            values[pair] = sums.value(code);
            models[pair] = sums.model_count(code) as u32;
        }
        self.values.push(values);
        self.models.push(models);
    }

    fn holdings(self, owners: &Grouping, units: &Grouping) -> Holdings {
        let times = self.values.len();
        let mut holdings = Holdings {
            owners: owners.unit_count(),
            units: units.unit_count(),
            times,
            rows: Vec::new(),
            values: Vec::new(),
            models: Vec::new(),
        };
        for (place, (owner, unit)) in self.pairs.into_iter().enumerate() {
            if self.models.iter().all(|models| models[place] == 0) {
                continue;
            }
            holdings.rows.push(Holding { owner, unit });
            holdings.values.extend(self.values.iter().map(|values| values[place]));
            holdings.models.extend(self.models.iter().map(|models| models[place]));
        }
        holdings
    }
}

/// The group whose units are drawn again for questions about a group: the original developers
/// where those are asked about, and else the uploaders.
#[must_use]
pub(crate) fn drawn_for(group: &Group) -> Group {
    let is_of_developers = group.name() == "family" || group.name().starts_with("developer");
    Group::named(if is_of_developers { "developer" } else { "uploader" })
}
