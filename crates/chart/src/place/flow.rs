//! Where the nodes and bands of a flow between two sides lie (a Sankey diagram of two columns).

/// What flows from a node of the left side to one of the right.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Link {
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// Above zero.
    pub(crate) weight: f64,
}

/// A node, as high as what flows through it.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Node {
    pub(crate) top: f64,
    pub(crate) height: f64,
}

/// The band of a link: its upper edge on either side, and how thick it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Band {
    pub(crate) from: f64,
    pub(crate) to: f64,
    pub(crate) thickness: f64,
}

/// Where everything lies; nodes and bands stand in the order in which they were given.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Layout {
    pub(crate) left: Vec<Node>,
    pub(crate) right: Vec<Node>,
    pub(crate) bands: Vec<Band>,
}

/// Lays out links between two sides of nodes within a height, nodes at least `gap` apart.
///
/// The left side stands in its own order. On the right a node lies where what it receives comes
/// from, so that few bands cross; `is_last` names those that come last there whatever they receive.
/// One scale holds for both sides, so that a band is as thick where it ends as where it begins.
pub(crate) fn layout(
    links: &[Link],
    (lefts, rights): (usize, usize),
    is_last: impl Fn(usize) -> bool,
    (height, gap): (f64, f64),
) -> Layout {
    let mut weights = [vec![0.0; lefts], vec![0.0; rights]];
    for link in links {
        weights[0][link.from] += link.weight;
        weights[1][link.to] += link.weight;
    }
    let total: f64 = links.iter().map(|link| link.weight).sum();
    let gaps = gap * lefts.max(rights).saturating_sub(1) as f64;
    // Where the gaps alone fill the room, they give way.
    let gap = if gaps > height / 2.0 { gap * height / 2.0 / gaps } else { gap };
    let room = height - gap * lefts.max(rights).saturating_sub(1) as f64;
    let scale = if total > 0.0 { room / total } else { 0.0 };
    let left_order: Vec<usize> = (0..lefts).collect();
    let right_order = right_order(links, &weights[1], is_last);
    let left = side(&left_order, &weights[0], (scale, gap, height));
    let right = side(&right_order, &weights[1], (scale, gap, height));
    let bands = bands(links, (&left, &right), (&left_order, &right_order), scale);
    Layout { left, right, bands }
}

/// The right side by the middle of what each node receives; of one middle, by its own place.
fn right_order(links: &[Link], weights: &[f64], is_last: impl Fn(usize) -> bool) -> Vec<usize> {
    let mut middles = vec![0.0; weights.len()];
    for link in links {
        middles[link.to] += link.from as f64 * link.weight / weights[link.to];
    }
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by(|a, b| {
        let by_end = is_last(*a).cmp(&is_last(*b));
        by_end.then(middles[*a].total_cmp(&middles[*b])).then(a.cmp(b))
    });
    order
}

/// The nodes of a side, one below the other, in the middle of the height.
fn side(order: &[usize], weights: &[f64], (scale, gap, height): (f64, f64, f64)) -> Vec<Node> {
    let mut nodes = vec![Node::default(); weights.len()];
    let used: f64 =
        weights.iter().sum::<f64>() * scale + gap * order.len().saturating_sub(1) as f64;
    let mut top = (height - used).max(0.0) / 2.0;
    for node in order {
        let height = weights[*node] * scale;
        nodes[*node] = Node { top, height };
        top += height + gap;
    }
    nodes
}

/// Bands leave a node in the order of where they go, and arrive in that of where they come from.
fn bands(
    links: &[Link],
    (left, right): (&[Node], &[Node]),
    (left_order, right_order): (&[usize], &[usize]),
    scale: f64,
) -> Vec<Band> {
    let place = |order: &[usize], node: usize| order.iter().position(|one| *one == node);
    let mut bands: Vec<Band> = links
        .iter()
        .map(|link| Band { from: 0.0, to: 0.0, thickness: link.weight * scale })
        .collect();
    let mut by_place: Vec<usize> = (0..links.len()).collect();
    by_place.sort_by_key(|at| place(right_order, links[*at].to));
    let mut reached: Vec<f64> = left.iter().map(|node| node.top).collect();
    for at in &by_place {
        let from = &mut reached[links[*at].from];
        bands[*at].from = *from;
        *from += bands[*at].thickness;
    }
    by_place.sort_by_key(|at| place(left_order, links[*at].from));
    let mut reached: Vec<f64> = right.iter().map(|node| node.top).collect();
    for at in &by_place {
        let to = &mut reached[links[*at].to];
        bands[*at].to = *to;
        *to += bands[*at].thickness;
    }
    bands
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn link(from: usize, to: usize, weight: f64) -> Link {
        Link { from, to, weight }
    }

    /// By hand: 6 and 2 of 8 in 90 px with one gap of 10: 10 px a unit, so 60 and 20 px.
    #[test]
    fn bands_keep_their_thickness_and_lie_in_their_nodes() {
        let links = [link(0, 0, 6.0), link(1, 1, 2.0)];
        let found = layout(&links, (2, 2), |_| false, (90.0, 10.0));
        let node = |top: f64, height: f64| Node { top, height };
        assert_eq!(found.left, [node(0.0, 60.0), node(70.0, 20.0)]);
        assert_eq!(found.right, found.left);
        assert_eq!(found.bands[1], Band { from: 70.0, to: 70.0, thickness: 20.0 });
    }

    #[test]
    fn the_right_side_follows_the_left_and_the_last_comes_last() {
        let links = [link(0, 1, 1.0), link(1, 0, 1.0), link(0, 2, 1.0)];
        let tops = |is_last: fn(usize) -> bool| {
            layout(&links, (2, 3), is_last, (100.0, 5.0))
                .right
                .iter()
                .map(|node| node.top)
                .collect()
        };
        let free: Vec<f64> = tops(|_| false);
        assert!(free[1] < free[2] && free[2] < free[0], "{free:?}");
        let last: Vec<f64> = tops(|node| node == 1);
        assert!(last[2] < last[0] && last[0] < last[1], "{last:?}");
    }

    proptest! {
        #[test]
        fn nothing_overlaps_and_all_that_leaves_arrives(
            parts in prop::collection::vec((0..5_usize, 0..6_usize, 0.001..100.0_f64), 0..24),
            height in 1.0..500.0_f64,
        ) {
            let links: Vec<Link> = parts.iter().map(|(from, to, weight)| link(*from, *to, *weight)).collect();
            let found = layout(&links, (5, 6), |node| node == 0, (height, 8.0));
            for side in [&found.left, &found.right] {
                let mut nodes = side.clone();
                nodes.sort_by(|a, b| a.top.total_cmp(&b.top));
                for pair in nodes.windows(2) {
                    prop_assert!(pair[0].top + pair[0].height <= pair[1].top + 1e-9);
                }
                prop_assert!(nodes.iter().all(|node| node.top >= 0.0 && node.top + node.height <= height + 1e-6));
            }
            for (link, band) in links.iter().zip(&found.bands) {
                for (node, edge) in [(found.left[link.from], band.from), (found.right[link.to], band.to)] {
                    prop_assert!(node.top <= edge + 1e-9);
                    prop_assert!(edge + band.thickness <= node.top + node.height + 1e-6);
                }
            }
        }
    }
}
