//! What was planted in a history, as planted, as drawn and as realised.

use std::ops::Range;

use super::owners::{DRIVERS_A_ROUND, OVERTAKEN, OVERTAKING, country_of};
use super::plan::{self, CLASSES_AVAILABLE, OPEN_WEIGHTS_ELSE, Plan, TURNS};
use super::{Class, HistoryOptions, HistoryWeek, Scenario};
use crate::history::birth::{Life, Role};

/// Weeks over which series are smoothed before a crossing is looked for, an odd number.
const SMOOTHED: usize = 13;

/// Everything that is known of a history.
///
/// Each number is known three times: as *planted*, an expectation over all histories with these
/// owners; as *drawn*, from the expected downloads of the models that were drawn, before luck; and
/// as *realised*, from what was counted.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// The planted shares of each week; `hhi` is the drivers' part alone, in expectation the rest
    /// depends on what is drawn.
    pub planted: Vec<HistoryWeek>,
    /// The shares of each week before luck.
    pub drawn: Vec<HistoryWeek>,
    /// The shares of each week as counted.
    pub realised: Vec<HistoryWeek>,
    /// The rounds of consolidation; none where nothing is planted.
    pub rounds: Vec<ConsolidationRound>,
    /// China overtakes the United States.
    pub country: Overtaking,
    /// Open weights overtake open source.
    pub openness: Overtaking,
    /// What rises or falls between two quarters of the history, in the order of [`Trait::ALL`].
    pub changes: Vec<Change>,
}

/// A time in which few owners gain share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsolidationRound {
    /// The week from which concentration rises.
    pub rises_from: u32,
    /// The week from which it is at its height.
    pub peaks_from: u32,
    /// The week from which it falls, and that from which it has fallen; `None` where it stays.
    pub falls: Option<[u32; 2]>,
    /// The owners who gain, the largest first.
    pub drivers: Vec<u32>,
}

/// One share overtakes another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overtaking {
    /// The value that is overtaken.
    pub falling: &'static str,
    /// The value that overtakes it.
    pub rising: &'static str,
    /// The first week from which the rising one stays ahead in the planted shares; `None` where it
    /// does not come from behind.
    pub planted: Option<u32>,
    /// The same in the drawn shares.
    pub drawn: Option<u32>,
    /// The same in the realised shares, smoothed over 13 weeks.
    pub realised: Option<u32>,
}

/// What changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trait {
    /// The mean size by download, in parameters.
    Size,
    /// The share of mixtures of experts.
    Experts,
    /// The share of models of texts and images.
    Multimodal,
    /// The share with training data that is available.
    Available,
    /// The share of what quantizers publish, which is all that is quantized.
    Quantized,
}

impl Trait {
    /// Every one.
    pub const ALL: [Self; 5] =
        [Self::Size, Self::Experts, Self::Multimodal, Self::Available, Self::Quantized];

    /// Its value in a week.
    #[must_use]
    pub const fn of(self, week: &HistoryWeek) -> f64 {
        match self {
            Self::Size => week.mean_size,
            Self::Experts => week.moe_share,
            Self::Multimodal => week.multimodal_share,
            Self::Available => week.available_share,
            Self::Quantized => week.quantized_share,
        }
    }

    /// The quarters of the history between which its change is known.
    const fn quarters(self) -> [usize; 2] {
        match self {
            Self::Size | Self::Available | Self::Quantized => [0, 3],
            Self::Experts | Self::Multimodal => [1, 3],
        }
    }
}

/// A change between two quarters of the history, which are its years where it has four.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What changes.
    pub of: Trait,
    /// The weeks before.
    pub before: Range<usize>,
    /// The weeks after.
    pub after: Range<usize>,
    /// As planted.
    pub planted: Values,
    /// As drawn.
    pub drawn: Values,
    /// As realised.
    pub realised: Values,
}

/// A value before and after a change: a mean over weeks by their downloads.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Values {
    /// Before.
    pub before: f64,
    /// After.
    pub after: f64,
}

impl Values {
    /// The value after, as a multiple of that before.
    #[must_use]
    pub fn ratio(self) -> f64 {
        self.after / self.before
    }
}

/// Says what is known of a history, by its expected and its counted downloads.
pub(super) fn facts(
    options: &HistoryOptions,
    plan: &Plan,
    lives: &[Life],
    expected: &[Vec<f64>],
    counted: &[Vec<f64>],
) -> Facts {
    let planted: Vec<_> =
        (0..options.weeks as usize).map(|week| planted_week(plan, week)).collect();
    let drawn = measure(options, lives, expected);
    let realised = measure(options, lives, counted);
    let country = |week: &HistoryWeek| week.overtaking_share - week.overtaken_share;
    let openness = |week: &HistoryWeek| week.open_weights_share - week.open_source_share;
    let overtaking = |falling, rising, lead: &dyn Fn(&HistoryWeek) -> f64| {
        let leads = |weeks: &[HistoryWeek]| weeks.iter().map(lead).collect::<Vec<_>>();
        let found = |weeks| {
            // Where nothing is planted, chance may still cross.
            let is_planted = options.scenario == Scenario::Planted;
            crossing(weeks).filter(|_| is_planted)
        };
        Overtaking {
            falling,
            rising,
            planted: found(&leads(&planted)),
            drawn: found(&leads(&drawn)),
            realised: found(&smoothed(&leads(&realised))),
        }
    };
    Facts {
        country: overtaking("US", "CN", &country),
        openness: overtaking(Class::OpenSource.name(), Class::OpenWeights.name(), &openness),
        rounds: rounds(options),
        changes: Trait::ALL.map(|of| change(of, &planted, &drawn, &realised)).to_vec(),
        planted,
        drawn,
        realised,
    }
}

fn planted_week(plan: &Plan, week: usize) -> HistoryWeek {
    let [open_source, open_weights] = CLASSES_AVAILABLE;
    let available = plan.available[week];
    HistoryWeek {
        downloads: plan.total[week],
        hhi: 10_000.0 * plan.drivers[week].iter().map(|share| share * share).sum::<f64>(),
        overtaken_share: plan.country(week, OVERTAKEN),
        overtaking_share: plan.country(week, OVERTAKING),
        mean_size: plan.mean_size(week),
        moe_share: plan.experts[week],
        multimodal_share: plan.multimodal[week],
        available_share: available,
        open_source_share: open_source * available,
        open_weights_share: open_weights * available + OPEN_WEIGHTS_ELSE * (1.0 - available),
        quantized_share: plan.quantized[week],
    }
}

/// The shares of each week, by a plain loop over models and weeks.
fn measure(options: &HistoryOptions, lives: &[Life], flows: &[Vec<f64>]) -> Vec<HistoryWeek> {
    let weeks = options.weeks as usize;
    let mut sums = vec![HistoryWeek::default(); weeks];
    let mut owners = vec![vec![0.0; options.owners as usize]; weeks];
    for (life, flow) in lives.iter().zip(flows) {
        let country = country_of(life.owner);
        let traits = life.traits;
        for (week, downloads) in (weeks - flow.len()..).zip(flow) {
            let of = |is_so: bool| if is_so { *downloads } else { 0.0 };
            let sum = &mut sums[week];
            owners[week][life.owner as usize] += downloads;
            sum.downloads += downloads;
            sum.overtaken_share += of(country == OVERTAKEN);
            sum.overtaking_share += of(country == OVERTAKING);
            sum.mean_size += downloads * life.parameters as f64;
            sum.moe_share += of(traits.is_moe);
            sum.multimodal_share += of(traits.is_multimodal);
            sum.available_share += of(traits.disclosure.is_available());
            sum.open_source_share += of(traits.class == Class::OpenSource);
            sum.open_weights_share += of(traits.class == Class::OpenWeights);
            sum.quantized_share += of(life.role == Role::Quantizer);
        }
    }
    for (sum, owners) in sums.iter_mut().zip(&owners) {
        let all = sum.downloads;
        let squares: f64 = owners.iter().map(|downloads| (downloads / all).powi(2)).sum();
        *sum = HistoryWeek {
            downloads: all,
            hhi: 10_000.0 * squares,
            overtaken_share: sum.overtaken_share / all,
            overtaking_share: sum.overtaking_share / all,
            mean_size: sum.mean_size / all,
            moe_share: sum.moe_share / all,
            multimodal_share: sum.multimodal_share / all,
            available_share: sum.available_share / all,
            open_source_share: sum.open_source_share / all,
            open_weights_share: sum.open_weights_share / all,
            quantized_share: sum.quantized_share / all,
        };
    }
    sums
}

fn rounds(options: &HistoryOptions) -> Vec<ConsolidationRound> {
    if options.scenario == Scenario::Null {
        return Vec::new();
    }
    let week = |at: f64| (at * f64::from(options.weeks)) as u32;
    let [rises, peaks, falls, has_fallen, rises_again, peaks_again] = TURNS.map(week);
    let drivers = |round: u32| {
        let count = DRIVERS_A_ROUND as u32;
        (round * count..(round + 1) * count).collect()
    };
    vec![
        ConsolidationRound {
            rises_from: rises,
            peaks_from: peaks,
            falls: Some([falls, has_fallen]),
            drivers: drivers(0),
        },
        ConsolidationRound {
            rises_from: rises_again,
            peaks_from: peaks_again,
            falls: None,
            drivers: drivers(1),
        },
    ]
}

fn change(
    of: Trait,
    planted: &[HistoryWeek],
    drawn: &[HistoryWeek],
    realised: &[HistoryWeek],
) -> Change {
    let [before, after] = of.quarters().map(|place| plan::quarter(planted.len(), place));
    let values = |weeks: &[HistoryWeek]| {
        let values: Vec<f64> = weeks.iter().map(|week| of.of(week)).collect();
        let downloads: Vec<f64> = weeks.iter().map(|week| week.downloads).collect();
        Values {
            before: plan::mean(&values, &downloads, before.clone()),
            after: plan::mean(&values, &downloads, after.clone()),
        }
    };
    let (planted, drawn, realised) = (values(planted), values(drawn), values(realised));
    Change { of, before, after, planted, drawn, realised }
}

/// The first week from which a lead stays above zero; `None` where it begins there or ends below.
fn crossing(lead: &[f64]) -> Option<u32> {
    let last_behind = lead.iter().rposition(|lead| *lead <= 0.0)?;
    let is_crossed = lead.first()? <= &0.0 && last_behind + 1 < lead.len();
    is_crossed.then_some(last_behind as u32 + 1)
}

/// Means over the weeks around each; fewer of them at both ends.
fn smoothed(values: &[f64]) -> Vec<f64> {
    let half = SMOOTHED / 2;
    let around = |week: usize| {
        let near = &values[week.saturating_sub(half)..values.len().min(week + half + 1)];
        near.iter().sum::<f64>() / near.len() as f64
    };
    (0..values.len()).map(around).collect()
}
