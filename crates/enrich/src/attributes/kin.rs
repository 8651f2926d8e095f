//! What is made from the model, its family, and who stands between makers and users.

use schema::{Attribute, Confidence, Value, ValueType};

use super::describe::{blank, group};
use super::{Context, Explanation, Family};
use crate::families::{Family as Sums, Role};
use crate::identity::owner_of;
use crate::lineage::Sign;
use crate::tables::Model;

/// The family.
pub(super) const FAMILY: Family = Family { attributes: ATTRIBUTES, derive, explain };

const NAME: &str = "kin";
const DECLARED: &str = "declared bases of all models of the collection";
const FOLLOWED: &str = "bases of all models of the collection, declared and inferred";
const SUMS: &str = "bases and newest 30-day sums of all models of the collection";
const LINEAGE: &[&str] = &["lineage"];
const FAMILIES: &[&str] = &["lineage", "readings", "registry"];
const fn count(name: &'static str, title: &'static str, meaning: &'static str) -> Attribute {
    Attribute {
        name,
        unit: "models",
        title,
        meaning,
        source: FOLLOWED,
        method: "models of the collection that have it among their bases, declared without fault \
                 or inferred",
        version: 2,
        inputs: LINEAGE,
        confidence: Confidence::Inferred,
        ..blank(NAME, ValueType::Integer)
    }
}

/// The part of a family's downloads that flows through owners of a role, in the order of roles.
const fn part(name: &'static str, title: &'static str, meaning: &'static str) -> Attribute {
    Attribute {
        name,
        unit: "downloads",
        title,
        meaning,
        source: SUMS,
        method: "sum over the family's models of this role whose 30-day sum is known; with the \
                 other roles it adds up to family_downloads_30d",
        inputs: FAMILIES,
        confidence: Confidence::Inferred,
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
        method: "as child_count, of derivation finetune",
        ..count("finetune_count", "Finetunes", "Number of finetunes of this model.")
    },
    Attribute {
        method: "as child_count, of derivation adapter",
        ..count("adapter_count", "Adapters", "Number of adapters for this model.")
    },
    Attribute {
        method: "as child_count, of derivation quantized",
        ..count(
            "quantized_count",
            "Quantized versions",
            "Number of quantized versions of this model.",
        )
    },
    Attribute {
        method: "as child_count, of derivation merge",
        ..count("merge_count", "Merges", "Number of merges that this model is part of.")
    },
    Attribute {
        method: "as child_count, of derivation distilled",
        version: 1,
        ..count("distilled_count", "Distilled models", "Number of models distilled from this one.")
    },
    Attribute {
        method: "as child_count, of derivation converted",
        version: 1,
        ..count("converted_count", "Conversions", "Number of conversions to other formats.")
    },
    Attribute {
        method: "by any base, to the end, each once; of a chain the nearest 1,000 steps",
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
        method: "by id in any case, by the alias table, or a name without owner by its first \
                 bearer; null where no base is declared",
        version: 2,
        inputs: LINEAGE,
        ..blank(NAME, ValueType::Boolean)
    },
    Attribute {
        name: "base_lag",
        unit: "days",
        title: "Time after the base",
        meaning: "Days from the creation of the base that is followed to that of the model.",
        source: "creation dates of both",
        method: "negative where the base is younger; null where either date is not known",
        version: 2,
        inputs: LINEAGE,
        ..blank(NAME, ValueType::Number)
    },
    Attribute {
        name: "lineage_fault",
        title: "Fault of the lineage",
        meaning: "The gravest of what speaks against a declared base: no model id, itself, circle, \
                  another kind of model, larger than its base, younger base, or none.",
        source: "declared bases, tasks, sizes and creation dates",
        method: "of all declared bases; all but a younger base keep a base from being followed; \
                 null where no base is declared or none can be compared; docs/methods/lineage.md",
        version: 2,
        inputs: LINEAGE,
        ..group(NAME)
    },
    Attribute {
        name: "base_model_inferred",
        title: "Inferred base",
        meaning: "Id of the model that this one seems to be made from, where it declares none that \
                  can be right.",
        source: "card texts, names and creation dates of all models of the collection",
        method: "what the card's text says; else the oldest model whose name is this one's without \
                 marks such as GGUF, AWQ, int4 and lora; of a name without marks an older model of \
                 the same name; else the longest older name of another owner that it begins with; \
                 names of 8 characters on with a digit; docs/methods/lineage.md",
        version: 2,
        inputs: LINEAGE,
        confidence: Confidence::Inferred,
        ..blank(NAME, ValueType::Text)
    },
    Attribute {
        name: "base_model_sign",
        title: "Sign of the inferred base",
        meaning: "What shows the inferred base: card text, name without marks, same name, or \
                  beginning of the name.",
        source: "card texts, names and creation dates of all models of the collection",
        method: "as base_model_inferred",
        inputs: LINEAGE,
        confidence: Confidence::Inferred,
        ..group(NAME)
    },
    Attribute {
        name: "role",
        title: "Role of the uploader",
        meaning: "What the uploader does with the model: originator, finetuner, adapter maker, \
                  quantizer, merger, converter, mirror, or unknown.",
        source: "root of the lineage, derivation, and the registry of owners",
        method: "originator where the organisation made the root too; mirror for a copy under the \
                 base's name; else by derivation; unknown where none of these shows; null where no \
                 family is known; docs/methods/intermediaries.md",
        version: 2,
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
        source: FOLLOWED,
        method: "counted, after the alias table; null where nothing is known of bases",
        version: 2,
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
                 are 0, or where those of the root are not known",
        version: 2,
        confidence: Confidence::Inferred,
        ..of_family(
            "family_captured",
            "Captured part of the family",
            "Share of the family's downloads that flows through others than its originator.",
        )
    },
    part(
        "family_downloads_originator",
        "Family's downloads by its originator",
        "Downloads of the family's models that belong to the organisation that made its root.",
    ),
    part(
        "family_downloads_finetuner",
        "Family's downloads by finetuners",
        "Downloads of the family's models that others trained further.",
    ),
    part(
        "family_downloads_adapter_maker",
        "Family's downloads by makers of adapters",
        "Downloads of adapters of others for the family's models.",
    ),
    part(
        "family_downloads_quantizer",
        "Family's downloads by quantizers",
        "Downloads of the family's models that others stored in fewer bits.",
    ),
    part(
        "family_downloads_merger",
        "Family's downloads by mergers",
        "Downloads of the family's models that others merged.",
    ),
    part(
        "family_downloads_converter",
        "Family's downloads by converters",
        "Downloads of the family's models that others stored in another format.",
    ),
    part(
        "family_downloads_mirror",
        "Family's downloads by mirrors",
        "Downloads of the family's models that others published again under their own name.",
    ),
    part(
        "family_downloads_unknown",
        "Family's downloads by unknown roles",
        "Downloads of the family's models whose owner's role is not known.",
    ),
];

fn derive(model: &Model, context: &Context<'_>) -> Vec<Value> {
    let Context { lineage, families, index, .. } = *context;
    let is_in = lineage.relative(index).is_some();
    let kin = lineage.kin(index);
    let count = |count: u32| Value::from(is_in.then_some(i64::from(count)));
    let declared = lineage.edges(index).into_iter().find(|edge| !is_inferred(edge.sign));
    let family = families.of(index);
    let inferred = lineage.inferred(index);
    let uploader = owner_of(&model.model_id).and_then(|owner| families.uploader(owner));
    let own = context.popularity.of(index).and_then(|history| history.downloads_30d);
    let counted = family.filter(|family| family.counted > 0);
    let all = counted.map(Sums::downloads);
    let share = own.zip(all).filter(|(_, all)| *all > 0).map(|(own, all)| own as f64 / all as f64);
    let mut values = vec![
        count(kin.children),
        count(kin.finetunes),
        count(kin.adapters),
        count(kin.quantized),
        count(kin.merges),
        count(kin.distilled),
        count(kin.converted),
        count(kin.descendants),
        declared.map(|edge| edge.place.is_some()).into(),
        base_lag(context).into(),
        lineage.fault(index).map(crate::Fault::name).into(),
        inferred.map(|(base, _)| base).into(),
        inferred.map(|(_, sign)| sign.name()).into(),
        family.and_then(|_| families.role(index)).map(Role::name).into(),
        uploader.and_then(|(_, role)| role.map_or(Some("mixed"), told)).into(),
        uploader.map(|(count, _)| i64::from(count)).into(),
        family.map(|family| i64::from(family.models)).into(),
        all.into(),
        share.into(),
        family.and_then(Sums::captured).into(),
    ];
    values.extend(Role::ALL.map(|role| counted.map(|sums| sums.by_role[role as usize]).into()));
    values
}

fn is_inferred(sign: Sign) -> bool {
    matches!(sign, Sign::CardText | Sign::Marks | Sign::SameName | Sign::Beginning)
}

fn told(role: Role) -> Option<&'static str> {
    (role != Role::Unknown).then(|| role.name())
}

fn base_lag(context: &Context<'_>) -> Option<f64> {
    let lineage = context.lineage;
    let own = lineage.relative(context.index)?.created_at?;
    let base = lineage.relative(lineage.parent(context.index)?)?.created_at?;
    Some(own.days_since(base))
}

/// Says along which models the lineage runs, and what speaks against its bases.
fn explain(_: &Model, context: &Context<'_>, name: &str) -> Option<Explanation> {
    let lineage = context.lineage;
    let ancestry = || lineage.ancestry(context.index).join(" ← ");
    let (confidence, because) = match name {
        "base_model_inferred" | "base_model_sign" => {
            let (base, sign) = lineage.inferred(context.index)?;
            (sign.confidence(), format!("{base}, by {}", sign.name()))
        }
        "lineage_fault" => {
            let edges = lineage.edges(context.index).into_iter();
            let faulty = edges.filter(|edge| edge.fault != crate::Fault::None);
            let told: Vec<String> =
                faulty.map(|edge| format!("{}: {}", edge.base, edge.fault.name())).collect();
            (Confidence::Derived, told.join("; "))
        }
        "is_base_listed" | "base_lag" => (Confidence::Derived, ancestry()),
        "role" => (Confidence::Inferred, ancestry()),
        _ if name.starts_with("family_") => (Confidence::Inferred, ancestry()),
        _ => return None,
    };
    Some(Explanation { confidence, because })
}

#[cfg(test)]
mod tests;
