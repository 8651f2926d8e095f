//! Which sectors the uploaders belong to.

use schema::{Indicator, Statistic};

use super::DOWNLOADS;

/// The indicator.
pub(super) const INDICATOR: Indicator = Indicator {
    name: "sectors",
    title: "Shares of sectors",
    meaning: "Which share of downloads goes to uploaders of each sector.",
    measures: DOWNLOADS,
    group: "sector",
    statistics: &[Statistic::Share, Statistic::Hhi],
};
