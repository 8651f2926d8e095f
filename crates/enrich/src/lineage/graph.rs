//! Which models of a collection are made from which, for questions about whole families.
//!
//! Bases lie together, model by model, and so do the models that are made from each, so that a
//! family is gone through without looking anything up: 3 million models in some milliseconds.

use super::Relation;
use super::links::Links;

/// Ancestors of one model that are gone through; real ones have some dozens at most, but anybody may
/// declare a chain of any length.
const MOST_ANCESTORS: usize = 1_000;

/// All bases of all models, and what is made from each.
#[derive(Debug, Clone, Default)]
pub(super) struct Graph {
    bases: Rows,
    children: Rows,
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
    /// Distilled ones.
    pub distilled: u32,
    /// Converted ones.
    pub converted: u32,
    /// Directly, and from those, and so on, each once.
    pub descendants: u32,
}

/// Some numbers for each model, one after another.
#[derive(Debug, Clone, Default)]
struct Rows {
    /// Where the numbers of each model begin, and where the last ones end.
    offsets: Vec<u32>,
    items: Vec<u32>,
}

impl Rows {
    fn of(&self, model: usize) -> &[u32] {
        match (self.offsets.get(model), self.offsets.get(model + 1)) {
            (Some(from), Some(to)) => &self.items[*from as usize..*to as usize],
            _ => &[],
        }
    }

    /// The same pairs, the other way round.
    fn turned(&self) -> Self {
        let rows = self.offsets.len().saturating_sub(1);
        let mut offsets = vec![0_u32; rows + 1];
        for item in &self.items {
            offsets[*item as usize + 1] += 1;
        }
        for at in 1..offsets.len() {
            offsets[at] += offsets[at - 1];
        }
        let mut next = offsets.clone();
        let mut items = vec![0; self.items.len()];
        for row in 0..rows {
            for item in self.of(row) {
                let at = &mut next[*item as usize];
                items[*at as usize] = row as u32;
                *at += 1;
            }
        }
        Self { offsets, items }
    }
}

impl Graph {
    pub(super) fn new(links: &Links, relations: &[Option<Relation>]) -> Self {
        let mut bases = Rows::default();
        for model in 0..relations.len() {
            bases.offsets.push(bases.items.len() as u32);
            bases.items.extend(links.bases(model));
        }
        bases.offsets.push(bases.items.len() as u32);
        let mut graph = Self { children: bases.turned(), bases, kin: Vec::new() };
        graph.kin = graph.count(relations);
        graph
    }

    pub(super) fn bases(&self, model: usize) -> &[u32] {
        self.bases.of(model)
    }

    pub(super) fn children(&self, model: usize) -> &[u32] {
        self.children.of(model)
    }

    pub(super) fn kin(&self, model: usize) -> KinCounts {
        self.kin.get(model).copied().unwrap_or_default()
    }

    /// All that a model descends from, by any of its bases, the nearest first; 1,000 at most.
    pub(super) fn ancestors(&self, model: usize) -> Vec<u32> {
        let mut found = Vec::new();
        self.climb(model, &mut found);
        found
    }

    /// Few models have more ancestors than can be looked through one by one.
    fn climb(&self, model: usize, found: &mut Vec<u32>) {
        let own = model as u32;
        found.clear();
        found.push(own);
        let mut at = 0;
        while let Some(place) = found.get(at).copied() {
            for base in self.bases.of(place as usize) {
                if found.len() <= MOST_ANCESTORS && !found.contains(base) {
                    found.push(*base);
                }
            }
            at += 1;
        }
        found.remove(0);
    }

    /// All that descends from a model, each before what is made from it alone.
    pub(super) fn descendants(&self, model: usize) -> Vec<u32> {
        let models = self.kin.len();
        if model >= models {
            return Vec::new();
        }
        let mut is_seen = vec![0_u64; models.div_ceil(64)];
        let mut see = |place: u32| {
            let (word, bit) = (&mut is_seen[place as usize / 64], 1 << (place % 64));
            let is_new = *word & bit == 0;
            *word |= bit;
            is_new
        };
        see(model as u32);
        let mut found: Vec<u32> = Vec::with_capacity(self.kin(model).descendants as usize);
        found.extend(self.children.of(model).iter().filter(|place| see(**place)));
        let mut at = 0;
        while let Some(place) = found.get(at).copied() {
            found.extend(self.children.of(place as usize).iter().filter(|place| see(**place)));
            at += 1;
        }
        found
    }

    /// Each model counts with all of its ancestors, of which it has few.
    fn count(&self, relations: &[Option<Relation>]) -> Vec<KinCounts> {
        let mut kin = vec![KinCounts::default(); relations.len()];
        let mut above = Vec::new();
        for (place, relation) in relations.iter().enumerate() {
            for base in self.bases.of(place) {
                let of = &mut kin[*base as usize];
                of.children += 1;
                match relation {
                    Some(Relation::Finetune) => of.finetunes += 1,
                    Some(Relation::Adapter) => of.adapters += 1,
                    Some(Relation::Quantized) => of.quantized += 1,
                    Some(Relation::Merge) => of.merges += 1,
                    Some(Relation::Distilled) => of.distilled += 1,
                    Some(Relation::Converted) => of.converted += 1,
                    Some(Relation::Original) | None => {}
                }
            }
            self.climb(place, &mut above);
            for ancestor in &above {
                kin[*ancestor as usize].descendants += 1;
            }
        }
        kin
    }
}
