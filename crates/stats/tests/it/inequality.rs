//! The further indices, against closed forms and against each other.

use proptest::prelude::*;
use stats::{
    Idle, atkinson, concentration_ratio, effective_number, entropy, gini, gini_sample,
    hall_tideman, hill_number, theil, theil_by_group, top_share, with_idle,
};

use crate::markets::{assert_at_most, assert_near, market_of_two};

/// Worked by hand: 1 − 24^¼/2.5, 1 − (4/(1 + 1/2 + 1/3 + 1/4))/2.5, and the square-mean-root.
#[test]
fn atkinson_of_one_to_four() {
    let units = [1.0, 2.0, 3.0, 4.0];
    assert_near(atkinson(&units, 1.0).unwrap(), 1.0 - 24.0_f64.powf(0.25) / 2.5);
    assert_near(atkinson(&units, 2.0).unwrap(), 1.0 - 4.0 / (25.0 / 12.0) / 2.5);
    let root = units.iter().map(|x: &f64| x.sqrt()).sum::<f64>() / 4.0;
    assert_near(atkinson(&units, 0.5).unwrap(), 1.0 - root * root / 2.5);
    assert_eq!(atkinson(&units, 0.0), Some(0.0));
    assert_eq!(atkinson(&[0.0, 1.0], 1.0), Some(1.0));
    assert_eq!(atkinson(&[0.0], 1.0), None);
}

#[test]
fn idle_units_are_left_out_on_request() {
    let units = [0.0, 1.0, 0.0, 3.0];
    assert_eq!(&*with_idle(&units, Idle::Exclude), &[1.0, 3.0]);
    assert_eq!(&*with_idle(&units, Idle::Include), &units);
}

#[test]
fn the_top_share_counts_part_of_a_unit() {
    let units = [1.0, 2.0, 3.0, 4.0];
    assert_near(top_share(&units, 0.375).unwrap(), 0.55);
    assert_eq!(top_share(&units, 1.0), Some(1.0));
    assert_eq!(top_share(&units, 0.0), Some(0.0));
}

proptest! {
    #[test]
    fn hill_numbers_are_what_they_are_called(x in market_of_two()) {
        let hill = |q| hill_number(&x, q).unwrap();
        assert_near(hill(2.0), effective_number(&x).unwrap());
        assert_near(hill(1.0), entropy(&x).unwrap().exp());
        assert_near(hill(f64::INFINITY), 1.0 / concentration_ratio(&x, 1).unwrap());
        prop_assert!((hill(1.0 + 1e-7) / hill(1.0) - 1.0).abs() < 1e-4);
        for pair in [0.0, 0.5, 1.0, 1.5, 2.0, 5.0, 50.0, f64::INFINITY].windows(2) {
            assert_at_most(hill(pair[1]), hill(pair[0]) * (1.0 + 1e-12));
        }
    }

    #[test]
    fn hall_tideman_is_the_gini_in_another_form(x in market_of_two()) {
        let n = x.len() as f64;
        let expected = 1.0 / (n * (1.0 - gini(&x).unwrap()));
        prop_assert!((hall_tideman(&x).unwrap() / expected - 1.0).abs() < 1e-9);
        assert_near(gini_sample(&x).unwrap(), gini(&x).unwrap() * n / (n - 1.0));
    }

    #[test]
    fn atkinson_rises_with_aversion_and_knows_no_scale(x in prop::collection::vec(0.1..100.0_f64, 2..30)) {
        let scaled: Vec<f64> = x.iter().map(|unit| unit * 1e4).collect();
        let mut before = 0.0;
        for epsilon in [0.1, 0.5, 1.0, 1.5, 3.0] {
            let value = atkinson(&x, epsilon).unwrap();
            assert_at_most(before, value);
            prop_assert!((value - atkinson(&scaled, epsilon).unwrap()).abs() < 1e-12);
            before = value;
        }
    }

    #[test]
    fn theil_is_the_sum_of_its_parts(x in market_of_two(), count in 1_usize..6) {
        let groups: Vec<usize> = (0..x.len()).map(|unit| unit * 7 % count).collect();
        let parts = theil_by_group(&x, &groups).unwrap();
        prop_assert!((parts.total() - theil(&x).unwrap()).abs() < 1e-10);
        prop_assert!(parts.between >= 0.0 && parts.within >= 0.0);
        let shares: f64 = parts.groups.iter().map(|group| group.share).sum();
        assert_near(shares, 1.0);
    }
}
