//! Who owns the repositories.
//!
//! Every name is invented. What a reviewer of owners would find out about them is known here,
//! and [`OwnerLabel`] hands it to whoever plays the reviewer.

use crate::names::individual;
use crate::numbers::{between, mix};

/// What a review of an owner would find.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct OwnerLabel {
    /// The namespace.
    pub owner: String,
    /// The country, as ISO 3166-1 alpha-2.
    pub country_code: &'static str,
    /// The sector: `industry`, `academia`, `non-profit`, `government`, `community` or
    /// `unaffiliated`.
    pub sector: &'static str,
}

/// An organisation that releases models of its own.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Organisation {
    pub(crate) name: &'static str,
    country_code: &'static str,
    sector: &'static str,
    /// Its weight among organisations at the beginning of the trend.
    first: f64,
    /// Its weight at the end.
    last: f64,
}

impl Organisation {
    /// Whether the Hub has verified who it is.
    pub(crate) fn is_verified(&self) -> bool {
        [INDUSTRY, ACADEMIA, GOVERNMENT].contains(&self.sector)
    }

    /// Its weight at a point of the trend, 0 to 1.
    pub(crate) fn weight(&self, progress: f64) -> f64 {
        between(self.first, self.last, progress)
    }
}

const fn organisation(
    name: &'static str,
    country_code: &'static str,
    sector: &'static str,
    first: f64,
    last: f64,
) -> Organisation {
    Organisation { name, country_code, sector, first, last }
}

const INDUSTRY: &str = "industry";
const ACADEMIA: &str = "academia";
const NON_PROFIT: &str = "non-profit";
const GOVERNMENT: &str = "government";
const COMMUNITY: &str = "community";

/// Organisations that release models of their own.
///
/// The weights plant a trend: the United States begin with 65 % of the weight and end with 27 %,
/// China begins with 10 % and ends with 51 %.
pub(crate) const ORGANISATIONS: &[Organisation] = &[
    organisation("tavrion-research", "US", INDUSTRY, 20.0, 6.0),
    organisation("Kessandra-AI", "US", INDUSTRY, 14.0, 5.0),
    organisation("oakmere-labs", "US", INDUSTRY, 9.0, 5.0),
    organisation("Brightquell", "US", INDUSTRY, 4.0, 3.0),
    organisation("pellworth-systems", "US", INDUSTRY, 1.0, 3.0),
    organisation("hollin-university-nlp", "US", ACADEMIA, 6.0, 1.5),
    organisation("cardinal-bay-vision", "US", ACADEMIA, 3.0, 1.0),
    organisation("openlantern-foundation", "US", NON_PROFIT, 4.0, 1.5),
    organisation("yunhe-intelligence", "CN", INDUSTRY, 2.0, 21.0),
    organisation("LingshuLM", "CN", INDUSTRY, 2.0, 12.0),
    organisation("qingcai-models", "CN", INDUSTRY, 1.0, 8.0),
    organisation("Tianmuo", "CN", INDUSTRY, 0.5, 5.0),
    organisation("xihe-university-lab", "CN", ACADEMIA, 2.5, 2.5),
    organisation("beiluo-institute", "CN", NON_PROFIT, 1.0, 1.5),
    organisation("Aurelys-AI", "FR", INDUSTRY, 1.0, 4.0),
    organisation("laboratoire-corvane", "FR", ACADEMIA, 2.0, 0.8),
    organisation("Nordwaldt", "DE", INDUSTRY, 1.5, 1.2),
    organisation("uni-harzfelde-nlp", "DE", ACADEMIA, 3.0, 0.8),
    organisation("thamesgate-research", "GB", INDUSTRY, 3.0, 1.5),
    organisation("camwick-speech", "GB", ACADEMIA, 1.5, 0.6),
    organisation("maplethorn-ai", "CA", INDUSTRY, 1.0, 1.2),
    organisation("hanbyeol-lab", "KR", INDUSTRY, 0.8, 1.8),
    organisation("seorak-language", "KR", ACADEMIA, 0.8, 0.8),
    organisation("Mizukagami", "JP", INDUSTRY, 1.0, 1.2),
    organisation("tsukumo-nlp", "JP", ACADEMIA, 1.5, 0.8),
    organisation("Desertlark", "AE", GOVERNMENT, 0.2, 1.2),
    organisation("galilea-models", "IL", INDUSTRY, 0.6, 0.8),
    organisation("bharatvani-collective", "IN", NON_PROFIT, 0.4, 1.0),
    organisation("alpenglanz-lm", "CH", ACADEMIA, 0.4, 0.8),
    organisation("polderlab", "NL", ACADEMIA, 1.0, 0.4),
    organisation("fjordmind", "NO", GOVERNMENT, 0.4, 0.4),
    organisation("baobab-languages", "ZA", COMMUNITY, 0.5, 0.5),
    organisation("rio-claro-nlp", "BR", ACADEMIA, 0.6, 0.4),
    organisation("merlion-texts", "SG", INDUSTRY, 0.2, 0.8),
    organisation("openweave-collective", "DE", COMMUNITY, 2.0, 0.8),
    organisation("stellarforge-art", "US", COMMUNITY, 0.0, 0.6),
];

/// Accounts that convert and quantize what others release.
pub(crate) const CONVERTERS: &[Organisation] = &[
    organisation("quantsmith", "US", "unaffiliated", 1.0, 8.0),
    organisation("ggufworks-community", "DE", COMMUNITY, 0.5, 6.0),
    organisation("smallbits-press", "US", INDUSTRY, 0.2, 5.0),
    organisation("the-packing-shed", "GB", "unaffiliated", 1.0, 3.0),
    organisation("mlx-orchard-club", "CA", COMMUNITY, 0.0, 3.0),
];

/// Every account that the Hub shows as an organisation: all but people of their own.
pub(crate) fn organisations() -> impl Iterator<Item = &'static Organisation> {
    ORGANISATIONS.iter().chain(CONVERTERS).filter(|known| known.sector != "unaffiliated")
}

/// How many individuals there are for so many models.
pub(crate) const fn individuals(models: u64) -> u64 {
    models / 3 + 20
}

/// The labels of the economy's owners, sorted by name.
///
/// Organisations and converters are all labelled; of the individuals one in six, as a review
/// that began with the largest would leave it.
pub(crate) fn labels(seed: u64, individuals: u64) -> Vec<OwnerLabel> {
    let named = ORGANISATIONS.iter().chain(CONVERTERS).map(|organisation| OwnerLabel {
        owner: organisation.name.to_owned(),
        country_code: organisation.country_code,
        sector: organisation.sector,
    });
    let reviewed =
        (0..individuals).filter(|number| mix(seed ^ number).is_multiple_of(6)).map(|number| {
            OwnerLabel {
                owner: individual(seed, number),
                country_code: home(mix(seed ^ !number)),
                sector: "unaffiliated",
            }
        });
    let mut labels: Vec<_> = named.chain(reviewed).collect();
    labels.sort();
    labels
}

/// Where an individual lives.
fn home(bits: u64) -> &'static str {
    const HOMES: [&str; 12] =
        ["US", "US", "US", "CN", "CN", "IN", "DE", "FR", "GB", "JP", "KR", "BR"];
    HOMES[(bits % HOMES.len() as u64) as usize]
}

#[cfg(test)]
mod tests;
