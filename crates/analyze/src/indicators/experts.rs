//! Whether the models are mixtures of experts.

use schema::{Indicator, Statistic};

use super::DOWNLOADS;

/// The indicator.
pub(super) const INDICATOR: Indicator = Indicator {
    name: "experts",
    title: "Share of mixtures of experts",
    meaning: "Which share of downloads goes to mixtures of experts.",
    measures: DOWNLOADS,
    group: "is_moe",
    statistics: &[Statistic::Share],
};
