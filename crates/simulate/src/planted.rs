//! Weekly downloads of an economy in which some weeks are odd, and known to be.
//!
//! Most of what happens in it is not odd: models are launched and fade, are taken up slowly, have
//! weeks of attention and waves of it, rest at the turn of the year, and one week in which all of
//! them are counted badly. In the midst of it jumps are planted that whoever looks for anomalies
//! is to find: spikes, shifts, jumps that an owner's models share, and floors under old models.

mod flow;
mod judge;
mod plant;

use crate::numbers::Draws;

use flow::{Life, whole};
pub use judge::{Judgement, Precision, Recall};

/// What the economy is grown from; the same options grow the same economy on every machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlantedOptions {
    /// The seed of every draw.
    pub seed: u64,
    /// How many owners there are; one has up to 60 models, and half of them have one or two.
    pub owners: u32,
    /// How many weeks are kept, from 80 on; models are born in all but the last thirty.
    pub weeks: u32,
}

/// An economy with what was planted in it.
#[derive(Debug, Clone, PartialEq)]
pub struct PlantedEconomy {
    /// Models, by owner.
    pub models: Vec<PlantedModel>,
    /// What was planted, by kind, then model.
    pub planted: Vec<Planted>,
}

/// The downloads of one model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlantedModel {
    /// The number of its owner.
    pub owner: u32,
    /// The week of its birth, counted from the first that is kept.
    pub first_week: u32,
    /// Downloads of each week from that of its birth to the last that is kept.
    pub downloads: Vec<u32>,
}

/// Something odd that was planted in the weeks of one model.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Planted {
    /// What it is.
    pub kind: PlantedKind,
    /// The place of the model.
    pub model: u32,
    /// The first odd week, counted from the first that is kept.
    pub from: u32,
    /// How many weeks are odd; a shift lasts to the end of the record.
    pub weeks: u32,
    /// By what the flow is multiplied; for a floor, its downloads a week.
    pub size: f64,
    /// What would have been downloaded in the first odd week, on average over its luck.
    pub level: f64,
}

/// What can be planted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlantedKind {
    /// One to three weeks of many more downloads, or of many fewer.
    Spike,
    /// A new level.
    Shift,
    /// A jump of most models of one owner in the same week.
    Synchronous,
    /// A small constant flow under old models of one owner, the same for all.
    Floor,
}

impl PlantedKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Spike, Self::Shift, Self::Synchronous, Self::Floor];
}

/// Grows an economy and plants anomalies in it.
#[must_use]
pub fn planted_economy(options: &PlantedOptions) -> PlantedEconomy {
    let mut lives = Vec::new();
    for owner in 0..options.owners {
        let mut draws = Draws::new(options.seed, u64::from(owner));
        // A heavy tail: the chance of more than n models is 1 / n.
        let count = (1.0 / (1.0 - draws.unit())).min(60.0) as usize;
        for _ in 0..count {
            lives.push(Life::draw(&mut draws, owner, options.weeks));
        }
    }
    let planted = plant::plant(&mut Draws::new(options.seed, u64::MAX), &mut lives, options);
    let mut draws = Draws::new(options.seed, u64::MAX - 1);
    let models = lives.iter().map(|life| PlantedModel {
        owner: life.owner,
        first_week: life.first_week,
        downloads: life.flows.iter().map(|flow| whole(&mut draws, *flow)).collect(),
    });
    PlantedEconomy { models: models.collect(), planted }
}

#[cfg(test)]
mod tests;
