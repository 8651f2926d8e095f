//! A million units: the indices keep 12 digits where closed forms say what they are.

use stats::{concentration_ratio, effective_number, gini, hhi, hhi_normalized, theil};

const COUNT: u32 = 1_000_000;

#[track_caller]
fn check(actual: Option<f64>, expected: f64) {
    let actual = actual.expect("there is mass");
    let relative = actual / expected - 1.0;
    assert!(relative.abs() <= 1e-12, "{actual} is not {expected}, off by {relative:e}");
}

/// The units 1, 2, …, n: Σi = n(n + 1)/2, Σi² = n(n + 1)(2n + 1)/6, Σ|i − j| = n(n² − 1)/3.
#[test]
fn the_first_million_integers() {
    let units: Vec<f64> = (1..=COUNT).rev().map(f64::from).collect();
    let n = f64::from(COUNT);
    check(hhi(&units), 10_000.0 * 2.0 * (2.0 * n + 1.0) / (3.0 * n * (n + 1.0)));
    check(effective_number(&units), 3.0 * n * (n + 1.0) / (2.0 * (2.0 * n + 1.0)));
    check(gini(&units), (n - 1.0) / (3.0 * n));
    // The upper half: n/2 units with a mean of (3n + 2)/4.
    check(concentration_ratio(&units, 500_000), (3.0 * n + 2.0) / (4.0 * (n + 1.0)));
}

/// The units 9·10⁹ + i, whose total is just below 2⁵³ and whose indices are differences of it.
///
/// With deviations d = (i − (n + 1)/2)/mean: Σd²/n = (n² − 1)/12/mean² and
/// Σd⁴/n = (n² − 1)(3n² − 7)/240/mean⁴; Theil's T is half the first and a twelfth of the second,
/// the odd powers cancelling and the sixth being below 1e-17 of the first.
#[test]
fn a_million_almost_equal_units_near_the_end_of_the_integers() {
    let units: Vec<f64> = (1..=COUNT).map(|i| 9e9 + f64::from(i)).collect();
    let n = f64::from(COUNT);
    let mean = 9e9 + f64::midpoint(n, 1.0);
    assert!(n * mean < 2.0_f64.powi(53));
    let second = (n * n - 1.0) / 12.0 / mean.powi(2);
    let fourth = (n * n - 1.0) * (3.0 * n * n - 7.0) / 240.0 / mean.powi(4);
    check(gini(&units), (n * n - 1.0) / (6.0 * n * mean));
    check(hhi_normalized(&units), second / (n - 1.0));
    check(theil(&units), second / 2.0 + fourth / 12.0);
}
