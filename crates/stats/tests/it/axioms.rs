//! What every index of its kind obeys, whatever the market.

use proptest::prelude::*;
use stats::{
    concentration_ratio, effective_number, entropy, gini, hhi, hhi_normalized, lorenz, theil,
};

use crate::markets::{assert_at_most, assert_near, market, market_of_two};

type Index = fn(&[f64]) -> Option<f64>;

/// Every index of a market of at least two units.
const INDICES: [(&str, Index); 9] = [
    ("hhi", hhi),
    ("hhi_normalized", hhi_normalized),
    ("effective_number", effective_number),
    ("cr1", |x| concentration_ratio(x, 1)),
    ("cr4", |x| concentration_ratio(x, 4)),
    ("cr10", |x| concentration_ratio(x, 10)),
    ("gini", gini),
    ("theil", theil),
    ("entropy", entropy),
];

fn value(index: Index, units: &[f64]) -> f64 {
    index(units).expect("the index is defined for two units with mass")
}

proptest! {
    #[test]
    fn ranges(x in market_of_two()) {
        let n = x.len() as f64;
        let [index, effective, cr4] =
            [hhi, effective_number, |x: &[f64]| concentration_ratio(x, 4)].map(|f| value(f, &x));
        assert_at_most(10_000.0 / n, index);
        prop_assert!(index <= 10_000.0);
        prop_assert!((1.0..=n * (1.0 + 1e-12)).contains(&effective));
        prop_assert!((0.0..=1.0).contains(&cr4));
        prop_assert!((0.0..=1.0).contains(&value(hhi_normalized, &x)));
        prop_assert!((0.0..=1.0 - 1.0 / n + 1e-12).contains(&value(gini, &x)));
        prop_assert!((0.0..=n.ln()).contains(&value(theil, &x)));
        prop_assert!((0.0..=n.ln() * (1.0 + 1e-12)).contains(&value(entropy, &x)));
    }

    #[test]
    fn scale_does_not_matter(x in market_of_two(), scale in 1e-6..1e6_f64) {
        let scaled: Vec<f64> = x.iter().map(|unit| unit * scale).collect();
        for (_, index) in INDICES {
            assert_near(value(index, &scaled), value(index, &x));
        }
    }

    #[test]
    fn order_does_not_matter(
        (x, shuffled) in market_of_two().prop_flat_map(|x| (Just(x.clone()), Just(x).prop_shuffle()))
    ) {
        for (_, index) in INDICES {
            assert_near(value(index, &shuffled), value(index, &x));
        }
        prop_assert_eq!(lorenz(&shuffled, 1_000).len(), lorenz(&x, 1_000).len());
    }

    /// Pigou and Dalton: what a larger unit gives to a smaller one, without changing their
    /// order, makes the market more equal.
    #[test]
    fn a_transfer_to_a_smaller_unit_equalises(
        units in prop::collection::vec(0_u32..10_000, 2..40),
        (from, to) in (any::<prop::sample::Index>(), any::<prop::sample::Index>()),
        part in 0.1..0.5_f64,
    ) {
        let x: Vec<f64> = units.into_iter().map(f64::from).collect();
        let a = from.index(x.len());
        let b = (a + 1 + to.index(x.len() - 1)) % x.len();
        let (from, to) = if x[a] > x[b] { (a, b) } else { (b, a) };
        prop_assume!(x[from] - x[to] >= 1.0);
        let mut after = x.clone();
        let moved = part * (x[from] - x[to]);
        after[from] -= moved;
        after[to] += moved;
        for (name, index) in INDICES {
            let (before, after) = (value(index, &x), value(index, &after));
            match name {
                "effective_number" | "entropy" => prop_assert!(after > before, "{}", name),
                "cr1" | "cr4" | "cr10" => assert_at_most(after, before),
                _ => prop_assert!(after < before, "{}: {} to {}", name, before, after),
            }
        }
    }

    /// The market taken several times over is as unequal, and has so many times the units.
    #[test]
    fn replication(x in market_of_two(), copies in 2_usize..5) {
        let many = x.repeat(copies);
        assert_near(value(gini, &many), value(gini, &x));
        assert_near(value(theil, &many), value(theil, &x));
        assert_near(value(effective_number, &many), copies as f64 * value(effective_number, &x));
        assert_near(value(entropy, &many), value(entropy, &x) + (copies as f64).ln());
        assert_near(
            concentration_ratio(&many, copies).expect("there is mass"),
            concentration_ratio(&x, 1).expect("there is mass"),
        );
    }

    #[test]
    fn concentration_ratio_grows_with_k(x in market()) {
        let ratios: Vec<f64> =
            (0..=x.len() + 1).map(|k| concentration_ratio(&x, k).expect("there is mass")).collect();
        for pair in ratios.windows(2) {
            assert_at_most(pair[0], pair[1]);
        }
        // Each further unit adds no more than the one before it.
        for three in ratios.windows(3) {
            assert_at_most(three[2] - three[1], three[1] - three[0]);
        }
        prop_assert_eq!((ratios[0], ratios[x.len()]), (0.0, 1.0));
    }

    /// Hill's numbers fall with their order: n, then e to the entropy, then 10,000/HHI, then 1/CR1.
    #[test]
    fn numbers_equivalent_are_in_order(x in market()) {
        let active = x.iter().filter(|&&unit| unit > 0.0).count() as f64;
        let entropy = entropy(&x).expect("there is mass").exp();
        let effective = effective_number(&x).expect("there is mass");
        let largest = concentration_ratio(&x, 1).expect("there is mass").recip();
        assert_at_most(entropy, active);
        assert_at_most(effective, entropy);
        assert_at_most(largest, effective);
        assert_near(effective * hhi(&x).expect("there is mass"), 10_000.0);
    }

    #[test]
    fn theil_is_what_entropy_lacks_to_its_most(x in market_of_two()) {
        let most = (x.len() as f64).ln();
        prop_assert!((most - value(entropy, &x) - value(theil, &x)).abs() < 1e-13);
    }

    #[test]
    fn idle_units_leave_the_shares_alone(x in market(), idle in 1_usize..20) {
        let mut longer = x.clone();
        longer.resize(x.len() + idle, 0.0);
        for index in [hhi, effective_number, entropy] {
            assert_near(value(index, &longer), value(index, &x));
        }
        // 1 − G is shared over more units: (1 − G')·n' = (1 − G)·n.
        let (n, more) = (x.len() as f64, longer.len() as f64);
        assert_near((1.0 - value(gini, &longer)) * more, (1.0 - value(gini, &x)) * n);
        assert_near(value(theil, &longer), value(theil, &x) + (more / n).ln());
    }

    #[test]
    fn gini_is_the_formula_of_its_page(x in market()) {
        let n = x.len() as f64;
        let mut ascending = x.clone();
        ascending.sort_by(f64::total_cmp);
        let ranked: f64 = ascending.iter().enumerate().map(|(i, v)| (i + 1) as f64 * v).sum();
        let total: f64 = ascending.iter().sum();
        let naive = 2.0 * ranked / (n * total) - (n + 1.0) / n;
        prop_assert!((value(gini, &x) - naive).abs() < 1e-12);
    }

    #[test]
    fn theil_and_hhi_are_the_formulas_of_their_pages(x in market_of_two()) {
        let (n, total) = (x.len() as f64, x.iter().sum::<f64>());
        let shares: Vec<f64> = x.iter().filter(|&&v| v > 0.0).map(|v| v / total).collect();
        let naive: f64 = shares.iter().map(|s| s * (n * s).ln()).sum();
        prop_assert!((value(theil, &x) - naive).abs() < 1e-12);
        let squares: f64 = shares.iter().map(|s| s * s).sum();
        assert_near(value(hhi, &x), 10_000.0 * squares);
        let naive = (squares - 1.0 / n) / (1.0 - 1.0 / n);
        prop_assert!((value(hhi_normalized, &x) - naive).abs() < 1e-12);
    }

    #[test]
    fn lorenz_rises_ever_more_steeply_from_corner_to_corner(x in market(), points in 2_usize..60) {
        let curve = lorenz(&x, points);
        prop_assert!(curve.len() <= points);
        prop_assert_eq!(curve.first(), Some(&(0.0, 0.0)));
        prop_assert_eq!(curve.last(), Some(&(1.0, 1.0)));
        let mut slope = 0.0;
        for pair in curve.windows(2) {
            let (p, l) = (pair[1].0 - pair[0].0, pair[1].1 - pair[0].1);
            prop_assert!(p > 0.0 && l >= 0.0);
            assert_at_most(slope, l / p);
            slope = l / p;
        }
    }

    #[test]
    fn gini_is_twice_the_area_above_the_lorenz_curve(x in market()) {
        let curve = lorenz(&x, x.len() + 1);
        prop_assert_eq!(curve.len(), x.len() + 1);
        let doubled: f64 =
            curve.windows(2).map(|pair| (pair[1].0 - pair[0].0) * (pair[1].1 + pair[0].1)).sum();
        prop_assert!((value(gini, &x) - (1.0 - doubled)).abs() < 1e-12);
    }
}
