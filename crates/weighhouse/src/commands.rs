//! One file a command: its documented arguments and a `run`.

pub(crate) mod accept;
pub(crate) mod attributes;
pub(crate) mod average;
pub(crate) mod build;
pub(crate) mod collect;
pub(crate) mod collections;
pub(crate) mod export;
pub(crate) mod family;
pub(crate) mod import;
pub(crate) mod indicators;
pub(crate) mod mcp;
pub(crate) mod query;
pub(crate) mod registry;
pub(crate) mod replicate;
pub(crate) mod report;
pub(crate) mod results;
pub(crate) mod robustness;
pub(crate) mod serve;
pub(crate) mod simulate;
pub(crate) mod simulate_history;
pub(crate) mod status;
pub(crate) mod watch;
pub(crate) mod whatif;
pub(crate) mod why;
