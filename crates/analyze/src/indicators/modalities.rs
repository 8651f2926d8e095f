//! What the models that people download take in and give out.

use schema::{Indicator, Statistic};

use super::DOWNLOADS;

/// The indicator.
pub(super) const INDICATOR: Indicator = Indicator {
    name: "modalities",
    title: "Shares of modalities",
    meaning: "Which share of downloads goes to models of each modality.",
    measures: DOWNLOADS,
    group: "modality",
    statistics: &[Statistic::Share],
};
