//! How large the models are that people download.

use schema::{Indicator, Statistic};

use super::DOWNLOADS;

/// The indicator.
pub(super) const INDICATOR: Indicator = Indicator {
    name: "sizes",
    title: "Shares of size bands",
    meaning: "Which share of downloads goes to models of each band of size.",
    measures: DOWNLOADS,
    group: "size_band",
    statistics: &[Statistic::Share],
};
