//! From bytes to records, from records to tables, from tables to attributes. Pure.
//!
//! `sources` has one module for each source format; a parser never fails on bad input but
//! returns what is sound with a list of problems. `tables` joins the records of all snapshots of
//! a collection into models and readings. `attributes` derives, one module for each family, what
//! is known of each model.
//!
//! This crate knows no files, no network, no clock, and nothing of how cells lie in memory.

pub mod attributes;
pub mod counting;
mod facts;
mod families;
mod fields;
mod identity;
mod lineage;
mod popularity;
mod problems;
mod record;
mod registry;
pub mod sources;
mod tables;

pub use facts::Facts;
pub use families::{Families, Family, Role};
pub use lineage::{
    Edge, Fault, KinCounts, LINEAGE_COLUMNS, Lineage, LineageColumns, Relation, Relative, Root,
    Sign,
};
pub use popularity::{History, POPULARITY_COLUMNS, Popularity, PopularityReader, Standing};
pub use record::{Counters, Parsed, Record, WindowCount};
pub use registry::{
    ComparedField, Comparison, Country, OtherRegistry, Owner, OwnerReview, Registry, RegistryFault,
    RegistryFiles, RowPlace, Verdict,
};
pub use sources::{ColumnSearch, Content, Input, MapError, Opened, Source, Summary, TableMap};
pub use tables::{
    FACT_COLUMNS, FORMER_ID_COLUMNS, FormerId, ID_COLUMNS, IDENTITY_COLUMNS, Identities, Identity,
    IdentityFinder, MODEL_COLUMNS, Merged, MergedModel, Model, ModelRows, Place, RECORD_COLUMNS,
    Reading, SHORT_COLUMNS, ShortRecord, SnapshotRecords, Tables, give_record, merge,
    short_records,
};
