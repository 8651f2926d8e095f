//! Whether the model is a mixture of experts.

use std::collections::HashMap;
use std::sync::LazyLock;

use schema::{Attribute, Confidence, Value, ValueType};
use serde::Deserialize;

use super::describe::{blank, group};
use super::published::{Published, published};
use super::signs::{formats, has_tag, in_lower_case, tags};
use super::{Context, Explanation, Family, name, rules};
use crate::lineage::{Relation, relation};
use crate::tables::Model;

/// The family.
pub(super) const FAMILY: Family = Family { attributes: ATTRIBUTES, derive, explain };

const NAME: &str = "experts";
const SOURCE: &str = "source, configuration, GGUF, tags and name, with rules/experts.csv and \
                      rules/families.csv";
/// What shows whether there are experts.
const INPUTS: &[&str] = &[
    "model_id",
    "is_moe",
    "expert_count",
    "model_type",
    "architectures",
    "gguf_architecture",
    "tags",
    "formats",
    "library",
    "base_models",
    "base_relation",
    "file_paths",
];
/// And how many of them work at once.
const ACTIVE_INPUTS: &[&str] = &[
    "model_id",
    "is_moe",
    "expert_count",
    "model_type",
    "architectures",
    "gguf_architecture",
    "tags",
    "formats",
    "library",
    "base_models",
    "base_relation",
    "file_paths",
    "expert_active_count",
];
const MOE_TAGS: [&str; 2] = ["moe", "mixture-of-experts"];
/// Formats beside which a configuration lies, so that tags repeat its model type.
const CONFIGURED: [&str; 2] = ["safetensors", "pytorch"];

/// The descriptions, in the order of the values.
pub(super) const ATTRIBUTES: &[Attribute] = &[
    Attribute {
        name: "is_moe",
        title: "Mixture of experts",
        meaning: "Whether the model routes each token through a few of many experts.",
        source: SOURCE,
        method: "the first sign that decides: flag or count of the source, model type, \
                 architecture, GGUF architecture, first tag that is a sparse model type, sizes in \
                 the name such as A3B, first tag that is a dense model type, what the maker of the \
                 family that the name names publishes, tag moe, what is published of the declared \
                 base, word moe of the name; types that are only \
                 sometimes sparse decide nothing; null without a deciding sign",
        version: 3,
        inputs: INPUTS,
        confidence: Confidence::Inferred,
        ..blank(NAME, ValueType::Boolean)
    },
    Attribute {
        name: "moe_evidence",
        title: "Sign of experts",
        meaning: "Which sign decided whether the model is a mixture of experts.",
        source: SOURCE,
        method: "source, model type, architecture, gguf, published, tag, name, or base",
        version: 3,
        inputs: INPUTS,
        confidence: Confidence::Inferred,
        ..group(NAME)
    },
    Attribute {
        name: "expert_count",
        unit: "experts",
        title: "Experts",
        meaning: "Number of experts to choose from.",
        source: "experts of the source, else rules/families.csv, else name",
        method: "as the source says, else as the maker of the family publishes, of the base where \
                 that decided, else as names such as 8x7B and 17B-16E say; null where the model \
                 is not known to be a mixture of experts",
        version: 3,
        inputs: INPUTS,
        confidence: Confidence::Inferred,
        ..blank(NAME, ValueType::Integer)
    },
    Attribute {
        name: "expert_active_count",
        unit: "experts",
        title: "Active experts",
        meaning: "Number of experts that work on each token.",
        source: "active experts of the source, else rules/families.csv",
        method: "as the source says, else as the maker of the family publishes, of the base where \
                 that decided; null where the model is not known to be a mixture of experts",
        version: 3,
        inputs: ACTIVE_INPUTS,
        confidence: Confidence::Inferred,
        ..blank(NAME, ValueType::Integer)
    },
];

fn derive(model: &Model, _context: &Context<'_>) -> Vec<Value> {
    let facts = &model.facts;
    let named = name::read(&model.model_id);
    let family = family(model, &named);
    let decided = decide(model, &named, family);
    let is_moe = decided.map(|(is_moe, _)| is_moe);
    let of_moe = |count: Option<i64>| count.filter(|count| *count > 0 && is_moe == Some(true));
    let counted = if matches!(decided, Some((_, "base"))) { base_family(model) } else { family };
    let published = |count: fn(&Published) -> Option<i64>| counted.and_then(count);
    let experts = facts.expert_count.or_else(|| published(|family| family.experts));
    let active = facts.expert_active_count;
    vec![
        is_moe.into(),
        decided.map(|(_, evidence)| evidence).into(),
        of_moe(experts.or(named.experts)).into(),
        of_moe(active.or_else(|| published(|family| family.experts_active))).into(),
    ]
}

/// What is published of the family that the name names; a merge names those that it mixes.
fn family(model: &Model, named: &name::Named) -> Option<&'static Published> {
    if relation(model) == Some(Relation::Merge) {
        return None;
    }
    published(&model.model_id, named)
}

/// Whether the model is a mixture of experts, and the sign that says so.
fn decide(
    model: &Model,
    named: &name::Named,
    family: Option<&Published>,
) -> Option<(bool, &'static str)> {
    let facts = &model.facts;
    // One expert is none to choose from.
    let counted = || facts.expert_count.map(|count| count > 1);
    let architectures = || {
        let mut classes = facts.architectures.iter().flatten();
        classes.find_map(|name| kind_of(Field::Architecture, name))?.decides()
    };
    let gguf = facts.gguf_architecture.as_deref();
    let model_type = facts.model_type.as_deref();
    let known = |field: Field, name: Option<&str>| kind_of(field, name?)?.decides();
    let says_sizes = named.is_moe && (named.experts.is_some() || named.active.is_some());
    let is_published = family.is_some_and(Published::is_moe);
    let tagged = by_tagged_type(model);
    let signs: [(&dyn Fn() -> Option<bool>, &'static str); 11] = [
        (&|| facts.is_moe.or_else(counted), "source"),
        (&|| known(Field::ModelType, model_type), "model type"),
        (&architectures, "architecture"),
        (&|| known(Field::Gguf, gguf), "gguf"),
        (&|| tagged.filter(|is_moe| *is_moe), "tag"),
        (&|| says_sizes.then_some(true), if is_published { "published" } else { "name" }),
        (&|| tagged, "tag"),
        (&|| family.map(Published::is_moe), "published"),
        (&|| has_tag(model, &MOE_TAGS).then_some(true), "tag"),
        (&|| by_base(model), "base"),
        (&|| named.is_moe.then_some(true), "name"),
    ];
    signs.iter().find_map(|(sign, evidence)| Some((sign()?, *evidence)))
}

fn explain(model: &Model, _context: &Context<'_>, name: &str) -> Option<Explanation> {
    let facts = &model.facts;
    let named = name::read(&model.model_id);
    let family = family(model, &named);
    let (_, evidence) = decide(model, &named, family)?;
    let stated = match name {
        "expert_count" => facts.expert_count,
        "expert_active_count" => facts.expert_active_count,
        _ => None,
    };
    let of_type = |what: &str, name: Option<&str>| format!("{what} {}", name.unwrap_or_default());
    let because = match (evidence, stated) {
        (_, Some(count)) => format!("the source counts {count}"),
        ("source", _) => "the source says so".to_owned(),
        ("model type", _) => of_type("the model type", facts.model_type.as_deref()),
        ("architecture", _) => {
            let classes = facts.architectures.as_deref().unwrap_or_default();
            format!("the architecture {}", classes.join(", "))
        }
        ("gguf", _) => of_type("the GGUF architecture", facts.gguf_architecture.as_deref()),
        ("published", _) => family?.describe(),
        ("base", _) => {
            let family = base_family(model).map(|family| format!(": {}", family.describe()));
            format!("its base {}{}", only_base(model)?, family.unwrap_or_default())
        }
        ("tag", _) => "a tag, which says moe or repeats a model type".to_owned(),
        _ => "a word of the name, such as MoE, 8x7B or A3B".to_owned(),
    };
    Some(Explanation { confidence: Confidence::Inferred, because })
}

/// What a tag that is a model type says, where tags repeat a configuration: the first such tag is
/// the Hub's own, and later ones such as `llama` and `minimax` may be the author's words.
/// Elsewhere only a word such as `qwen3_moe` is plain.
fn by_tagged_type(model: &Model) -> Option<bool> {
    let formats = formats(model).unwrap_or_default();
    let has_configuration = formats.iter().any(|format| CONFIGURED.contains(&format.as_ref()))
        && relation(model) != Some(Relation::Adapter);
    let mut kinds = tags(model)
        .iter()
        .filter(|tag| has_configuration || tag.ends_with("moe"))
        .filter_map(|tag| listed(Field::ModelType, tag));
    kinds.next()?.decides()
}

/// What is published of the one base that a model was trained or converted from, or its name
/// says; a merge may be of another kind than those that it mixes.
fn by_base(model: &Model) -> Option<bool> {
    let family = base_family(model).map(Published::is_moe);
    family.or_else(|| name::read(only_base(model)?).is_moe.then_some(true))
}

fn base_family(model: &Model) -> Option<&'static Published> {
    let base = only_base(model)?;
    published(base, &name::read(base))
}

/// The base whose architecture the model has.
fn only_base(model: &Model) -> Option<&str> {
    let relation = relation(model)?;
    let [base] = model.facts.base_models.as_deref()? else { return None };
    let is_alike = matches!(relation, Relation::Finetune | Relation::Adapter | Relation::Quantized);
    is_alike.then_some(base)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Field {
    ModelType,
    Architecture,
    Gguf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Sparse,
    Dense,
    Sometimes,
}

impl Kind {
    const fn decides(self) -> Option<bool> {
        match self {
            Self::Sparse => Some(true),
            Self::Dense => Some(false),
            Self::Sometimes => None,
        }
    }
}

#[derive(Debug, Deserialize)]
struct Rule {
    field: Field,
    name: String,
    kind: Kind,
}

/// Sparse types as the configuration classes of transformers 5.23 and the GGUF parser of the Hub
/// declare experts; dense are common types that declare none.
static KINDS: LazyLock<HashMap<(Field, String), Kind>> = LazyLock::new(|| {
    let rows: Vec<Rule> = rules::rows(include_str!("../../rules/experts.csv"));
    rows.into_iter().map(|rule| ((rule.field, rule.name), rule.kind)).collect()
});

/// The same, so that a name need not be copied to be looked up.
static BY_FIELD: LazyLock<HashMap<Field, HashMap<&str, Kind>>> = LazyLock::new(|| {
    let mut kinds: HashMap<Field, HashMap<&str, Kind>> = HashMap::new();
    for ((field, name), kind) in KINDS.iter() {
        kinds.entry(*field).or_default().insert(name, *kind);
    }
    kinds
});

/// A new type whose name holds `moe` is sparse, too.
fn kind_of(field: Field, name: &str) -> Option<Kind> {
    let is_named_so = || in_lower_case(name).contains("moe").then_some(Kind::Sparse);
    listed(field, name).or_else(is_named_so)
}

fn listed(field: Field, name: &str) -> Option<Kind> {
    BY_FIELD.get(&field)?.get(name).copied()
}

#[cfg(test)]
mod tests;
