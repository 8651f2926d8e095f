//! Resampling of clusters: what would a comparable economy, drawn again, look like?
//!
//! The cluster is what was drawn as a whole, for us an owner with all its models and weeks.
//! A replicate gives each cluster a weight, the number of copies it has in that replicate, and
//! keeps it for every period, so that ratios and changes between periods are paired.
//! The weights of a replicate depend on the seed and its number alone: nothing changes with the
//! number of threads.
//! `docs/methods/resampling.md`.

mod linear;
mod panel;
mod replicate;
mod weights;

pub use linear::LinearParts;
pub use panel::{ClusterPanel, WeightedSums, weighted_sums};
pub use replicate::{replicate, weighted_gini, weighted_hhi};
pub use weights::{Resampling, Weights};
