//! An economy of any size as tables: models with their attributes, and a flow for each week.
//!
//! No counters, no events, no Hub: this is what the engine has in memory, to measure it by.
//! Each cell is computed from the seed, its model and its week alone, so that the tables can be
//! written by model or by week, as a stream, and hold nothing that grows with the cells.
//!
//! # What is planted
//!
//! - 14.5 % of the models are older than the first week; the births of the others grow with the
//!   square of time, so that 43 % of all pairs of model and week are cells.
//! - The models of owners have a heavy tail: of 1,000,000 models and 200,000 owners, the largest
//!   owner has 14,000 models and most have one.
//! - The level of models has a Pareto tail of exponent 0.8, and falls with age.
//! - 3 % of the cells are estimated and 2 % missing, four weeks in a row.

mod attributes;

use schema::CellState;

use crate::numbers::{mix, unit};

pub use attributes::PanelAttribute;

/// In how many parts of a download flows are told: estimates are no whole numbers.
pub const PARTS_PER_DOWNLOAD: u32 = 64;

/// The weeks of a model that have one state: gaps last for longer than a week.
const STATE_WEEKS: u16 = 4;
const ESTIMATED: f64 = 0.03;
const MISSING: f64 = 0.02;
const OLDER_THAN_THE_FIRST_WEEK: f64 = 0.145;

/// Downloads a week of a new model at the bottom of the tail.
const LEAST_LEVEL: f64 = 1.5;
/// Downloads a week that no new model exceeds before noise: so that all fit into 32 bits.
const MOST_LEVEL: f64 = 2e7;

/// How large an economy is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PanelOptions {
    /// How many models there are.
    pub models: u32,
    /// How many weeks.
    pub weeks: u16,
    /// How many owners; at most as many as models.
    pub owners: u32,
    /// What all draws come from.
    pub seed: u64,
}

/// An economy as tables: parallel columns with an entry a model, and a function of its cells.
#[derive(Debug, Clone)]
pub struct PanelTables {
    options: PanelOptions,
    /// The code of each model's owner, from 0.
    pub owner: Vec<u32>,
    /// The first week, counted from 0, in which each model has a cell.
    pub first_week: Vec<u16>,
    attributes: Vec<Vec<u8>>,
    levels: Vec<Level>,
}

/// The flow of one model in one week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PanelCell {
    /// In [`PARTS_PER_DOWNLOAD`]; 0 where missing.
    pub parts: u32,
    /// How it is known.
    pub state: CellState,
}

/// What the cells of a model are computed from.
#[derive(Debug, Clone, Copy)]
struct Level {
    /// Downloads a week when the model is new.
    new: f32,
    /// Weeks after which they have halved.
    halves_after: f32,
}

/// What is drawn of a model or an owner; each has draws of its own.
#[derive(Debug, Clone, Copy)]
enum Purpose {
    Birth = 1,
    Owner,
    Level,
    Fading,
    Cell,
    State,
    Attribute,
}

impl PanelTables {
    /// Draws an economy.
    ///
    /// # Panics
    ///
    /// Panics where there are more owners than models, or none.
    #[must_use]
    pub fn new(options: PanelOptions) -> Self {
        let PanelOptions { models, owners, .. } = options;
        assert!((1..=models).contains(&owners), "each owner needs a model");
        let mut tables = Self {
            options,
            owner: Vec::with_capacity(models as usize),
            first_week: Vec::with_capacity(models as usize),
            attributes: vec![Vec::with_capacity(models as usize); PanelAttribute::ALL.len()],
            levels: Vec::with_capacity(models as usize),
        };
        for model in 0..models {
            let owner = owner_of(options, model);
            tables.owner.push(owner);
            tables.first_week.push(first_week(options, model));
            tables.levels.push(level(options.seed, model));
            for (attribute, codes) in PanelAttribute::ALL.iter().zip(&mut tables.attributes) {
                let of = if attribute.is_of_owner() { owner } else { model };
                let purpose = Purpose::Attribute as u64 + *attribute as u64;
                codes.push(attribute.draw(unit(bits(options.seed, of, purpose))));
            }
        }
        tables
    }

    /// What the economy was drawn by.
    #[must_use]
    pub fn options(&self) -> PanelOptions {
        self.options
    }

    /// The code of each model's value of an attribute.
    #[must_use]
    pub fn codes(&self, attribute: PanelAttribute) -> &[u8] {
        &self.attributes[attribute as usize]
    }

    /// How many cells all models have.
    #[must_use]
    pub fn cell_count(&self) -> u64 {
        let weeks = |first: &u16| u64::from(self.options.weeks - first);
        self.first_week.iter().map(weeks).sum()
    }

    /// The cells of a model, from its first week to the last.
    pub fn flows_of(&self, model: u32) -> impl Iterator<Item = PanelCell> {
        let first = self.first_week[model as usize];
        (first..self.options.weeks).map(move |week| self.cell(model, week))
    }

    /// The cells of a week, from 0, each with its model, by model.
    pub fn flows_in(&self, week: u16) -> impl Iterator<Item = (u32, PanelCell)> {
        let born = move |model: &u32| self.first_week[*model as usize] <= week;
        (0..self.options.models).filter(born).map(move |model| (model, self.cell(model, week)))
    }

    /// A model's cell in a week in which it exists.
    fn cell(&self, model: u32, week: u16) -> PanelCell {
        let seed = self.options.seed;
        let state = state(unit(bits(
            seed ^ u64::from(week / STATE_WEEKS) << 32,
            model,
            Purpose::State as u64,
        )));
        if state == CellState::Missing {
            return PanelCell { parts: 0, state };
        }
        let Level { new, halves_after } = self.levels[model as usize];
        let age = f64::from(week - self.first_week[model as usize]);
        let noise = bits(seed ^ u64::from(week) << 32, model, Purpose::Cell as u64);
        let burst = 0.5 + unit(noise);
        let expected = f64::from(new) / (1.0 + age / f64::from(halves_after)) * burst * burst;
        let parts = if state == CellState::Estimated {
            expected * f64::from(PARTS_PER_DOWNLOAD)
        } else {
            // Rounded up or down by chance, so that small levels keep their mean.
            let whole = (expected + unit(mix(noise))) as u32;
            f64::from(whole) * f64::from(PARTS_PER_DOWNLOAD)
        };
        PanelCell { parts: parts as u32, state }
    }
}

fn bits(seed: u64, of: u32, purpose: u64) -> u64 {
    mix(mix(seed ^ purpose << 56) ^ u64::from(of))
}

fn state(drawn: f64) -> CellState {
    if drawn < MISSING {
        CellState::Missing
    } else if drawn < MISSING + ESTIMATED {
        CellState::Estimated
    } else {
        CellState::Observed
    }
}

fn first_week(options: PanelOptions, model: u32) -> u16 {
    let drawn = unit(bits(options.seed, model, Purpose::Birth as u64));
    let Some(late) = Some(drawn - OLDER_THAN_THE_FIRST_WEEK).filter(|late| *late > 0.0) else {
        return 0;
    };
    let time = (late / (1.0 - OLDER_THAN_THE_FIRST_WEEK)).sqrt();
    ((time * f64::from(options.weeks)) as u16).min(options.weeks - 1)
}

/// Each owner has one model; those that are left go to owners by the cube of a draw.
fn owner_of(options: PanelOptions, model: u32) -> u32 {
    let PanelOptions { models, owners, seed, .. } = options;
    let turn = scattered(model, models);
    if turn < owners {
        return turn;
    }
    let drawn = unit(bits(seed, model, Purpose::Owner as u64));
    let rank = ((drawn * drawn * drawn * f64::from(owners)) as u32).min(owners - 1);
    scattered(rank, owners)
}

fn level(seed: u64, model: u32) -> Level {
    let tail = 1.0 - unit(bits(seed, model, Purpose::Level as u64));
    let new = LEAST_LEVEL / (tail * tail.sqrt().sqrt());
    let drawn = unit(bits(seed, model, Purpose::Fading as u64));
    Level { new: new.min(MOST_LEVEL) as f32, halves_after: (8.0 + 100.0 * drawn * drawn) as f32 }
}

/// Moves the numbers below `count` about among themselves, so that neighbours come apart.
fn scattered(number: u32, count: u32) -> u32 {
    /// Larger than any count, so that it shares no divisor with one.
    const PRIME: u64 = 4_294_967_291;
    (u64::from(number) * PRIME % u64::from(count)) as u32
}

#[cfg(test)]
mod tests;
