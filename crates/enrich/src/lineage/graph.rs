//! Which models of a collection are made from which, for questions about whole families.
//!
//! Children lie together, parent by parent, so that a family is gone through without looking
//! anything up: all of 3 million models in some milliseconds.

use std::collections::HashMap;

use super::{Relation, Relative};

/// No model.
const NONE: u32 = u32::MAX;

/// The first bases of all models, and what is made from each.
#[derive(Debug, Clone, Default)]
pub(super) struct Graph {
    parents: Vec<u32>,
    /// Where the children of each model begin, and where the last ones end.
    offsets: Vec<u32>,
    children: Vec<u32>,
    kin: Vec<KinCounts>,
}

/// How many models are made from one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct KinCounts {
    /// Directly.
    pub children: u32,
    /// Of these, finetunes.
    pub finetunes: u32,
    /// Adapters.
    pub adapters: u32,
    /// Quantized ones.
    pub quantized: u32,
    /// Merges.
    pub merges: u32,
    /// Directly, and from those, and so on.
    pub descendants: u32,
}

impl Graph {
    pub(super) fn new(relatives: &[Relative], by_id: &HashMap<String, u32>) -> Self {
        let parent = |relative: &Relative| {
            let base = relative.bases.as_ref()?.first()?;
            by_id.get(&base.to_ascii_lowercase()).copied()
        };
        let mut parents: Vec<u32> =
            relatives.iter().map(|relative| parent(relative).unwrap_or(NONE)).collect();
        cut_circles(&mut parents);
        let mut offsets = vec![0_u32; parents.len() + 1];
        for parent in parents.iter().filter(|parent| **parent != NONE) {
            offsets[*parent as usize + 1] += 1;
        }
        for at in 1..offsets.len() {
            offsets[at] += offsets[at - 1];
        }
        let mut next = offsets.clone();
        let mut children = vec![0; offsets[parents.len()] as usize];
        for (place, parent) in (0_u32..).zip(&parents) {
            if *parent != NONE {
                let at = &mut next[*parent as usize];
                children[*at as usize] = place;
                *at += 1;
            }
        }
        let mut graph = Self { parents, offsets, children, kin: Vec::new() };
        graph.kin = graph.count(relatives);
        graph
    }

    pub(super) fn parent(&self, model: usize) -> Option<usize> {
        self.parents.get(model).filter(|parent| **parent != NONE).map(|parent| *parent as usize)
    }

    pub(super) fn children(&self, model: usize) -> &[u32] {
        match (self.offsets.get(model), self.offsets.get(model + 1)) {
            (Some(from), Some(to)) => &self.children[*from as usize..*to as usize],
            _ => &[],
        }
    }

    pub(super) fn kin(&self, model: usize) -> KinCounts {
        self.kin.get(model).copied().unwrap_or_default()
    }

    pub(super) fn descendants(&self, model: usize) -> Vec<u32> {
        let mut found = self.children(model).to_vec();
        let mut at = 0;
        while let Some(place) = found.get(at).copied() {
            found.extend_from_slice(self.children(place as usize));
            at += 1;
        }
        found
    }

    fn count(&self, relatives: &[Relative]) -> Vec<KinCounts> {
        let mut kin = vec![KinCounts::default(); self.parents.len()];
        for (place, parent) in self.parents.iter().enumerate().filter(|(_, p)| **p != NONE) {
            let of = &mut kin[*parent as usize];
            of.children += 1;
            match relatives[place].relation {
                Some(Relation::Finetune) => of.finetunes += 1,
                Some(Relation::Adapter) => of.adapters += 1,
                Some(Relation::Quantized) => of.quantized += 1,
                Some(Relation::Merge) => of.merges += 1,
                Some(Relation::Original) | None => {}
            }
        }
        // Each model after all that is made from it: leaves first.
        let mut waiting: Vec<u32> = kin.iter().map(|of| of.children).collect();
        let mut ready: Vec<u32> =
            (0_u32..).zip(&waiting).filter(|(_, count)| **count == 0).map(|(at, _)| at).collect();
        while let Some(place) = ready.pop() {
            let parent = self.parents[place as usize];
            if parent == NONE {
                continue;
            }
            kin[parent as usize].descendants += 1 + kin[place as usize].descendants;
            waiting[parent as usize] -= 1;
            if waiting[parent as usize] == 0 {
                ready.push(parent);
            }
        }
        kin
    }
}

/// Takes one model's base away in each circle: that of the first of its models.
fn cut_circles(parents: &mut [u32]) {
    /// Whom the walk has met: not yet, on this walk, or on an earlier one.
    const UNMET: u32 = 0;
    let mut walk = vec![UNMET; parents.len()];
    for start in 0..parents.len() {
        let number = start as u32 + 1;
        let mut at = start as u32;
        while at != NONE && walk[at as usize] == UNMET {
            walk[at as usize] = number;
            at = parents[at as usize];
        }
        if at != NONE && walk[at as usize] == number {
            let (mut first, mut next) = (at, parents[at as usize]);
            while next != at {
                first = first.min(next);
                next = parents[next as usize];
            }
            parents[first as usize] = NONE;
        }
    }
}
