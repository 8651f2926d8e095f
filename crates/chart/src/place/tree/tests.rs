use proptest::prelude::*;

use super::*;

/// By hand: two children around their node, and a grandchild beside its own.
#[test]
fn a_small_tree_is_as_by_hand() {
    let spots = tidy(&[None, Some(0), Some(0), Some(1), Some(1)]);
    let rows: Vec<(usize, f64)> = spots.iter().map(|spot| (spot.depth, spot.row)).collect();
    // Node 1 has rows 0 and 1 below it and so lies at 0.5; node 2 is a leaf one row further.
    assert_eq!(rows, [(0, 1.0), (1, 0.5), (1, 1.5), (2, 0.0), (2, 1.0)]);
}

#[test]
fn a_list_has_a_row_a_node_each_below_its_own() {
    let spots = indented(&[None, Some(0), Some(0), Some(1)]);
    let rows: Vec<(usize, f64)> = spots.iter().map(|spot| (spot.depth, spot.row)).collect();
    assert_eq!(rows, [(0, 0.0), (1, 1.0), (1, 3.0), (2, 2.0)]);
}

#[test]
fn what_hangs_from_itself_or_a_later_one_hangs_from_none() {
    let spots = tidy(&[Some(0), Some(3), None, None]);
    assert!(spots.iter().all(|spot| spot.depth == 0));
    assert_eq!(tidy(&[]), []);
}

fn any_tree() -> impl Strategy<Value = Vec<Option<usize>>> {
    prop::collection::vec(any::<prop::sample::Index>(), 0..60).prop_map(|picks| {
        let pick = |(node, pick): (usize, &prop::sample::Index)| {
            if node == 0 { None } else { Some(pick.index(node)) }
        };
        picks.iter().enumerate().map(pick).collect()
    })
}

proptest! {
    /// Reingold's and Tilford's demands: apart, in the middle, and in order.
    #[test]
    fn a_tree_is_tidy(parents in any_tree()) {
        let spots = tidy(&parents);
        let children = children(&parents);
        for (one, a) in spots.iter().enumerate() {
            prop_assert!(a.row >= 0.0);
            for b in &spots[one + 1..] {
                let is_apart = a.depth != b.depth || (a.row - b.row).abs() > 1.0 - 1e-9;
                prop_assert!(is_apart, "{a:?} {b:?}");
            }
            let below: Vec<f64> = children[one].iter().map(|child| spots[*child].row).collect();
            prop_assert!(below.is_sorted());
            if let (Some(first), Some(last)) = (below.first(), below.last()) {
                prop_assert!((a.row - f64::midpoint(*first, *last)).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn equal_branches_are_drawn_alike(parents in any_tree()) {
        prop_assume!(!parents.is_empty());
        // The tree twice below one node.
        let n = parents.len();
        let moved = |by: usize| parents.iter().map(move |parent| Some(parent.map_or(0, |at| at + by)));
        let both: Vec<Option<usize>> =
            std::iter::once(None).chain(moved(1)).chain(moved(1 + n)).collect();
        let spots = tidy(&both);
        for node in 1..n {
            let of = |from: usize| spots[from + node].row - spots[from].row;
            prop_assert!((of(1) - of(1 + n)).abs() < 1e-9);
        }
    }
}
