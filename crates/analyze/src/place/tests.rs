use panel::UnitSum;
use proptest::prelude::*;
use schema::MeasureKind;

use super::*;

/// A unit's sum and half-width; the market's units are named by their codes.
fn ranking<T>(units: &[(f64, f64)], ask: impl Fn(&Ranking<'_>) -> T) -> T {
    let sum = |(value, width): &(f64, f64)| UnitSum {
        value: *value,
        below: *width,
        above: *width,
        model_count: 1,
        ..UnitSum::default()
    };
    let sums = Sums::of(&units.iter().map(sum).collect::<Vec<_>>());
    let names: Vec<String> = (0..units.len()).map(|code| format!("{code:02}")).collect();
    let grouping = Grouping::by_model(&names);
    ask(&Ranking::new(Standings::new(&sums, MeasureKind::Flow, &[]), &sums, &grouping))
}

/// By hand: 100 ± 10, 95 ± 10 and 50 ± 1: the first two could change places, the third could not.
#[test]
fn ranks_that_intervals_allow_are_in_the_interval() {
    let units = [(95.0, 10.0), (100.0, 10.0), (50.0, 1.0)];
    let ranks = ranking(&units, |ranking| [0, 1, 2].map(|code| ranking.rank_of(code)));
    let told = ranks.map(|rank| (rank.value, rank.low, rank.high));
    assert_eq!(told[0], (Some(2.0), Some(1.0), Some(2.0)));
    assert_eq!(told[1], (Some(1.0), Some(1.0), Some(2.0)));
    assert_eq!(told[2], (Some(3.0), Some(3.0), Some(3.0)));
}

#[test]
fn units_of_one_size_share_their_ranks() {
    let units = [(7.0, 0.0), (7.0, 0.0), (9.0, 0.0), (1.0, 0.0)];
    let rank = ranking(&units, |ranking| ranking.rank_of(0));
    assert_eq!((rank.value, rank.low, rank.high), (Some(2.0), Some(2.0), Some(3.0)));
    assert_eq!((rank.bound_low, rank.bound_high, rank.n), (Some(2.0), Some(3.0), 4));
}

#[test]
fn neighbours_are_cut_at_both_ends() {
    let units: Vec<(f64, f64)> = (0..6).map(|size| (f64::from(6 - size), 0.0)).collect();
    let around = |code| ranking(&units, |ranking| ranking.around(code, 2));
    assert_eq!(around(0), [0, 1, 2]);
    assert_eq!(around(3), [1, 2, 3, 4, 5]);
    assert_eq!(around(5), [3, 4, 5]);
}

/// By hand: of 50, 40, 38 and 10 with 12 unattributed, the second could pass the first; 2 lift the
/// third to it, and the other 10 neither the last nor a new one.
#[test]
fn unattributed_mass_could_lift_the_unit_or_others_past_it() {
    assert_eq!(rank_bounds(&[50.0, 40.0, 38.0, 10.0], 40.0, 12.0), (1.0, Some(3.0)));
    assert_eq!(rank_bounds(&[50.0, 40.0], 40.0, 0.0), (2.0, Some(2.0)));
    // Three new ones as large as the unit.
    assert_eq!(rank_bounds(&[5.0, 2.0], 2.0, 7.0), (1.0, Some(5.0)));
    assert_eq!(rank_bounds(&[5.0, 0.0], 0.0, 7.0), (1.0, None));
}

proptest! {
    /// Whatever each unit's value within its interval, its rank is within the rank's.
    #[test]
    fn every_draw_is_in_the_interval(
        units in prop::collection::vec((1_u32..60, 0_u32..12, -1.0_f64..1.0), 1..12),
    ) {
        let given: Vec<(f64, f64)> =
            units.iter().map(|(value, width, _)| (f64::from(*value), f64::from(*width))).collect();
        let drawn: Vec<f64> = units
            .iter()
            .map(|(value, width, at)| (f64::from(*value) + f64::from(*width) * at).max(0.0))
            .collect();
        for code in 0..units.len() {
            let rank = ranking(&given, |ranking| ranking.rank_of(code as u32));
            let own = drawn[code];
            let larger = drawn.iter().filter(|value| **value > own).count() as f64 + 1.0;
            prop_assert!(rank.low.unwrap() <= larger && larger <= rank.high.unwrap());
            let value = rank.value.unwrap();
            prop_assert!(rank.low.unwrap() <= value && value <= rank.high.unwrap());
        }
    }

    /// Whoever gets the unattributed mass, new units included, the rank is within its bounds.
    #[test]
    fn every_attribution_is_in_the_bounds(
        values in prop::collection::vec(1_u32..40, 1..8),
        gifts in prop::collection::vec(0_u32..20, 12),
    ) {
        let mass: u32 = gifts.iter().sum();
        let before: Vec<f64> = values.iter().map(|value| f64::from(*value)).collect();
        let mut after = values.clone();
        after.resize(gifts.len(), 0);
        for (value, gift) in after.iter_mut().zip(&gifts) {
            *value += gift;
        }
        for at in 0..values.len() {
            let (best, worst) = rank_bounds(&before, before[at], f64::from(mass));
            let rank = after.iter().filter(|value| **value > after[at]).count() as f64 + 1.0;
            prop_assert!(best <= rank && rank <= worst.unwrap(), "{best} {rank} {worst:?}");
        }
    }
}
