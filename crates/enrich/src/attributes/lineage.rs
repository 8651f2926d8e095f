//! From which models the model is declared to descend, and how.

use schema::{Attribute, Confidence, Value, ValueType};

use super::describe::{blank, group};
use super::{Context, Family};
use crate::lineage::{Relation, Root, bases, relation};
use crate::tables::Model;

/// The family.
pub(super) const FAMILY: Family = Family::plain(ATTRIBUTES, derive);

const NAME: &str = "lineage";
const SOURCE: &str = "base models of the source, else tags base_model:*";
/// What tells how a model was made.
const RELATION_INPUTS: &[&str] = &["base_models", "base_relation", "file_paths", "library", "tags"];

/// The descriptions, in the order of the values.
pub(super) const ATTRIBUTES: &[Attribute] = &[
    Attribute {
        name: "base_models",
        title: "Base models",
        meaning: "Ids of the models that this one is declared to be made from; empty where none \
                  is declared.",
        source: SOURCE,
        method: "in the declared order; null where the source says nothing about bases",
        inputs: &["base_models", "tags"],
        ..blank(NAME, ValueType::TextList)
    },
    Attribute {
        name: "base_model_count",
        unit: "models",
        title: "Number of base models",
        meaning: "Number of models that this one is declared to be made from.",
        source: SOURCE,
        method: "0 where the source knows bases and none is declared",
        inputs: &["base_models", "tags"],
        ..blank(NAME, ValueType::Integer)
    },
    Attribute {
        name: "base_relation",
        title: "Relation to the base",
        meaning: "How the model was made: original, finetune, adapter, quantized or merge.",
        source: "relation of the source, else tags, library and files",
        method: "as stated, else of the tag base_model:<relation>:*, else adapter for library \
                 peft, an adapter's file or the tag lora, else merge for several bases; \
                 original where none is declared; null for one base without further sign",
        inputs: RELATION_INPUTS,
        confidence: Confidence::Inferred,
        ..group(NAME)
    },
    Attribute {
        name: "family",
        title: "Model family",
        meaning: "Id of the model at the root of the declared lineage; its own for an original.",
        source: SOURCE,
        method: "the first declared base is followed to the end, after the alias table; a base \
                 outside the collection is a root",
        inputs: &["model_id", "base_models", "tags", "lineage", "registry"],
        ..group(NAME)
    },
    Attribute {
        name: "lineage_depth",
        unit: "steps",
        title: "Depth of the lineage",
        meaning: "Steps from the root of the declared lineage to the model; 0 for an original.",
        source: SOURCE,
        method: "counted along first bases, as far as the collection knows them",
        inputs: &["base_models", "tags", "lineage"],
        ..blank(NAME, ValueType::Integer)
    },
    Attribute {
        name: "is_derivative",
        title: "Derivative",
        meaning: "Whether the model is made from another model.",
        source: SOURCE,
        method: "yes with a declared base or as an adapter; no where none is declared; null \
                 where the source says nothing about bases",
        inputs: RELATION_INPUTS,
        confidence: Confidence::Inferred,
        ..blank(NAME, ValueType::Boolean)
    },
    Attribute {
        name: "is_lineage_cyclic",
        title: "Circular lineage",
        meaning: "Whether the declared bases run in a circle.",
        source: SOURCE,
        method: "the circle is cut where it closes",
        inputs: &["base_models", "tags", "lineage"],
        ..blank(NAME, ValueType::Boolean)
    },
];

fn derive(model: &Model, context: &Context<'_>) -> Vec<Value> {
    let bases = bases(model);
    let relation = relation(model);
    let root = bases.as_deref().map(|bases| root(model, context, bases));
    let count = bases.as_ref().map(|bases| bases.len() as i64);
    let has_base = count.map(|count| count > 0);
    let is_derivative = match relation {
        Some(Relation::Original) => Some(false),
        Some(_) => Some(true),
        None => has_base,
    };
    vec![
        bases.into(),
        count.into(),
        relation.map(Relation::name).into(),
        root.as_ref().map(|root| &root.model_id).into(),
        root.as_ref().map(|root| i64::from(root.depth)).into(),
        is_derivative.into(),
        root.as_ref().map(|root| root.is_cyclic).into(),
    ]
}

/// Bases that stand only in the tags are unknown to the collection's lineage.
fn root(model: &Model, context: &Context<'_>, bases: &[String]) -> Root {
    let followed = context.lineage.root(context.index);
    let knows_bases = |root: &&Root| root.depth > 0 || root.is_cyclic || bases.is_empty();
    let mut root = match (followed.filter(knows_bases), bases.first()) {
        (Some(root), _) => root.clone(),
        (None, Some(base)) => own_root(base, 1),
        (None, None) => own_root(&model.model_id, 0),
    };
    if let Some(current) = context.registry.alias(&root.model_id) {
        current.clone_into(&mut root.model_id);
    }
    root
}

fn own_root(model_id: &str, depth: u32) -> Root {
    Root { model_id: model_id.to_owned(), depth, is_cyclic: false }
}

#[cfg(test)]
mod tests;
