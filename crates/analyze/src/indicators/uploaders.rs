//! How concentrated downloads are over the owners of repositories.

use schema::{Indicator, Statistic};

use super::DOWNLOADS;

/// The indicator.
pub(super) const INDICATOR: Indicator = Indicator {
    name: "uploaders",
    title: "Concentration over uploaders",
    meaning: "How concentrated downloads are over the owners of repositories.",
    measures: DOWNLOADS,
    group: "uploader",
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
