use super::{entropy, gini, theil, theil_excess};
use crate::market::tests::check_refused;

#[test]
fn a_market_without_mass_has_no_index() {
    for market in [&[][..], &[0.0], &[0.0, 0.0, 0.0]] {
        assert_eq!(gini(market), None);
        assert_eq!(theil(market), None);
        assert_eq!(entropy(market), None);
    }
}

#[test]
fn one_unit_is_equal_to_itself() {
    assert_eq!(gini(&[7.0]), Some(0.0));
    assert_eq!(theil(&[7.0]), Some(0.0));
    assert_eq!(entropy(&[7.0]), Some(0.0));
}

#[test]
fn equal_units_have_no_inequality_to_the_last_digit() {
    for n in [2_u32, 3, 7, 10, 49, 1000] {
        let market = vec![3.0; n as usize];
        assert_eq!(gini(&market), Some(0.0));
        assert_eq!(theil(&market), Some(0.0));
        let difference = entropy(&market).expect("there is mass") - f64::from(n).ln();
        assert!(difference.abs() < 1e-14, "off by {difference}");
    }
}

#[test]
fn one_of_four_holding_everything() {
    let market = [0.0, 0.0, 8.0, 0.0];
    assert_eq!(gini(&market), Some(0.75));
    assert_eq!(theil(&market), Some(4.0_f64.ln()));
    assert_eq!(entropy(&market), Some(0.0));
}

#[test]
fn one_of_many_holding_everything_is_not_rounded_beyond_the_most() {
    for n in 2_u32..300 {
        let mut market = vec![0.0; n as usize];
        market[0] = 7.0;
        let (theil, most) = (theil(&market).expect("there is mass"), f64::from(n).ln());
        assert!((most - 1e-14..=most).contains(&theil), "{theil} for {n} units");
    }
}

/// Against `d²/2 − d³/6 + d⁴/12`, whose next term is below 1e-13 of the first here.
#[test]
fn small_deviations_keep_their_digits() {
    for deviation in [1e-9, -3e-8, 4e-5, -2e-5] {
        let expected =
            deviation * deviation * (0.5 - deviation / 6.0 + deviation * deviation / 12.0);
        let relative = theil_excess(deviation) / expected - 1.0;
        assert!(relative.abs() < 1e-13, "{deviation}: off by {relative}");
    }
}

/// The two formulas meet: either side of the threshold is within rounding of the other.
#[test]
fn the_series_meets_the_closed_form() {
    for deviation in [0.009_999_999, -0.009_999_999, 0.010_000_001, -0.010_000_001_f64] {
        let closed = (1.0 + deviation) * deviation.ln_1p() - deviation;
        let relative = theil_excess(deviation) / closed - 1.0;
        assert!(relative.abs() < 1e-12, "{deviation}: off by {relative}");
    }
}

#[test]
fn what_is_not_a_sum_is_refused() {
    check_refused(|| gini(&[1.0, -1.0]));
    check_refused(|| theil(&[f64::NAN, 1.0]));
    check_refused(|| entropy(&[f64::INFINITY]));
}
