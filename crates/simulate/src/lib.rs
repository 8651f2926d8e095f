//! A synthetic Hub with known truth, as an HTTP server that speaks the Hub's API.
//!
//! [`world`] grows an economy from a seed: owners by a heavy tail, models with lineage, sizes,
//! formats and licences, and a daily flow of downloads from which every counter is computed.
//! [`world_with_events`] lets things happen to it: models are renamed, transferred and deleted,
//! names are taken again, and counting has its peculiarities.
//! A [`Hub`] shows it as the real one would at a simulated date, which the caller moves by its
//! [`Clock`], and [`serve`] puts it on the wire, with [`Faults`] where a client is to bear them.
//!
//! # What is planted
//!
//! [`truth`] says all of it in numbers.
//!
//! - Births grow with the square of time; two in a hundred models are older than the field.
//! - Models grow, and more of them are quantized, sparse and multimodal; some licences rise and
//!   others go; a second country overtakes the first.
//! - Downloads have a heavy tail, age, come in waves and keep the days of the week.
//! - With events: 1.5 % of models are renamed in time, 0.7 % transferred and 2 % deleted, and a
//!   third of the names given up are taken again by a model with another `_id`.
//!   The rest of lineage follows: tags and `baseModels` name a base as it is called now, cards
//!   and configurations as it was called when they were written.
//! - With events, in the 60 weeks before the date that the economy was grown for: two changes of
//!   what is counted as a download, two dates at which counts of all time fall, of which one
//!   recovers in part, and twice three days on which no counter is refreshed.
//!
//! [`history`] grows an economy whose economic history is known, or one in which nothing changes.
//! [`planted_economy`] grows weekly downloads alone, with anomalies planted in them, and judges who
//! hunts for these.
//!
//! Every name in it is invented, and every response carries `x-weighhouse-simulated: true`, so
//! that nobody takes its numbers for readings.
//!
//! This crate must not know the collector or anything that reads what it serves: it is the
//! independent side of their tests.
//! It reads no clock: the simulated date, and a [`Timer`] where one is handed in, are the only
//! time that it has.

mod accounts;
mod answer;
mod base64;
mod budget;
mod catalogue;
mod clock;
mod entry;
mod error;
mod faults;
mod files;
mod flow;
mod history;
mod hub;
mod listing;
mod model;
mod names;
mod numbers;
mod owners;
mod panel;
mod planted;
mod query;
mod request;
mod server;
mod truth;
mod world;

pub use budget::{Budget, Timer};
pub use clock::Clock;
pub use error::{Error, Result};
pub use faults::{Fault, Faults, Matcher, Place, RETRY_AFTER_SECONDS, WINDOW_LEFT_SECONDS};
pub use history::{
    Change, ConsolidationRound, Facts, History, HistoryListing, HistoryModel, HistoryOptions,
    HistoryOwner, HistoryWeek, Overtaking, Scenario, Trait, Values, history, history_registry,
};
pub use hub::Hub;
pub use owners::OwnerLabel;
pub use panel::{PARTS_PER_DOWNLOAD, PanelAttribute, PanelCell, PanelOptions, PanelTables};
pub use planted::{
    Judgement, Planted, PlantedEconomy, PlantedKind, PlantedModel, PlantedOptions, Precision,
    Recall, planted_economy,
};
pub use server::{router, serve};
pub use truth::{
    CountryShare, DefinitionChange, EventCount, LicenseShare, Market, Restatement, Stillstand,
    Truth, WeekOfDownloads, YearOfBirths, truth,
};
pub use world::{EventRates, Options, World, owner_registry, world, world_with_events};
