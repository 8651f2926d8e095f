//! What sets numbers beside each other: which units, by age, and as an index.

use std::collections::BTreeMap;

use analyze::{Answer, At, Error, Market, Query, Row};

use crate::explore::{MOST_UNITS, units_of};
use crate::parameters::Parameters;
use crate::refusal::Refusal;
use crate::view::one_of;

/// What a question of the API says of it.
pub(super) struct Beside {
    units: Vec<String>,
    is_index: bool,
    is_by_age: bool,
}

impl Beside {
    /// Reads `unit`, `scale` and `by`, and refuses what a query's statistics have not.
    pub(super) fn read(query: &Query, given: &Parameters) -> Result<Self, Refusal> {
        let units = units_of(given);
        let is_index =
            one_of("scale", given.get("scale"), false, &[("value", false), ("index", true)])?;
        let is_by_age = one_of("by", given.get("by"), false, &[("date", false), ("age", true)])?;
        let refused = |reason| Err(Error::Contradiction { reason }.into());
        if units.len() > MOST_UNITS {
            return refused("at most 20 units are compared at once; name fewer");
        }
        if units.is_empty() && is_by_age {
            return refused("ages are told of units; name them with 'unit'");
        }
        if !units.is_empty() {
            analyze::check_named(query)?;
        }
        if is_index {
            query.statistics.iter().try_for_each(|statistic| analyze::check_index(*statistic))?;
        }
        Ok(Self { units, is_index, is_by_age })
    }

    /// Refuses to cut an answer whose numbers are in hundredths of its first.
    pub(super) fn check_whole(&self) -> analyze::Result<()> {
        let reason = "an index is of the first of all rows, and an answer has at most 10,000; ask \
                      for fewer weeks or units";
        if self.is_index { Err(Error::Contradiction { reason }) } else { Ok(()) }
    }

    /// The answer to one part of the question.
    pub(super) fn answer(&self, market: &Market, query: &Query) -> analyze::Result<Answer> {
        if self.units.is_empty() {
            return analyze::answer(market, query);
        }
        analyze::answer_units(market, query, &self.units)
    }

    /// Makes the rows of the whole answer an index where that is asked, and tells their ages, in
    /// the same order.
    pub(super) fn apply(
        &self,
        market: &Market,
        query: &Query,
        rows: &mut [Row],
    ) -> analyze::Result<Vec<Option<u32>>> {
        if self.is_index {
            analyze::index_rows(rows);
        }
        if !self.is_by_age {
            return Ok(Vec::new());
        }
        let firsts = analyze::first_moments(market, query, &self.units)?;
        let firsts: BTreeMap<&str, At> =
            self.units.iter().zip(firsts).filter_map(|(name, at)| Some((&**name, at?))).collect();
        let age = |row: &Row| {
            let first = firsts.get(row.unit.as_deref()?).filter(|_| row.is_attributed)?;
            analyze::age_in_weeks(*first, row.at)
        };
        Ok(rows.iter().map(age).collect())
    }
}
