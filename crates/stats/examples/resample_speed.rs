//! Draws a panel of 200,000 owners by 270 weeks 1,000 times, to be timed from outside.
//!
//! `cargo build --release -p stats --example resample_speed`, then `time target/release/examples/resample_speed`
//! with one or more of the words: `shares` or `hhi`, each `full` (every owner in every week) or
//! `grown` (owners come in one after another, ever more of them).

use stats::{ClusterPanel, Resampling, Weights, weighted_sums};

const OWNERS: usize = 200_000;
const WEEKS: usize = 270;

#[expect(clippy::print_stdout, clippy::disallowed_methods, reason = "an example measures time")]
fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let has = |word: &str| words.iter().any(|given| given == word);
    let values: Vec<f64> = (0..OWNERS * WEEKS)
        .map(|cell| {
            let is_there = !has("grown") || cell % WEEKS >= first_week(cell / WEEKS);
            if is_there { (1_000_000 / (1 + (cell * 7_919) % 1_000_003)) as f64 } else { 0.0 }
        })
        .collect();
    let groups: Vec<usize> = (0..OWNERS).map(|owner| owner % 12).collect();
    let with_squares = has("hhi");
    let panel = ClusterPanel { values: &values, periods: WEEKS, groups: &groups, with_squares };
    let resampling =
        Resampling { weights: Weights::Poisson, replicates: 1_000, seed: 1, threads: 2 };
    let begun = std::time::Instant::now();
    let sums = weighted_sums(&panel, &resampling);
    let seconds = begun.elapsed().as_secs_f64();
    println!("{words:?}: {seconds:.2} s, last total {}", sums.total(0, WEEKS - 1));
}

/// The number of owners doubles every 45 weeks, up to all of them.
fn first_week(owner: usize) -> usize {
    let scattered = (owner * 7_919) % OWNERS + 1;
    let before_last = 45.0 * (OWNERS as f64 / scattered as f64).log2();
    (WEEKS - 1).saturating_sub(before_last as usize)
}
