//! Which files the repository holds, and how large they are.

use schema::{Attribute, Confidence, Value, ValueType};

use super::describe::{blank, group};
use super::signs::{each_path, has_tag};
use super::{Context, Explanation, Family};
use crate::tables::Model;
use inventory::{Inventory, Part};

mod gguf;
mod inventory;
mod sizes;

/// The family.
pub(super) const FAMILY: Family = Family { attributes: ATTRIBUTES, derive, explain };

const NAME: &str = "files";
const FILES: &str = "files";
const SIZES: &str = "sizes of files";
const BY_NAME: &str = "by names of files, in any letter case; null where the source has no files";
const PATHS: &[&str] = &["file_paths"];
const BYTES: &[&str] = &["file_bytes"];

/// A part that has files of its own.
const fn part(name: &'static str, title: &'static str, meaning: &'static str) -> Attribute {
    Attribute {
        name,
        title,
        meaning,
        source: FILES,
        method: BY_NAME,
        inputs: PATHS,
        ..blank(NAME, ValueType::Boolean)
    }
}

/// Bytes of some files.
const fn bytes(name: &'static str, title: &'static str, meaning: &'static str) -> Attribute {
    Attribute {
        name,
        unit: "bytes",
        title,
        meaning,
        source: SIZES,
        method: "as the Hub says of the current revision; null where it was not asked for sizes",
        inputs: BYTES,
        ..blank(NAME, ValueType::Integer)
    }
}

/// The descriptions, in the order of the values.
pub(super) const ATTRIBUTES: &[Attribute] = &[
    Attribute {
        name: "file_count",
        unit: "files",
        title: "Files",
        meaning: "Number of files of the current revision.",
        source: FILES,
        method: "all paths; null where the source has no files",
        inputs: PATHS,
        ..blank(NAME, ValueType::Integer)
    },
    Attribute {
        name: "weight_file_count",
        unit: "files",
        title: "Files of weights",
        meaning: "Number of files that hold weights or parts of them.",
        source: FILES,
        method: "endings of formats of weights, without optimizers, calibration data and \
                 descriptions; null where the source has no files",
        inputs: PATHS,
        ..blank(NAME, ValueType::Integer)
    },
    Attribute {
        name: "is_sharded",
        title: "Cut into parts",
        meaning: "Whether the weights are cut into several files.",
        source: "safetensors.sharded, files",
        method: "as the Hub says, else by an index or names such as 00001-of-00004; null where \
                 neither is known",
        inputs: &["is_sharded", "file_paths"],
        ..blank(NAME, ValueType::Boolean)
    },
    Attribute {
        name: "shard_count",
        unit: "files",
        title: "Parts of the weights",
        meaning: "Number of files into which one set of weights is cut.",
        source: FILES,
        method: "the largest number after -of- in names of files of weights; 1 for weights in \
                 whole files; null without any",
        inputs: PATHS,
        ..blank(NAME, ValueType::Integer)
    },
    part("has_config", "Configuration", "Whether the repository holds a configuration at its top."),
    part("has_tokenizer", "Tokenizer", "Whether the repository holds a tokenizer."),
    Attribute {
        name: "has_chat_template",
        title: "Template for chats",
        meaning: "Whether the repository or its GGUF file holds a template for chats.",
        source: "configuration, gguf.chat_template, files",
        method: "yes by any of them; no where the tokenizer's configuration is shown without one; \
                 null where neither is known",
        inputs: &["has_chat_template", "file_paths"],
        ..blank(NAME, ValueType::Boolean)
    },
    part(
        "has_processor",
        "Processor",
        "Whether the repository holds a processor of images or sound.",
    ),
    part(
        "has_adapter_config",
        "Adapter",
        "Whether the repository holds the configuration of an adapter.",
    ),
    part(
        "has_generation_config",
        "Settings of generation",
        "Whether the repository holds settings for generating text.",
    ),
    part("has_code_files", "Code", "Whether the repository holds programs in Python or notebooks."),
    part(
        "has_training_files",
        "State of training",
        "Whether the repository holds the state or the arguments of its training.",
    ),
    part(
        "has_training_logs",
        "Logs of training",
        "Whether the repository holds logs of its training.",
    ),
    part(
        "has_media_files",
        "Pictures and sound",
        "Whether the repository holds images, sound or video.",
    ),
    part(
        "has_evaluation_files",
        "Files of results",
        "Whether the repository holds files with results of evaluations.",
    ),
    Attribute {
        name: "gguf_file_count",
        unit: "files",
        title: "GGUF files",
        meaning: "Number of GGUF files that hold a model or a part of one.",
        source: FILES,
        method: "without vision projectors and calibration data; null where the source has no \
                 files",
        inputs: PATHS,
        ..blank(NAME, ValueType::Integer)
    },
    Attribute {
        name: "gguf_types",
        title: "GGUF types",
        meaning: "Types of quantization that the names of the GGUF files say; empty where none \
                  does.",
        source: FILES,
        method: "the last name of a GGUF type in each name of a file, as Q4_K_M, sorted; null \
                 where the source has no files",
        inputs: PATHS,
        confidence: Confidence::Inferred,
        ..blank(NAME, ValueType::TextList)
    },
    Attribute {
        name: "has_importance_matrix",
        title: "Weighed by importance",
        meaning: "Whether the quantization was weighed by what data showed to matter.",
        source: "gguf.quantize_imatrix_file, files, tags",
        method: "yes by any of the three; no where files and tags are known without a sign",
        inputs: &["importance_matrix", "file_paths", "tags"],
        confidence: Confidence::Inferred,
        ..blank(NAME, ValueType::Boolean)
    },
    bytes("files_bytes", "Size of the files", "Bytes of all files of the current revision."),
    bytes("weight_files_bytes", "Size of the weights", "Bytes of the files that hold weights."),
    bytes("largest_file_bytes", "Size of the largest file", "Bytes of the largest file."),
    Attribute {
        name: "largest_file",
        title: "Largest file",
        meaning: "Path of the largest file.",
        source: SIZES,
        method: "the first of equal ones; null where the source has no sizes",
        inputs: BYTES,
        ..blank(NAME, ValueType::Text)
    },
    Attribute {
        name: "files_size_band",
        title: "Band of the size of the files",
        meaning: "Band of the bytes of all files; a band holds its lower bound.",
        source: SIZES,
        method: "bounds at 0.1, 1, 5, 20 and 100 GB of a thousand million bytes",
        is_ordered: true,
        inputs: BYTES,
        ..group(NAME)
    },
    Attribute {
        name: "gguf_set_bytes",
        unit: "bytes",
        title: "Size of one GGUF set",
        meaning: "Bytes of one set of GGUF files, of which a repository may hold many.",
        source: "gguf.totalFileSize",
        method: "as the Hub says",
        inputs: &["gguf_bytes"],
        confidence: Confidence::Stated,
        ..blank(NAME, ValueType::Integer)
    },
];

fn derive(model: &Model, _context: &Context<'_>) -> Vec<Value> {
    let facts = &model.facts;
    let found = Inventory::of(model);
    let has = |part: Part| found.as_ref().map(|found| found.has(part)).into();
    let sizes = sizes::of(model);
    let total = sizes.as_ref().map(|sizes| sizes.total);
    let is_cut = found.as_ref().and_then(Inventory::is_cut);
    let has_template = found.as_ref().is_some_and(|found| found.has(Part::ChatTemplate));
    let has_template = if has_template { Some(true) } else { facts.has_chat_template };
    vec![
        found.as_ref().map(|found| found.files).into(),
        found.as_ref().map(|found| found.weights).into(),
        facts.is_sharded.or(is_cut).into(),
        found.as_ref().and_then(Inventory::parts).into(),
        has(Part::Configuration),
        has(Part::Tokenizer),
        has_template.into(),
        has(Part::Processor),
        has(Part::Adapter),
        has(Part::Generation),
        has(Part::Code),
        has(Part::TrainingState),
        has(Part::TrainingLog),
        has(Part::Media),
        has(Part::Evaluation),
        found.as_ref().map(|found| found.gguf).into(),
        found.as_ref().map(Inventory::gguf_types).into(),
        importance(model, found.as_ref()).into(),
        total.into(),
        sizes.as_ref().map(|sizes| sizes.weights).into(),
        sizes.as_ref().map(|sizes| sizes.largest.0).into(),
        sizes.as_ref().map(|sizes| sizes.largest.1).into(),
        total.map(sizes::band).into(),
        facts.gguf_bytes.filter(|bytes| *bytes > 0).into(),
    ]
}

/// The bytes of all files; `None` where the source has no sizes.
pub(super) fn bytes_of(model: &Model) -> Option<i64> {
    sizes::of(model).map(|sizes| sizes.total)
}

fn importance(model: &Model, found: Option<&Inventory>) -> Option<bool> {
    let facts = &model.facts;
    let is_among_files = found.is_some_and(|found| found.has(Part::Importance));
    if facts.importance_matrix.is_some() || is_among_files || has_tag(model, &["imatrix"]) {
        return Some(true);
    }
    (found.is_some() && facts.tags.is_some()).then_some(false)
}

fn explain(model: &Model, _context: &Context<'_>, name: &str) -> Option<Explanation> {
    let part = match name {
        "has_config" => Part::Configuration,
        "has_tokenizer" => Part::Tokenizer,
        "has_chat_template" => Part::ChatTemplate,
        "has_processor" => Part::Processor,
        "has_adapter_config" => Part::Adapter,
        "has_generation_config" => Part::Generation,
        "has_code_files" => Part::Code,
        "has_training_files" => Part::TrainingState,
        "has_training_logs" => Part::TrainingLog,
        "has_media_files" => Part::Media,
        "has_evaluation_files" => Part::Evaluation,
        "has_importance_matrix" => Part::Importance,
        _ => return None,
    };
    let mut sign = None;
    each_path(model, |path| {
        if sign.is_none() && inventory::part_of(path) == Some(part) {
            sign = Some(path.to_owned());
        }
    });
    let because = format!("the file {}", sign?);
    Some(Explanation { confidence: Confidence::Derived, because })
}

#[cfg(test)]
mod tests;
