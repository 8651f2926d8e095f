//! Jumps that several series share: against other authors' code, and on worlds with and without.

use proptest::prelude::*;
use stats::{
    DateOptions, JointChanges, Penalty, Refusal, change_points, joint_change_points, joint_changes,
};

use crate::markets::assert_near;
use crate::series::correlated;
use crate::tables::{LIBRARY, check, number, numbers, rows};

const CASES: &str = include_str!("../../../../fixtures/stats/joint_changes.csv");

fn options(replicates: usize) -> DateOptions {
    DateOptions { min_segment: 8, replicates, seed: 4, confidence: 0.95 }
}

fn find(series: &[Vec<f64>], replicates: usize) -> Result<JointChanges, Refusal> {
    let series: Vec<&[f64]> = series.iter().map(Vec::as_slice).collect();
    joint_changes(&series, &options(replicates))
}

fn places(found: &JointChanges) -> Vec<usize> {
    found.changes.iter().map(|change| change.at).collect()
}

/// ruptures: `Pelt(model="l2", min_size=8, jump=1)` with a penalty of 40, and `Dynp` over every
/// number of changes for the criterion; spreads by `qn_scale` of statsmodels.
#[test]
fn joint_changes_agree_with_ruptures() {
    for row in rows(CASES) {
        let series: Vec<Vec<f64>> = row["series"].split(" / ").map(numbers).collect();
        let listed = |column: &str| -> Vec<usize> {
            numbers(row[column]).into_iter().map(|place| place as usize).collect()
        };
        let slices: Vec<&[f64]> = series.iter().map(Vec::as_slice).collect();
        let plain = joint_change_points(&slices, 8, Penalty::PerChange(40.0));
        assert_eq!(plain, listed("plain"), "{}", row["case"]);
        let found = find(&series, 0).expect("the series are long and vary");
        assert_eq!(places(&found), listed("changes"), "{}", row["case"]);
        check(&row, "effective", Some(found.effective_series), LIBRARY);
        let expected = numbers(row["correlations"]).into_iter().zip(numbers(row["deviations"]));
        for ((correlation, deviation), noise) in expected.zip(&found.noise) {
            assert!((noise.correlation - correlation).abs() < LIBRARY, "{}", row["case"]);
            assert!((noise.deviation / deviation - 1.0).abs() < LIBRARY, "{}", row["case"]);
        }
    }
    assert!(rows(CASES).iter().filter_map(|row| number(row["effective"])).any(|d| d > 3.9));
}

/// Noise of several series, of which each shares a part `common` of its variance with the others.
fn noises(seed: u64, count: usize, correlation: f64, common: f64) -> Vec<Vec<f64>> {
    let shared = correlated(seed * 64, 200, correlation);
    let series = |number: u64| {
        let own = correlated(seed * 64 + number, 200, correlation);
        let mix =
            |(own, shared): (&f64, &f64)| (1.0 - common).sqrt() * own + common.sqrt() * shared;
        own.iter().zip(&shared).map(mix).collect()
    };
    (1..=count as u64).map(series).collect()
}

/// Raises series by a step from a week on.
fn raise(series: &mut [Vec<f64>], from: usize, step: f64) {
    for x in series.iter_mut().flat_map(|series| &mut series[from..]) {
        *x += step;
    }
}

/// How many of 200 worlds of 200 weeks without a jump have one found.
fn false_alarms(count: usize, correlation: f64, common: f64) -> usize {
    let alarm = |seed: &u64| {
        let series = noises(*seed, count, correlation, common);
        !find(&series, 0).expect("noise varies").changes.is_empty()
    };
    (0..200).filter(alarm).count()
}

/// Rates that the page states for more worlds: of 200 worlds, at most 5 %.
#[test]
fn noise_is_not_cut() {
    for (count, correlation, common) in [(1, 0.4, 0.0), (3, 0.7, 0.6), (6, 0.4, 0.6)] {
        let alarms = false_alarms(count, correlation, common);
        assert!(alarms <= 10, "{count} {correlation} {common}: {alarms} of 200");
    }
}

/// Two jumps of 2.2 standard deviations of the weekly news, each in three of four series.
#[test]
fn shared_jumps_are_found_within_their_range() {
    let (mut found, mut covered, mut named) = (0, 0, 0);
    for seed in 0..100 {
        let mut series = noises(seed, 4, 0.4, 0.3);
        raise(&mut series[..3], 70, 2.2);
        raise(&mut series[1..], 140, -2.2);
        let world = find(&series, 200).expect("noise varies");
        let [first, second] = &world.changes[..] else { continue };
        found += 1;
        for (change, planted) in [(first, 70), (second, 140)] {
            covered += usize::from((change.earliest..=change.latest).contains(&planted));
        }
        named += usize::from(first.jumps[0].step() > 0.0 && second.jumps[3].step() < 0.0);
    }
    assert!(found >= 90, "{found} of 100 worlds");
    assert!(covered >= 2 * found * 93 / 100, "{covered} of {}", 2 * found);
    assert_eq!(named, found);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn a_series_given_twice_counts_once(seed in 0..500_u64, copies in 2_usize..5) {
        let mut series = noises(seed, 1, 0.3, 0.0);
        raise(&mut series, 90, 3.0);
        let alone = find(&series, 20).expect("noise varies");
        let again = find(&vec![series[0].clone(); copies], 20).expect("noise varies");
        prop_assert!((again.effective_series - 1.0).abs() < 1e-9);
        prop_assert_eq!(places(&alone), places(&again));
        prop_assert_eq!(alone.changes[0].earliest, again.changes[0].earliest);
    }

    #[test]
    fn units_of_measure_move_no_date(seed in 0..500_u64, factor in 0.01..100.0_f64) {
        let mut series = noises(seed, 3, 0.3, 0.2);
        raise(&mut series, 90, 1.5);
        let one = find(&series, 20).expect("noise varies");
        for x in &mut series[1] {
            *x = factor * *x - 50.0;
        }
        let other = find(&series, 20).expect("noise varies");
        prop_assert_eq!(places(&one), places(&other));
        for (a, b) in one.changes.iter().zip(&other.changes) {
            prop_assert_eq!((a.earliest, a.latest), (b.earliest, b.latest));
            prop_assert!((a.jumps[1].deviations - b.jumps[1].deviations).abs() < 1e-6);
            prop_assert!((factor * a.jumps[1].error / b.jumps[1].error - 1.0).abs() < 1e-9);
        }
    }

    #[test]
    fn one_series_is_as_alone(seed in 0..500_u64) {
        let mut series = noises(seed, 1, 0.0, 0.0);
        raise(&mut series, 80, 2.0);
        for (own, joint) in [
            (Penalty::PerChange(9.0), Penalty::PerChange(9.0)),
            (Penalty::Mbic { variance: 1.1 }, Penalty::JointMbic { variance: 1.1, series: 1.0 }),
        ] {
            let alone = change_points(&series[0], 8, own);
            prop_assert_eq!(alone, joint_change_points(&[&series[0]], 8, joint));
        }
    }
}

#[test]
fn jumps_have_their_size_in_the_unit_of_their_series() {
    let mut series = noises(3, 2, 0.0, 0.0);
    raise(&mut series, 100, 6.0);
    for x in &mut series[1] {
        *x *= -10.0;
    }
    let world = find(&series, 200).expect("noise varies");
    let [change] = &world.changes[..] else { panic!("{:?}", world.changes) };
    assert_eq!(change.at, 100);
    let mean = |part: &[f64]| part.iter().sum::<f64>() / part.len() as f64;
    for (jump, series) in change.jumps.iter().zip(&series) {
        assert_near(jump.before, mean(&series[..100]));
        assert_near(jump.after, mean(&series[100..]));
    }
    let [up, down] = &change.jumps[..] else { panic!("two series") };
    assert!((up.step() - 6.0).abs() < 4.0 * up.error && (0.1..0.2).contains(&up.error), "{up:?}");
    assert!((down.step() + 60.0).abs() < 4.0 * down.error, "{down:?}");
    assert!((up.deviations - 6.0).abs() < 1.0 && (down.deviations + 6.0).abs() < 1.0);
}

#[test]
fn what_cannot_be_searched_is_refused() {
    let short = find(&[vec![1.0; 16]], 0);
    assert_eq!(short, Err(Refusal::TooShort { have: 16, needed: 17 }));
    let mut series = noises(1, 2, 0.0, 0.0);
    series[1] = vec![2.0; 200];
    let refusal = find(&series, 0).expect_err("the second does not vary");
    assert_eq!(refusal, Refusal::NoSpread { series: 1 });
    assert!(refusal.to_string().contains("series 1"));
}
