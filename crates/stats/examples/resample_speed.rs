//! Draws a panel of 200,000 owners by 270 weeks 1,000 times, to be timed from outside.
//!
//! `cargo run --release -p stats --example resample_speed`; prints the seconds that it took.

use stats::{ClusterPanel, Resampling, Weights, weighted_sums};

const OWNERS: usize = 200_000;
const WEEKS: usize = 270;

#[expect(clippy::print_stdout, clippy::disallowed_methods, reason = "an example measures time")]
fn main() {
    let values: Vec<f64> = (0..OWNERS * WEEKS)
        .map(|cell| (1_000_000 / (1 + (cell * 7_919) % 1_000_003)) as f64)
        .collect();
    let groups: Vec<usize> = (0..OWNERS).map(|owner| owner % 12).collect();
    for with_squares in [false, true] {
        let panel = ClusterPanel { values: &values, periods: WEEKS, groups: &groups, with_squares };
        let resampling =
            Resampling { weights: Weights::Poisson, replicates: 1_000, seed: 1, threads: 2 };
        let begun = std::time::Instant::now();
        let sums = weighted_sums(&panel, &resampling);
        let seconds = begun.elapsed().as_secs_f64();
        println!("squares {with_squares}: {seconds:.2} s, first total {}", sums.total(0, 0));
    }
}
