//! How the weights are stored.

use schema::{Indicator, Statistic};

use super::DOWNLOADS;

/// The indicator.
pub(super) const INDICATOR: Indicator = Indicator {
    name: "quantization",
    title: "Shares of quantization methods",
    meaning: "Which share of downloads goes to models of each quantization method.",
    measures: DOWNLOADS,
    group: "quantization_method",
    statistics: &[Statistic::Share],
};
