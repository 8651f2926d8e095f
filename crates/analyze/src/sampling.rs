//! What is luck of a few owners: numbers of an economy whose owners are drawn again.
//!
//! A crawl is a census, and its numbers have no sampling error; whether a *difference* is more
//! than the luck of a few owners is another question. The owners are drawn again, with all their
//! models and weeks, and the number is taken of each draw. See `docs/methods/resampling.md`.

mod drawn;
mod holdings;

use stats::{Resampling, Weights};

pub(crate) use drawn::{Drawn, Zero};
pub(crate) use holdings::{Holdings, drawn_for};

/// How sure sampling intervals are.
pub(crate) const CONFIDENCE: f64 = 0.95;
/// Draws where nothing else is said.
const REPLICATES: usize = 1_000;
/// The seed of all draws, so that equal data give equal intervals.
const SEED: u64 = 20_240_601;
/// Beyond so many threads memory is the bound.
const MOST_THREADS: usize = 8;

/// The draws of sampling intervals where nothing else is said.
#[must_use]
pub fn usual_draws() -> Resampling {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS);
    Resampling { weights: Weights::Poisson, replicates: REPLICATES, seed: SEED, threads }
}
