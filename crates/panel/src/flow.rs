//! From readings of counters to weekly flows.
//!
//! Method, assumptions and checks: `docs/methods/flows.md`.

mod birth;
mod calibration;
mod cell;
mod cumulative;
mod curve;
mod reconcile;
mod rolling;
mod variation;
mod windows;
mod worker;

pub use birth::Birth;
pub use calibration::{Calibration, Evidence};
pub use cell::{Cell, KnownSum, Method, ModelFlows, Restatement};
pub use reconcile::{Disagreement, Reconciliation};
pub use windows::{WindowFlow, with_windows};
pub use worker::{FlowOptions, FlowWorker, Span, flows_of_model};

#[cfg(test)]
pub(crate) mod tests;
