//! The words of weighhouse.
//!
//! Ids, instants and weeks, cell states, measures, statistics, units, and the descriptions of
//! attributes, indicators and collections.
//! Every other crate speaks in these words, so this one knows none of them, and does no I/O.

mod attribute;
mod calendar;
mod cell;
mod collection;
mod error;
mod estimate;
mod flagged;
mod group;
mod health;
mod indicator;
mod measure;
mod near;
mod problem;
mod statistic;
mod time;

pub use attribute::{Attribute, BESIDE_FACTS, Confidence, Value, ValueType};
pub use calendar::CalendarPeriod;
pub use cell::CellState;
pub use collection::{Collection, simulated_collection, top_of_hub_collection};
pub use error::{Error, Result};
pub use estimate::Estimate;
pub use flagged::Flagged;
pub use group::Group;
pub use health::Health;
pub use indicator::Indicator;
pub use measure::{Measure, MeasureKind};
pub use near::near;
pub use problem::{Problem, Severity};
pub use statistic::Statistic;
pub use time::{Day, Instant, Week, Window};

/// Looks a name up in a list of known values, or fails with the list of known names.
pub(crate) fn parse_name<T: Copy>(
    what: &'static str,
    given: &str,
    known: &[(&'static str, T)],
) -> Result<T> {
    known.iter().find(|(name, _)| *name == given).map(|(_, value)| *value).ok_or_else(|| {
        Error::UnknownName {
            what,
            given: given.to_owned(),
            known: known.iter().map(|(name, _)| (*name).to_owned()).collect(),
        }
    })
}
