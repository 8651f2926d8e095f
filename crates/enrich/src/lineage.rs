//! From which model a model descends, as far as it is declared.

use std::collections::HashMap;

use crate::tables::Model;

/// Longer chains than this do not occur but by mistake.
const MAX_DEPTH: u32 = 32;

/// The root of every model of a collection.
#[derive(Debug, Clone, Default)]
pub struct Lineage {
    roots: Vec<Option<Root>>,
}

/// Where a model's lineage begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Root {
    /// The id of the root model; the model's own for an original.
    pub model_id: String,
    /// Steps from the root; 0 for an original.
    pub depth: u32,
    /// Whether the declarations run in a circle, which is cut where it closes.
    pub is_cyclic: bool,
}

impl Lineage {
    /// Follows each model's first declared base to the end.
    ///
    /// A base outside the collection is a root: nothing is known beyond it.
    #[must_use]
    pub fn of(models: &[Model]) -> Self {
        let by_id: HashMap<String, usize> = models
            .iter()
            .enumerate()
            .map(|(index, model)| (model.model_id.to_ascii_lowercase(), index))
            .collect();
        Self { roots: (0..models.len()).map(|start| root_of(models, &by_id, start)).collect() }
    }

    /// The root of the model at this place; `None` where its source says nothing about bases.
    #[must_use]
    pub fn root(&self, model: usize) -> Option<&Root> {
        self.roots.get(model)?.as_ref()
    }
}

fn root_of(models: &[Model], by_id: &HashMap<String, usize>, start: usize) -> Option<Root> {
    let mut path = vec![start];
    let mut at = start;
    loop {
        let depth = path.len() as u32 - 1;
        let here = |is_cyclic| Root { model_id: models[at].model_id.clone(), depth, is_cyclic };
        let bases = match &models[at].facts.base_models {
            Some(bases) => bases,
            // What the source does not say of the model itself is unknown; of an ancestor it ends
            // what can be followed.
            None if at == start => return None,
            None => return Some(here(false)),
        };
        let Some(base) = bases.first() else { return Some(here(false)) };
        match by_id.get(&base.to_ascii_lowercase()) {
            None => {
                let model_id = base.clone();
                return Some(Root { model_id, depth: depth + 1, is_cyclic: false });
            }
            Some(next) if path.contains(next) || depth == MAX_DEPTH => return Some(here(true)),
            Some(next) => {
                at = *next;
                path.push(at);
            }
        }
    }
}

#[cfg(test)]
mod tests;
