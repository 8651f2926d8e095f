//! Tidy trees: each level a column, no two nodes of a level nearer than one row, each node in the
//! middle of what hangs from it, and equal branches drawn alike.
//!
//! E. M. Reingold and J. S. Tilford (1981), "Tidier drawings of trees", *IEEE Transactions on
//! Software Engineering* SE-7(2), 223–228: branches are laid out by themselves, and then moved
//! together until their outlines are one row apart.

/// Where a node is.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Spot {
    /// The level, from 0.
    pub(crate) depth: usize,
    /// The row, from 0; nodes between two others lie between rows.
    pub(crate) row: f64,
}

/// The nodes that hang from each, in order; a node may hang from an earlier one only.
pub(crate) fn children(parents: &[Option<usize>]) -> Vec<Vec<usize>> {
    let mut children = vec![Vec::new(); parents.len()];
    for (node, parent) in parents.iter().enumerate() {
        if let Some(parent) = parent.filter(|parent| *parent < node) {
            children[parent].push(node);
        }
    }
    children
}

/// The places of nodes that hang from earlier ones; those that hang from none are beside each other.
pub(crate) fn tidy(parents: &[Option<usize>]) -> Vec<Spot> {
    let children = children(parents);
    let mut branches: Vec<Branch> = parents.iter().map(|_| Branch::default()).collect();
    let mut offsets = vec![0.0; parents.len()];
    // What hangs from a node comes after it, so that going backwards everything below is there.
    for node in (0..parents.len()).rev() {
        let mut below = Branch::default();
        let shifts: Vec<f64> =
            children[node].iter().map(|child| below.join(&branches[*child])).collect();
        let ends = shifts.first().zip(shifts.last());
        let middle = ends.map_or(0.0, |(first, last)| f64::midpoint(*first, *last));
        for (child, shift) in children[node].iter().zip(&shifts) {
            offsets[*child] = shift - middle;
        }
        branches[node] = below.under(middle);
    }
    let is_root = |node: &usize| parents[*node].is_none_or(|parent| parent >= *node);
    let mut all = Branch::default();
    for root in (0..parents.len()).filter(is_root) {
        offsets[root] = all.join(&branches[root]);
    }
    let mut spots = vec![Spot::default(); parents.len()];
    for node in 0..parents.len() {
        let above = parents[node].filter(|parent| *parent < node).map(|parent| spots[parent]);
        spots[node] = Spot {
            depth: above.map_or(0, |above| above.depth + 1),
            row: above.map_or(0.0, |above| above.row) + offsets[node],
        };
    }
    let least = spots.iter().map(|spot| spot.row).fold(f64::INFINITY, f64::min);
    for spot in &mut spots {
        spot.row -= least;
    }
    spots
}

/// One row a node, each below the one that it hangs from.
pub(crate) fn indented(parents: &[Option<usize>]) -> Vec<Spot> {
    let children = children(parents);
    let is_root = |node: &usize| parents[*node].is_none_or(|parent| parent >= *node);
    let mut waiting: Vec<(usize, usize)> =
        (0..parents.len()).filter(is_root).map(|root| (root, 0)).rev().collect();
    let mut spots = vec![Spot::default(); parents.len()];
    let mut row = 0.0;
    while let Some((node, depth)) = waiting.pop() {
        spots[node] = Spot { depth, row };
        row += 1.0;
        waiting.extend(children[node].iter().rev().map(|child| (*child, depth + 1)));
    }
    spots
}

/// The outline of a branch: its first and its last row at each level.
#[derive(Debug, Clone, Default)]
struct Branch {
    levels: Vec<(f64, f64)>,
}

impl Branch {
    /// Puts another branch after this one, as near as it goes, and returns how far it was moved.
    fn join(&mut self, next: &Self) -> f64 {
        let pairs = self.levels.iter().zip(&next.levels);
        let needed = pairs.map(|((_, last), (first, _))| last + 1.0 - first);
        let shift = needed.reduce(f64::max).unwrap_or(0.0);
        for (level, (first, last)) in next.levels.iter().enumerate() {
            match self.levels.get_mut(level) {
                Some(known) => known.1 = last + shift,
                None => self.levels.push((first + shift, last + shift)),
            }
        }
        shift
    }

    /// The branch of the node in whose middle this one lies.
    fn under(self, middle: f64) -> Self {
        let below = self.levels.into_iter().map(|(first, last)| (first - middle, last - middle));
        Self { levels: std::iter::once((0.0, 0.0)).chain(below).collect() }
    }
}

#[cfg(test)]
mod tests;
