use proptest::prelude::*;

use super::*;

#[test]
fn labels_with_room_stay() {
    assert_eq!(apart(&[10.0, 30.0, 60.0], 15.0, 0.0, 100.0), [10.0, 30.0, 60.0]);
}

#[test]
fn neighbours_share_the_way() {
    assert_eq!(apart(&[50.0, 50.0], 10.0, 0.0, 100.0), [45.0, 55.0]);
}

#[test]
fn the_room_is_kept() {
    assert_eq!(apart(&[98.0, 99.0, 100.0], 10.0, 0.0, 100.0), [80.0, 90.0, 100.0]);
    assert_eq!(apart(&[0.0, 0.0], 10.0, 0.0, 100.0), [0.0, 10.0]);
    assert_eq!(apart(&[5.0, 5.0, 5.0], 10.0, 0.0, 10.0), [0.0, 5.0, 10.0]);
    assert!(apart(&[], 10.0, 0.0, 10.0).is_empty());
    assert_eq!(capacity(10.0, 0.0, 20.0), 3);
}

proptest! {
    #[test]
    fn labels_never_overlap(mut wanted in prop::collection::vec(-50.0..400.0_f64, 0..25)) {
        wanted.sort_by(f64::total_cmp);
        let placed = apart(&wanted, 14.0, 0.0, 350.0);
        prop_assert_eq!(placed.len(), wanted.len());
        for pair in placed.windows(2) {
            prop_assert!(pair[1] - pair[0] >= 14.0 - 1e-6, "{:?}", placed);
        }
        let is_inside = placed.iter().all(|at| (-1e-6..=350.0 + 1e-6).contains(at));
        prop_assert!(is_inside, "{:?}", placed);
    }
}
