//! How unequal downloads are over single models.

use schema::{Indicator, Statistic};

use super::DOWNLOADS;

/// The indicator.
pub(super) const INDICATOR: Indicator = Indicator {
    name: "models",
    title: "Inequality over models",
    meaning: "How unequal downloads are over single models.",
    measures: DOWNLOADS,
    group: "model",
    statistics: &[Statistic::Sum, Statistic::Hhi, Statistic::Cr10, Statistic::Gini, Statistic::Top],
};
