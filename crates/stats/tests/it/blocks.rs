//! The stationary bootstrap against its closed form, and the length of its stretches.

use proptest::prelude::*;
use stats::{StationaryBootstrap, politis_white};

use crate::series::correlated;
use crate::tables::{LIBRARY, check, numbers, rows};

const SERIES: &str = include_str!("../../../../fixtures/stats/series.csv");

/// arch: `optimal_block_length`, column `stationary`, at least 1.
#[test]
fn lengths_agree_with_arch() {
    for row in rows(SERIES) {
        check(&row, "block", politis_white(&numbers(row["values"])), LIBRARY);
    }
}

#[test]
fn series_without_a_length() {
    assert_eq!(politis_white(&[3.0; 40]), None);
    assert_eq!(politis_white(&[1.0, 2.0, 3.0]), None);
}

/// Politis and Romano (1994), lemma 1: the variance of the mean over all draws is
/// `(γ₀ + 2·Σ_{i<n} ((1 − i/n)(1 − p)^i + (i/n)(1 − p)^(n−i))·γ_i)/n` with p = 1/length.
#[test]
fn the_variance_of_the_mean_is_that_of_the_closed_form() {
    let x = correlated(3, 100, 0.6);
    let n = x.len();
    let mean = x.iter().sum::<f64>() / n as f64;
    let covariance = |lag: usize| -> f64 {
        x.iter().zip(&x[lag..]).map(|(a, b)| (a - mean) * (b - mean)).sum::<f64>() / n as f64
    };
    for mean_block in [1.0, 4.0, 12.5] {
        let goes_on: f64 = 1.0 - 1.0 / mean_block;
        let weight = |lag: usize| {
            let part = lag as f64 / n as f64;
            (1.0 - part) * goes_on.powi(lag as i32) + part * goes_on.powi((n - lag) as i32)
        };
        let sum: f64 = (1..n).map(|lag| weight(lag) * covariance(lag)).sum();
        let expected = (covariance(0) + 2.0 * sum) / n as f64;
        let bootstrap = StationaryBootstrap { mean_block, replicates: 20_000, seed: 11 };
        let means = bootstrap.replicate(&x, |drawn| drawn.iter().sum::<f64>() / n as f64);
        let center = means.iter().sum::<f64>() / means.len() as f64;
        let found = means.iter().map(|m| (m - center).powi(2)).sum::<f64>() / means.len() as f64;
        // The variance of 20,000 draws is good to 1 %; four of its standard errors.
        assert!((found / expected - 1.0).abs() < 0.04, "{mean_block}: {found}, {expected}");
        assert!((center - mean).abs() < 4.0 * (expected / 20_000.0).sqrt());
    }
}

proptest! {
    #[test]
    fn stretches_follow_the_series_round(n in 1_usize..60, mean_block in 1.0..30.0_f64, seed: u64) {
        let bootstrap = StationaryBootstrap { mean_block, replicates: 1, seed };
        let (mut first, mut second) = (vec![0; n], vec![0; n]);
        bootstrap.draw(5, &mut first);
        bootstrap.draw(5, &mut second);
        prop_assert_eq!(&first, &second);
        prop_assert!(first.iter().all(|&position| position < n));
    }
}

/// 20,000 places: a stretch ends after one of its observations with a chance of 1/length.
#[test]
fn stretches_have_their_mean_length() {
    let n = 20_000;
    let mut positions = vec![0; n];
    for mean_block in [2.0, 10.0] {
        let bootstrap = StationaryBootstrap { mean_block, replicates: 1, seed: 1 };
        bootstrap.draw(0, &mut positions);
        let goes_on = |pair: &&[usize]| (pair[0] + 1) % n == pair[1];
        let joined = positions.windows(2).filter(goes_on).count() as f64;
        let expected = 1.0 - 1.0 / mean_block;
        let error = (expected / mean_block / n as f64).sqrt();
        assert!((joined / n as f64 - expected).abs() < 4.0 * error, "{joined}");
    }
}
