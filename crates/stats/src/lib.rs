//! Concentration and inequality: slices in, structs out.
//!
//! A market is the slice of its units' sums, each finite and at least 0, in any order; a unit
//! with 0 is idle and counts as a unit.
//! Every index is a function of that slice alone, and of no unit of measure: tenfold sums give
//! the same index.
//! Where an index is not defined (no units, or nothing in any of them) it is `None`, never 0.
//! A negative, infinite or undefined sum, or sums whose total is beyond the range of `f64`, are
//! a caller's error: a debug build stops there, any other returns `None`.
//!
//! The results are good to 12 digits for a million units, also where an index is the small
//! difference of large numbers: sums are compensated, and each formula is arranged so that no
//! digits cancel.
//! `docs/methods/` has a page for each index: formula, source, assumptions, and how it was checked.
//!
//! This crate must not know what is counted, who the units are, or where the sums come from.
//! It knows no other crate of ours, no file, no clock and no randomness.

mod bounds;
mod concentration;
mod inequality;
mod lorenz;
mod market;
mod moments;
mod runs;
mod sum;

pub use bounds::{
    Bounds, concentration_ratio_bounds, effective_number_bounds, entropy_bounds, gini_bounds,
    hhi_bounds, hhi_normalized_bounds, share_bounds, theil_bounds, water_fill,
};
pub use concentration::{concentration_ratio, effective_number, hhi, hhi_normalized};
pub use inequality::{entropy, gini, theil};
pub use lorenz::lorenz;
pub use moments::Moments;
pub use runs::{Run, Runs};
