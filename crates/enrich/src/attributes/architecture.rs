//! How the model is built: its type, the line of models it belongs to, and its attention.

use schema::{Attribute, Confidence, Value, ValueType};

use super::describe::{blank, group};
use super::signs::{distinct, tag_values};
use super::{Context, Explanation, Family};
use crate::tables::Model;
use rule::{Built, Rule};

mod rule;

/// The family.
pub(super) const FAMILY: Family = Family { attributes: ATTRIBUTES, derive, explain };

const NAME: &str = "architecture";
const TYPES: &str = "model type, GGUF architecture, pipeline class, tags and library, with \
                     rules/architectures.csv";
const CLASSES: &[&str] = &["architectures"];
/// What shows how the model is built.
const BUILT_INPUTS: &[&str] = &[
    "model_type",
    "gguf_architecture",
    "pipeline_class",
    "tags",
    "formats",
    "base_models",
    "base_relation",
    "file_paths",
    "library",
];
/// What the end of a class says of what the model gives out, the longest first.
const HEADS: [(&str, &str); 21] = [
    ("ForConditionalGeneration", "conditional generation"),
    ("ForCausalLM", "next token"),
    ("LMHeadModel", "next token"),
    ("ForSequenceClassification", "classes of texts"),
    ("ForTokenClassification", "classes of words"),
    ("ForQuestionAnswering", "answers in a text"),
    ("ForMultipleChoice", "choices"),
    ("ForMaskedLM", "masked words"),
    ("ForPreTraining", "pretraining"),
    ("ForImageClassification", "classes of images"),
    ("ForVideoClassification", "classes of videos"),
    ("ForAudioClassification", "classes of sounds"),
    ("ForObjectDetection", "objects in images"),
    ("ForSemanticSegmentation", "segments of images"),
    ("ForInstanceSegmentation", "segments of images"),
    ("ForUniversalSegmentation", "segments of images"),
    ("ForDepthEstimation", "depths in images"),
    ("ForCTC", "speech as text"),
    ("ForSpeechSeq2Seq", "speech as text"),
    ("EncoderDecoderModel", "conditional generation"),
    ("Model", "features"),
];

/// How the model is built, looked up by what shows it.
const fn built(name: &'static str, title: &'static str, meaning: &'static str) -> Attribute {
    Attribute {
        name,
        title,
        meaning,
        source: TYPES,
        method: "looked up by the first of model type, GGUF architecture, pipeline class, tag \
                 that is a model type, and library; null where none is in the table or the \
                 table leaves it open",
        inputs: BUILT_INPUTS,
        confidence: Confidence::Inferred,
        ..group(NAME)
    }
}

/// A class, as the source names it.
const fn class(name: &'static str, title: &'static str, meaning: &'static str) -> Attribute {
    Attribute { name, title, meaning, confidence: Confidence::Stated, ..group(NAME) }
}

/// The descriptions, in the order of the values.
pub(super) const ATTRIBUTES: &[Attribute] = &[
    Attribute {
        name: "architecture_type",
        title: "Type",
        meaning: "Type of the model, as qwen2 or bert.",
        source: "model_type of the configuration, gguf.architecture, tags",
        method: "the first of the three, as written; a tag counts where it is a model type of \
                 rules/architectures.csv and stands beside weights that have a configuration",
        inputs: BUILT_INPUTS,
        confidence: Confidence::Inferred,
        ..group(NAME)
    },
    Attribute {
        name: "architecture_type_source",
        title: "Source of the type",
        meaning: "Where the type is from: configuration, gguf, or tag.",
        source: "model_type of the configuration, gguf.architecture, tags",
        method: "the first of the three that says one",
        inputs: BUILT_INPUTS,
        confidence: Confidence::Inferred,
        ..group(NAME)
    },
    Attribute {
        name: "architecture_classes",
        title: "Classes",
        meaning: "Classes of programs that the configuration says the weights are for.",
        source: "architectures of the configuration",
        method: "distinct and sorted; null where the source has no configuration",
        inputs: CLASSES,
        ..blank(NAME, ValueType::TextList)
    },
    Attribute {
        source: "architectures of the configuration",
        method: "the first, as written",
        inputs: CLASSES,
        ..class("architecture_class", "Class", "Class of programs that the weights are for.")
    },
    Attribute {
        name: "architecture_head",
        title: "Gives out",
        meaning: "What the model's last layer gives out, as next token or classes of texts.",
        source: "architectures of the configuration, else auto_model",
        method: "by the end of the first class; null for other ends",
        inputs: &["architectures", "auto_model"],
        ..group(NAME)
    },
    built(
        "architecture_family",
        "Family of architectures",
        "Line of models whose construction this one follows, as llama, qwen or bert.",
    ),
    built(
        "architecture_kind",
        "Construction",
        "How the model is built: encoder, decoder, encoder-decoder, dual encoder, diffusion, \
         detector, codec, or other.",
    ),
    built(
        "attention_kind",
        "Attention",
        "How places of the input see each other: all others (full), near ones in some layers \
         (windowed), by a compressed memory (latent), chosen ones (sparse), in some layers only, \
         beside others that pass a state along (hybrid), or not by attention (none).",
    ),
    Attribute {
        source: "transformersInfo.auto_model",
        method: "as the source says",
        inputs: &["auto_model"],
        ..class(
            "auto_class",
            "Loading class",
            "Class of the transformers library that loads the model.",
        )
    },
    Attribute {
        source: "transformersInfo.processor",
        method: "as the source says",
        inputs: &["processor"],
        ..class(
            "processor_class",
            "Input class",
            "Class of the transformers library that prepares its inputs.",
        )
    },
    Attribute {
        source: "diffusers._class_name of the configuration, else tag diffusers:*",
        method: "as written",
        inputs: &["pipeline_class", "tags"],
        ..class(
            "pipeline_class",
            "Pipeline class",
            "Class of the diffusers library that holds the model.",
        )
    },
    Attribute {
        name: "own_code_classes",
        title: "Classes of own code",
        meaning: "Classes of the library for which the repository brings its own code; empty \
                  where it brings none.",
        source: "auto_map of the configuration",
        method: "distinct and sorted; null where the source has no configuration",
        inputs: &["custom_classes"],
        ..blank(NAME, ValueType::TextList)
    },
];

fn derive(model: &Model, _context: &Context<'_>) -> Vec<Value> {
    let facts = &model.facts;
    let shown = Built::of(model);
    let rule = shown.as_ref().and_then(Built::rule);
    let told = |part: fn(&Rule) -> &String| {
        let text = rule.map(part).filter(|text| !text.is_empty());
        text.map(String::as_str).into()
    };
    let kind = shown.as_ref().and_then(Built::type_of);
    let classes = facts.architectures.as_ref();
    let named = classes.and_then(|classes| classes.iter().find(|class| !class.is_empty()));
    let own_code = facts.custom_classes.as_ref();
    vec![
        kind.map(|(name, _)| name).into(),
        kind.map(|(_, source)| source).into(),
        classes.map(|classes| distinct(classes.iter().cloned())).into(),
        named.map(String::as_str).into(),
        named.or(facts.auto_model.as_ref()).and_then(|class| head(class)).into(),
        told(|rule| &rule.family),
        told(|rule| &rule.kind),
        told(|rule| &rule.attention),
        facts.auto_model.as_deref().into(),
        facts.processor.as_deref().into(),
        pipeline_class(model).into(),
        own_code.map(|classes| distinct(classes.iter().cloned())).into(),
    ]
}

fn explain(model: &Model, _context: &Context<'_>, name: &str) -> Option<Explanation> {
    let shown = Built::of(model)?;
    let (confidence, because) = match name {
        "architecture_type" | "architecture_type_source" => {
            let (word, source) = shown.type_of()?;
            let is_stated = source != "tag";
            let how = if is_stated { Confidence::Stated } else { Confidence::Inferred };
            (how, format!("{word}, which the {source} says"))
        }
        "architecture_family" | "architecture_kind" | "attention_kind" => {
            (Confidence::Inferred, format!("{}; rules/architectures.csv", shown.describe()))
        }
        _ => return None,
    };
    Some(Explanation { confidence, because })
}

/// The class of a diffusion model's pipeline.
fn pipeline_class(model: &Model) -> Option<&str> {
    let stated = model.facts.pipeline_class.as_deref();
    stated.or_else(|| tag_values(model, "diffusers:").next())
}

fn head(class: &str) -> Option<&'static str> {
    let head = HEADS.iter().find(|(end, _)| class.ends_with(end));
    head.map(|(_, head)| *head)
}

#[cfg(test)]
mod tests;
