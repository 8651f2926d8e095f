use std::panic::catch_unwind;

use super::{Totals, totals};

/// Asserts that a caller's error stops a debug build, and gives nothing in any other.
pub(crate) fn check_refused<T: std::fmt::Debug>(f: fn() -> Option<T>) {
    let outcome = catch_unwind(f);
    assert_eq!(outcome.is_err(), cfg!(debug_assertions), "a debug build stops, no other does");
    if let Ok(value) = outcome {
        assert!(value.is_none(), "got {value:?}");
    }
}

#[test]
fn totals_of_a_market() {
    assert_eq!(
        totals(&[3.0, 0.0, 5.0, 2.0]),
        Some(Totals { units: 4.0, largest: 5.0, total: 10.0, rest: 5.0 })
    );
}

#[test]
fn a_market_without_mass_has_no_totals() {
    assert_eq!(totals(&[]), None);
    assert_eq!(totals(&[0.0, 0.0, -0.0]), None);
}

#[test]
fn the_rest_keeps_digits_that_the_total_has_no_room_for() {
    let totals = totals(&[0.25, 1e17, 0.5]).expect("there is mass");
    assert_eq!(Some(totals.total), Some(1e17));
    assert_eq!(Some(totals.rest), Some(0.75));
}

#[test]
fn what_is_not_a_sum_is_refused() {
    check_refused(|| totals(&[1.0, -1.0]));
    check_refused(|| totals(&[1.0, f64::NAN]));
    check_refused(|| totals(&[1.0, f64::INFINITY]));
}

#[test]
fn a_total_beyond_range_gives_nothing() {
    assert_eq!(totals(&[f64::MAX, f64::MAX]), None);
}
