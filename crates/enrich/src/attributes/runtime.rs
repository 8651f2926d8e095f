//! How the model can be run, and who serves it.

use schema::{Attribute, Confidence, Value, ValueType};

use super::describe::{blank, group};
use super::signs::{distinct, has_tag, tag_values};
use super::{Context, Explanation, Family};
use crate::tables::Model;

mod loaders;

/// The family.
pub(super) const FAMILY: Family = Family { attributes: ATTRIBUTES, derive, explain };

const NAME: &str = "runtime";
const MAPPING: &str = "inferenceProviderMapping";
const TAG_METHOD: &str = "the Hub sets the tag; null where the source has no tags";
const LOADER_SOURCE: &str = "library_name, tags and formats, with rules/runtimes.csv";
const LOADER_INPUTS: &[&str] = &["library", "tags", "formats", "file_paths"];
/// How a provider's state is written that serves the model.
const LIVE: &str = "live";
/// States of the Hub's own inference, of today and of old.
const STATES: [&str; 4] = ["warm", "cold", "frozen", "hosted"];

/// A tag that the Hub sets.
const fn tag(
    name: &'static str,
    title: &'static str,
    meaning: &'static str,
    source: &'static str,
) -> Attribute {
    Attribute {
        name,
        title,
        meaning,
        source,
        method: TAG_METHOD,
        inputs: &["tags"],
        ..blank(NAME, ValueType::Boolean)
    }
}

/// The descriptions, in the order of the values.
pub(super) const ATTRIBUTES: &[Attribute] = &[
    Attribute {
        name: "provider_count",
        unit: "providers",
        title: "Inference providers",
        meaning: "Number of inference providers that are mapped to the model on the Hub.",
        source: MAPPING,
        method: "entries of the mapping; 0 where it is empty",
        inputs: &["provider_count"],
        confidence: Confidence::Stated,
        ..blank(NAME, ValueType::Integer)
    },
    Attribute {
        name: "providers",
        title: "Names of the providers",
        meaning: "Inference providers that are mapped to the model on the Hub; empty where none \
                  is.",
        source: MAPPING,
        method: "distinct and sorted, whatever the state of their service",
        inputs: &["providers"],
        ..blank(NAME, ValueType::TextList)
    },
    Attribute {
        name: "provider_live_count",
        unit: "providers",
        title: "Serving providers",
        meaning: "Number of inference providers whose service of the model is live.",
        source: MAPPING,
        method: "distinct providers of the state live; null where the source has no mapping",
        inputs: &["providers"],
        ..blank(NAME, ValueType::Integer)
    },
    Attribute {
        name: "has_inference_provider",
        title: "Served by a provider",
        meaning: "Whether an inference provider serves the model.",
        source: MAPPING,
        method: "whether one is live; null where the source has no mapping",
        inputs: &["providers"],
        ..blank(NAME, ValueType::Boolean)
    },
    Attribute {
        name: "inference_state",
        title: "State of inference",
        meaning: "State of the model on the Hub's inference: warm, or of old cold, frozen or \
                  hosted.",
        source: "inference",
        method: "as the source says; the Hub leaves the field out for a model that is not warm, \
                 so that null is not cold; null for other words",
        inputs: &["inference_state"],
        confidence: Confidence::Stated,
        ..group(NAME)
    },
    Attribute {
        name: "is_disabled",
        title: "Taken down",
        meaning: "Whether the Hub's staff took the model down.",
        source: "disabled",
        method: "as the source says",
        inputs: &["is_disabled"],
        confidence: Confidence::Stated,
        ..blank(NAME, ValueType::Boolean)
    },
    tag(
        "is_conversational",
        "Conversational",
        "Whether the model has a template for chats.",
        "tag conversational",
    ),
    tag(
        "is_endpoints_compatible",
        "Runs on endpoints",
        "Whether the Hub's inference endpoints can run the model.",
        "tag endpoints_compatible",
    ),
    tag(
        "is_tgi_compatible",
        "Runs on TGI",
        "Whether the server Text Generation Inference can run the model.",
        "tag text-generation-inference",
    ),
    tag(
        "is_tei_compatible",
        "Runs on TEI",
        "Whether the server Text Embeddings Inference can run the model.",
        "tag text-embeddings-inference",
    ),
    Attribute {
        name: "runtimes",
        title: "Runtimes",
        meaning: "Programs that can load the model; empty where none shows.",
        source: LOADER_SOURCE,
        method: "those that a library, a tag or a format names, sorted; others may load it too; \
                 null where none of the three is known",
        inputs: LOADER_INPUTS,
        confidence: Confidence::Inferred,
        ..blank(NAME, ValueType::TextList)
    },
    Attribute {
        name: "runtime_count",
        unit: "programs",
        title: "Number of runtimes",
        meaning: "Number of programs that can load the model, as far as it shows.",
        source: LOADER_SOURCE,
        method: "of the runtimes; null where these are unknown",
        inputs: LOADER_INPUTS,
        confidence: Confidence::Inferred,
        ..blank(NAME, ValueType::Integer)
    },
    Attribute {
        name: "deployment_targets",
        title: "Places to deploy",
        meaning: "Clouds to which the Hub offers to deploy the model; empty where it offers none.",
        source: "tags deploy:*",
        method: "distinct and sorted; null where the source has no tags",
        inputs: &["tags"],
        ..blank(NAME, ValueType::TextList)
    },
    Attribute {
        name: "storage_region",
        title: "Region",
        meaning: "Region of the world in which the Hub stores the files, as us or eu.",
        source: "tag region:*",
        method: "as the Hub's tag says; the first of several; null without one",
        inputs: &["tags"],
        ..group(NAME)
    },
];

fn derive(model: &Model, _context: &Context<'_>) -> Vec<Value> {
    let facts = &model.facts;
    let tagged = |wanted: &str| facts.tags.as_ref().map(|_| has_tag(model, &[wanted])).into();
    let providers = facts.providers.as_deref().map(|told| names(told, |_| true));
    let live = facts.providers.as_deref().map(|told| names(told, |state| state == LIVE).len());
    let state = facts.inference_state.as_deref();
    let state =
        STATES.iter().find(|known| state.is_some_and(|said| said.eq_ignore_ascii_case(known)));
    let loaders = loaders::of(model);
    let count = loaders.as_ref().map(|loaders| loaders.len() as i64);
    let loaders: Option<Vec<String>> =
        loaders.map(|loaders| loaders.into_iter().map(str::to_owned).collect());
    let listed = |prefix: &str| {
        let values = tag_values(model, prefix).map(str::to_owned);
        facts.tags.as_ref().map(|_| distinct(values))
    };
    vec![
        facts.provider_count.into(),
        providers.into(),
        live.map(|count| count as i64).into(),
        live.map(|count| count > 0).into(),
        state.copied().into(),
        facts.is_disabled.into(),
        tagged("conversational"),
        tagged("endpoints_compatible"),
        tagged("text-generation-inference"),
        tagged("text-embeddings-inference"),
        loaders.into(),
        count.into(),
        listed("deploy:").into(),
        tag_values(model, "region:").next().into(),
    ]
}

/// The names of texts such as `fal-ai:live` whose state is wanted.
fn names(told: &[String], is_wanted: impl Fn(&str) -> bool) -> Vec<String> {
    let parts = told.iter().map(|entry| entry.split_once(':').unwrap_or((entry, "")));
    distinct(parts.filter(|(_, state)| is_wanted(state)).map(|(name, _)| name.to_owned()))
}

fn explain(model: &Model, _context: &Context<'_>, name: &str) -> Option<Explanation> {
    if !matches!(name, "runtimes" | "runtime_count") {
        return None;
    }
    let because = loaders::describe(model)?;
    Some(Explanation { confidence: Confidence::Inferred, because })
}

#[cfg(test)]
mod tests;
