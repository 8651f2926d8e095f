//! One file a command: its documented arguments and a `run`.

pub(crate) mod attributes;
pub(crate) mod build;
pub(crate) mod collect;
pub(crate) mod collections;
pub(crate) mod fetch_paper;
pub(crate) mod import;
pub(crate) mod indicators;
pub(crate) mod query;
pub(crate) mod serve;
pub(crate) mod simulate;
pub(crate) mod simulate_history;
pub(crate) mod status;
