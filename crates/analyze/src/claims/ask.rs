//! Asking a market what a claim is about, under some definition.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use schema::{CalendarPeriod, Estimate, Flagged, Group, Measure, MeasureKind, Statistic, Window};
use store::Store;

use super::{Asked, Claim, What, When, block};
use crate::{
    AverageQuery, Condition, Error, InPeriod, Market, Numbers, Period, Query, Result, answer,
    averages, difference, ratio,
};

/// What is meant by a question: which downloads, of which models.
#[derive(Debug, Clone, PartialEq)]
pub struct Definition {
    /// What is counted.
    pub measure: Measure,
    /// Which models.
    pub conditions: Vec<Condition>,
    /// Which cells.
    pub flagged: Flagged,
    /// Whether owners are the original developers rather than the uploaders.
    pub is_of_developers: bool,
    /// Whether all owners that nobody has reviewed are one, in an index of owners.
    pub is_unreviewed_one: bool,
}

impl Definition {
    /// What a claim means by its question.
    #[must_use]
    pub fn of(claim: &Claim) -> Self {
        Self {
            measure: claim.measure,
            conditions: Vec::new(),
            flagged: Flagged::Include,
            is_of_developers: false,
            is_unreviewed_one: false,
        }
    }
}

/// A market to be asked, with the numeric attributes that were read for it.
pub struct Asker<'a> {
    store: &'a Store,
    /// The market.
    pub market: &'a Market,
    numbers: RefCell<BTreeMap<String, Rc<Numbers>>>,
}

impl<'a> Asker<'a> {
    /// Asks a market, whose attributes are in a store.
    #[must_use]
    pub fn new(store: &'a Store, market: &'a Market) -> Self {
        Self { store, market, numbers: RefCell::default() }
    }

    /// The answer to a question of a time, or between two.
    pub fn ask(&self, what: What, when: When, definition: &Definition) -> Result<Asked> {
        let mut estimates = Vec::new();
        let mut reach = Vec::new();
        for period in when.periods() {
            let query = question(what, definition).in_period(self.market, period)?;
            estimates.push(match what {
                What::Index { statistic, .. } if definition.is_unreviewed_one => {
                    block::index(self.market, &query.query, statistic)?
                }
                _ => self.at(what, &query)?,
            });
            reach.push(query);
        }
        let estimate = match (when, estimates.as_slice()) {
            (When::Change(..), [earlier, later]) => difference(earlier, later),
            (When::Growth(..), [earlier, later]) => ratio(earlier, later),
            (_, [only, ..]) => only.clone(),
            (_, []) => Estimate::undefined(0),
        };
        Ok(Asked { estimate, reach })
    }

    fn at(&self, what: What, within: &InPeriod) -> Result<Estimate> {
        if let What::Average { attribute, average, weight } = what {
            let numbers = self.numbers(attribute)?;
            let (query, averages_asked) = (within.query.clone(), vec![average]);
            let asked = AverageQuery { numbers: &numbers, averages: averages_asked, weight, query };
            let rows = averages(self.market, &asked)?;
            return Ok(rows.into_iter().next().map_or_else(none, |row| row.estimate));
        }
        let rows = answer(self.market, &within.query)?.rows;
        let of = |unit: Option<&str>| {
            let is_it = |row: &&crate::Row| row.unit.as_deref() == unit && row.is_attributed;
            rows.iter().find(is_it).map(|row| row.estimate.clone())
        };
        let share_of = |unit: &str| {
            let of_unit = of(Some(unit));
            of_unit.unwrap_or_else(|| without_models(&rows))
        };
        Ok(match what {
            What::Share { unit, .. } => share_of(unit),
            What::Lead { unit, other, .. } => lead(&share_of(unit), &share_of(other)),
            _ => of(None).unwrap_or_else(none),
        })
    }

    /// Takes a numeric attribute that need not be read.
    pub(crate) fn know(&self, numbers: Numbers) {
        self.numbers.borrow_mut().insert(numbers.attribute.clone(), Rc::new(numbers));
    }

    /// A numeric attribute, read once.
    pub(crate) fn numbers(&self, attribute: &str) -> Result<Rc<Numbers>> {
        if let Some(known) = self.numbers.borrow().get(attribute) {
            return Ok(Rc::clone(known));
        }
        let read = Rc::new(Numbers::read(self.store, self.market, attribute)?);
        self.numbers.borrow_mut().insert(attribute.to_owned(), Rc::clone(&read));
        Ok(read)
    }
}

fn none() -> Estimate {
    Estimate::undefined(0)
}

/// The share of a unit that no model of the time has: none of what is attributed, and up to all
/// of what is not; not defined where nothing is attributed at all.
fn without_models(rows: &[crate::Row]) -> Estimate {
    if !rows.iter().any(|row| row.is_attributed) {
        return none();
    }
    let unattributed = rows.iter().filter(|row| !row.is_attributed);
    let unattributed: f64 = unattributed.filter_map(|row| row.estimate.value).sum();
    Estimate { bound_high: Some(unattributed), ..Estimate::exact(0.0, 0) }
}

/// How far a share is above another of the same market. Of mass that belongs to none, each may
/// have all.
fn lead(unit: &Estimate, other: &Estimate) -> Estimate {
    let mut lead = difference(other, unit);
    let spare = |share: &Estimate| Some(share.bound_high? - share.value?);
    let reach = spare(unit).zip(spare(other)).map(|(a, b)| a.max(b));
    let value = lead.value;
    lead.bound_low = value.zip(reach).map(|(value, reach)| value - reach);
    lead.bound_high = value.zip(reach).map(|(value, reach)| value + reach);
    lead
}

/// The question that a claim asks, of no time yet: of an average the models and what they count.
#[must_use]
pub fn question(what: What, definition: &Definition) -> Query {
    let (group, statistics) = match what {
        What::Total => ("uploader", vec![Statistic::Sum]),
        What::Share { group, .. } | What::Lead { group, .. } => (group, vec![Statistic::Share]),
        What::Index { group, statistic } => (group, vec![statistic]),
        What::Average { .. } => ("model", Vec::new()),
    };
    let is_total = what == What::Total;
    Query {
        statistics,
        measure: definition.measure,
        group: Group::named(&owned_by(group, definition.is_of_developers)),
        conditions: definition.conditions.clone(),
        flagged: match definition.measure.kind() {
            MeasureKind::Flow => definition.flagged,
            MeasureKind::AsOf => Flagged::Include,
        },
        period: Period::Newest,
        window: Window::Week,
        top: is_total.then_some(0),
    }
}

/// The group of original developers that stands for one of uploaders.
pub(crate) fn owned_by(group: &str, is_of_developers: bool) -> String {
    match group {
        "uploader" if is_of_developers => "developer".to_owned(),
        "country" | "country_group" | "sector" if is_of_developers => format!("developer_{group}"),
        _ => group.to_owned(),
    }
}

/// A question as it is asked at the command line.
#[must_use]
pub(super) fn command(
    collection: &str,
    what: What,
    periods: &[CalendarPeriod],
    definition: &Definition,
) -> String {
    let query = question(what, definition);
    let periods: Vec<String> = periods.iter().map(ToString::to_string).collect();
    let asked = if let What::Average { attribute, average, weight } = what {
        format!("average {attribute} {average} --weight {weight}")
    } else {
        let stat = query.statistics.first().map_or("sum", |statistic| statistic.name());
        let top = if what == What::Total { " --top 0" } else { "" };
        format!("query {stat} --group {}{top}", query.group)
    };
    let conditions = match query.conditions.as_slice() {
        [] => String::new(),
        some => format!(" --where '{}'", Condition::list_text(some)),
    };
    let flagged = match query.flagged {
        Flagged::Include => String::new(),
        some => format!(" --flagged {some}"),
    };
    let (measure, periods) = (query.measure, periods.join(","));
    format!(
        "weighhouse {asked} --collection {collection} --measure {measure}{conditions}{flagged} \
         --period {periods}"
    )
}

/// Why a question cannot be asked, where that is the collection's doing and no failure.
pub(crate) fn reason(error: Error) -> Result<String> {
    match error {
        Error::Store(_) | Error::Cells(_) | Error::NotBuilt { .. } => Err(error),
        error => Ok(error.to_string()),
    }
}
