//! Disjoint blocks of weeks: what trends, breaks and crossings are looked for in.
//!
//! A trailing window makes a trend of any noise, so no two blocks share a week.

use schema::{MeasureKind, Week, Window};

use super::Context;
use crate::{At, Error, Period, Query, Result};

/// Weeks of a block.
const WEEKS: i32 = 4;
/// The least blocks in which anything is looked for.
const LEAST: usize = 12;
/// The most blocks: those before are older than twelve years.
const MOST: usize = 160;

/// Blocks of weeks, by time.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Blocks {
    /// The last week of each.
    ends: Vec<Week>,
}

impl Blocks {
    /// The blocks of a market, the last ending with its last week.
    ///
    /// Fails where there are too few, or the measure is no flow.
    pub(crate) fn of(context: &Context<'_>) -> Result<Self> {
        if context.measure.kind() != MeasureKind::Flow {
            return Err(Error::Contradiction {
                reason: "a date is looked for in weekly flows; this collection or measure has \
                         readings only",
            });
        }
        let (first, last) = context
            .market
            .weeks()
            .ok_or(Error::Contradiction { reason: "the collection has no week that is over" })?;
        let count = (((last.number() - first.number() + 1) / WEEKS) as usize).min(MOST);
        if count < LEAST {
            return Err(Error::Contradiction {
                reason: "a date is looked for in at least 48 weeks, and the collection has fewer",
            });
        }
        let ends = (0..count).rev().map(|back| last.plus(-WEEKS * back as i32));
        Ok(Self { ends: ends.collect() })
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.ends.len()
    }

    /// The weeks from the first block's last to the last one's.
    pub(crate) fn period(&self) -> Period {
        Period::Weeks { from: Some(self.end(0)), to: Some(self.end(self.count() - 1)) }
    }

    /// The last week of a block.
    pub(crate) fn end(&self, block: usize) -> Week {
        self.ends[block]
    }

    /// Whether a block ends at a time.
    pub(crate) fn is_end(&self, at: At) -> bool {
        matches!(at, At::Week(week) if self.ends.binary_search(&week).is_ok())
    }

    /// The first week of a block.
    pub(crate) fn first_week(&self, block: usize) -> Week {
        self.ends[block].plus(1 - WEEKS)
    }

    /// The days since 1970 of the Monday with which a block begins; of one past the last, that with
    /// which it would.
    pub(crate) fn monday(&self, block: usize) -> f64 {
        let week = match self.ends.get(block) {
            Some(end) => end.plus(1 - WEEKS),
            None => self.ends[self.ends.len() - 1].plus(1),
        };
        f64::from(week.monday().epoch_days())
    }

    /// From the first week to the last.
    pub(crate) fn name(&self) -> String {
        let last = self.ends.len() - 1;
        format!("{} → {}", self.first_week(0), self.ends[last])
    }

    /// The question of one block.
    pub(crate) fn query(&self, query: &Query, block: usize) -> Query {
        let end = self.ends[block];
        Query {
            window: Window::Weeks(WEEKS as u16),
            period: Period::Weeks { from: Some(end), to: Some(end) },
            ..query.clone()
        }
    }

    /// The questions of all blocks.
    pub(crate) fn queries(&self, query: &Query) -> Vec<Query> {
        (0..self.count()).map(|block| self.query(query, block)).collect()
    }
}
