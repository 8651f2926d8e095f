//! Under which licences the models are.

use schema::{Indicator, Statistic};

use super::DOWNLOADS;

/// The indicator.
pub(super) const INDICATOR: Indicator = Indicator {
    name: "licenses",
    title: "Shares of licence families",
    meaning: "Which share of downloads goes to models of each family of licences.",
    measures: DOWNLOADS,
    group: "license_family",
    statistics: &[Statistic::Share],
};
