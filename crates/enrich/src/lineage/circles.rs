//! Circles among the bases that are followed.

use super::NONE;

/// A circle, and the model whose base is taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Circle {
    pub members: Vec<u32>,
    pub cut: u32,
}

/// Finds every circle, of which `choose` says where it is cut. Each model has one base at most, so
/// that no model is in two.
pub(super) fn cut_circles(parents: &[u32], choose: impl Fn(&[u32]) -> u32) -> Vec<Circle> {
    /// Whom the walk has met: not yet, or on the walk of this number.
    const UNMET: u32 = 0;
    let mut walk = vec![UNMET; parents.len()];
    let mut circles = Vec::new();
    for start in 0..parents.len() {
        let number = start as u32 + 1;
        let mut at = start as u32;
        while at != NONE && walk[at as usize] == UNMET {
            walk[at as usize] = number;
            at = parents[at as usize];
        }
        if at != NONE && walk[at as usize] == number {
            let mut members = vec![at];
            let mut next = parents[at as usize];
            while next != at {
                members.push(next);
                next = parents[next as usize];
            }
            let cut = choose(&members);
            circles.push(Circle { members, cut });
        }
    }
    circles
}
