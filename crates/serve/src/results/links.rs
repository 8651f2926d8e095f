//! Ways from a name in a result to the page of its unit.

use analyze::Market;
use analyze::results::Attribution;
use schema::Group;

use crate::parts::address_of;

/// The results that are about units, and the group that these are of, as views name it.
const OF_UNITS: [(&str, &str); 20] = [
    ("countries", "country"),
    ("leading-countries", "country"),
    ("overtaking", "country"),
    ("country-groups", "country_group"),
    ("sectors", "sector"),
    ("owners", "owner"),
    ("leaders", "owner"),
    ("consolidation", "owner"),
    ("change-of-concentration", "owner"),
    ("fragility", "uploader"),
    ("size-bands", "size_band"),
    ("quantization-methods", "quantization_method"),
    ("modalities", "modality"),
    ("architectures", "architecture_family"),
    ("libraries", "library"),
    ("languages", "language_primary"),
    ("openness", "openness_class"),
    ("training-data", "training_data"),
    ("licenses", "license_family"),
    ("roles", "role"),
];

/// Where names lead, on a page about a market.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Links<'a> {
    pub(crate) market: &'a Market,
    pub(crate) attribution: Attribution,
}

impl Links<'_> {
    /// The page of the unit that a name in a result is of; `None` for a name of something else.
    pub(crate) fn address(&self, result: &str, name: &str) -> Option<String> {
        let (_, group) = OF_UNITS.iter().find(|(known, _)| *known == result)?;
        let is_developer = self.attribution == Attribution::Developer;
        let group = match (*group, is_developer) {
            ("owner", true) => "developer".to_owned(),
            ("owner", false) => "uploader".to_owned(),
            ("country" | "country_group" | "sector", true) => format!("developer_{group}"),
            (group, _) => group.to_owned(),
        };
        let units = self.market.grouping(&Group::named(&group)).ok()?;
        units.find(name)?;
        Some(address_of(&self.market.release.collection, None, &group, name))
    }
}
