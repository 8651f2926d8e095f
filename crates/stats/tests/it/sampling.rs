//! Resampling and the closed forms against plain loops, and against numeric derivatives.

use proptest::prelude::*;
use stats::{
    Bounds, ClusterPanel, Estimated, Resampling, Weights, bca_interval, gini, gini_standard_error,
    hhi, hhi_standard_error, imbens_manski, leave_one_out_hhi, percentile_interval, rank_intervals,
    replicate, share_standard_error, studentized_interval, weighted_gini, weighted_hhi,
    weighted_sums,
};

use crate::markets::{assert_near, market_of_two};

fn resampling(weights: Weights, threads: usize) -> Resampling {
    Resampling { weights, replicates: 230, seed: 7, threads }
}

#[test]
fn the_panel_adds_what_a_plain_loop_adds_whatever_the_threads() {
    let (clusters, periods) = (600, 3);
    let values: Vec<f64> = (0..clusters * periods).map(|i| (i * 7_919 % 1_009) as f64).collect();
    let groups: Vec<usize> = (0..clusters).map(|cluster| cluster % 4).collect();
    let panel = ClusterPanel { values: &values, periods, groups: &groups, with_squares: true };
    for law in [Weights::Poisson, Weights::Multinomial] {
        let one = weighted_sums(&panel, &resampling(law, 1));
        assert_eq!(one, weighted_sums(&panel, &resampling(law, 3)));
        let mut weights = vec![0; clusters];
        for number in [0, 99, 100, 229] {
            resampling(law, 1).draw(number, &mut weights);
            let sum = |group: usize, period: usize, power: i32| -> f64 {
                let mine = (0..clusters).filter(|&c| groups[c] == group);
                mine.map(|c| f64::from(weights[c]) * values[c * periods + period].powi(power)).sum()
            };
            for (group, period) in [(0, 0), (3, 2)] {
                assert_eq!(
                    one.sum(number, group, period).to_bits(),
                    sum(group, period, 1).to_bits()
                );
            }
            let column: Vec<f64> = (0..clusters).map(|c| values[c * periods + 1]).collect();
            let expected = weighted_hhi(&column, &weights).expect("there is mass");
            assert_near(one.hhi(number, 1).expect("there is mass"), expected);
        }
    }
}

/// Owners that come, rest and go, some that never come: the periods left out had nothing in them.
#[test]
fn the_panel_leaves_nothing_out_but_nothing() {
    let (clusters, periods) = (700, 12);
    let span = |cluster: usize| (cluster * 31 % 17, cluster * 53 % 19);
    let value = |cluster: usize, period: usize| {
        let (first, last) = span(cluster);
        let is_there = first <= period && period <= last && !(cluster + period).is_multiple_of(5);
        if is_there { ((cluster * 7_919 + period * 104_729) % 1_009) as f64 } else { 0.0 }
    };
    let values: Vec<f64> =
        (0..clusters * periods).map(|i| value(i / periods, i % periods)).collect();
    let groups: Vec<usize> = (0..clusters).map(|cluster| cluster % 3).collect();
    let panel = ClusterPanel { values: &values, periods, groups: &groups, with_squares: true };
    let draws = Resampling { replicates: 130, ..resampling(Weights::Poisson, 2) };
    let sums = weighted_sums(&panel, &draws);
    let mut weights = vec![0; clusters];
    for number in [0, 124, 125, 129] {
        draws.draw(number, &mut weights);
        for (group, period) in (0..3).flat_map(|group| (0..periods).map(move |p| (group, p))) {
            let mine = (0..clusters).filter(|&c| groups[c] == group);
            let expected: f64 = mine.map(|c| f64::from(weights[c]) * value(c, period)).sum();
            assert_eq!(sums.sum(number, group, period).to_bits(), (expected + 0.0).to_bits());
        }
        let column: Vec<f64> = (0..clusters).map(|c| value(c, 6)).collect();
        let expected = weighted_hhi(&column, &weights).expect("there is mass");
        assert_near(sums.hhi(number, 6).expect("there is mass"), expected);
    }
    let nothing = ClusterPanel { values: &[0.0; 30], periods: 3, groups: &[], with_squares: true };
    let none = weighted_sums(&nothing, &draws);
    assert_eq!((none.hhi(0, 0), none.share(0, 0, 0), none.total(129, 2)), (None, None, 0.0));
}

/// Mean and variance of the weights: 1 and 1, and 1 and 1 − 1/n, each within 4 standard errors.
#[test]
fn weights_follow_their_law() {
    for (law, exact_total) in [(Weights::Poisson, false), (Weights::Multinomial, true)] {
        let mut weights = vec![0; 100_000];
        resampling(law, 1).draw(3, &mut weights);
        let total: u32 = weights.iter().map(|&w| u32::from(w)).sum();
        assert!(total.abs_diff(100_000) < 1_265);
        assert_eq!(total == 100_000, exact_total);
        let squares: f64 = weights.iter().map(|&w| (f64::from(w) - 1.0).powi(2)).sum();
        assert!((squares / 1e5 - 1.0).abs() < 4.0 * (3.0_f64 / 1e5).sqrt(), "{squares}");
    }
}

/// 400 markets of 300 log-uniform units: how often the interval contains the true share.
#[test]
fn intervals_of_a_share_cover_the_truth() {
    let draw = Resampling { weights: Weights::Multinomial, replicates: 400, seed: 5, threads: 1 };
    // A population of 600 units, a sample of 300 of them with replacement for each market.
    let population: Vec<f64> = (1..=600).map(|i| f64::from(i * 131 % 601)).collect();
    let truth = population[..200].iter().sum::<f64>() / population.iter().sum::<f64>();
    let covered = replicate(600, &draw, |weights| {
        let units: Vec<f64> =
            population.iter().zip(weights).map(|(x, &w)| x * f64::from(w)).collect();
        let members: Vec<bool> = (0..600).map(|i| i < 200).collect();
        let share = units[..200].iter().sum::<f64>() / units.iter().sum::<f64>();
        // Each copy is a cluster of its own: spread them out.
        let (mut all, mut marks) = (Vec::new(), Vec::new());
        for (at, &w) in weights.iter().enumerate() {
            all.extend(std::iter::repeat_n(population[at], usize::from(w)));
            marks.extend(std::iter::repeat_n(members[at], usize::from(w)));
        }
        let error = share_standard_error(&all, &marks).expect("there is mass");
        stats::normal_interval(share, error, 0.95).contains(truth)
    });
    let covered = covered.iter().filter(|&&covered| covered).count();
    assert!((372..=388).contains(&covered), "{covered} of 400");
}

proptest! {
    /// The closed forms are sums of squared derivatives by the weights, here taken numerically.
    #[test]
    fn standard_errors_agree_with_numeric_derivatives(
        units in prop::collection::vec(1.0..10.0_f64, 40..60),
    ) {
        let n = units.len();
        let mut ascending = units.clone();
        ascending.sort_unstable_by(f64::total_cmp);
        // A weight of 1 ± 1e-3 in integers: 1,000 ± 1 copies of each.
        let derivative = |at: usize, index: fn(&[f64], &[u16]) -> Option<f64>| {
            let value = |weight: u16| {
                let mut weights = vec![1_000; n];
                weights[at] = weight;
                index(&ascending, &weights).expect("there is mass")
            };
            500.0 * (value(1_001) - value(999))
        };
        let error = |index, scale: f64| {
            let slopes: Vec<f64> = (0..n).map(|at| scale * derivative(at, index)).collect();
            let mean = slopes.iter().sum::<f64>() / n as f64;
            slopes.iter().map(|slope| (slope - mean).powi(2)).sum::<f64>().sqrt()
        };
        let close = |own: Option<f64>, other: f64| {
            (own.expect("there is mass") / other - 1.0).abs() < 1e-4
        };
        prop_assert!(close(gini_standard_error(&units), error(weighted_gini, 1.0)));
        // A thousandfold market of copies has a thousandth of the HHI.
        prop_assert!(close(hhi_standard_error(&units), error(weighted_hhi, 1_000.0)));
    }

    #[test]
    fn weights_of_one_change_nothing(units in market_of_two()) {
        let mut ascending = units.clone();
        ascending.sort_unstable_by(f64::total_cmp);
        let ones = vec![1; units.len()];
        let gap = weighted_gini(&ascending, &ones).unwrap() - gini(&units).unwrap();
        prop_assert!(gap.abs() < 1e-10);
        assert_near(weighted_hhi(&units, &ones).unwrap(), hhi(&units).unwrap());
    }

    #[test]
    fn leaving_one_out_is_the_index_of_the_others(units in prop::collection::vec(1.0..1e6_f64, 2..20)) {
        let left = leave_one_out_hhi(&units).expect("there is mass");
        for (at, without) in left.without.iter().enumerate() {
            let mut others = units.clone();
            others.remove(at);
            let expected = hhi(&others).expect("there is mass");
            prop_assert!((without.unwrap() / expected - 1.0).abs() < 1e-9);
        }
    }
}

#[test]
fn no_closed_form_where_one_unit_is_a_tenth() {
    assert_eq!(hhi_standard_error(&[3.0, 1.0, 1.0]), None);
}

/// `numpy.percentile` of 0, 1, …, 100; BCa without bias or acceleration is the same.
#[test]
fn percentiles_of_a_ladder() {
    let ladder: Vec<f64> = (0..=100).map(f64::from).collect();
    let plain = percentile_interval(&ladder, 0.95).unwrap();
    assert!((plain.low - 2.5).abs() < 1e-9 && (plain.high - 97.5).abs() < 1e-9);
    let bca = bca_interval(50.0, &ladder, &[1.0, 2.0, 3.0], 0.95).unwrap();
    assert!((bca.low - 2.5).abs() < 1e-6 && (bca.high - 97.5).abs() < 1e-6);
    assert_eq!(bca_interval(200.0, &ladder, &[], 0.95), None);
}

/// The two ends: 1.96 standard errors without bounds, 1.645 with wide ones.
#[test]
fn imbens_manski_reaches_from_two_sided_to_one_sided() {
    let point = imbens_manski(Bounds { low: 1.0, high: 1.0 }, 0.1, 0.1, 0.95);
    assert!((point.high - 1.195_996_398_454).abs() < 1e-9, "{point:?}");
    let wide = imbens_manski(Bounds { low: 0.0, high: 9.0 }, 0.1, 0.1, 0.95);
    assert!((wide.high - 9.164_485_362_695).abs() < 1e-9, "{wide:?}");
}

#[test]
fn ranks_of_three_units_of_which_two_change_places() {
    let ranked = rank_intervals(&[3.0, 2.0, 9.0], 100, 0.95, |number, values| {
        values.copy_from_slice(&[3.0, if number < 10 { 4.0 } else { 2.0 }, 9.0]);
    });
    let places: Vec<_> = ranked.iter().map(|r| (r.rank, r.best, r.worst)).collect();
    assert_eq!(places, [(2, 2, 3), (3, 2, 3), (1, 1, 1)]);
}

/// By hand: replicates 1, 2, 3 and 4 standard errors away, of their own; the middle between 3 and 4.
#[test]
fn studentised_intervals_of_four_replicates() {
    let estimated = |value: f64, error: f64| Estimated { value, error };
    let own = estimated(10.0, 2.0);
    let mut replicates =
        [estimated(9.0, 1.0), estimated(14.0, 2.0), estimated(8.5, 0.5), estimated(50.0, 10.0)];
    let interval = studentized_interval(own, &replicates, 5.0 / 6.0).expect("all are finite");
    assert_near(interval.low, 10.0 - 2.0 * 3.5);
    assert_near(interval.high, 10.0 + 2.0 * 3.5);
    // One without spread is as far away as can be.
    replicates[0].error = 0.0;
    assert_eq!(studentized_interval(own, &replicates, 0.95), None);
    assert_near(studentized_interval(own, &replicates, 1.0 / 3.0).expect("finite").high, 16.0);
    assert_eq!(studentized_interval(own, &[], 0.95), None);
}
