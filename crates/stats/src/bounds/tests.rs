use super::{
    Bounds, concentration_ratio_bounds, effective_number_bounds, entropy_bounds, gini_bounds,
    hhi_bounds, hhi_normalized_bounds, share_bounds, theil_bounds, water_fill,
};
use crate::market::tests::check_refused;
use crate::{concentration_ratio, effective_number, entropy, gini, hhi, hhi_normalized, theil};

/// Asserts bounds to 12 digits.
fn check(actual: Option<Bounds>, low: f64, high: f64) {
    let actual = actual.expect("there is mass");
    let near = |a: f64, b: f64| (a - b).abs() <= 1e-12 * b.abs().max(1e-300);
    assert!(near(actual.low, low), "low is {}, not {low}", actual.low);
    assert!(near(actual.high, high), "high is {}, not {high}", actual.high);
}

const KNOWN: [f64; 3] = [50.0, 30.0, 10.0];

#[test]
fn share_lies_between_none_and_all_of_the_mass() {
    check(share_bounds(30.0, 10.0, 100.0), 0.3, 0.4);
    check(share_bounds(0.0, 10.0, 100.0), 0.0, 0.1);
    check(share_bounds(90.0, 10.0, 100.0), 0.9, 1.0);
    assert_eq!(share_bounds(0.0, 0.0, 0.0), None);
}

#[test]
fn parts_that_exceed_the_total_by_rounding_only_are_taken() {
    let bounds = share_bounds(0.3, 0.0, 0.3 * (1.0 - 1e-12));
    assert_eq!(bounds, Some(Bounds { low: 1.0, high: 1.0 }));
    check_refused(|| share_bounds(60.0, 50.0, 100.0));
    check_refused(|| share_bounds(-1.0, 0.0, 100.0));
    check_refused(|| share_bounds(1.0, f64::NAN, 100.0));
    check_refused(|| share_bounds(1.0, 1.0, f64::INFINITY));
}

/// By hand, in percent of the total: 50² + 30² + 10², and 60² + 30² + 10².
#[test]
fn hhi_over_an_open_class() {
    check(hhi_bounds(&KNOWN, 10.0), 3_500.0, 4_600.0);
    check(effective_number_bounds(&KNOWN, 10.0), 10_000.0 / 4_600.0, 10_000.0 / 3_500.0);
}

/// By hand: the 10 and the unattributed 10 make 20; or the 50 and the 10 make 60.
/// (0.38 − 1/3)/(2/3) and (0.46 − 1/3)/(2/3).
#[test]
fn hhi_normalized_over_a_closed_class() {
    check(hhi_normalized_bounds(&KNOWN, 10.0), 0.07, 0.19);
}

#[test]
fn concentration_ratio_over_an_open_class() {
    check(concentration_ratio_bounds(&KNOWN, 10.0, 0), 0.0, 0.0);
    check(concentration_ratio_bounds(&KNOWN, 10.0, 1), 0.5, 0.6);
    check(concentration_ratio_bounds(&KNOWN, 10.0, 2), 0.8, 0.9);
    check(concentration_ratio_bounds(&KNOWN, 10.0, 3), 0.9, 1.0);
    check(concentration_ratio_bounds(&KNOWN, 10.0, 9), 0.9, 1.0);
}

/// By hand: Σ|xi − xj| over ordered pairs is 120 for 50, 30, 20 and 200 for 60, 30, 10; the
/// Gini is that over 2·n·Σx = 600.
#[test]
fn gini_over_a_closed_class() {
    check(gini_bounds(&KNOWN, 10.0), 0.2, 1.0 / 3.0);
}

#[test]
fn water_fills_the_smallest_first() {
    assert_eq!(water_fill(&KNOWN, 10.0), [50.0, 30.0, 20.0]);
    assert_eq!(water_fill(&KNOWN, 20.0), [50.0, 30.0, 30.0]);
    assert_eq!(water_fill(&KNOWN, 40.0), [50.0, 40.0, 40.0]);
    assert_eq!(water_fill(&KNOWN, 90.0), [60.0, 60.0, 60.0]);
    assert_eq!(water_fill(&KNOWN, 0.0), KNOWN);
    assert_eq!(water_fill(&[0.0, 0.0], 6.0), [3.0, 3.0]);
    assert_eq!(water_fill(&[], 6.0), [0.0; 0]);
}

#[test]
fn without_unattributed_mass_the_bounds_are_the_index() {
    let same = |bounds: Option<Bounds>, index: Option<f64>| {
        let index = index.expect("there is mass");
        check(bounds, index, index);
    };
    same(hhi_bounds(&KNOWN, 0.0), hhi(&KNOWN));
    same(hhi_normalized_bounds(&KNOWN, 0.0), hhi_normalized(&KNOWN));
    same(effective_number_bounds(&KNOWN, 0.0), effective_number(&KNOWN));
    same(concentration_ratio_bounds(&KNOWN, 0.0, 2), concentration_ratio(&KNOWN, 2));
    same(gini_bounds(&KNOWN, 0.0), gini(&KNOWN));
    same(entropy_bounds(&KNOWN, 0.0), entropy(&KNOWN));
    same(theil_bounds(&KNOWN, 0.0), theil(&KNOWN));
}

#[test]
fn where_no_unit_is_known_the_open_class_has_its_widest_bounds() {
    for known in [&[][..], &[0.0, 0.0]] {
        check(hhi_bounds(known, 5.0), 0.0, 10_000.0);
        check(concentration_ratio_bounds(known, 5.0, 1), 0.0, 1.0);
        assert_eq!(
            effective_number_bounds(known, 5.0),
            Some(Bounds { low: 1.0, high: f64::INFINITY })
        );
    }
}

#[test]
fn where_no_unit_is_known_a_closed_class_has_the_range_of_its_index() {
    let idle = [0.0; 4];
    check(hhi_normalized_bounds(&idle, 5.0), 0.0, 1.0);
    check(gini_bounds(&idle, 5.0), 0.0, 0.75);
    check(entropy_bounds(&idle, 5.0), 0.0, 4.0_f64.ln());
    check(theil_bounds(&idle, 5.0), 0.0, 4.0_f64.ln());
}

#[test]
fn a_closed_class_without_units_has_no_bounds() {
    assert_eq!(hhi_normalized_bounds(&[], 5.0), None);
    assert_eq!(hhi_normalized_bounds(&[3.0], 5.0), None, "0/0 for a single unit");
    assert_eq!(gini_bounds(&[], 5.0), None);
    assert_eq!(entropy_bounds(&[], 5.0), None);
    assert_eq!(theil_bounds(&[], 5.0), None);
}

#[test]
fn no_mass_at_all_has_no_bounds() {
    for known in [&[][..], &[0.0, 0.0]] {
        assert_eq!(hhi_bounds(known, 0.0), None);
        assert_eq!(hhi_normalized_bounds(known, 0.0), None);
        assert_eq!(effective_number_bounds(known, 0.0), None);
        assert_eq!(concentration_ratio_bounds(known, 0.0, 1), None);
        assert_eq!(gini_bounds(known, 0.0), None);
        assert_eq!(entropy_bounds(known, 0.0), None);
        assert_eq!(theil_bounds(known, 0.0), None);
    }
}

#[test]
fn a_total_beyond_range_has_no_bounds() {
    assert_eq!(hhi_bounds(&[f64::MAX], f64::MAX), None);
    assert_eq!(concentration_ratio_bounds(&[f64::MAX], f64::MAX, 1), None);
    assert_eq!(gini_bounds(&[f64::MAX, 0.0], f64::MAX), None);
}

#[test]
fn what_is_not_a_sum_is_refused() {
    check_refused(|| hhi_bounds(&[1.0, -1.0], 1.0));
    check_refused(|| hhi_bounds(&[1.0], f64::NAN));
    check_refused(|| concentration_ratio_bounds(&[1.0], -1.0, 1));
    check_refused(|| gini_bounds(&[f64::INFINITY], 1.0));
    check_refused(|| Some(water_fill(&[1.0], -1.0)).filter(|units| !units.is_empty()));
}
