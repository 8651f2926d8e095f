use chart::X;
use proptest::prelude::*;

use super::curve;

fn places(ascending: &[f64]) -> Vec<(f64, f64)> {
    let points = curve(ascending).into_iter();
    points
        .map(|point| match point.x {
            X::Share(x) => (x, point.estimate.value.unwrap()),
            _ => panic!("a Lorenz curve is over shares"),
        })
        .collect()
}

/// By hand: of 1, 3, 6 the smallest third holds 1/10, the smaller two 4/10.
#[test]
fn three_units() {
    let expected = [(0.0, 0.0), (1.0 / 3.0, 0.1), (2.0 / 3.0, 0.4), (1.0, 1.0)];
    let drawn = places(&[1.0, 3.0, 6.0]);
    assert_eq!(drawn.len(), expected.len());
    for (one, other) in drawn.iter().zip(expected) {
        assert!((one.0 - other.0).abs() < 1e-12 && (one.1 - other.1).abs() < 1e-12);
    }
}

#[test]
fn nothing_has_no_curve() {
    assert!(places(&[]).is_empty());
    assert!(places(&[0.0, 0.0]).is_empty());
}

proptest! {
    /// The drawn curve lies on the full one: convex, from corner to corner, and short.
    #[test]
    fn is_a_lorenz_curve(mut sums in prop::collection::vec(0.0..1e6_f64, 1..2000)) {
        sums.sort_by(f64::total_cmp);
        prop_assume!(sums.iter().sum::<f64>() > 0.0);
        let drawn = places(&sums);
        prop_assert_eq!(drawn[0], (0.0, 0.0));
        prop_assert_eq!(*drawn.last().unwrap(), (1.0, 1.0));
        prop_assert!(drawn.len() <= 700);
        for pair in drawn.windows(2) {
            prop_assert!(pair[1].0 > pair[0].0 && pair[1].1 >= pair[0].1 - 1e-12);
            prop_assert!(pair[1].1 <= pair[1].0 + 1e-9);
        }
    }
}
