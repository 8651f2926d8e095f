//! From which models the model is declared to descend, and how.

use schema::{Attribute, Confidence, Value, ValueType};

use super::describe::{blank, group};
use super::{Context, Explanation, Family};
use crate::lineage::{Edge, Fault, Relation, bases, relation};
use crate::tables::Model;

/// The family.
pub(super) const FAMILY: Family = Family { attributes: ATTRIBUTES, derive, explain };

const NAME: &str = "lineage";
const SOURCE: &str =
    "base models of the source, else tags base_model:*, else configuration of the adapter";
const FOLLOWED: &str = "bases of all models of the collection, declared and inferred";
const DECLARED_INPUTS: &[&str] = &["base_models", "tags", "adapter_base"];
/// What tells how a model was made.
const RELATION_INPUTS: &[&str] = &["base_models", "base_relation", "file_paths", "library", "tags"];
/// What a model says of its bases, and all others.
const LINEAGE_INPUTS: &[&str] = &[
    "model_id",
    "base_models",
    "base_relation",
    "adapter_base",
    "readme_bases",
    "tags",
    "library",
    "task",
    "lineage",
    "registry",
];

/// The descriptions, in the order of the values.
pub(super) const ATTRIBUTES: &[Attribute] = &[
    Attribute {
        name: "base_models",
        title: "Base models",
        meaning: "Ids of the models that this one is declared to be made from; empty where none \
                  is declared.",
        source: SOURCE,
        method: "in the declared order, each once; of an address on the Hub the id; paths and \
                 words for none, as 'undefined', are left out; null where the source says nothing \
                 about bases",
        version: 2,
        inputs: DECLARED_INPUTS,
        ..blank(NAME, ValueType::TextList)
    },
    Attribute {
        name: "base_model_count",
        unit: "models",
        title: "Number of base models",
        meaning: "Number of models that this one is declared to be made from.",
        source: SOURCE,
        method: "0 where the source knows bases and none is declared",
        version: 2,
        inputs: DECLARED_INPUTS,
        ..blank(NAME, ValueType::Integer)
    },
    Attribute {
        name: "base_relation",
        title: "Stated relation to the base",
        meaning: "How the source says the model was made: original, finetune, adapter, quantized \
                  or merge.",
        source: "relation of the source, else tags, library and files",
        method: "as stated, else of the tag base_model:<relation>:*, else adapter for library \
                 peft, an adapter's file or the tag lora, else merge for several \
                 bases; original where none is declared; null for one base without further sign",
        inputs: RELATION_INPUTS,
        confidence: Confidence::Inferred,
        ..group(NAME)
    },
    Attribute {
        name: "derivation",
        title: "Derivation",
        meaning: "How the model was made: original, finetune, adapter, quantized, merge, distilled \
                  or converted.",
        source: "stated relation, and the names of the model and its base",
        method: "the stated relation; converted where it is quantized and the name says 16 bits, or \
                 is none and the name says another format; quantized or adapter by marks of the \
                 name; distilled where the name says so and the base's does not; of an inferred \
                 base by the sign; see docs/methods/lineage.md",
        inputs: LINEAGE_INPUTS,
        confidence: Confidence::Inferred,
        ..group(NAME)
    },
    Attribute {
        name: "lineage_edges",
        title: "Edges of the lineage",
        meaning: "Each model that this one is said or seems to be made from: id, relation, \
                  confidence, sign, and what speaks against it.",
        source: FOLLOWED,
        method: "declared bases in their order, faulty ones too, and the inferred one where none \
                 of these is followed; fields with | between them, and a + before the one that is \
                 followed; null where nothing is known of bases",
        inputs: LINEAGE_INPUTS,
        confidence: Confidence::Inferred,
        ..blank(NAME, ValueType::TextList)
    },
    Attribute {
        name: "family",
        title: "Model family",
        meaning: "Id of the model at the root of the lineage; its own for an original.",
        source: FOLLOWED,
        method: "of each model the first declared base that nothing speaks against, else the one \
                 that the card's text or the name shows, followed to the end, after the alias \
                 table; a base outside the collection is a root; docs/methods/lineage.md",
        version: 2,
        inputs: LINEAGE_INPUTS,
        ..group(NAME)
    },
    Attribute {
        name: "lineage_confidence",
        title: "Confidence of the lineage",
        meaning: "How the weakest edge between the model and its root is known: stated, derived or \
                  inferred.",
        source: FOLLOWED,
        method: "stated by source, tags or configuration; derived from the card's text; inferred \
                 from names; null where no family is known",
        inputs: LINEAGE_INPUTS,
        ..group(NAME)
    },
    Attribute {
        name: "lineage_depth",
        unit: "steps",
        title: "Depth of the lineage",
        meaning: "Steps from the root of the lineage to the model; 0 for an original.",
        source: FOLLOWED,
        method: "counted along the bases that are followed, as far as the collection knows them",
        version: 2,
        inputs: LINEAGE_INPUTS,
        ..blank(NAME, ValueType::Integer)
    },
    Attribute {
        name: "is_derivative",
        title: "Derivative",
        meaning: "Whether the model is made from another model.",
        source: FOLLOWED,
        method: "yes with a base or as an adapter; no where none is declared and none shows; null \
                 where the source says nothing about bases",
        version: 2,
        inputs: LINEAGE_INPUTS,
        confidence: Confidence::Inferred,
        ..blank(NAME, ValueType::Boolean)
    },
    Attribute {
        name: "is_lineage_cyclic",
        title: "Circular lineage",
        meaning: "Whether the model's declared bases lead back to it.",
        source: SOURCE,
        method: "along the first bases; the circle is cut at its oldest model, which becomes the \
                 root; null where the source says nothing about bases",
        version: 2,
        inputs: LINEAGE_INPUTS,
        ..blank(NAME, ValueType::Boolean)
    },
];

fn derive(model: &Model, context: &Context<'_>) -> Vec<Value> {
    let Context { lineage, index, .. } = *context;
    let bases = bases(model);
    let count = bases.as_ref().map(|bases| bases.len() as i64);
    let root = lineage.root(index);
    let edges = lineage.edges(index);
    let is_circle = |edge: &Edge<'_>| matches!(edge.fault, Fault::Circle | Fault::Itself);
    let is_known = root.is_some() || bases.is_some();
    let edges = is_known.then_some(edges);
    let told = edges.as_ref().map(|edges| edges.iter().map(edge).collect::<Vec<String>>());
    let has_edge = edges.as_ref().map(|edges| !edges.is_empty());
    let is_cyclic = bases.as_ref().and(edges.as_ref()).map(|all| all.iter().any(is_circle));
    let derivation = lineage.relation(index);
    let is_derivative = match derivation {
        Some(Relation::Original) => Some(false),
        Some(_) => Some(true),
        None => has_edge,
    };
    vec![
        bases.into(),
        count.into(),
        relation(model).map(Relation::name).into(),
        derivation.map(Relation::name).into(),
        told.into(),
        root.as_ref().map(|root| &root.model_id).into(),
        root.as_ref().map(|root| root.confidence.name()).into(),
        root.as_ref().map(|root| i64::from(root.depth)).into(),
        is_derivative.into(),
        is_cyclic.into(),
    ]
}

/// `+Qwen/Qwen3-8B | quantized | stated | tags | none`.
fn edge(edge: &Edge<'_>) -> String {
    let Edge { base, relation, sign, fault, is_followed, .. } = edge;
    let followed = if *is_followed { "+" } else { "" };
    let relation = relation.map_or("unknown", Relation::name);
    let (confidence, sign, fault) = (sign.confidence().name(), sign.name(), fault.name());
    format!("{followed}{base} | {relation} | {confidence} | {sign} | {fault}")
}

/// Says along which models the lineage runs, and by which sign.
fn explain(_: &Model, context: &Context<'_>, name: &str) -> Option<Explanation> {
    let Context { lineage, index, .. } = *context;
    let is_of_all =
        matches!(name, "family" | "lineage_confidence" | "lineage_depth" | "is_derivative");
    if !is_of_all && name != "derivation" {
        return None;
    }
    let root = lineage.root(index)?;
    let edges = lineage.edges(index);
    let followed = edges.iter().find(|edge| edge.is_followed);
    let sign = followed.map(|edge| format!(" (by {})", edge.sign.name())).unwrap_or_default();
    let because = format!("{}{sign}", lineage.ancestry(index).join(" ← "));
    let confidence = if is_of_all { root.confidence } else { Confidence::Inferred };
    Some(Explanation { confidence, because })
}

#[cfg(test)]
mod tests;
