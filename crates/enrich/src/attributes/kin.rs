//! What is made from the model, its family, and who stands between makers and users.

use schema::{Attribute, Confidence, Value, ValueType};

use super::describe::{blank, group};
use super::{Context, Explanation, Family};
use crate::families::{Family as Sums, Role};
use crate::identity::owner_of;
use crate::tables::Model;

/// The family.
pub(super) const FAMILY: Family = Family { attributes: ATTRIBUTES, derive, explain };

const NAME: &str = "kin";
const DECLARED: &str = "declared bases of all models of the collection";
const SUMS: &str = "declared bases and newest 30-day sums of all models of the collection";
const LINEAGE: &[&str] = &["lineage"];
const FAMILIES: &[&str] = &["lineage", "readings", "registry"];
/// A base that was created so much later than what is made from it was not its base.
const DAYS_LATER: f64 = 30.0;

const fn count(name: &'static str, title: &'static str, meaning: &'static str) -> Attribute {
    Attribute {
        name,
        unit: "models",
        title,
        meaning,
        source: DECLARED,
        method: "models of the collection that have it as their first declared base",
        inputs: LINEAGE,
        ..blank(NAME, ValueType::Integer)
    }
}

const fn of_family(name: &'static str, title: &'static str, meaning: &'static str) -> Attribute {
    Attribute {
        name,
        title,
        meaning,
        source: SUMS,
        inputs: FAMILIES,
        ..blank(NAME, ValueType::Number)
    }
}

/// The descriptions, in the order of the values.
pub(super) const ATTRIBUTES: &[Attribute] = &[
    count("child_count", "Models made from it", "Number of models that are made from this one."),
    Attribute {
        method: "as child_count, of relation finetune",
        ..count("finetune_count", "Finetunes", "Number of finetunes of this model.")
    },
    Attribute {
        method: "as child_count, of relation adapter",
        ..count("adapter_count", "Adapters", "Number of adapters for this model.")
    },
    Attribute {
        method: "as child_count, of relation quantized",
        ..count(
            "quantized_count",
            "Quantized versions",
            "Number of quantized versions of this model.",
        )
    },
    Attribute {
        method: "as child_count, of relation merge",
        ..count("merge_count", "Merges", "Number of merges that name this model first.")
    },
    Attribute {
        method: "along first declared bases, to the end; a circle is cut at its first model",
        ..count(
            "descendant_count",
            "Descendants",
            "Number of models that are made from this one, or from those, and so on.",
        )
    },
    Attribute {
        name: "is_base_listed",
        title: "Base in the collection",
        meaning: "Whether the collection has the model's first declared base.",
        source: DECLARED,
        method: "by id, in any case of letters; null where no base is declared",
        inputs: LINEAGE,
        ..blank(NAME, ValueType::Boolean)
    },
    Attribute {
        name: "base_lag",
        unit: "days",
        title: "Time after the base",
        meaning: "Days from the creation of the first declared base to that of the model.",
        source: "creation dates of both",
        method: "negative where the base is younger; null where either date is not known",
        inputs: LINEAGE,
        ..blank(NAME, ValueType::Number)
    },
    Attribute {
        name: "lineage_fault",
        title: "Fault of the lineage",
        meaning: "What speaks against the declared lineage: circle, younger base, or none.",
        source: "declared bases and creation dates",
        method: "circle where the bases run in one; younger base where it was created over 30 days \
                 after the model; null where no base is declared or nothing can be compared",
        inputs: LINEAGE,
        ..group(NAME)
    },
    Attribute {
        name: "base_model_inferred",
        title: "Inferred base",
        meaning: "Id of the model that this one seems to be made from, where it declares none.",
        source: "names and creation dates of all models of the collection",
        method: "the oldest model whose name is this one's without marks such as GGUF, AWQ, int4 \
                 and lora, or, of a name without marks, an older model of the same name; names of \
                 8 characters on with a digit; null where several bear it and none is known as \
                 the oldest",
        inputs: LINEAGE,
        confidence: Confidence::Inferred,
        ..blank(NAME, ValueType::Text)
    },
    Attribute {
        name: "role",
        title: "Role of the uploader",
        meaning: "What the uploader does with the model: originator, finetuner, adapter maker, \
                  quantizer, merger, or mirror.",
        source: "declared or inferred base, relation, and registry/owners.csv",
        method: "originator where the organisation made the root too; else by the relation to the \
                 base; mirror for a model of the same name as an older one of others; null where \
                 none of these shows",
        inputs: &["lineage", "registry"],
        confidence: Confidence::Inferred,
        ..group(NAME)
    },
    Attribute {
        name: "uploader_role",
        title: "Main role of the uploader",
        meaning: "What the uploader does with at least half of its models, or 'mixed'.",
        source: "role of all models of the uploader in the collection",
        method: "counted by models; null where the role of most is not known",
        inputs: &["model_id", "lineage", "registry"],
        confidence: Confidence::Inferred,
        ..group(NAME)
    },
    Attribute {
        name: "uploader_model_count",
        unit: "models",
        title: "Models of the uploader",
        meaning: "Number of models that the uploader has in the collection.",
        source: "ids of all models of the collection",
        method: "counted; null for an id without a namespace",
        inputs: &["model_id", "lineage"],
        ..blank(NAME, ValueType::Integer)
    },
    Attribute {
        name: "family_model_count",
        unit: "models",
        title: "Models of the family",
        meaning: "Number of models of the collection with the same root.",
        source: DECLARED,
        method: "counted, after the alias table; null where the source says nothing about bases",
        inputs: &["lineage", "registry"],
        ..blank(NAME, ValueType::Integer)
    },
    Attribute {
        name: "family_downloads_30d",
        unit: "downloads",
        title: "Downloads of the family",
        meaning: "Downloads in 30 days of all models with the same root.",
        source: SUMS,
        method: "sum over models whose own is known; null where none is",
        inputs: FAMILIES,
        ..blank(NAME, ValueType::Integer)
    },
    Attribute {
        unit: "share",
        method: "by family_downloads_30d; null where that is 0",
        ..of_family(
            "family_share",
            "Share of the family",
            "The model's share of the downloads of its family.",
        )
    },
    Attribute {
        unit: "share",
        method: "all but the downloads of the originator's own models, by all; null where these \
                 are 0",
        confidence: Confidence::Inferred,
        ..of_family(
            "family_captured",
            "Captured part of the family",
            "Share of the family's downloads that flows through others than its originator.",
        )
    },
];

fn derive(model: &Model, context: &Context<'_>) -> Vec<Value> {
    let Context { lineage, families, index, .. } = *context;
    let is_in = lineage.relative(index).is_some();
    let kin = lineage.kin(index);
    let count = |count: u32| Value::from(is_in.then_some(i64::from(count)));
    let has_base = first_base(context).is_some();
    let family = families.of(index);
    let uploader = owner_of(&model.model_id).and_then(|owner| families.uploader(owner));
    let own = context.popularity.of(index).and_then(|history| history.downloads_30d);
    let counted = family.filter(|family| family.counted > 0).map(Sums::downloads);
    let share =
        own.zip(counted).filter(|(_, all)| *all > 0).map(|(own, all)| own as f64 / all as f64);
    vec![
        count(kin.children),
        count(kin.finetunes),
        count(kin.adapters),
        count(kin.quantized),
        count(kin.merges),
        count(kin.descendants),
        has_base.then(|| is_base_listed(context)).into(),
        base_lag(context).into(),
        fault(context).into(),
        lineage.inferred_base(index).map(|base| &base.id).into(),
        families.role(index).and_then(told).into(),
        uploader.and_then(|(_, role)| role.map_or(Some("mixed"), told)).into(),
        uploader.map(|(count, _)| i64::from(count)).into(),
        family.map(|family| i64::from(family.models)).into(),
        counted.into(),
        share.into(),
        family.and_then(Sums::captured).into(),
    ]
}

fn told(role: Role) -> Option<&'static str> {
    (role != Role::Unknown).then(|| role.name())
}

fn first_base<'a>(context: &Context<'a>) -> Option<&'a String> {
    context.lineage.relative(context.index)?.bases.as_ref()?.first()
}

/// A model in a circle has its base in the collection, though the graph leaves it out.
fn is_base_listed(context: &Context<'_>) -> bool {
    let is_cyclic = context.lineage.root(context.index).is_some_and(|root| root.is_cyclic);
    is_cyclic || context.lineage.parent(context.index).is_some()
}

fn base_lag(context: &Context<'_>) -> Option<f64> {
    let lineage = context.lineage;
    let own = lineage.relative(context.index)?.created_at?;
    let base = lineage.relative(lineage.parent(context.index)?)?.created_at?;
    Some(own.days_since(base))
}

fn fault(context: &Context<'_>) -> Option<&'static str> {
    first_base(context)?;
    let root = context.lineage.root(context.index)?;
    if root.is_cyclic {
        return Some("circle");
    }
    Some(if base_lag(context)? < -DAYS_LATER { "younger base" } else { "none" })
}

/// Says along which models the lineage runs, and whose they are.
fn explain(_: &Model, context: &Context<'_>, name: &str) -> Option<Explanation> {
    let ancestry = || context.lineage.ancestry(context.index).join(" ← ");
    let (confidence, because) = match name {
        "base_model_inferred" => {
            let base = context.lineage.inferred_base(context.index)?;
            (Confidence::Inferred, format!("the name is that of {} but for marks", base.id))
        }
        "role" | "lineage_fault" | "family_captured" | "family_share" => {
            (Confidence::Inferred, ancestry())
        }
        "family_model_count" | "family_downloads_30d" | "is_base_listed" | "base_lag" => {
            (Confidence::Derived, ancestry())
        }
        _ => return None,
    };
    Some(Explanation { confidence, because })
}

#[cfg(test)]
mod tests;
