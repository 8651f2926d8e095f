//! How concentrated downloads are over the makers of the models at the roots.

use schema::{Indicator, Statistic};

use super::DOWNLOADS;

/// The indicator.
pub(super) const INDICATOR: Indicator = Indicator {
    name: "developers",
    title: "Concentration over original developers",
    meaning: "How concentrated downloads are over the organisations that own the roots of lineages.",
    measures: DOWNLOADS,
    group: "developer",
    statistics: &[
        Statistic::Sum,
        Statistic::Hhi,
        Statistic::EffectiveNumber,
        Statistic::Cr1,
        Statistic::Cr4,
        Statistic::Cr10,
        Statistic::Gini,
        Statistic::Share,
    ],
};
