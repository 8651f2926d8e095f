//! What each owner holds of each unit, at some times.

use panel::{Detail, FlowQuestion, Grouping, Scope, Sums};
use schema::{Group, Measure, MeasureKind, Week};

use crate::answer::{sums_at, times};
use crate::{Condition, Market, Period, Query, Result};

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
    /// How many models of a row are known at each time, in the same order; empty where that was
    /// not read.
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
    /// have the same conditions. Of how many models is not read.
    pub(crate) fn read(
        market: &Market,
        owners: &Grouping,
        units: &Grouping,
        queries: &[Query],
    ) -> Result<Self> {
        Self::read_in_detail(market, (owners, units), queries, Detail::Values)
    }

    /// Reads the same, with how many models each row is of.
    pub(crate) fn read_with_models(
        market: &Market,
        owners: &Grouping,
        units: &Grouping,
        queries: &[Query],
    ) -> Result<Self> {
        Self::read_in_detail(market, (owners, units), queries, Detail::Everything)
    }

    fn read_in_detail(
        market: &Market,
        (owners, units): (&Grouping, &Grouping),
        queries: &[Query],
        detail: Detail,
    ) -> Result<Self> {
        let mut table = Table::new(market, owners, units, conditions(queries))?;
        let (crossed, filter) = (table.crossed.clone(), table.filter.clone());
        let scope = Scope::new(&crossed, &filter);
        for query in queries {
            query.check()?;
        }
        if let Some(blocks) = Blocks::of(queries) {
            for taken in blocks.taken(market, &scope, table.pairs.len(), detail) {
                table.push(taken);
            }
            return Ok(table.holdings(owners, units));
        }
        for query in queries {
            let of_query = times(market, query)?;
            let at = *of_query.last().expect("a question that is not refused has a time");
            let sums = sums_at(market, query, at, &scope, detail);
            let taken = taken(&scope, &sums, table.pairs.len(), detail);
            table.push(taken);
        }
        Ok(table.holdings(owners, units))
    }

    /// What a row holds at each time.
    pub(crate) fn of_row(&self, row: usize) -> &[f64] {
        &self.values[row * self.times..][..self.times]
    }

    /// How many models of a row are known at each time, where that was read.
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

/// What pairs hold at one time, and of how many models.
type Taken = (Vec<f64>, Vec<u32>);

fn taken(scope: &Scope<'_>, sums: &Sums, pairs: usize, detail: Detail) -> Taken {
    let is_counted = matches!(detail, Detail::Everything);
    let (mut values, mut models) = (vec![0.0; pairs], Vec::new());
    if is_counted {
        models.resize(pairs, 0);
    }
    for code in 0..sums.unit_count() as u32 {
        // Where not all models are asked about, units have other codes.
        let pair = scope.units().place_of_name(code) as usize;
        values[pair] = sums.value(code);
        if is_counted {
            models[pair] = sums.model_count(code) as u32;
        }
    }
    (values, models)
}

/// Questions about windows of one length, which one pass through the weeks answers.
struct Blocks<'a> {
    query: &'a Query,
    ends: Vec<Week>,
}

impl<'a> Blocks<'a> {
    /// `None` where there are few, of unequal length, or not of flows.
    fn of(queries: &'a [Query]) -> Option<Self> {
        const LEAST: usize = 8;
        let query = queries.first().filter(|_| queries.len() >= LEAST)?;
        let end = |other: &Query| match other.period {
            Period::Weeks { from, to } if from == to && other.window == query.window => to,
            _ => None,
        };
        let ends: Vec<Week> = queries.iter().map(end).collect::<Option<_>>()?;
        (query.measure.kind() == MeasureKind::Flow && ends.is_sorted())
            .then_some(Self { query, ends })
    }

    fn taken(
        &self,
        market: &Market,
        scope: &Scope<'_>,
        pairs: usize,
        detail: Detail,
    ) -> Vec<Taken> {
        let question = FlowQuestion {
            scope,
            is_first_year: self.query.measure == Measure::FirstYear,
            flagged: self.query.flagged,
            window: self.query.window.weeks() as usize,
            detail,
            prepared: None,
        };
        let weeks = (self.ends[0], self.ends[self.ends.len() - 1]);
        let at_ends = market.panel.over_windows(&question, weeks, |week, sums: &Sums| {
            let is_end = self.ends.binary_search(&week).is_ok();
            is_end.then(|| taken(scope, sums, pairs, detail))
        });
        at_ends.into_iter().flatten().collect()
    }
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

    fn push(&mut self, (values, models): Taken) {
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
            let of_models = || self.models.iter().filter_map(|models| models.get(place));
            let is_nothing = self.values.iter().all(|values| values[place] == 0.0)
                && of_models().all(|models| *models == 0);
            if is_nothing {
                continue;
            }
            holdings.rows.push(Holding { owner, unit });
            holdings.values.extend(self.values.iter().map(|values| values[place]));
            holdings.models.extend(of_models());
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
