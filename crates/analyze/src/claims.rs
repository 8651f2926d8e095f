//! The claims of *Economies of Open Intelligence*, asked of a collection.
//!
//! A claim is data: what the paper says, what is asked, and what would bear it out. Nothing is
//! called reproduced but by the rule of [`verdict`], see `docs/methods/replication.md`.

mod ask;
mod block;
mod choices;
mod curve;
mod held;
mod list;
mod verdict;

use schema::{CalendarPeriod, Estimate, Measure, Statistic};

use crate::{Average, Weight};

pub use ask::{Asker, Definition, question};
pub(crate) use ask::{owned_by, reason};
pub use choices::Specification;
pub use curve::{Curve, Point, agreement, curve, named, with_curves};
pub use list::CLAIMS;
pub use verdict::{Finding, Status, check, is_whole_hub};

/// One claim of the paper.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Claim {
    /// Its name in commands.
    pub name: &'static str,
    /// The claim of the paper that it belongs to.
    pub number: u8,
    /// What is said.
    pub text: &'static str,
    /// Who says it.
    pub origin: Origin,
    /// What is asked of a collection.
    pub what: What,
    /// Of which time, or between which times.
    pub when: When,
    /// By which measure.
    pub measure: Measure,
    /// What would bear it out.
    pub expected: Expected,
}

/// Who says a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The authors.
    Authors,
    /// Others who read the paper.
    Press,
}

impl Origin {
    /// The name in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Authors => "authors",
            Self::Press => "press",
        }
    }
}

/// What a claim is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// The total of the market.
    Total,
    /// The share of one unit of a group.
    Share {
        /// The group.
        group: &'static str,
        /// The unit.
        unit: &'static str,
    },
    /// By how much the share of one unit is above that of another.
    Lead {
        /// The group.
        group: &'static str,
        /// The unit that is ahead.
        unit: &'static str,
        /// The other.
        other: &'static str,
    },
    /// An index over the units of a group.
    Index {
        /// The group.
        group: &'static str,
        /// The index.
        statistic: Statistic,
    },
    /// What is usual of a number.
    Average {
        /// The attribute.
        attribute: &'static str,
        /// Mean or quantile.
        average: Average,
        /// How often each model counts.
        weight: Weight,
    },
}

/// Of which time a claim is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Of a period.
    In(CalendarPeriod),
    /// The later period minus the earlier.
    Change(CalendarPeriod, CalendarPeriod),
    /// The later period by the earlier.
    Growth(CalendarPeriod, CalendarPeriod),
}

impl When {
    /// The periods that are asked about, the earlier first.
    #[must_use]
    pub fn periods(self) -> Vec<CalendarPeriod> {
        match self {
            Self::In(period) => vec![period],
            Self::Change(earlier, later) | Self::Growth(earlier, later) => vec![earlier, later],
        }
    }
}

/// What would bear a claim out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Expected {
    /// This number, as exactly as it is written: give or take half a unit of its last digit.
    Value(f64, f64),
    /// A number above zero: it rose, or is ahead.
    Rise,
    /// A number below zero: it fell, or is behind.
    Fall,
}

impl std::fmt::Display for Expected {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Value(value, _) => write!(f, "{value}"),
            Self::Rise => f.write_str("above 0"),
            Self::Fall => f.write_str("below 0"),
        }
    }
}

/// A number, and what of the time asked for the collection has.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// The number.
    pub estimate: Estimate,
    /// What of each period there is.
    pub reach: Vec<crate::InPeriod>,
}

#[cfg(test)]
mod tests;
