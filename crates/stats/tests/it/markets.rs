//! Markets for the properties, and how numbers are compared there.

use proptest::collection::vec;
use proptest::prelude::*;

/// Up to 40 units, some idle, some very large, at least one of them not idle.
pub(crate) fn market() -> impl Strategy<Value = Vec<f64>> {
    vec(unit(), 1..40).prop_filter("a market has mass", |units| units.iter().any(|&u| u > 0.0))
}

/// A market of at least two units.
pub(crate) fn market_of_two() -> impl Strategy<Value = Vec<f64>> {
    market().prop_filter("two units", |units| units.len() >= 2)
}

fn unit() -> impl Strategy<Value = f64> {
    prop_oneof![
        2 => Just(0.0),
        4 => (0_u32..1_000).prop_map(f64::from),
        2 => 0.0..1.0_f64,
        1 => 0.0..1e12_f64,
    ]
}

/// Asserts that two numbers agree to 12 digits, or to 1e-14 where both are near 0.
#[track_caller]
pub(crate) fn assert_near(a: f64, b: f64) {
    assert!((a - b).abs() <= 1e-12 * a.abs().max(b.abs()) + 1e-14, "{a} is not {b}");
}

/// Asserts `a <= b`, up to rounding in the 12th digit.
#[track_caller]
pub(crate) fn assert_at_most(a: f64, b: f64) {
    assert!(a <= b + 1e-12 * a.abs().max(b.abs()) + 1e-14, "{a} is above {b}");
}
