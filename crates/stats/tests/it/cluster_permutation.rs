//! Permutations of whole owners: against SciPy's exact ones, on worlds with a difference and without.

use proptest::prelude::*;
use stats::{
    GroupDifference, GroupParts, MeanPart, PermutationOptions, Refusal, cluster_permutation,
};

use crate::markets::assert_near;
use crate::series::noise;
use crate::tables::{EXACT, check, number, numbers, rows};

const CASES: &str = include_str!("../../../../fixtures/stats/permutation.csv");

fn options(permutations: usize, seed: u64) -> PermutationOptions {
    PermutationOptions { permutations, seed }
}

fn in_group(is_second: bool, sum: f64, weight: f64) -> GroupParts {
    let part = MeanPart { sum, weight };
    let nothing = MeanPart::default();
    let (first, second) = if is_second { (nothing, part) } else { (part, nothing) };
    GroupParts { first, second }
}

/// SciPy: `permutation_test` over every permutation; ours draws 40,000 of them.
#[test]
fn p_values_agree_with_scipy() {
    for row in rows(CASES) {
        let list = |sums: &str, weights: &str| -> Vec<MeanPart> {
            let parts = numbers(row[sums]).into_iter().zip(numbers(row[weights]));
            parts.map(|(sum, weight)| MeanPart { sum, weight }).collect()
        };
        let first = list("sums_first", "weights_first");
        let second = list("sums_second", "weights_second");
        let clusters: Vec<GroupParts> = if row["kind"] == "samples" {
            first.iter().zip(second).map(|(&first, second)| GroupParts { first, second }).collect()
        } else {
            let firsts = first.iter().map(|part| in_group(false, part.sum, part.weight));
            let seconds = second.iter().map(|part| in_group(true, part.sum, part.weight));
            firsts.chain(seconds).collect()
        };
        let own = cluster_permutation(&clusters, &options(40_000, 3)).expect("there are enough");
        check(&row, "first", Some(own.first), EXACT);
        check(&row, "second", Some(own.second), EXACT);
        let exact = number(row["p_value"]).expect("every case has one");
        let error = (exact * (1.0 - exact) / 40_000.0).sqrt();
        let gap = (own.p_value - exact).abs();
        assert!(gap < 4.0 * error + 1e-4, "{}: {}, exact {exact}", row["case"], own.p_value);
    }
}

/// A model: its owner, and its value.
type Model = (usize, f64);

/// 40 owners of 1 to 30 models each, whose values share what is their owner's; those of the
/// second group, every other owner, are raised.
fn world(seed: u64, raised: f64) -> Vec<Model> {
    let owners = noise(seed * 2 + 1, 80);
    let mut own = noise(seed * 2 + 2, 40 * 30).into_iter();
    let mut models = Vec::new();
    for owner in 0..40 {
        let count = (owners[40 + owner].abs().exp().powi(2) as usize).clamp(1, 30);
        let level = owners[owner] + if owner % 2 == 1 { raised } else { 0.0 };
        models.extend(own.by_ref().take(count).map(|own| (owner, level + 0.5 * own)));
    }
    models
}

fn by_owner(models: &[Model]) -> Vec<GroupParts> {
    let sum_of = |owner: usize| {
        let mine = models.iter().filter(|model| model.0 == owner);
        let (sum, count) =
            mine.fold((0.0, 0.0), |(sum, count), model| (sum + model.1, count + 1.0));
        in_group(owner % 2 == 1, sum, count)
    };
    (0..40).map(sum_of).collect()
}

/// Each model a cluster of its own, which is the naive test.
fn by_model(models: &[Model]) -> Vec<GroupParts> {
    models.iter().map(|&(owner, value)| in_group(owner % 2 == 1, value, 1.0)).collect()
}

fn is_rejected(clusters: &[GroupParts], seed: u64) -> bool {
    let found = cluster_permutation(clusters, &options(199, seed)).expect("there are enough");
    found.p_value <= 0.05
}

#[test]
fn owners_without_a_difference_are_rejected_at_5_percent_and_models_far_too_often() {
    let worlds: Vec<Vec<Model>> = (0..400).map(|seed| world(seed, 0.0)).collect();
    let count = |clusters: fn(&[Model]) -> Vec<GroupParts>| {
        let rejected =
            |(seed, models): &(usize, &Vec<Model>)| is_rejected(&clusters(models), *seed as u64);
        worlds.iter().enumerate().filter(rejected).count()
    };
    let (owners, models) = (count(by_owner), count(by_model));
    assert!((12..=28).contains(&owners), "{owners} of 400 by owner");
    assert!(models > 160, "{models} of 400 by model");
}

#[test]
fn planted_differences_are_found() {
    let found = |raised: f64| {
        (0..100).filter(|&seed| is_rejected(&by_owner(&world(seed, raised)), seed)).count()
    };
    let (one_and_a_half, two) = (found(1.5), found(2.0));
    assert!(one_and_a_half >= 80, "{one_and_a_half} of 100");
    assert!(two >= 95, "{two} of 100");
}

#[test]
fn the_effect_has_its_size() {
    // Means 1 and 4, all clusters one away from them.
    let cluster = |at: usize| {
        let level = if at % 2 == 1 { 4.0 } else { 1.0 };
        let away = if at % 4 < 2 { 1.0 } else { -1.0 };
        in_group(at % 2 == 1, 2.0 * (level + away), 2.0)
    };
    let clusters: Vec<GroupParts> = (0..16).map(cluster).collect();
    let own = cluster_permutation(&clusters, &options(999, 1)).expect("there are enough");
    assert_eq!((own.first, own.second, own.clusters), (1.0, 4.0, 16));
    assert_near(own.standardized.expect("clusters differ"), 3.0);
    assert!(own.p_value < 0.01, "{}", own.p_value);
}

#[test]
fn too_few_owners_are_refused() {
    let few: Vec<GroupParts> = (0..7).map(|at| in_group(at % 2 == 1, 1.0, 1.0)).collect();
    let refusal = cluster_permutation(&few, &options(99, 1));
    assert_eq!(refusal, Err(Refusal::FewClusters { have: 7, needed: 8 }));
    let mut lopsided: Vec<GroupParts> = (0..20).map(|at| in_group(at == 3, 1.0, 1.0)).collect();
    // Owners without weight do not count.
    lopsided.push(in_group(true, 0.0, 0.0));
    let refusal = cluster_permutation(&lopsided, &options(99, 1));
    assert_eq!(refusal, Err(Refusal::FewClusters { have: 1, needed: 2 }));
}

fn test_of(raw: &[(bool, f64, f64)], scale: f64, shift: f64) -> GroupDifference {
    let cluster = |&(is_second, mean, weight): &(bool, f64, f64)| {
        in_group(is_second, (scale * mean + shift) * weight, weight)
    };
    let mut clusters: Vec<GroupParts> = raw.iter().map(cluster).collect();
    let both = |at: u32| GroupParts {
        first: MeanPart { sum: scale * f64::from(at) + shift, weight: 1.0 },
        second: MeanPart { sum: 2.0 * (scale + shift), weight: 2.0 },
    };
    clusters.extend((0..8).map(both));
    cluster_permutation(&clusters, &options(99, 5)).expect("there are enough")
}

proptest! {
    #[test]
    fn scale_and_level_change_no_p_value(
        raw in prop::collection::vec((any::<bool>(), -5.0..5.0_f64, 0.1..9.0_f64), 0..20),
        scale in 0.1..10.0_f64,
    ) {
        let one = test_of(&raw, 1.0, 0.0);
        prop_assert!(one.p_value >= 0.01 && one.p_value <= 1.0);
        let other = test_of(&raw, scale, 7.0);
        prop_assert_eq!(one.p_value.to_bits(), other.p_value.to_bits());
        prop_assert!((scale * one.difference() - other.difference()).abs() < 1e-9);
        let back = test_of(&raw, -1.0, 0.0);
        prop_assert_eq!(one.p_value.to_bits(), back.p_value.to_bits());
        prop_assert!((one.difference() + back.difference()).abs() < 1e-12);
    }
}
