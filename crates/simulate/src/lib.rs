//! A synthetic Hub with known truth, as an HTTP server that speaks the Hub's API.
//!
//! [`world`] grows an economy from a seed: owners by a heavy tail, models with lineage, sizes,
//! formats and licences, and a daily flow of downloads from which every counter is computed.
//! A [`Hub`] shows it as the real one would at a simulated date, which the caller moves by its
//! [`Clock`], and [`serve`] puts it on the wire.
//! The planted trends are those that an observatory should find again: models grow, more of them
//! are quantized, sparse and multimodal, and a second country overtakes the first.
//!
//! Every name in it is invented, and every response carries `x-weighhouse-simulated: true`, so
//! that nobody takes its numbers for readings.
//!
//! This crate must not know the collector or anything that reads what it serves: it is the
//! independent side of their tests.
//! It reads no clock: the simulated date is the only time it has.

mod answer;
mod base64;
mod catalogue;
mod clock;
mod entry;
mod error;
mod flow;
mod hub;
mod listing;
mod model;
mod names;
mod numbers;
mod owners;
mod query;
mod server;
mod world;

pub use clock::Clock;
pub use error::{Error, Result};
pub use hub::{Budget, Hub};
pub use owners::OwnerLabel;
pub use server::{router, serve};
pub use world::{Options, World, owner_registry, world};
