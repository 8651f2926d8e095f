//! From which model a model descends, as far as it is declared.

mod columns;

use std::collections::HashMap;

use crate::tables::Model;

pub use columns::{LINEAGE_COLUMNS, LineageColumns};

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

/// What a model's source says of its first base.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FirstBase {
    /// Nothing: neither that there is one nor that there is none.
    Unsaid,
    /// That there is none.
    Nothing,
    /// Its id.
    Of(String),
}

impl Lineage {
    /// Follows each model's first declared base to the end.
    ///
    /// A base outside the collection is a root: nothing is known beyond it.
    #[must_use]
    pub fn of(models: &[Model]) -> Self {
        let ids: Vec<String> = models.iter().map(|model| model.model_id.clone()).collect();
        let first = |model: &Model| match &model.facts.base_models {
            None => FirstBase::Unsaid,
            Some(bases) => bases.first().cloned().map_or(FirstBase::Nothing, FirstBase::Of),
        };
        Self::of_bases(&ids, &models.iter().map(first).collect::<Vec<_>>())
    }

    /// As [`Lineage::of`], from the ids of all models of a collection and the first base of each.
    ///
    /// # Panics
    ///
    /// When there are not as many of one as of the other.
    #[must_use]
    pub fn of_bases(ids: &[String], bases: &[FirstBase]) -> Self {
        assert_eq!(ids.len(), bases.len(), "a first base for each model");
        let by_id: HashMap<String, usize> =
            ids.iter().enumerate().map(|(index, id)| (id.to_ascii_lowercase(), index)).collect();
        Self { roots: (0..ids.len()).map(|start| root_of(ids, bases, &by_id, start)).collect() }
    }

    /// The root of the model at this place; `None` where its source says nothing about bases.
    #[must_use]
    pub fn root(&self, model: usize) -> Option<&Root> {
        self.roots.get(model)?.as_ref()
    }
}

fn root_of(
    ids: &[String],
    bases: &[FirstBase],
    by_id: &HashMap<String, usize>,
    start: usize,
) -> Option<Root> {
    let mut path = vec![start];
    let mut at = start;
    loop {
        let depth = path.len() as u32 - 1;
        let here = |is_cyclic| Root { model_id: ids[at].clone(), depth, is_cyclic };
        let base = match &bases[at] {
            FirstBase::Of(base) => base,
            // What the source does not say of the model itself is unknown; of an ancestor it ends
            // what can be followed.
            FirstBase::Unsaid if at == start => return None,
            FirstBase::Unsaid | FirstBase::Nothing => return Some(here(false)),
        };
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
