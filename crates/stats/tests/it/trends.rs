//! Trends against other authors' code, against axioms, and on series without one.

use proptest::prelude::*;
use stats::{Errors, mann_kendall, mann_kendall_hamed_rao, newey_west_lags, theil_sen, trend_line};

use crate::markets::assert_near;
use crate::series::{correlated, noise, times};
use crate::tables::{LIBRARY, Row, check, numbers, rows};

const SERIES: &str = include_str!("../../../../fixtures/stats/series.csv");

fn times_of(row: &Row, count: usize) -> Vec<f64> {
    if row["times"].is_empty() { times(count) } else { numbers(row["times"]) }
}

/// pymannkendall: `original_test` and `hamed_rao_modification_test`.
#[test]
fn mann_kendall_agrees_with_pymannkendall() {
    for row in rows(SERIES) {
        let x = numbers(row["values"]);
        let plain = mann_kendall(&x);
        check(&row, "mk_score", plain.map(|test| test.score), LIBRARY);
        check(&row, "mk_tau", plain.map(|test| test.tau), LIBRARY);
        check(&row, "mk_variance", plain.map(|test| test.variance), LIBRARY);
        check(&row, "mk_p", plain.map(|test| test.p_value), LIBRARY);
        let corrected = mann_kendall_hamed_rao(&x);
        check(&row, "hr_variance", corrected.map(|test| test.variance), LIBRARY);
        check(&row, "hr_z", corrected.map(|test| test.z), LIBRARY);
        check(&row, "hr_p", corrected.map(|test| test.p_value), LIBRARY);
    }
}

/// SciPy: `theilslopes(values, times, 0.95)`.
#[test]
fn theil_sen_agrees_with_scipy() {
    for row in rows(SERIES) {
        let x = numbers(row["values"]);
        let line = theil_sen(&times_of(&row, x.len()), &x, 0.95);
        check(&row, "sen_slope", line.map(|line| line.slope), LIBRARY);
        check(&row, "sen_intercept", line.map(|line| line.intercept), LIBRARY);
        check(&row, "sen_low", line.map(|line| line.interval.low), LIBRARY);
        check(&row, "sen_high", line.map(|line| line.interval.high), LIBRARY);
    }
}

/// statsmodels: `OLS(...).fit()`, plain and with `cov_type="HAC"`, `use_correction`, `use_t`.
#[test]
fn regression_agrees_with_statsmodels() {
    for row in rows(SERIES) {
        let x = numbers(row["values"]);
        let at = times_of(&row, x.len());
        let plain = trend_line(&at, &x, Errors::Ordinary);
        check(&row, "ols_intercept", plain.map(|line| line.intercept), LIBRARY);
        check(&row, "ols_slope", plain.map(|line| line.slope), LIBRARY);
        check(&row, "ols_error", plain.map(|line| line.slope_error), LIBRARY);
        check(&row, "ols_p", plain.map(|line| line.p_value), LIBRARY);
        check(&row, "ols_low", plain.map(|line| line.slope_interval(0.95).low), LIBRARY);
        check(&row, "ols_high", plain.map(|line| line.slope_interval(0.95).high), LIBRARY);
        let lags = newey_west_lags(x.len());
        check(&row, "nw_lags", Some(lags as f64), LIBRARY);
        let robust = trend_line(&at, &x, Errors::NeweyWest { lags });
        check(&row, "nw_error", robust.map(|line| line.slope_error), LIBRARY);
        check(&row, "nw_p", robust.map(|line| line.p_value), LIBRARY);
    }
}

#[test]
fn series_that_say_nothing() {
    assert_eq!(mann_kendall(&[1.0, 2.0]), None);
    assert_eq!(mann_kendall_hamed_rao(&[1.0, 2.0, 3.0]), None);
    let level = mann_kendall_hamed_rao(&[4.0; 9]).expect("nine observations");
    assert_near(level.p_value, 1.0);
    assert_eq!((level.tau, level.z, level.correction), (0.0, 0.0, 1.0));
    assert_eq!(theil_sen(&[1.0, 1.0], &[2.0, 3.0], 0.95), None);
    assert_eq!(trend_line(&[1.0, 1.0, 1.0], &[2.0, 3.0, 4.0], Errors::Ordinary), None);
    let exact = trend_line(&times(4), &[1.0; 4], Errors::Ordinary).expect("four observations");
    assert_eq!((exact.slope, exact.slope_error, exact.p_value), (0.0, 0.0, 1.0));
}

/// How often each test finds a trend at 5 % in 400 series of 120 weeks that have none.
fn rejections(correlation: f64) -> [usize; 4] {
    let mut found = [0; 4];
    for seed in 0..400 {
        let x = correlated(seed, 120, correlation);
        let at = times(x.len());
        let lags = Errors::NeweyWest { lags: newey_west_lags(x.len()) };
        let p_values = [
            mann_kendall(&x).map(|test| test.p_value),
            mann_kendall_hamed_rao(&x).map(|test| test.p_value),
            trend_line(&at, &x, Errors::Ordinary).map(|line| line.p_value),
            trend_line(&at, &x, lags).map(|line| line.p_value),
        ];
        for (found, p) in found.iter_mut().zip(p_values) {
            *found += usize::from(p.is_some_and(|p| p <= 0.05));
        }
    }
    found
}

#[test]
fn false_alarms_are_as_rare_as_the_page_says() {
    for (correlation, expected) in [(0.0, [19, 41, 16, 29]), (0.5, [93, 57, 105, 49])] {
        let found = rejections(correlation);
        // Two points of a hundred to either side.
        let near = found.iter().zip(expected).all(|(found, other)| found.abs_diff(other) <= 8);
        assert!(near, "{correlation}: {found:?}");
    }
}

/// 400 lines with noise: how often each interval contains the true slope.
#[test]
fn intervals_of_a_slope_cover_the_truth() {
    let (mut sen, mut least_squares) = (0, 0);
    for seed in 0..400 {
        let at = times(40);
        let x: Vec<f64> = noise(seed, 40).iter().zip(&at).map(|(e, t)| e + 0.1 * t).collect();
        let robust = theil_sen(&at, &x, 0.95).expect("times differ");
        let line = trend_line(&at, &x, Errors::Ordinary).expect("times differ");
        sen += usize::from(robust.interval.contains(0.1));
        least_squares += usize::from(line.slope_interval(0.95).contains(0.1));
    }
    for covered in [sen, least_squares] {
        assert!((372..=388).contains(&covered), "{sen} and {least_squares} of 400");
    }
}

proptest! {
    #[test]
    fn a_monotone_change_of_scale_leaves_the_score(
        x in prop::collection::vec(-9.0..9.0_f64, 3..40),
    ) {
        let own = mann_kendall(&x).expect("three observations");
        let stretched: Vec<f64> = x.iter().map(|x| x.exp()).collect();
        let backward: Vec<f64> = x.iter().rev().copied().collect();
        prop_assert_eq!(Some(own), mann_kendall(&stretched));
        let backward = mann_kendall(&backward).expect("three observations");
        assert_near(own.score, -backward.score);
        assert_near(own.p_value, backward.p_value);
        prop_assert!(own.tau.abs() <= 1.0 && (0.0..=1.0).contains(&own.p_value));
    }

    #[test]
    fn slopes_move_with_what_is_added_and_multiplied(
        x in prop::collection::vec(-9.0..9.0_f64, 4..30),
        rise in -5.0..5.0_f64,
        factor in 0.1..10.0_f64,
    ) {
        let at = times(x.len());
        let moved: Vec<f64> =
            x.iter().zip(&at).map(|(x, time)| factor * x + rise * time + 3.0).collect();
        let close = |own: f64, other: f64| (own - (factor * other + rise)).abs() < 1e-9;
        let (own, other) = (theil_sen(&at, &moved, 0.9), theil_sen(&at, &x, 0.9));
        let (own, other) = (own.expect("times differ"), other.expect("times differ"));
        prop_assert!(close(own.slope, other.slope));
        prop_assert!(own.interval.low <= own.slope && own.slope <= own.interval.high);
        for errors in [Errors::Ordinary, Errors::NeweyWest { lags: 2 }] {
            let own = trend_line(&at, &moved, errors).expect("times differ");
            let other = trend_line(&at, &x, errors).expect("times differ");
            prop_assert!(close(own.slope, other.slope));
            prop_assert!((own.slope_error - factor * other.slope_error).abs() < 1e-9);
        }
    }

    /// Without lags Newey and West's error is White's: `√(n/(n − 2)·Σ (t − t̄)²·e²)/Σ (t − t̄)²`.
    #[test]
    fn without_lags_only_the_spread_counts(x in prop::collection::vec(-9.0..9.0_f64, 4..30)) {
        let n = x.len() as f64;
        let at = times(x.len());
        let line = trend_line(&at, &x, Errors::NeweyWest { lags: 0 }).expect("times differ");
        let middle = (n - 1.0) / 2.0;
        let parts = x.iter().zip(&at).map(|(x, t)| {
            let rest = x - line.intercept - line.slope * t;
            ((t - middle).powi(2) * rest.powi(2), (t - middle).powi(2))
        });
        let (above, below) = parts.fold((0.0, 0.0), |sum, part| (sum.0 + part.0, sum.1 + part.1));
        let expected = (n / (n - 2.0) * above).sqrt() / below;
        prop_assert!((line.slope_error - expected).abs() < 1e-9);
    }
}
