use super::{concentration_ratio, effective_number, hhi, hhi_normalized};
use crate::market::tests::check_refused;

#[test]
fn a_market_without_mass_has_no_index() {
    for market in [&[][..], &[0.0], &[0.0, 0.0, 0.0]] {
        assert_eq!(hhi(market), None);
        assert_eq!(hhi_normalized(market), None);
        assert_eq!(effective_number(market), None);
        assert_eq!(concentration_ratio(market, 1), None);
    }
}

#[test]
fn one_unit_is_a_monopoly_and_has_no_normalised_index() {
    assert_eq!(hhi(&[7.0]), Some(10_000.0));
    assert_eq!(hhi_normalized(&[7.0]), None);
    assert_eq!(effective_number(&[7.0]), Some(1.0));
    assert_eq!(concentration_ratio(&[7.0], 1), Some(1.0));
}

#[test]
fn idle_units_count_in_the_normalised_index_only() {
    assert_eq!(hhi(&[5.0, 5.0, 0.0]), Some(5_000.0));
    assert_eq!(effective_number(&[5.0, 5.0, 0.0]), Some(2.0));
    // (1/2 − 1/3) / (1 − 1/3) = 1/4, by hand.
    assert_eq!(hhi_normalized(&[5.0, 5.0, 0.0]).map(round_12), Some(0.25));
    assert_eq!(hhi_normalized(&[5.0, 5.0]), Some(0.0));
}

#[test]
fn equal_units_have_exact_indices() {
    for n in [2_u32, 3, 7, 10, 49, 1000] {
        let market = vec![0.1; n as usize];
        assert_eq!(hhi_normalized(&market).map(round_12), Some(0.0));
        assert_eq!(effective_number(&market).map(round_12), Some(f64::from(n)));
    }
    assert_eq!(hhi(&[3.0; 10]), Some(1_000.0));
}

#[test]
fn one_of_many_holding_everything_is_not_rounded_beyond_the_most() {
    for n in 2..300 {
        let mut market = vec![0.0; n];
        market[n / 2] = 7.0;
        assert_eq!(hhi(&market), Some(10_000.0));
        let normalized = hhi_normalized(&market).expect("there are two units");
        assert!((1.0 - 1e-15..=1.0).contains(&normalized), "{normalized} for {n} units");
    }
}

#[test]
fn concentration_ratio_takes_the_largest_in_any_order() {
    let market = [1.0, 40.0, 9.0, 30.0, 20.0];
    let ratios: Vec<_> =
        (0..=6).map(|k| concentration_ratio(&market, k).expect("there is mass")).collect();
    assert_eq!(ratios, [0.0, 0.4, 0.7, 0.9, 0.99, 1.0, 1.0]);
}

#[test]
fn concentration_ratio_of_all_that_is_not_idle_is_exactly_one() {
    assert_eq!(concentration_ratio(&[0.1, 0.0, 0.2, 0.0, 0.3, 0.7], 4), Some(1.0));
}

#[test]
fn what_is_not_a_sum_is_refused() {
    check_refused(|| hhi(&[1.0, -1.0]));
    check_refused(|| hhi_normalized(&[f64::NAN, 1.0]));
    check_refused(|| effective_number(&[f64::INFINITY]));
    check_refused(|| concentration_ratio(&[1.0, f64::NAN], 1));
}

fn round_12(value: f64) -> f64 {
    (value * 1e12).round() / 1e12
}
