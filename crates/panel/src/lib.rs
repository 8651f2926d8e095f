//! The engine: all models by all weeks in memory, and every aggregate over them.
//!
//! `flow` recovers weekly flows from counters; `Panel` holds readings and cells by dense codes
//! and answers what each unit of a market adds up to.
//!
//! Only this crate knows how cells lie in memory. It knows nothing of files, of attributes'
//! meaning, or of statistics over the sums.

mod engine;
pub mod flow;
mod grouping;
mod readings;

pub use engine::{Cells, Panel, Sums, UnitSum};
pub use flow::{Birth, Cell, FlowTable, ModelFlows, Restatement, Span, flows_of_model};
pub use grouping::{Filter, Grouping};
pub use readings::{CounterReading, ReadingKind, Readings};
