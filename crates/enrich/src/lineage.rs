//! From which models a model descends, and which descend from it, as far as it is declared.

mod columns;
mod graph;
mod inferred;
mod relation;
mod roots;

use schema::Instant;

use crate::tables::Model;

pub use columns::{LINEAGE_COLUMNS, LineageColumns};
use graph::Graph;
pub use graph::KinCounts;
pub use relation::Relation;
pub(crate) use relation::{bases, relation};
pub use roots::Root;

/// What the lineage of a collection has to know of each of its models.
#[derive(Debug, Clone, PartialEq)]
pub struct Relative {
    /// Its id.
    pub id: String,
    /// The bases that it is declared to be made from; `None` where its source says neither that
    /// there are any nor that there are none.
    pub bases: Option<Vec<String>>,
    /// How it is said to be made.
    pub relation: Option<Relation>,
    /// When it was created.
    pub created_at: Option<Instant>,
    /// How many parameters its source says that it has.
    pub parameters: Option<i64>,
}

/// The models of a collection, each with what it is made from and what is made from it.
#[derive(Debug, Clone, Default)]
pub struct Lineage {
    relatives: Vec<Relative>,
    roots: Vec<Option<Root>>,
    graph: Graph,
    /// The place of the model that each seems to be made from, where it declares none.
    inferred: Vec<Option<u32>>,
}

impl Lineage {
    /// The lineage of models.
    #[must_use]
    pub fn of(models: &[Model]) -> Self {
        Self::of_relatives(models.iter().map(Relative::of).collect())
    }

    /// The lineage of all models of a collection, in their order.
    ///
    /// Each model's first declared base is followed to the end. A base outside the collection is a
    /// root: nothing is known beyond it.
    #[must_use]
    pub fn of_relatives(relatives: Vec<Relative>) -> Self {
        let by_id = roots::by_id(&relatives);
        let roots = roots::all(&relatives, &by_id);
        let graph = Graph::new(&relatives, &by_id);
        let inferred = inferred::all(&relatives);
        Self { relatives, roots, graph, inferred }
    }

    /// The root of the model at this place; `None` where its source says nothing about bases.
    #[must_use]
    pub fn root(&self, model: usize) -> Option<&Root> {
        self.roots.get(model)?.as_ref()
    }

    /// What is known of the model at this place.
    #[must_use]
    pub fn relative(&self, model: usize) -> Option<&Relative> {
        self.relatives.get(model)
    }

    /// How many models of the collection there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.relatives.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.relatives.is_empty()
    }

    /// The place of the first declared base, where the collection has it; of models that run in a
    /// circle one has none.
    #[must_use]
    pub fn parent(&self, model: usize) -> Option<usize> {
        self.graph.parent(model)
    }

    /// The places of the models that have this one as their first base.
    #[must_use]
    pub fn children(&self, model: usize) -> &[u32] {
        self.graph.children(model)
    }

    /// How many models are made from this one, directly, by relation, and at all.
    #[must_use]
    pub fn kin(&self, model: usize) -> KinCounts {
        self.graph.kin(model)
    }

    /// The places of all models that descend from this one, each before what is made from it.
    #[must_use]
    pub fn descendants(&self, model: usize) -> Vec<u32> {
        self.graph.descendants(model)
    }

    /// The ids from the model up to its root, both included; a base outside the collection is the
    /// last.
    #[must_use]
    pub fn ancestry(&self, model: usize) -> Vec<&str> {
        let mut ids = Vec::new();
        let mut at = Some(model);
        while let Some(place) = at {
            let Some(relative) = self.relatives.get(place) else { break };
            ids.push(relative.id.as_str());
            at = self.parent(place);
            if at.is_none()
                && let Some(base) = relative.bases.as_ref().and_then(|bases| bases.first())
                && !ids.iter().any(|id| id.eq_ignore_ascii_case(base))
            {
                ids.push(base);
            }
        }
        ids
    }

    /// The model that this one seems to be made from by its name, where it declares no base.
    #[must_use]
    pub fn inferred_base(&self, model: usize) -> Option<&Relative> {
        let base = self.inferred.get(model).copied().flatten()?;
        self.relatives.get(base as usize)
    }
}

impl Relative {
    fn of(model: &Model) -> Self {
        Self {
            id: model.model_id.clone(),
            bases: bases(model),
            relation: relation(model),
            created_at: model.facts.created_at,
            parameters: model.facts.parameters,
        }
    }
}

#[cfg(test)]
mod tests;
