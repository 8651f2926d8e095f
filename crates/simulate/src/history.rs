//! Economies whose economic history is known, to hold the analysis against.
//!
//! In the planted scenario two rounds of consolidation follow each other, each driven by six
//! owners; China overtakes the United States; the mean size by download grows seventeenfold, the
//! share of mixtures of experts sevenfold; training data is disclosed less and less, so that open
//! weights overtake open source; and quantizers take a growing part of all downloads.
//! In the null scenario the same owners have as many models, which fade and are counted alike, and
//! nothing changes in expectation: every share is that of the middle of the planted history.
//!
//! Owners have a heavy tail, models fade, and each week's counts have luck of their own, half of
//! which lasts into the next week.

mod birth;
mod counts;
mod demand;
mod facts;
mod listing;
mod owners;
mod plan;

use schema::Week;

use crate::numbers::Draws;

pub use facts::{Change, ConsolidationRound, Facts, Overtaking, Trait, Values};
pub use listing::HistoryListing;
pub use owners::history_registry;

use birth::{Life, Role};
use plan::Plan;

/// The fewest owners: the drivers, and some of each trade and large country.
const LEAST_OWNERS: u32 = 60;
/// Streams of draws of counts begin here, away from those of owners.
const FIRST_STREAM_OF_COUNTS: u64 = 1 << 40;
/// Monday 2022-01-03: the 208 weeks from it are the years 2022 to 2025 by ISO 8601.
const FIRST_OF_2022: Week = Week::from_number(2714);
const FOUR_YEARS: u32 = 208;

/// What a history is grown from; the same options grow the same history on every machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HistoryOptions {
    /// The seed of every draw.
    pub seed: u64,
    /// How many owners there are, from 60 to 5,000; a few hundred make sampling intervals useful.
    pub owners: u32,
    /// How many weeks are kept: a multiple of four, from 52 on.
    pub weeks: u32,
    /// The first week that is kept.
    pub first_week: Week,
    /// What is planted.
    pub scenario: Scenario,
}

impl HistoryOptions {
    /// The years 2022 to 2025: the 208 weeks from 2022-01-03.
    #[must_use]
    pub const fn four_years(seed: u64, owners: u32, scenario: Scenario) -> Self {
        Self { seed, owners, weeks: FOUR_YEARS, first_week: FIRST_OF_2022, scenario }
    }
}

/// What is planted in a history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scenario {
    /// Everything that [`Facts`] tells of.
    Planted,
    /// Nothing.
    Null,
}

/// An economy with its history.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    /// What it was grown from.
    pub options: HistoryOptions,
    /// Owners; those that drive the rounds of consolidation come first.
    pub owners: Vec<HistoryOwner>,
    /// Models, by birth.
    pub models: Vec<HistoryModel>,
    /// What is known of it.
    pub facts: Facts,
}

/// An owner; its name, country and sector do not depend on the seed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryOwner {
    /// The namespace.
    pub name: String,
    /// The country, as ISO 3166-1 alpha-2.
    pub country: &'static str,
    /// The group of countries, as `registry/countries.csv` has it.
    pub country_group: &'static str,
    /// The sector.
    pub sector: &'static str,
}

/// A model; what it is does not change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryModel {
    /// The id, `owner/name`.
    pub id: String,
    /// The number of its owner.
    pub owner: u32,
    /// The week of its birth, counted from the first that is kept; 0 for what is older.
    pub first_week: u32,
    /// Weeks from its birth to the first that is kept, for what is older.
    pub weeks_before: u32,
    /// The first week in which nobody uses it any more, and it is removed; `None` where that is
    /// after the last week that is kept.
    pub removed_week: Option<u32>,
    /// Downloads before the first week that is kept.
    pub downloads_before: u64,
    /// Parameters.
    pub parameters: u64,
    /// Parameters that work on each token: all of them, but for mixtures of experts.
    pub parameters_active: u64,
    /// Whether it is a mixture of experts.
    pub is_moe: bool,
    /// Whether it is quantized: so is what quantizers publish, and nothing else.
    pub is_quantized: bool,
    /// Whether it works on texts and images.
    pub is_multimodal: bool,
    /// `open source`, `open weights` or `restricted`.
    pub openness_class: &'static str,
    /// `available`, `disclosed` or `neither`.
    pub training_data: &'static str,
    /// `permissive`, `vendor terms` or `creative commons non-commercial`.
    pub license_family: &'static str,
    /// `originator`, `finetuner` or `quantizer`.
    pub role: &'static str,
    /// The place of the model it was made from.
    pub root: Option<u32>,
    /// Downloads of each week from `first_week` to the last that is kept.
    pub downloads: Vec<u32>,
}

/// The market in one week; shares are of downloads, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct HistoryWeek {
    /// Downloads of all models.
    pub downloads: f64,
    /// The index of Herfindahl and Hirschman over owners, 0 to 10,000.
    pub hhi: f64,
    /// The share of the United States, which are overtaken.
    pub overtaken_share: f64,
    /// The share of China, which overtakes.
    pub overtaking_share: f64,
    /// The mean size by download, in parameters.
    pub mean_size: f64,
    /// The share of mixtures of experts.
    pub moe_share: f64,
    /// The share of models of texts and images.
    pub multimodal_share: f64,
    /// The share with training data that is available.
    pub available_share: f64,
    /// The share of the class `open source`.
    pub open_source_share: f64,
    /// The share of the class `open weights`.
    pub open_weights_share: f64,
    /// The share of what is quantized.
    pub quantized_share: f64,
}

/// How open a model is as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    OpenSource,
    OpenWeights,
    Restricted,
}

impl Class {
    const fn name(self) -> &'static str {
        match self {
            Self::OpenSource => "open source",
            Self::OpenWeights => "open weights",
            Self::Restricted => "restricted",
        }
    }
}

/// What is told of the training data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Disclosure {
    Available,
    Disclosed,
    Neither,
}

impl Disclosure {
    const fn is_available(self) -> bool {
        matches!(self, Self::Available)
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Available => "available",
            Self::Disclosed => "disclosed",
            Self::Neither => "neither",
        }
    }
}

/// Grows an economy with its history.
///
/// # Panics
///
/// Panics where the options are not as [`HistoryOptions`] says.
#[must_use]
pub fn history(options: &HistoryOptions) -> History {
    let HistoryOptions { seed, owners, weeks, scenario, .. } = *options;
    assert!((LEAST_OWNERS..=owners::MOST_OWNERS).contains(&owners), "{owners} owners");
    assert!(weeks >= 52 && weeks.is_multiple_of(4), "{weeks} weeks have no quarters");
    let plan = Plan::new(weeks, owners, scenario);
    let lives = birth::lives(options, &plan);
    let expected = demand::expected(scenario, owners, &lives, &plan);
    let count = |(place, flow): (usize, &Vec<f64>)| {
        counts::counted(&mut Draws::new(seed, FIRST_STREAM_OF_COUNTS + place as u64), flow)
    };
    let counted: Vec<Vec<u32>> = expected.iter().enumerate().map(count).collect();
    let as_numbers = |flow: &Vec<u32>| flow.iter().map(|count| f64::from(*count)).collect();
    let realised: Vec<Vec<f64>> = counted.iter().map(as_numbers).collect();
    let facts = facts::facts(options, &plan, &lives, &expected, &realised);
    let models = lives.iter().zip(&expected).zip(counted).enumerate();
    History {
        options: *options,
        owners: (0..owners).map(owner).collect(),
        models: models
            .map(|(place, ((life, expected), downloads))| model(place, life, expected, downloads))
            .collect(),
        facts,
    }
}

fn owner(number: u32) -> HistoryOwner {
    let (country, country_group) = birth::home(number);
    HistoryOwner {
        name: owners::name_of(number),
        country,
        country_group,
        sector: owners::sector_of(number),
    }
}

fn model(place: usize, life: &Life, expected: &[f64], downloads: Vec<u32>) -> HistoryModel {
    let traits = life.traits;
    let parameters_active =
        if traits.is_moe { rounded(life.parameters / 8) } else { life.parameters };
    let is_quantized = life.role == Role::Quantizer;
    let ending = match life.role {
        Role::Originator => "",
        Role::Finetuner => "-tuned",
        Role::Quantizer => "-GGUF",
    };
    let active =
        if traits.is_moe { format!("-A{}", size(parameters_active)) } else { String::new() };
    let total = size(rounded(life.parameters));
    let first_week = life.born.max(0).cast_unsigned();
    let removed_week = (life.born + birth::LIFE_WEEKS as i32).cast_unsigned();
    HistoryModel {
        id: format!("{}/sim{place:05}-{total}{active}{ending}", owners::name_of(life.owner)),
        owner: life.owner,
        first_week,
        weeks_before: (-life.born).max(0).cast_unsigned(),
        removed_week: Some(removed_week).filter(|week| *week < first_week + expected.len() as u32),
        downloads_before: downloads_before(life, expected),
        parameters: life.parameters,
        parameters_active,
        is_moe: traits.is_moe,
        is_quantized,
        is_multimodal: traits.is_multimodal,
        openness_class: traits.class.name(),
        training_data: traits.disclosure.name(),
        license_family: match (traits.class, traits.disclosure.is_available()) {
            (Class::Restricted, _) => "creative commons non-commercial",
            (Class::OpenWeights, true) => "vendor terms",
            _ => "permissive",
        },
        role: match life.role {
            Role::Originator => "originator",
            Role::Finetuner => "finetuner",
            Role::Quantizer => "quantizer",
        },
        root: life.root,
        downloads,
    }
}

/// Downloads before the record, at the demand of its first week.
fn downloads_before(life: &Life, expected: &[f64]) -> u64 {
    let age = (-life.born).max(0).cast_unsigned();
    let Some(first) = expected.first().filter(|first| **first > 0.0) else { return 0 };
    let now = demand::fading(age, life.fades_after);
    let before: f64 = (0..age).map(|age| demand::fading(age, life.fades_after)).sum();
    (first * before / now) as u64
}

/// To a tenth of a billion, below one to a million: as names write it.
const fn rounded(parameters: u64) -> u64 {
    let unit = if parameters < 1_000_000_000 { 1_000_000 } else { 100_000_000 };
    (parameters + unit / 2) / unit * unit
}

/// A rounded size as names write it.
fn size(parameters: u64) -> String {
    if parameters < 1_000_000_000 {
        return format!("{}M", parameters / 1_000_000);
    }
    format!("{}.{}B", parameters / 1_000_000_000, parameters / 100_000_000 % 10)
}

#[cfg(test)]
mod tests;
