//! What is known of types of models, and how a model shows its type.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::pipeline_class;
use crate::attributes::rules;
use crate::attributes::signs::{has_tag, is_one_of, tags};
use crate::lineage::{Relation, relation};
use crate::tables::Model;

/// Types that are words which authors use for tags of another meaning.
const WORDS: [&str; 12] =
    ["act", "align", "beam", "bit", "blt", "dia", "dream", "git", "new", "orion", "timer", "yolo"];
/// Formats beside which a configuration lies, so that tags repeat its model type.
const CONFIGURED: [&str; 2] = ["safetensors", "pytorch"];

/// What is known of a type.
#[derive(Debug, Deserialize)]
pub(super) struct Rule {
    field: Field,
    name: String,
    /// The line of models.
    pub family: String,
    /// How models of the type are built.
    pub kind: String,
    /// How places of their input see each other; empty where that differs between them.
    pub attention: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Field {
    Type,
    Gguf,
    Pipeline,
    Library,
}

/// Types of transformers 5.24 by the tasks that it maps them to, of code in repositories, of
/// GGUF files, and pipelines of diffusers; attention as the configurations declare it.
static RULES: LazyLock<HashMap<Field, HashMap<String, Rule>>> = LazyLock::new(|| {
    let rows: Vec<Rule> = rules::rows(include_str!("../../../rules/architectures.csv"));
    let mut rules: HashMap<Field, HashMap<String, Rule>> = HashMap::new();
    for rule in rows {
        let of_field = rules.entry(rule.field).or_default();
        of_field.insert(rule.name.to_ascii_lowercase(), rule);
    }
    rules
});

/// What shows how a model is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Built<'a> {
    /// The model type of the configuration.
    Type(&'a str),
    /// The architecture of the GGUF file.
    Gguf(&'a str),
    /// The class of the pipeline.
    Pipeline(&'a str),
    /// A tag that is a model type.
    Tag(&'a str),
    /// The library.
    Library(&'a str),
}

impl<'a> Built<'a> {
    /// The first sign of a model.
    pub(super) fn of(model: &'a Model) -> Option<Self> {
        let facts = &model.facts;
        let named = |name: &'a Option<String>| name.as_deref().filter(|name| !name.is_empty());
        let by_library = || {
            let library =
                facts.library.as_deref().filter(|name| find(Field::Library, name).is_some());
            library.map(Self::Library)
        };
        named(&facts.model_type)
            .map(Self::Type)
            .or_else(|| named(&facts.gguf_architecture).map(Self::Gguf))
            .or_else(|| pipeline_class(model).map(Self::Pipeline))
            .or_else(|| tagged_type(model).map(Self::Tag))
            .or_else(by_library)
    }

    /// The type with what says it; a pipeline and a library name none.
    pub(super) fn type_of(&self) -> Option<(&'a str, &'static str)> {
        match *self {
            Self::Type(name) => Some((name, "configuration")),
            Self::Gguf(name) => Some((name, "gguf")),
            Self::Tag(name) => Some((name, "tag")),
            Self::Pipeline(_) | Self::Library(_) => None,
        }
    }

    /// What is known of it.
    pub(super) fn rule(&self) -> Option<&'static Rule> {
        match *self {
            // A type without a row may have one under its GGUF name, and the other way round.
            Self::Type(name) => find(Field::Type, name).or_else(|| find(Field::Gguf, name)),
            Self::Gguf(name) => find(Field::Gguf, name).or_else(|| find(Field::Type, name)),
            Self::Tag(name) => find(Field::Type, name),
            Self::Library(name) => find(Field::Library, name),
            Self::Pipeline(class) => pipeline(class).or_else(|| find(Field::Library, "diffusers")),
        }
    }

    /// In words, for those who ask why.
    pub(super) fn describe(&self) -> String {
        match self {
            Self::Type(name) => format!("the model type {name}"),
            Self::Gguf(name) => format!("the GGUF architecture {name}"),
            Self::Pipeline(name) => format!("the pipeline {name}"),
            Self::Tag(name) => format!("the tag {name}"),
            Self::Library(name) => format!("the library {name}"),
        }
    }
}

fn find(field: Field, name: &str) -> Option<&'static Rule> {
    let is_lower = !name.bytes().any(|byte| byte.is_ascii_uppercase());
    let name = if is_lower { Cow::Borrowed(name) } else { Cow::Owned(name.to_ascii_lowercase()) };
    RULES.get(&field)?.get(name.as_ref())
}

/// The rule whose name the class begins with; the longest holds.
fn pipeline(class: &str) -> Option<&'static Rule> {
    let rules = RULES.get(&Field::Pipeline)?.values();
    let fitting = rules.filter(|rule| class.starts_with(&rule.name));
    fitting.max_by_key(|rule| rule.name.len())
}

/// The first tag that is a model type, where tags repeat a configuration; an adapter's tags tell
/// of its base, and elsewhere `llama` is the author's word.
fn tagged_type(model: &Model) -> Option<&str> {
    let is_type = |tag: &&str| find(Field::Type, tag).is_some() && !is_one_of(tag, &WORDS);
    let tag = tags(model).iter().map(String::as_str).find(is_type)?;
    let stated = model.facts.formats.iter().flatten();
    let has_configuration = has_tag(model, &CONFIGURED)
        || stated.into_iter().any(|format| is_one_of(format.trim(), &CONFIGURED));
    (has_configuration && relation(model) != Some(Relation::Adapter)).then_some(tag)
}
