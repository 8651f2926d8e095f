//! What is known of a market, described once.

use crate::{Measure, Statistic};

/// The description of one indicator: a standing question whose answers are kept with a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Indicator {
    /// Its name in tables and addresses.
    pub name: &'static str,
    /// Its title on pages.
    pub title: &'static str,
    /// One sentence that says what it answers.
    pub meaning: &'static str,
    /// What is counted, in order of preference: the first that a collection has is used.
    pub measures: &'static [Measure],
    /// The unit of the market.
    pub group: &'static str,
    /// The statistics that are kept.
    pub statistics: &'static [Statistic],
}
