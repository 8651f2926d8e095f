//! Who the owners of a history are.
//!
//! Number, name, country, sector and trade belong together whatever the seed, so that one registry
//! knows the owners of every history.

use crate::names::word;
use crate::numbers::{mix, unit};
use crate::owners::OwnerLabel;

/// Owners that a history has at most.
pub(super) const MOST_OWNERS: u32 = 5_000;
/// The country that is overtaken, and the one that overtakes it.
pub(super) const OVERTAKEN: usize = 0;
pub(super) const OVERTAKING: usize = 1;
/// Owners that drive a round of consolidation.
pub(super) const DRIVERS_A_ROUND: usize = 6;
/// Owners that drive one round or the other; they are the first, by round.
pub(super) const DRIVERS: usize = 2 * DRIVERS_A_ROUND;
/// The part of all other owners that quantize what others made.
const QUANTIZERS: f64 = 0.12;
const INDUSTRY: &str = "industry";

/// Invented names of the drivers, by round.
const NAMES: [&str; DRIVERS] = [
    "Tellurane-AI",
    "braskholm-labs",
    "Quillmere",
    "vantoria-research",
    "Pendrick-Systems",
    "oskaya-models",
    "Zhulinwei",
    "heqingtai-lab",
    "Mufengdao",
    "lanxirui-ai",
    "Yutongshe",
    "baichuo-intelligence",
];

/// A country of the crowd: code, group, and its share of the crowd's downloads at the beginning
/// and at the end.
pub(super) struct Country {
    pub(super) code: &'static str,
    pub(super) group: &'static str,
    pub(super) first: f64,
    pub(super) last: f64,
}

const fn country(code: &'static str, group: &'static str, first: f64, last: f64) -> Country {
    Country { code, group, first, last }
}

/// Every country; the first two are those of the drivers.
pub(super) const COUNTRIES: [Country; 10] = [
    country("US", "USA", 0.52, 0.24),
    country("CN", "China", 0.12, 0.40),
    country("DE", "Germany", 0.08, 0.08),
    country("FR", "France", 0.07, 0.07),
    country("GB", "UK", 0.06, 0.06),
    country("IN", "India", 0.04, 0.04),
    country("JP", "Japan", 0.04, 0.04),
    country("KR", "South Korea", 0.03, 0.03),
    country("CA", "Canada", 0.02, 0.02),
    country("IL", "Middle East", 0.02, 0.02),
];

const SECTORS: [(&str, f64); 6] = [
    ("unaffiliated", 0.45),
    ("community", 0.20),
    ("academia", 0.17),
    (INDUSTRY, 0.10),
    ("non-profit", 0.05),
    ("government", 0.03),
];

/// What is drawn of an owner, each from bits of its own.
#[derive(Clone, Copy)]
enum Purpose {
    Country = 1,
    Sector,
    Trade,
}

/// Whether an owner is one of those that drive a round.
pub(super) const fn is_driver(owner: u32) -> bool {
    (owner as usize) < DRIVERS
}

/// The place of an owner's country among [`COUNTRIES`].
pub(super) fn country_of(owner: u32) -> usize {
    if is_driver(owner) {
        return if (owner as usize) < DRIVERS_A_ROUND { OVERTAKEN } else { OVERTAKING };
    }
    // As many owners as the country has of the crowd in the middle of the history.
    let shares = COUNTRIES.iter().map(|country| f64::midpoint(country.first, country.last));
    place_of(draw(owner, Purpose::Country), shares)
}

/// The sector of an owner.
pub(super) fn sector_of(owner: u32) -> &'static str {
    if is_driver(owner) {
        return INDUSTRY;
    }
    SECTORS[place_of(draw(owner, Purpose::Sector), SECTORS.iter().map(|(_, share)| *share))].0
}

/// Whether an owner quantizes what others made, and nothing else.
pub(super) fn is_quantizer(owner: u32) -> bool {
    !is_driver(owner) && draw(owner, Purpose::Trade) < QUANTIZERS
}

/// The namespace of an owner.
pub(super) fn name_of(owner: u32) -> String {
    match NAMES.get(owner as usize) {
        Some(name) => (*name).to_owned(),
        None => format!("{}-h{owner:04}", word(u64::from(owner) << 32, 2)),
    }
}

/// What a review of the owners of any history would find, by the number of the owner.
#[must_use]
pub fn history_registry() -> Vec<OwnerLabel> {
    let label = |owner| OwnerLabel {
        owner: name_of(owner),
        country_code: COUNTRIES[country_of(owner)].code,
        sector: sector_of(owner),
    };
    (0..MOST_OWNERS).map(label).collect()
}

fn draw(owner: u32, purpose: Purpose) -> f64 {
    unit(mix(mix(u64::from(owner)) ^ purpose as u64))
}

/// The place of the share that a draw falls into.
fn place_of(drawn: f64, shares: impl ExactSizeIterator<Item = f64>) -> usize {
    let last = shares.len() - 1;
    let mut left = drawn;
    for (place, share) in shares.enumerate() {
        if left < share {
            return place;
        }
        left -= share;
    }
    last
}
