//! With which library and in which formats the model comes.

use std::borrow::Cow;
use std::sync::LazyLock;

use schema::{Attribute, Confidence, Value, ValueType};

use super::describe::{blank, group};
use super::signs::{formats, has_tag, is_one_of};
use super::word_table::WordTable;
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
static KNOWN_TABLE: LazyLock<WordTable> = LazyLock::new(|| WordTable::of(KNOWN));
/// Other names of the same library.
const SAME: [(&str, &str); 4] = [
    ("scikit-learn", "sklearn"),
    ("llama-cpp", "llama.cpp"),
    ("llamacpp", "llama.cpp"),
    ("sentence_transformers", "sentence-transformers"),
];

/// The formats that have attributes of their own, in their order.
const SHOWN: [&str; 10] =
    ["safetensors", "gguf", "pytorch", "tf", "jax", "onnx", "openvino", "coreml", "tflite", "mlx"];
/// Formats that lie in files of safetensors, with the tags and libraries that tell them.
const EXLLAMA: [(&str, [&str; 3]); 2] =
    [("exl2", ["exl2", "exllamav2", "exllama"]), ("exl3", ["exl3", "exllamav3", "exllama3"])];
/// Formats of whole models, the most telling first: MLX and conversions for one runtime come as
/// safetensors or ONNX too, and GGUF files stand beside a model's own weights.
const CONTAINERS: [&str; 16] = [
    "mlx",
    "safetensors",
    "pytorch",
    "gguf",
    "ggml",
    "llamafile",
    "tf",
    "jax",
    "keras",
    "rust",
    "openvino",
    "coreml",
    "tflite",
    "executorch",
    "onnx",
    "joblib",
];

/// Whether a format is among those of the model.
const fn format(name: &'static str, title: &'static str, meaning: &'static str) -> Attribute {
    Attribute {
        name,
        title,
        meaning,
        source: SIGNS,
        method: "whether it is among the formats; null where these are unknown",
        inputs: FORMAT_INPUTS,
        ..blank(NAME, ValueType::Boolean)
    }
}

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
    format("has_safetensors", "Safetensors", "Whether weights come as safetensors."),
    format("has_gguf", "GGUF", "Whether weights come as GGUF."),
    format("has_pytorch", "PyTorch", "Whether weights come in PyTorch's own format."),
    format("has_tf", "TensorFlow", "Whether weights come as TensorFlow's."),
    format("has_jax", "Flax", "Whether weights come as those of Flax on JAX."),
    format("has_onnx", "ONNX", "Whether weights come as ONNX."),
    format("has_openvino", "OpenVINO", "Whether weights come as OpenVINO."),
    format("has_coreml", "Core ML", "Whether weights come as Core ML."),
    format("has_tflite", "TensorFlow Lite", "Whether weights come as TensorFlow Lite."),
    format("has_mlx", "MLX", "Whether weights come as MLX."),
    Attribute {
        name: "format_count",
        unit: "formats",
        title: "Number of formats",
        meaning: "Number of formats in which the weights come.",
        source: SIGNS,
        method: "of the formats; null where these are unknown",
        inputs: FORMAT_INPUTS,
        ..blank(NAME, ValueType::Integer)
    },
    Attribute {
        name: "container",
        title: "Main format",
        meaning: "Format of the weights that the model is published in first of all.",
        source: SIGNS,
        method: "exl2 or exl3 by a tag or the library; else the first of mlx, safetensors, \
                 pytorch, gguf, other frameworks, then conversions for one runtime; null without \
                 any",
        inputs: &["formats", "tags", "file_paths", "library"],
        confidence: Confidence::Inferred,
        ..group(NAME)
    },
];

fn derive(model: &Model, _context: &Context<'_>) -> Vec<Value> {
    let formats = formats(model);
    let has = |wanted: &str| {
        let is_there = formats.as_ref().map(|formats| formats.iter().any(|one| one == wanted));
        Value::from(is_there)
    };
    let flags = SHOWN.map(has);
    let count = formats.as_ref().map(|formats| formats.len() as i64);
    let container = container(model, formats.as_deref().unwrap_or_default());
    let formats =
        formats.map(|formats| formats.into_iter().map(Cow::into_owned).collect::<Vec<_>>());
    let mut values = vec![library(model).into(), formats.into()];
    values.extend(flags);
    values.extend([count.into(), container.into()]);
    values
}

/// The format that the model is published in first of all.
fn container(model: &Model, formats: &[Cow<'_, str>]) -> Option<&'static str> {
    let library = model.facts.library.as_deref().unwrap_or_default().trim();
    let is_packed =
        |(_, signs): &&(&str, [&str; 3])| has_tag(model, signs) || is_one_of(library, signs);
    let packed = EXLLAMA.iter().find(is_packed).map(|(name, _)| *name);
    packed.or_else(|| CONTAINERS.into_iter().find(|one| formats.iter().any(|format| format == one)))
}

fn library(model: &Model) -> Option<&str> {
    let written = model.facts.library.as_deref()?.trim();
    let written = SAME
        .iter()
        .find(|(other, _)| written.eq_ignore_ascii_case(other))
        .map_or(written, |same| same.1);
    let library = KNOWN_TABLE.place(written).map_or(written, |place| KNOWN[place]);
    (!library.is_empty()).then_some(library)
}

#[cfg(test)]
mod tests;
