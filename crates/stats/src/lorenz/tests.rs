use super::{full_curve, lorenz};
use crate::market::tests::check_refused;

#[test]
fn a_small_market_has_every_point() {
    // 1 + 2 + 3 + 4 = 10, by hand.
    let expected = vec![(0.0, 0.0), (0.25, 0.1), (0.5, 0.3), (0.75, 0.6), (1.0, 1.0)];
    assert_eq!(lorenz(&[3.0, 1.0, 4.0, 2.0], 5), expected);
    assert_eq!(lorenz(&[3.0, 1.0, 4.0, 2.0], 100), expected);
}

#[test]
fn a_market_without_mass_has_no_curve() {
    assert_eq!(lorenz(&[], 10), vec![]);
    assert_eq!(lorenz(&[0.0, 0.0], 10), vec![]);
}

#[test]
fn a_single_unit_is_a_straight_line() {
    assert_eq!(lorenz(&[7.0], 10), vec![(0.0, 0.0), (1.0, 1.0)]);
}

#[test]
fn two_points_are_the_two_ends() {
    assert_eq!(lorenz(&[3.0, 1.0, 4.0, 2.0], 2), vec![(0.0, 0.0), (1.0, 1.0)]);
}

/// 990 units of 1, 9 of 110 and one of 8,020: 10,000 in all, of which the last unit's rise, from
/// 999 units with 990 + 990, must not be cut across.
#[test]
fn thinning_keeps_the_steep_end() {
    let mut market = vec![1.0; 990];
    market.extend([110.0; 9]);
    market.push(8_020.0);
    let curve: Vec<String> =
        lorenz(&market, 12).into_iter().map(|(p, l)| format!("{p:.3} {l:.4}")).collect();
    insta::assert_snapshot!(curve.join("\n"), @r"
    0.000 0.0000
    0.166 0.0166
    0.331 0.0331
    0.496 0.0496
    0.662 0.0662
    0.827 0.0827
    0.991 0.1100
    0.999 0.1980
    1.000 1.0000
    ");
}

#[test]
fn thinning_stays_near_the_curve() {
    // Pareto-like sums of exponent 1, ascending to descending, with half of them idle.
    let market: Vec<f64> = (1..=5_000_u32).map(|rank| f64::from(5_000 / rank - 1)).collect();
    let full = full_curve(&market).expect("there is mass");
    for points in [3, 10, 50, 200] {
        let thinned = lorenz(&market, points);
        assert!(thinned.len() <= points);
        let allowed = 4.0 / (points - 1) as f64;
        for &(p, l) in &full {
            let gap = at(&thinned, p) - l;
            assert!((-1e-12..allowed).contains(&gap), "{points} points: {gap} off at {p}");
        }
        assert!(thinned.iter().all(|point| full.contains(point)), "points are of the curve");
    }
}

#[test]
fn one_point_is_refused() {
    check_refused(|| Some(lorenz(&[1.0, 2.0], 1)).filter(|curve| !curve.is_empty()));
}

/// The height of a curve at `p`, on the chord between its neighbouring points.
fn at(curve: &[(f64, f64)], p: f64) -> f64 {
    let after = curve.partition_point(|point| point.0 < p).max(1);
    let ((p0, l0), (p1, l1)) = (curve[after - 1], curve[after]);
    l0 + (l1 - l0) * (p - p0) / (p1 - p0)
}
