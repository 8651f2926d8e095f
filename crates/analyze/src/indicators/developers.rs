//! How concentrated downloads are over the makers of the models at the roots.

use schema::Indicator;

use super::{CONCENTRATION, DOWNLOADS};

/// The indicator.
pub(super) const INDICATOR: Indicator = Indicator {
    name: "developers",
    title: "Concentration over original developers",
    meaning: "How concentrated downloads are over the organisations that own the roots of lineages.",
    measures: DOWNLOADS,
    group: "developer",
    statistics: CONCENTRATION,
};
