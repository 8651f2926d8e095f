//! Ratios of means against another author's bootstrap, by hand, and by coverage.

use proptest::prelude::*;
use stats::{MeanPart, MeanParts, Resampling, Weights, mean_ratio};

use crate::markets::assert_near;
use crate::series::noise;
use crate::tables::{EXACT, check, number, numbers, rows};

const RATIOS: &str = include_str!("../../../../fixtures/stats/mean_ratio.csv");

fn resampling(replicates: usize) -> Resampling {
    Resampling { weights: Weights::Multinomial, replicates, seed: 17, threads: 1 }
}

fn parts(sum_before: f64, before: f64, sum_after: f64, after: f64) -> MeanParts {
    MeanParts {
        before: MeanPart { sum: sum_before, weight: before },
        after: MeanPart { sum: sum_after, weight: after },
    }
}

/// NumPy: 100,000 draws of owners, studentised by the delta method with the covariances of sums.
#[test]
fn intervals_agree_with_numpy() {
    for row in rows(RATIOS) {
        let [a, b, c, d] = ["sums_before", "weights_before", "sums_after", "weights_after"]
            .map(|column| numbers(row[column]));
        let clusters: Vec<MeanParts> =
            (0..a.len()).map(|at| parts(a[at], b[at], c[at], d[at])).collect();
        let own = mean_ratio(&clusters, &resampling(20_000), 0.95).expect("both means are known");
        check(&row, "ratio", Some(own.ratio), EXACT);
        let (low, high) = (number(row["low"]).expect("given"), number(row["high"]).expect("given"));
        let width = (high / low).ln();
        for (own, other) in [(own.ratio_interval.low, low), (own.ratio_interval.high, high)] {
            // An end from 20,000 draws has an error of about 0.5 % of the width.
            assert!((own / other).ln().abs() < 0.02 * width, "{}: {own}, {other}", row["case"]);
        }
        assert_eq!(own.undefined, 0);
    }
}

/// Two owners: ratio (12/4)/(3/3) = 3; without the first 8/2/(2/2), without the second 4/2/(1/1).
#[test]
fn two_owners_by_hand() {
    let clusters = [parts(1.0, 1.0, 4.0, 2.0), parts(2.0, 2.0, 8.0, 2.0)];
    let own = mean_ratio(&clusters, &resampling(400), 0.95).expect("both means are known");
    assert_eq!((own.before, own.after, own.ratio), (1.0, 3.0, 3.0));
    let without = own.without_one.expect("one is left");
    assert_eq!((without.low, without.high), (2.0, 4.0));
    assert_near(own.ratio_interval.low, 2.0);
    assert_near(own.ratio_interval.high, 4.0);
    assert_eq!((own.difference_interval.low, own.difference_interval.high), (1.0, 3.0));
}

#[test]
fn a_first_mean_that_hangs_on_one_owner_has_no_upper_end() {
    let mut clusters = vec![parts(0.0, 5.0, 1.0, 5.0); 9];
    clusters.push(parts(1.0, 5.0, 1.0, 5.0));
    let own = mean_ratio(&clusters, &resampling(400), 0.95).expect("both means are known");
    assert!(own.ratio_interval.high.is_infinite() && own.ratio_interval.low.is_finite());
    assert!(own.difference_interval.high.is_finite());
    assert_eq!(mean_ratio(&clusters[..9], &resampling(400), 0.95), None);
}

/// How an owner is drawn from standard normal numbers; both periods share most of its value, and
/// the ratio of the means is `3·e^0.045` in each world.
fn owner(draw: &[f64], world: &str) -> MeanParts {
    let (weight, later_weight, value) = match world {
        "even" => {
            let weight = (0.5 * draw[0]).exp();
            (weight, weight, (0.4 * draw[1]).exp())
        }
        "spread" => {
            let weight = (1.2 * draw[0]).exp();
            (weight, weight * (0.8 * draw[3]).exp(), (0.8 * draw[1]).exp())
        }
        _ => unreachable!("a world has a name"),
    };
    let later = 3.0 * value * (0.3 * draw[2]).exp();
    parts(weight * value, weight, later_weight * later, later_weight)
}

/// 400 economies drawn from a law with a known ratio: how often the interval contains it.
#[test]
fn intervals_cover_the_truth() {
    for (world, owners) in [("even", 50), ("even", 100), ("spread", 100)] {
        let covers = |&seed: &u64| {
            let numbers = noise(seed + 1_000, owners * 4);
            let clusters: Vec<MeanParts> =
                numbers.chunks(4).map(|draw| owner(draw, world)).collect();
            let draws = Resampling { seed, ..resampling(400) };
            let own = mean_ratio(&clusters, &draws, 0.95).expect("both means are known");
            own.ratio_interval.contains(3.0 * 0.045_f64.exp())
        };
        let covered = (0..400).filter(covers).count();
        assert!((372..=388).contains(&covered), "{world} {owners}: {covered} of 400");
    }
}

proptest! {
    #[test]
    fn units_of_measure_leave_the_ratio(
        raw in prop::collection::vec((0.1..9.0_f64, 0.1..9.0_f64, 0.1..9.0_f64, 0.1..9.0_f64), 2..20),
        factor in 0.01..100.0_f64,
    ) {
        let build = |value: f64, weight: f64| -> Vec<MeanParts> {
            raw.iter()
                .map(|&(a, b, c, d)| parts(value * weight * a, weight * b, value * weight * c, weight * d))
                .collect()
        };
        let one = mean_ratio(&build(1.0, 1.0), &resampling(50), 0.9).expect("means are known");
        let other = mean_ratio(&build(factor, 7.0), &resampling(50), 0.9).expect("means are known");
        prop_assert!((one.ratio / other.ratio - 1.0).abs() < 1e-12);
        prop_assert!((one.ratio_interval.low / other.ratio_interval.low - 1.0).abs() < 1e-9);
        prop_assert!((one.after * factor / other.after - 1.0).abs() < 1e-12);
        // There and back again.
        let swapped: Vec<MeanParts> = build(1.0, 1.0)
            .iter()
            .map(|parts| MeanParts { before: parts.after, after: parts.before })
            .collect();
        let back = mean_ratio(&swapped, &resampling(50), 0.9).expect("means are known");
        prop_assert!((back.ratio * one.ratio - 1.0).abs() < 1e-12);
        prop_assert!((back.ratio_interval.high * one.ratio_interval.low - 1.0).abs() < 1e-9);
    }
}
