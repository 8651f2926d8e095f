//! How concentrated downloads are over the owners of repositories.

use schema::Indicator;

use super::{CONCENTRATION, DOWNLOADS};

/// The indicator.
pub(super) const INDICATOR: Indicator = Indicator {
    name: "uploaders",
    title: "Concentration over uploaders",
    meaning: "How concentrated downloads are over the owners of repositories.",
    measures: DOWNLOADS,
    group: "uploader",
    statistics: CONCENTRATION,
};
