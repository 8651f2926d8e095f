//! The bounds contain every attribution: not 95 % of them, all.

use proptest::collection::vec;
use proptest::prelude::*;
use stats::{
    Bounds, concentration_ratio, concentration_ratio_bounds, effective_number,
    effective_number_bounds, entropy, entropy_bounds, gini, gini_bounds, hhi, hhi_bounds,
    hhi_normalized, hhi_normalized_bounds, share_bounds, theil, theil_bounds, water_fill,
};

use crate::markets::{assert_at_most, assert_near, market_of_two};

/// Asserts that a number lies within bounds, up to rounding.
#[track_caller]
fn assert_within(value: Option<f64>, bounds: Option<Bounds>) {
    let (value, bounds) = (value.expect("defined"), bounds.expect("defined"));
    assert_at_most(bounds.low, value);
    assert_at_most(value, bounds.high);
}

/// The known units, the unattributed mass, and its attribution: `mass` over the known units and
/// `new` more, by weights of which many are 0.
fn attribution(new: usize) -> impl Strategy<Value = (Vec<f64>, f64, Vec<f64>)> {
    (market_of_two(), 0.0..1e4_f64).prop_flat_map(move |(known, mass)| {
        let weight = prop_oneof![Just(0.0), 0.0..1.0_f64, Just(100.0)];
        let weights = vec(weight, known.len() + new);
        (Just(known), Just(mass), weights).prop_map(|(known, mass, mut weights)| {
            if weights.iter().all(|&weight| weight == 0.0) {
                weights[0] = 1.0;
            }
            let all: f64 = weights.iter().sum();
            let mut truth = known.clone();
            truth.resize(weights.len(), 0.0);
            for (unit, weight) in truth.iter_mut().zip(&weights) {
                *unit += mass * weight / all;
            }
            (known, mass, truth)
        })
    })
}

proptest! {
    #[test]
    fn attribution_to_known_units((known, mass, truth) in attribution(0)) {
        assert_within(hhi(&truth), hhi_bounds(&known, mass));
        assert_within(hhi_normalized(&truth), hhi_normalized_bounds(&known, mass));
        assert_within(effective_number(&truth), effective_number_bounds(&known, mass));
        assert_within(gini(&truth), gini_bounds(&known, mass));
        assert_within(entropy(&truth), entropy_bounds(&known, mass));
        assert_within(theil(&truth), theil_bounds(&known, mass));
        for k in [0, 1, 4, 10] {
            let bounds = concentration_ratio_bounds(&known, mass, k);
            assert_within(concentration_ratio(&truth, k), bounds);
        }
        let total: f64 = truth.iter().sum();
        for (known, truth) in known.iter().zip(&truth) {
            assert_within(Some(truth / total), share_bounds(*known, mass, total));
        }
    }

    #[test]
    fn attribution_to_new_units((known, mass, truth) in attribution(25)) {
        assert_within(hhi(&truth), hhi_bounds(&known, mass));
        assert_within(effective_number(&truth), effective_number_bounds(&known, mass));
        for k in [0, 1, 4, 10] {
            let bounds = concentration_ratio_bounds(&known, mass, k);
            assert_within(concentration_ratio(&truth, k), bounds);
        }
    }

    #[test]
    fn low_is_never_above_high(known in market_of_two(), power in -20..6_i32) {
        let mass = 10.0_f64.powi(power) * known.iter().sum::<f64>();
        for bounds in [
            hhi_bounds(&known, mass),
            hhi_normalized_bounds(&known, mass),
            effective_number_bounds(&known, mass),
            concentration_ratio_bounds(&known, mass, 4),
            gini_bounds(&known, mass),
            entropy_bounds(&known, mass),
            theil_bounds(&known, mass),
        ] {
            let Bounds { low, high } = bounds.expect("there is mass");
            prop_assert!(low <= high, "{} is above {}", low, high);
        }
    }

    /// Bounds that no attribution reaches would be valid and useless.
    #[test]
    fn the_bounds_are_reached((known, mass, _) in attribution(0)) {
        let mut to_largest = known.clone();
        let largest = to_largest.iter_mut().max_by(|a, b| a.total_cmp(b)).expect("two units");
        *largest += mass;
        let mut spread = known.clone();
        spread.extend(vec![mass / 1e5; 100_000]);
        let hhi_bounds = hhi_bounds(&known, mass).expect("there is mass");
        assert_near(hhi(&to_largest).expect("there is mass"), hhi_bounds.high);
        // A hundred thousand new units are within 10,000/100,000 of infinitely many.
        prop_assert!(hhi(&spread).expect("there is mass") - hhi_bounds.low < 0.1 + 1e-9);
        let ratio = concentration_ratio(&to_largest, 1).expect("there is mass");
        let ratio_bounds = concentration_ratio_bounds(&known, mass, 1).expect("there is mass");
        assert_near(ratio, ratio_bounds.high);
        let gini_bounds = gini_bounds(&known, mass).expect("there is mass");
        assert_near(gini(&water_fill(&known, mass)).expect("there is mass"), gini_bounds.low);
        assert_near(gini(&to_largest).expect("there is mass"), gini_bounds.high);
    }

    #[test]
    fn water_fill_adds_the_mass_and_takes_none(known in market_of_two(), mass in 0.0..1e6_f64) {
        let filled = water_fill(&known, mass);
        let added: f64 = filled.iter().zip(&known).map(|(after, before)| after - before).sum();
        let total: f64 = known.iter().sum::<f64>() + mass;
        prop_assert!((added - mass).abs() <= 1e-12 * total);
        let lowest = filled.iter().copied().fold(f64::INFINITY, f64::min);
        for (after, before) in filled.iter().zip(&known) {
            prop_assert!(after >= before);
            prop_assert!(after <= before || (after - lowest).abs() <= 1e-12 * total);
        }
    }

    /// The slow way: pour one at a time into whichever unit is lowest.
    #[test]
    fn water_fill_is_pouring(known in vec(0_u32..50, 1..12), mass in 0_u32..300) {
        let known: Vec<f64> = known.into_iter().map(f64::from).collect();
        let mut poured = known.clone();
        for _ in 0..mass {
            *poured.iter_mut().min_by(|a, b| a.total_cmp(b)).expect("there is a unit") += 1.0;
        }
        for (filled, poured) in water_fill(&known, f64::from(mass)).iter().zip(&poured) {
            prop_assert!((filled - poured).abs() < 1.0, "{} and {}", filled, poured);
        }
    }
}
