//! Which models of a family are shown: the branches with the most downloads, and the others of each
//! node together.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, HashMap};

use why::{Kinship, Member};

/// Models that are shown; more nobody reads in one picture.
const MOST_SHOWN: usize = 36;

/// One node: a model, or several together.
#[derive(Debug, Clone)]
pub(super) struct Branch<'a> {
    pub(super) id: &'a str,
    pub(super) member: Option<&'a Member>,
    /// The place of the node that it hangs from.
    pub(super) parent: Option<usize>,
    /// How many models are told together here, with what they add up to, where any is known.
    pub(super) further: Option<(u64, Option<i64>)>,
    /// Models below it, and what they add up to.
    pub(super) below: (u64, i64),
}

/// What comes next in the order of the tree.
enum Next<'a> {
    Model(&'a str),
    Together(Vec<&'a Member>),
}

/// A family as it hangs together.
struct Hanging<'a> {
    members: HashMap<&'a str, &'a Member>,
    children: BTreeMap<&'a str, Vec<&'a Member>>,
    /// Models and downloads of each model and all below it.
    sums: HashMap<&'a str, (u64, i64)>,
}

/// The branches below the model that was asked for, each node after the one it hangs from.
pub(super) fn branches(family: &Kinship) -> Vec<Branch<'_>> {
    let hanging = Hanging::of(family);
    let root = family.model_id.as_str();
    let shown = hanging.shown(root);
    let mut branches = Vec::new();
    // Depth first, the largest branch first, and what is told together last.
    let mut waiting = vec![(Next::Model(root), None)];
    while let Some((next, parent)) = waiting.pop() {
        let place = branches.len();
        let id = match next {
            Next::Model(id) => id,
            Next::Together(further) => {
                branches.push(hanging.together(&further, parent));
                continue;
            }
        };
        branches.push(Branch {
            id,
            member: hanging.members.get(id).copied(),
            parent,
            further: None,
            below: hanging.below(id),
        });
        let children = hanging.children_of(id);
        let (mut seen, mut further): (Vec<&Member>, Vec<&Member>) =
            children.iter().partition(|child| shown.contains(&child.model_id.as_str()));
        if further.len() == 1 {
            // One alone takes no more room under its own name.
            seen.append(&mut further);
        }
        if !further.is_empty() {
            waiting.push((Next::Together(further), Some(place)));
        }
        let models = seen.iter().rev().map(|child| Next::Model(child.model_id.as_str()));
        waiting.extend(models.map(|next| (next, Some(place))));
    }
    branches
}

impl<'a> Hanging<'a> {
    fn of(family: &'a Kinship) -> Self {
        let members: HashMap<&str, &Member> =
            family.members.iter().map(|member| (member.model_id.as_str(), member)).collect();
        let top = family.family.as_deref().unwrap_or(&family.model_id);
        let mut children: BTreeMap<&str, Vec<&Member>> = BTreeMap::new();
        for member in family.members.iter().filter(|member| member.model_id != top) {
            let base = member.base.as_deref().filter(|base| members.contains_key(base));
            children.entry(base.unwrap_or(top)).or_default().push(member);
        }
        let mut hanging = Self { members, children, sums: HashMap::new() };
        hanging.add_up(top);
        for children in hanging.children.values_mut() {
            let size = |member: &&Member| {
                let (models, sum) =
                    hanging.sums.get(member.model_id.as_str()).copied().unwrap_or_default();
                (Reverse(sum), Reverse(models), member.model_id.clone())
            };
            children.sort_by_key(size);
        }
        hanging
    }

    /// Adds up every branch, from the leaves on. Nobody descends from itself, since lineages that
    /// run in a circle are cut, so that every model is met once.
    fn add_up(&mut self, top: &'a str) {
        let mut order = vec![top];
        let mut at = 0;
        while let Some(id) = order.get(at) {
            let below: Vec<&str> =
                self.children_of(id).iter().map(|child| child.model_id.as_str()).collect();
            order.extend(below);
            at += 1;
        }
        for id in order.into_iter().rev() {
            let member = self.members.get(id);
            let own = (
                u64::from(member.is_some()),
                member.and_then(|member| member.downloads_30d).unwrap_or_default(),
            );
            let sum = self.children_of(id).iter().fold(own, |(models, sum), child| {
                let below = self.sums.get(child.model_id.as_str()).copied().unwrap_or_default();
                (models + below.0, sum + below.1)
            });
            self.sums.insert(id, sum);
        }
    }

    fn children_of(&self, id: &str) -> &[&'a Member] {
        self.children.get(id).map_or(&[], Vec::as_slice)
    }

    /// Models below a node, and what they add up to.
    fn below(&self, id: &str) -> (u64, i64) {
        let (models, sum) = self.sums.get(id).copied().unwrap_or_default();
        let member = self.members.get(id);
        let own = member.and_then(|member| member.downloads_30d).unwrap_or_default();
        (models - u64::from(member.is_some()), sum - own)
    }

    /// The models that are shown: from the top down, always the largest branch that is known of.
    fn shown(&self, root: &'a str) -> Vec<&'a str> {
        let mut shown = Vec::new();
        let mut known = BinaryHeap::from([(i64::MAX, u64::MAX, Reverse(root))]);
        while let Some((.., Reverse(id))) = known.pop() {
            shown.push(id);
            if shown.len() == MOST_SHOWN {
                break;
            }
            known.extend(self.children_of(id).iter().map(|child| {
                let id = child.model_id.as_str();
                let (models, sum) = self.sums.get(id).copied().unwrap_or_default();
                (sum, models, Reverse(id))
            }));
        }
        shown
    }

    /// Several branches of a node as one.
    fn together(&self, further: &[&'a Member], parent: Option<usize>) -> Branch<'a> {
        let sums = further.iter().filter_map(|child| self.sums.get(child.model_id.as_str()));
        let (models, sum) = sums.fold((0, 0), |all, one| (all.0 + one.0, all.1 + one.1));
        let is_known = |id: &str| {
            let mut waiting = vec![id];
            while let Some(id) = waiting.pop() {
                if self.members.get(id).is_some_and(|member| member.downloads_30d.is_some()) {
                    return true;
                }
                waiting.extend(self.children_of(id).iter().map(|child| child.model_id.as_str()));
            }
            false
        };
        let is_any = further.iter().any(|child| is_known(&child.model_id));
        Branch {
            id: "",
            member: None,
            parent,
            further: Some((models, is_any.then_some(sum))),
            below: (0, 0),
        }
    }
}
