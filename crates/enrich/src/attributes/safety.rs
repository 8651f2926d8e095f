//! What bears on using the model safely: who it is for, what its card warns of, and what its
//! files may do.

use schema::{Attribute, Confidence, Value, ValueType};

use super::data::speaks_of;
use super::describe::{blank, group};
use super::sections::{self, Section, has_section, heading_of};
use super::signs::{file_paths, has_tag, is_one_of, tags};
use super::{Context, Explanation, Family};
use crate::identity::name_of;
use crate::tables::Model;

/// The family.
pub(super) const FAMILY: Family = Family { attributes: ATTRIBUTES, derive, explain };

const NAME: &str = "safety";
const TEXT: &str = "text of the card";
const SCAN: &str = "securityRepoStatus";
/// Tags for content that not everybody should see.
const ADULT_TAGS: [&str; 2] = ["not-for-all-audiences", "nsfw"];
/// Words for models of which refusals were taken away.
const UNCENSORED: [&str; 6] =
    ["uncensored", "abliterated", "abliteration", "decensored", "heretic", "unrestricted"];
/// Endings of weights that run code when they are loaded as they are, and of those that do not.
const PICKLES: [&str; 7] = [".bin", ".pt", ".pth", ".ckpt", ".pkl", ".pickle", ".joblib"];
const PLAIN: [&str; 8] =
    [".safetensors", ".gguf", ".onnx", ".h5", ".msgpack", ".tflite", ".mlmodel", ".ot"];
/// Files that end like weights and are none.
const NO_WEIGHTS: [&str; 5] =
    ["training_args.bin", "optimizer.bin", "optimizer.pt", "scheduler.pt", "scheduler.bin"];
/// Results of a scan.
const SCANS: [&str; 3] = ["clean", "issues", "pending"];

/// The descriptions, in the order of the values.
pub(super) const ATTRIBUTES: &[Attribute] = &[
    Attribute {
        name: "is_not_for_all_audiences",
        title: "Not for all audiences",
        meaning: "Whether the publisher marks the model as unfit for all audiences.",
        source: "tags",
        method: "the tag not-for-all-audiences or nsfw; null where the source has no tags",
        inputs: &["tags"],
        ..blank(NAME, ValueType::Boolean)
    },
    Attribute {
        name: "is_uncensored",
        title: "Uncensored",
        meaning: "Whether the model is said to have had its refusals taken away.",
        source: "name and tags",
        method: "a word such as uncensored or abliterated; null where no word says so and the \
                 source has no tags",
        inputs: &["model_id", "tags"],
        confidence: Confidence::Inferred,
        ..blank(NAME, ValueType::Boolean)
    },
    Attribute {
        name: "is_remote_code_needed",
        title: "Own code needed",
        meaning: "Whether loading the model runs code from its repository.",
        source: "tag custom_code, auto_map of the configuration",
        method: "the Hub sets the tag where the configuration names classes of the repository's \
                 own; null where the source has neither tags nor a configuration",
        version: 2,
        inputs: &["tags", "custom_classes"],
        ..blank(NAME, ValueType::Boolean)
    },
    Attribute {
        name: "is_pickle_only",
        title: "Pickles only",
        meaning: "Whether the weights exist only in files that can run code when they are loaded.",
        source: "files",
        method: "yes for pickles of PyTorch or Python without a safe format beside them; null \
                 where no weights are among the files or the source has none",
        inputs: &["file_paths"],
        confidence: Confidence::Inferred,
        ..blank(NAME, ValueType::Boolean)
    },
    Attribute {
        name: "security_scan",
        title: "Security scan",
        meaning: "Result of the Hub's scan of the files: clean, issues, or pending.",
        source: SCAN,
        method: "issues where any file has one; null where the source does not show the scan",
        inputs: &["security_scan"],
        confidence: Confidence::Stated,
        ..group(NAME)
    },
    Attribute {
        name: "security_issue_count",
        unit: "files",
        title: "Files with security issues",
        meaning: "Number of files in which the Hub's security scan found something.",
        source: SCAN,
        method: "null while the scan is pending and where the source does not show it",
        inputs: &["security_issue_count"],
        confidence: Confidence::Stated,
        ..blank(NAME, ValueType::Integer)
    },
    Attribute {
        name: "has_safety_section",
        title: "Section on safety",
        meaning: "Whether the card has a section on risks, safety or responsible use.",
        source: "headings of the card's text",
        method: sections::METHOD,
        inputs: sections::INPUTS,
        confidence: Confidence::Inferred,
        ..blank(NAME, ValueType::Boolean)
    },
    Attribute {
        name: "has_out_of_scope_section",
        title: "Section on misuse",
        meaning: "Whether the card has a section on what the model must not be used for.",
        source: "headings of the card's text",
        method: sections::METHOD,
        inputs: sections::INPUTS,
        confidence: Confidence::Inferred,
        ..blank(NAME, ValueType::Boolean)
    },
    Attribute {
        name: "has_safety_statement",
        title: "Statement on safety",
        meaning: "Whether a phrase of the card's text speaks of harm, misuse or guards against \
                  them.",
        source: TEXT,
        method: "phrases of rules/card_phrases.csv, in English; no for a repository without a \
                 card; null where the source does not carry the text of the card",
        inputs: &["readme_topics", "file_paths"],
        confidence: Confidence::Inferred,
        ..blank(NAME, ValueType::Boolean)
    },
    Attribute {
        name: "has_out_of_scope_statement",
        title: "Statement on misuse",
        meaning: "Whether a phrase of the card's text says what the model is not meant for.",
        source: TEXT,
        method: "phrases of rules/card_phrases.csv, in English; no for a repository without a \
                 card; null where the source does not carry the text of the card",
        inputs: &["readme_topics", "file_paths"],
        confidence: Confidence::Inferred,
        ..blank(NAME, ValueType::Boolean)
    },
    Attribute {
        name: "has_disclaimer",
        title: "Disclaimer",
        meaning: "Whether a phrase of the card's text declines responsibility.",
        source: TEXT,
        method: "phrases of rules/card_phrases.csv, in English; no for a repository without a \
                 card; null where the source does not carry the text of the card",
        inputs: &["readme_topics", "file_paths"],
        confidence: Confidence::Inferred,
        ..blank(NAME, ValueType::Boolean)
    },
];

fn derive(model: &Model, _context: &Context<'_>) -> Vec<Value> {
    let facts = &model.facts;
    let tagged = |wanted: &[&str]| facts.tags.as_ref().map(|_| has_tag(model, wanted));
    let scan = facts.security_scan.as_deref();
    let issues = facts.security_issue_count.filter(|count| *count >= 0);
    vec![
        tagged(&ADULT_TAGS).into(),
        is_uncensored(model).into(),
        is_remote_code_needed(model).into(),
        is_pickle_only(model).into(),
        SCANS.iter().find(|known| scan == Some(**known)).copied().into(),
        issues.into(),
        has_section(model, Section::Safety).into(),
        has_section(model, Section::OutOfScope).into(),
        speaks_of(model, "safety").into(),
        speaks_of(model, "out of scope").into(),
        speaks_of(model, "disclaimer").into(),
    ]
}

fn explain(model: &Model, _context: &Context<'_>, name: &str) -> Option<Explanation> {
    let heading = |section: Section| Some(format!("the heading '{}'", heading_of(model, section)?));
    let because = match name {
        "has_safety_section" => heading(Section::Safety)?,
        "has_out_of_scope_section" => heading(Section::OutOfScope)?,
        "is_uncensored" => match uncensored_word(name_of(&model.model_id)) {
            Some(word) => format!("the word {word} of the name"),
            None => format!("the tag {}", tags(model).iter().find_map(|tag| uncensored_word(tag))?),
        },
        _ => return None,
    };
    Some(Explanation { confidence: Confidence::Inferred, because })
}

fn is_remote_code_needed(model: &Model) -> Option<bool> {
    let facts = &model.facts;
    let names_classes = facts.custom_classes.as_ref().map(|classes| !classes.is_empty());
    if names_classes == Some(true) || has_tag(model, &["custom_code"]) {
        return Some(true);
    }
    (names_classes.is_some() || facts.tags.is_some()).then_some(false)
}

fn is_uncensored(model: &Model) -> Option<bool> {
    let is_named = uncensored_word(name_of(&model.model_id)).is_some();
    if is_named || tags(model).iter().any(|tag| uncensored_word(tag).is_some()) {
        return Some(true);
    }
    model.facts.tags.as_ref().map(|_| false)
}

/// The word of a text that says so.
fn uncensored_word(text: &str) -> Option<&str> {
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    words.find(|word| is_one_of(word, &UNCENSORED))
}

/// Whether the weights exist only in files that run code when they are loaded; `None` without
/// weights.
fn is_pickle_only(model: &Model) -> Option<bool> {
    let mut has_pickle = false;
    for path in file_paths(model) {
        let file = path.rsplit('/').next().unwrap_or(path);
        let ends_with = |endings: &[&str]| {
            endings.iter().any(|ending| {
                let begin = file.len().checked_sub(ending.len());
                begin
                    .and_then(|at| file.get(at..))
                    .is_some_and(|end| end.eq_ignore_ascii_case(ending))
            })
        };
        if ends_with(&PLAIN) {
            return Some(false);
        }
        // The parts of other formats end in `.bin`, too.
        let is_other = file.starts_with("openvino") || file.starts_with("ggml");
        has_pickle |= ends_with(&PICKLES) && !is_other && !is_one_of(file, &NO_WEIGHTS);
    }
    has_pickle.then_some(true)
}

#[cfg(test)]
mod tests;
