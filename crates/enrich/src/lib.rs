//! From bytes to records, from records to tables, from tables to attributes. Pure.
//!
//! `sources` has one module for each source format; a parser never fails on bad input but
//! returns what is sound with a list of problems. `tables` joins the records of all snapshots of
//! a collection into models and readings. `attributes` derives, one module for each family, what
//! is known of each model.
//!
//! This crate knows no files, no network, no clock, and nothing of how cells lie in memory.

pub mod attributes;
mod facts;
mod fields;
mod identity;
mod lineage;
mod problems;
mod record;
mod registry;
pub mod sources;
mod tables;

pub use facts::Facts;
pub use lineage::{Lineage, Root};
pub use record::{Counters, Parsed, Record, WindowCount};
pub use registry::{Country, Owner, OwnerReview, Registry};
pub use sources::{ColumnSearch, Content, Input, MapError, Opened, Source, Summary, TableMap};
pub use tables::{MODEL_COLUMNS, Model, Reading, SnapshotRecords, Tables, models_from_values};
