//! What one look at each path tells of the repository.

use super::gguf;
use crate::attributes::signs::{each_path, extension, file_of, format_of_file};
use crate::tables::Model;

/// A part of a repository that shows by its files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Configuration,
    Tokenizer,
    ChatTemplate,
    Processor,
    Adapter,
    Generation,
    Code,
    TrainingState,
    TrainingLog,
    Media,
    Evaluation,
    Importance,
    /// The list of the parts into which weights are cut.
    Index,
}

/// Endings of files that are looked at or listened to.
const MEDIA: [&str; 13] =
    ["png", "jpg", "jpeg", "gif", "webp", "svg", "bmp", "mp4", "webm", "mov", "wav", "mp3", "flac"];
/// Beginnings of files that hold a state of training.
const TRAINING: [&str; 6] =
    ["training_args", "optimizer.", "scheduler.", "trainer_state", "rng_state", "train_config"];
/// The largest number of parts that is believed.
const MAX_PARTS: i64 = 100_000;

/// What the files show.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Inventory {
    /// All files.
    pub files: i64,
    /// Files that hold weights.
    pub weights: i64,
    /// GGUF files that hold a model or a part of one.
    pub gguf: i64,
    /// The largest number of parts that a file says it is one of.
    most_parts: i64,
    parts: u32,
    gguf_types: Vec<&'static str>,
}

impl Inventory {
    /// Looks at each file; `None` where the source has no files.
    pub(super) fn of(model: &Model) -> Option<Self> {
        model.facts.file_paths.as_ref()?;
        let mut found = Self { most_parts: 1, ..Self::default() };
        each_path(model, |path| found.take(path));
        found.gguf_types.sort_unstable();
        Some(found)
    }

    fn take(&mut self, path: &str) {
        self.files += 1;
        if let Some(part) = part_of(path) {
            self.parts |= 1 << part as u32;
        }
        if !is_weights(path) {
            return;
        }
        self.weights += 1;
        self.most_parts = self.most_parts.max(parts_of(path).unwrap_or(1));
        let Some(stem) = path.strip_suffix(".gguf").filter(|stem| !is_projector(stem)) else {
            return;
        };
        self.gguf += 1;
        if let Some(label) = gguf::label(file_of(stem)).filter(|l| !self.gguf_types.contains(l)) {
            self.gguf_types.push(label);
        }
    }

    /// Whether the repository has such a part.
    pub(super) fn has(&self, part: Part) -> bool {
        self.parts & (1 << part as u32) != 0
    }

    /// Whether weights are cut into parts; `None` without weights.
    pub(super) fn is_cut(&self) -> Option<bool> {
        (self.weights > 0).then(|| self.most_parts > 1 || self.has(Part::Index))
    }

    /// Into how many files weights are cut; `None` without weights, and where only an index says
    /// that they are.
    pub(super) fn parts(&self) -> Option<i64> {
        let is_told = self.most_parts > 1 || !self.has(Part::Index);
        (self.weights > 0 && is_told).then_some(self.most_parts)
    }

    /// The types that the names of GGUF files say, sorted.
    pub(super) fn gguf_types(&self) -> Vec<String> {
        self.gguf_types.iter().map(|label| (*label).to_owned()).collect()
    }
}

/// Whether a file holds weights, by its path in lower case.
pub(super) fn is_weights(path: &str) -> bool {
    if format_of_file(path).is_none() {
        return false;
    }
    let file = file_of(path);
    let is_other = file.contains("imatrix")
        || matches!(extension(file), "xml" | "json")
        || TRAINING.iter().any(|beginning| file.starts_with(beginning));
    !is_other
}

/// The part of a repository that a file shows, by its path in lower case.
pub(super) fn part_of(path: &str) -> Option<Part> {
    let file = file_of(path);
    let is_at_top = file.len() == path.len();
    let part = match file {
        "config.json"
        | "model_index.json"
        | "config.yaml"
        | "params.json"
        | "hyperparams.yaml"
        | "config_sentence_transformers.json"
            if is_at_top =>
        {
            Part::Configuration
        }
        "tokenizer.json"
        | "tokenizer.model"
        | "tokenizer_config.json"
        | "vocab.json"
        | "vocab.txt"
        | "spiece.model"
        | "sentencepiece.bpe.model"
        | "merges.txt"
        | "tekken.json"
        | "tiktoken.model" => Part::Tokenizer,
        "chat_template.jinja" | "chat_template.json" => Part::ChatTemplate,
        "preprocessor_config.json"
        | "processor_config.json"
        | "image_processor_config.json"
        | "feature_extractor_config.json"
        | "video_preprocessor_config.json" => Part::Processor,
        "adapter_config.json" => Part::Adapter,
        "generation_config.json" => Part::Generation,
        "eval_results.json" | "all_results.json" | "eval_results.txt" => Part::Evaluation,
        _ => return part_by_ending(path, file),
    };
    Some(part)
}

fn part_by_ending(path: &str, file: &str) -> Option<Part> {
    let ending = extension(file);
    if path.starts_with(".eval_results/") {
        return Some(Part::Evaluation);
    }
    if file.starts_with("events.out.tfevents") {
        return Some(Part::TrainingLog);
    }
    if TRAINING.iter().any(|beginning| file.starts_with(beginning)) {
        return Some(Part::TrainingState);
    }
    if file.contains("imatrix") {
        return Some(Part::Importance);
    }
    if file.ends_with(".index.json") {
        return Some(Part::Index);
    }
    match ending {
        "py" | "ipynb" => Some(Part::Code),
        "log" => Some(Part::TrainingLog),
        ending if MEDIA.contains(&ending) => Some(Part::Media),
        _ => None,
    }
}

/// Vision projectors stand beside a model and are none.
fn is_projector(stem: &str) -> bool {
    file_of(stem).contains("mmproj")
}

/// `model-00002-of-00004.safetensors` is one of four.
fn parts_of(path: &str) -> Option<i64> {
    let (before, after) = path.rsplit_once("-of-")?;
    let digits = after.split(|c: char| !c.is_ascii_digit()).next()?;
    let is_numbered = before.bytes().next_back().is_some_and(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|count| is_numbered && (1..=MAX_PARTS).contains(count))
}
