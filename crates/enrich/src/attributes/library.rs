//! With which library and in which formats the model comes.

use schema::{Attribute, Value, ValueType};

use super::describe::{blank, group};
use super::signs::formats;
use super::{Context, Family};
use crate::tables::Model;

/// The family.
pub(super) const FAMILY: Family = Family::plain(ATTRIBUTES, derive);

const NAME: &str = "library";
const SIGNS: &str = "formats, tags and paths of files";
/// What tells in which formats weights come.
const FORMAT_INPUTS: &[&str] = &["formats", "tags", "file_paths"];
/// Libraries that many models name, in the Hub's spelling; others are kept as written.
const KNOWN: [&str; 44] = [
    "adapter-transformers",
    "allennlp",
    "asteroid",
    "bertopic",
    "comfyui",
    "diffusers",
    "espnet",
    "fairseq",
    "fastai",
    "fasttext",
    "flair",
    "gguf",
    "keras",
    "keras-hub",
    "lerobot",
    "litert-lm",
    "llama.cpp",
    "ml-agents",
    "mlx",
    "nemo",
    "onnx",
    "open_clip",
    "PaddleOCR",
    "paddlenlp",
    "peft",
    "pyannote-audio",
    "pytorch",
    "sample-factory",
    "sentence-transformers",
    "setfit",
    "sglang",
    "sklearn",
    "spacy",
    "span-marker",
    "speechbrain",
    "stable-baselines3",
    "stanza",
    "timm",
    "transformers",
    "transformers.js",
    "ultralytics",
    "unity-sentis",
    "univa",
    "vllm",
];
/// Other names of the same library.
const SAME: [(&str, &str); 4] = [
    ("scikit-learn", "sklearn"),
    ("llama-cpp", "llama.cpp"),
    ("llamacpp", "llama.cpp"),
    ("sentence_transformers", "sentence-transformers"),
];

/// The descriptions, in the order of the values.
pub(super) const ATTRIBUTES: &[Attribute] = &[
    Attribute {
        name: "library",
        title: "Library",
        meaning: "Library that the model is made for.",
        source: "library_name",
        method: "as the source says; the case of well-known libraries and four other spellings \
                 are folded",
        inputs: &["library"],
        ..group(NAME)
    },
    Attribute {
        name: "formats",
        title: "Formats",
        meaning: "Formats in which the weights come.",
        source: SIGNS,
        method: "what any of the three names, sorted; null where the source has none of them",
        inputs: FORMAT_INPUTS,
        ..blank(NAME, ValueType::TextList)
    },
    Attribute {
        name: "has_safetensors",
        title: "Safetensors",
        meaning: "Whether weights come as safetensors.",
        source: SIGNS,
        method: "whether it is among the formats; null where these are unknown",
        inputs: FORMAT_INPUTS,
        ..blank(NAME, ValueType::Boolean)
    },
    Attribute {
        name: "has_gguf",
        title: "GGUF",
        meaning: "Whether weights come as GGUF.",
        source: SIGNS,
        method: "whether it is among the formats; null where these are unknown",
        inputs: FORMAT_INPUTS,
        ..blank(NAME, ValueType::Boolean)
    },
];

fn derive(model: &Model, _context: &Context<'_>) -> Vec<Value> {
    let formats = formats(model);
    let has = |wanted: &str| {
        formats.as_ref().map(|formats| formats.iter().any(|format| format == wanted))
    };
    let (has_safetensors, has_gguf) = (has("safetensors"), has("gguf"));
    vec![library(model).into(), formats.into(), has_safetensors.into(), has_gguf.into()]
}

fn library(model: &Model) -> Option<&str> {
    let written = model.facts.library.as_deref()?.trim();
    let written = SAME
        .iter()
        .find(|(other, _)| written.eq_ignore_ascii_case(other))
        .map_or(written, |same| same.1);
    let known = KNOWN.iter().find(|known| written.eq_ignore_ascii_case(known));
    let library = known.copied().unwrap_or(written);
    (!library.is_empty()).then_some(library)
}

#[cfg(test)]
mod tests;
