//! From which models a model descends, and which descend from it.
//!
//! `docs/methods/lineage.md` says which signs are followed, in which order, and what they are worth.

mod circles;
mod columns;
mod declared;
mod derivation;
mod faults;
mod graph;
mod links;
mod marks;
mod names;
mod relation;
mod roots;

use schema::Instant;

use crate::Registry;
use crate::attributes::{Media, named_size};
use crate::tables::Model;

pub use columns::{LINEAGE_COLUMNS, LineageColumns};
pub use declared::Sign;
pub(crate) use declared::{MAX_BASES, bases, declared};
pub use faults::Fault;
use graph::Graph;
pub use graph::KinCounts;
use links::{Followed, Links};
pub(crate) use names::is_same_name;
pub use relation::Relation;
pub(crate) use relation::relation;
pub use roots::Root;
use roots::Roots;

/// No model.
const NONE: u32 = u32::MAX;

/// What the lineage of a collection has to know of each of its models.
#[derive(Debug, Clone, PartialEq)]
pub struct Relative {
    /// Its id.
    pub id: String,
    /// The bases that it is declared to be made from; `None` where its source says neither that
    /// there are any nor that there are none.
    pub bases: Option<Vec<String>>,
    /// Where these stand.
    pub sign: Sign,
    /// Whether something is declared that is no id of a model.
    pub has_no_id: bool,
    /// How it is made, as far as it shows without the bases of others.
    pub relation: Option<Relation>,
    /// The base that the card's text speaks of, and how the model was made from it.
    pub told: Option<(Relation, String)>,
    /// When it was created.
    pub created_at: Option<Instant>,
    /// How many parameters its source says that it has.
    pub parameters: Option<i64>,
    /// How many its name says that it has.
    pub named_size: Option<i64>,
    /// What goes in and comes out.
    pub(crate) media: Option<Media>,
}

/// One model that another is made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge<'a> {
    /// The id of the base, as declared, or as the collection has it where it is inferred.
    pub base: &'a str,
    /// Its place, where the collection has it.
    pub place: Option<usize>,
    /// How the model is made from it.
    pub relation: Option<Relation>,
    /// What names the base.
    pub sign: Sign,
    /// What speaks against it.
    pub fault: Fault,
    /// Whether the model's lineage runs along it.
    pub is_followed: bool,
}

/// The models of a collection, each with what it is made from and what is made from it.
#[derive(Debug, Clone, Default)]
pub struct Lineage {
    relatives: Vec<Relative>,
    links: Links,
    relations: Vec<Option<Relation>>,
    roots: Roots,
    graph: Graph,
}

impl Lineage {
    /// The lineage of models.
    #[must_use]
    pub fn of(models: &[Model], registry: &Registry) -> Self {
        Self::of_relatives(models.iter().map(Relative::of).collect(), registry)
    }

    /// The lineage of all models of a collection, in their order.
    #[must_use]
    pub fn of_relatives(relatives: Vec<Relative>, registry: &Registry) -> Self {
        let links = Links::of(&relatives, registry);
        let of_model = |(place, relative): (usize, &Relative)| {
            relation_of(relative, links.followed(place), &relatives)
        };
        let relations: Vec<_> = relatives.iter().enumerate().map(of_model).collect();
        let roots = Roots::of(&relatives, &links, registry);
        let graph = Graph::new(&links, &relations);
        Self { relatives, links, relations, roots, graph }
    }

    /// The root of the model at this place; `None` where nothing is known of its bases.
    #[must_use]
    pub fn root(&self, model: usize) -> Option<Root> {
        self.roots.root(model, &self.relatives)
    }

    /// The id of the root of the model at this place.
    #[must_use]
    pub fn root_id(&self, model: usize) -> Option<&str> {
        self.roots.root_id(model, &self.relatives)
    }

    /// The id of the base that is followed, and its place where the collection has it.
    #[must_use]
    pub fn followed_base(&self, model: usize) -> Option<(&str, Option<usize>)> {
        let followed = self.links.followed(model)?;
        if followed.index == NONE {
            return self.inferred(model).map(|(id, _)| (id, self.parent(model)));
        }
        Some((self.relatives[model].base_id(followed.index)?, self.parent(model)))
    }

    /// The number of the model's family, below [`Lineage::family_bound`]: the place of its root, or
    /// a higher one for a root outside the collection.
    #[must_use]
    pub fn family(&self, model: usize) -> Option<usize> {
        self.roots.family(model).map(|family| family as usize)
    }

    /// One more than the highest number of a family.
    #[must_use]
    pub fn family_bound(&self) -> usize {
        self.roots.family_bound()
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

    /// How the model was made; `None` where too little shows.
    #[must_use]
    pub fn relation(&self, model: usize) -> Option<Relation> {
        self.relations.get(model).copied().flatten()
    }

    /// Everything that the model is said or seems to be made from: the declared bases in their
    /// order, faulty ones too, and the inferred one where none of these is followed.
    #[must_use]
    pub fn edges<'a>(&'a self, model: usize) -> Vec<Edge<'a>> {
        let Some(relative) = self.relatives.get(model) else { return Vec::new() };
        let followed = self.links.followed(model);
        let relation = self.relation(model);
        let place = |base: u32| (base != NONE).then_some(base as usize);
        let edge = |(index, (base, link)): (u32, (&'a String, &links::Link))| Edge {
            base,
            place: place(link.base),
            relation,
            sign: relative.sign,
            fault: link.fault,
            is_followed: followed.is_some_and(|followed| followed.index == index),
        };
        let declared = relative.bases.iter().flatten().zip(self.links.of_model(model));
        let mut edges: Vec<Edge<'a>> = (0..).zip(declared).map(edge).collect();
        if let Some((base, sign)) = self.inferred(model) {
            let place = self.parent(model);
            let fault = Fault::None;
            edges.push(Edge { base, place, relation, sign, fault, is_followed: true });
        }
        edges
    }

    /// The gravest of what speaks against the declared bases; `None` where none is declared, or
    /// none could be looked at.
    #[must_use]
    pub fn fault(&self, model: usize) -> Option<Fault> {
        let links = self.links.of_model(model);
        if self.relatives.get(model)?.has_no_id {
            return Some(Fault::NoId);
        }
        let seen = links.iter().filter(|link| link.base != NONE || link.fault != Fault::None);
        seen.map(|link| link.fault).max()
    }

    /// The place of the base that is followed, where the collection has it; of models that run in a
    /// circle one has none.
    #[must_use]
    pub fn parent(&self, model: usize) -> Option<usize> {
        let followed = self.links.followed(model)?;
        (followed.base != NONE).then_some(followed.base as usize)
    }

    /// The places of all models that this one is made from, the one that is followed first.
    #[must_use]
    pub fn bases(&self, model: usize) -> &[u32] {
        self.graph.bases(model)
    }

    /// The places of the models that are made from this one.
    #[must_use]
    pub fn children(&self, model: usize) -> &[u32] {
        self.graph.children(model)
    }

    /// How many models are made from this one, directly, by relation, and at all.
    #[must_use]
    pub fn kin(&self, model: usize) -> KinCounts {
        self.graph.kin(model)
    }

    /// The places of all models from which this one descends, by any base, the nearest first.
    #[must_use]
    pub fn ancestors(&self, model: usize) -> Vec<u32> {
        self.graph.ancestors(model)
    }

    /// The places of all models that descend from this one, by any base.
    #[must_use]
    pub fn descendants(&self, model: usize) -> Vec<u32> {
        self.graph.descendants(model)
    }

    /// The ids from the model up to its root along the bases that are followed, both included; a
    /// base outside the collection is the last.
    #[must_use]
    pub fn ancestry(&self, model: usize) -> Vec<&str> {
        let mut ids = Vec::new();
        let mut at = Some(model);
        while let Some(place) = at {
            let Some(relative) = self.relatives.get(place) else { break };
            ids.push(relative.id.as_str());
            at = self.parent(place);
            if at.is_none()
                && let Some(followed) = self.links.followed(place)
            {
                ids.extend(relative.base_id(followed.index));
            }
        }
        ids
    }

    /// From which model each seems to be made by its name alone, whatever it declares: so that
    /// names can be held against declarations.
    #[must_use]
    pub fn guesses(&self, registry: &Registry) -> Vec<Option<(usize, Sign)>> {
        let names = names::Names::of(&self.relatives);
        let guess = |model| {
            let (base, sign) = names.base_of(model, registry)?;
            Some((base as usize, sign))
        };
        (0..self.relatives.len()).map(guess).collect()
    }

    /// The model that this one seems to be made from, where it declares no base or none that can be
    /// right, and the sign that says so.
    #[must_use]
    pub fn inferred(&self, model: usize) -> Option<(&str, Sign)> {
        let Followed { base, index, sign } = self.links.followed(model)?;
        if index != NONE {
            return None;
        }
        let relative = &self.relatives[model];
        let listed = self.relatives.get(base as usize).map(|base| base.id.as_str());
        listed.or_else(|| relative.base_id(NONE)).map(|id| (id, sign))
    }
}

impl Relative {
    fn of(model: &Model) -> Self {
        let declared = declared(model);
        let is_adapter = declared.as_ref().is_some_and(|it| it.sign == Sign::AdapterConfig);
        let stated = if is_adapter { Some(Relation::Adapter) } else { relation(model) };
        let bases = declared.as_ref().map(|declared| declared.bases.as_slice());
        Self {
            id: model.model_id.clone(),
            relation: derivation::derivation(model, stated, bases.unwrap_or_default()),
            sign: declared.as_ref().map_or(Sign::Declared, |declared| declared.sign),
            has_no_id: declared.as_ref().is_some_and(|declared| declared.has_no_id),
            bases: declared.map(|declared| declared.bases),
            told: declared::told(model),
            created_at: model.facts.created_at,
            parameters: model.facts.parameters,
            named_size: named_size(&model.model_id),
            media: model.facts.task.as_deref().and_then(Media::of),
        }
    }

    /// The id of the declared base of this number, or of the one that the card's text tells.
    fn base_id(&self, index: u32) -> Option<&str> {
        if index == NONE {
            return self.told.as_ref().map(|(_, id)| id.as_str());
        }
        self.bases.as_ref()?.get(index as usize).map(String::as_str)
    }
}

/// How a model was made, now that its base is known.
fn relation_of(
    relative: &Relative,
    followed: Option<Followed>,
    relatives: &[Relative],
) -> Option<Relation> {
    let said = relative.relation.filter(|relation| *relation != Relation::Original);
    let Some(Followed { base, index, sign }) = followed else {
        // What is declared and cannot be right does not make an original.
        let is_declared =
            relative.has_no_id || relative.bases.as_ref().is_some_and(|b| !b.is_empty());
        return if is_declared { said } else { relative.relation };
    };
    if index != NONE || said.is_some() {
        return said;
    }
    let base = relatives.get(base as usize).map(|base| base.id.as_str());
    let named = base.and_then(|base| marks::relation_of_names(&relative.id, base));
    let told = relative.told.as_ref().map(|(relation, _)| *relation);
    match sign {
        Sign::CardText => told,
        Sign::Beginning => named.or(Some(Relation::Finetune)),
        _ => named,
    }
}

#[cfg(test)]
mod tests;
