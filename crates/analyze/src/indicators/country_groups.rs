//! Which countries the uploaders sit in.

use schema::{Indicator, Statistic};

use super::DOWNLOADS;

/// The indicator.
pub(super) const INDICATOR: Indicator = Indicator {
    name: "country_groups",
    title: "Shares of country groups",
    meaning: "Which share of downloads goes to uploaders of each group of countries.",
    measures: DOWNLOADS,
    group: "country_group",
    statistics: &[Statistic::Share, Statistic::Hhi],
};
