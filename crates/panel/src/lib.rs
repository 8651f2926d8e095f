//! The engine: all models by all weeks in memory, and every aggregate over them.
//!
//! `flow` recovers weekly flows from counters; `CellsBuilder` lays them out as `Cells`; `Panel`
//! holds readings and cells by dense codes and answers what each unit of a market adds up to.
//!
//! Only this crate knows how cells lie in memory. It knows nothing of files, of attributes'
//! meaning, or of statistics over the sums.

mod ages;
pub mod anomaly;
mod cells;
mod cubes;
mod engine;
mod error;
pub mod flow;
mod grouping;
mod kernels;
mod ordered;
mod readings;
pub mod stale;
mod sums;
mod weekly;
mod windows;

pub use cells::{Cells, CellsBuilder, Mark, PARTS, RunOfModels, WeekTotals};
pub use cubes::{CubeQuestion, Cubes};
pub use engine::{Panel, ascending};
pub use error::Error;
pub use flow::{Birth, Cell, ModelFlows, Restatement, Span, flows_of_model};
pub use grouping::{Filter, Grouping, Scope};
pub use kernels::{Moments, moments};
pub use ordered::{ModelQuestion, OrderedModels};
pub use readings::{CounterReading, ReadingKind, Readings};
pub use sums::{Doubt, Sums, UnitSum};
pub use weekly::{Prepared, WeeklySums};
pub use windows::{Detail, FlowQuestion};
