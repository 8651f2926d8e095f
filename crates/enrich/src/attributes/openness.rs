//! How open the model is: part by part, as a grade, and as one of the paper's three classes.
//!
//! What is not known of a part widens the bounds of the grade and of the class, and never counts
//! as closed.

use schema::{Confidence, Value};

use super::access::gate;
use super::citation::has_paper;
use super::data::{Disclosure, training_data};
use super::documentation::card_kind;
use super::license_terms::{Allowance, Terms, allowance};
use super::signs::{file_paths, has_weights};
use super::{Context, Explanation, Family, evaluation};
use crate::tables::Model;
use class::classes;
use describe::ATTRIBUTES;

mod class;
mod describe;

/// The family.
pub(super) const FAMILY: Family = Family { attributes: ATTRIBUTES, derive, explain };

/// Repositories of tools that many cards link to, and that are no code of the model.
const TOOLS: [&str; 24] = [
    "Lightning-AI/pytorch-lightning",
    "OpenAccess-AI-Collective/axolotl",
    "abetlen/llama-cpp-python",
    "arcee-ai/mergekit",
    "axolotl-ai-cloud/axolotl",
    "bitsandbytes-foundation/bitsandbytes",
    "casper-hansen/AutoAWQ",
    "ggerganov/llama.cpp",
    "ggml-org/llama.cpp",
    "hiyouga/LLaMA-Factory",
    "huggingface/accelerate",
    "huggingface/diffusers",
    "huggingface/peft",
    "huggingface/pytorch-image-models",
    "huggingface/text-generation-inference",
    "huggingface/transformers",
    "huggingface/trl",
    "ml-explore/mlx",
    "ml-explore/mlx-lm",
    "ollama/ollama",
    "oobabooga/text-generation-webui",
    "sgl-project/sglang",
    "unslothai/unsloth",
    "vllm-project/vllm",
];
/// Endings of files with code.
const CODE_ENDINGS: [&str; 2] = [".py", ".ipynb"];

/// How open a part is, from 0 for closed to 1 for open, in halves.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Part {
    name: &'static str,
    /// What is known of it; `None` where nothing is.
    value: Option<(&'static str, f64)>,
}

/// What is known of the parts of a model.
struct Parts {
    weights: Option<(&'static str, f64)>,
    license: Option<(&'static str, f64)>,
    code: Option<(&'static str, f64)>,
    has_paper: Option<bool>,
    data: Option<Disclosure>,
    allowance: Allowance,
    all: [Part; 7],
}

fn parts(model: &Model) -> Parts {
    let allowance = allowance(model);
    let data = training_data(model);
    let has_paper = has_paper(model);
    let (weights, license, code) = (weights(model), license(allowance), code(model));
    let paper = has_paper.map(|has| if has { ("yes", 1.0) } else { ("no", 0.0) });
    let told = data.map(|data| match data {
        Disclosure::Available => (data.name(), 1.0),
        Disclosure::Disclosed => (data.name(), 0.5),
        Disclosure::Neither => (data.name(), 0.0),
    });
    let results = evaluation::form(model).map(|form| match form {
        "structured" => (form, 1.0),
        "text" => (form, 0.5),
        _ => (form, 0.0),
    });
    let card = card_kind(model).map(|kind| match kind {
        "written" => (kind, 1.0),
        "sparse" | "generated" => (kind, 0.5),
        _ => (kind, 0.0),
    });
    let part = |name, value| Part { name, value };
    let all = [
        part("weights", weights),
        part("code", code),
        part("training data", told),
        part("paper", paper),
        part("evaluation", results),
        part("card", card),
        part("licence", license),
    ];
    Parts { weights, license, code, has_paper, data, allowance, all }
}

fn derive(model: &Model, _context: &Context<'_>) -> Vec<Value> {
    let parts = parts(model);
    let word = |part: Option<(&'static str, f64)>| part.map(|(word, _)| word).into();
    let known = || parts.all.iter().filter_map(|part| Some((part.name, part.value?)));
    let known_count = known().count();
    let is_known = known_count > 0;
    let total = parts.all.len() as f64;
    let sum: f64 = known().map(|(_, (_, score))| score).sum();
    let low = is_known.then_some(sum / total);
    let high = is_known.then_some((sum + total - known_count as f64) / total);
    let is_whole = known_count == parts.all.len();
    let shown: Vec<String> =
        known().map(|(name, (word, score))| format!("{name}: {word} ({score})")).collect();
    let closed: Vec<String> =
        known().filter(|(_, (_, score))| *score == 0.0).map(|(name, _)| name.to_owned()).collect();
    let classes = is_known.then(|| classes(model, &parts)).flatten();
    let class = classes.filter(|(low, high)| low == high).map(|(class, _)| class.name());
    let is_below = known().any(|(_, (_, score))| score < 1.0);
    vec![
        word(parts.weights),
        word(parts.license),
        word(parts.code),
        parts.has_paper.into(),
        class.into(),
        classes.map(|(low, _)| low.name()).into(),
        classes.map(|(_, high)| high.name()).into(),
        low.filter(|_| is_whole).into(),
        low.into(),
        high.into(),
        is_known.then_some(known_count as i64).into(),
        is_known.then_some(shown).into(),
        is_known.then_some(closed).into(),
        if is_below { Some(false) } else { is_whole.then_some(true) }.into(),
    ]
}

fn explain(model: &Model, _context: &Context<'_>, name: &str) -> Option<Explanation> {
    let parts = parts(model);
    let because = match name {
        "openness_class" => {
            let (low, high) = classes(model, &parts)?;
            if low != high {
                return None;
            }
            class::why(model, &parts, low)
        }
        "openness_code" => match code_link(model) {
            Some(link) => format!("the link to {link}"),
            None => format!("the file {}", code_file(model)?),
        },
        _ => return None,
    };
    Some(Explanation { confidence: Confidence::Inferred, because })
}

fn weights(model: &Model) -> Option<(&'static str, f64)> {
    if !has_weights(model)? {
        return Some(("absent", 0.0));
    }
    Some(if gate(model)? == "no" { ("open", 1.0) } else { ("gated", 0.5) })
}

fn license(allowance: Allowance) -> Option<(&'static str, f64)> {
    Some(match allowance.terms? {
        Terms::Open => ("open", 1.0),
        Terms::Restricted => ("restricted", 0.5),
        Terms::None => ("none", 0.0),
    })
}

/// Code that the card links to, else that lies beside the weights.
fn code(model: &Model) -> Option<(&'static str, f64)> {
    if code_link(model).is_some() {
        return Some(("linked", 1.0));
    }
    if code_file(model).is_some() {
        return Some(("files", 0.5));
    }
    let is_known = super::documentation::has_link(model, "code:").is_some();
    (is_known && !file_paths(model).is_empty()).then_some(("none", 0.0))
}

/// The first link to code that is no tool.
fn code_link(model: &Model) -> Option<&str> {
    let links = model.facts.readme_links.iter().flatten();
    let mut links = links.filter_map(|link| link.strip_prefix("code:"));
    links.find(|link| {
        let repository = link.split_once('/').map_or("", |(_, repository)| repository);
        !TOOLS.iter().any(|tool| repository.eq_ignore_ascii_case(tool))
    })
}

fn code_file(model: &Model) -> Option<&str> {
    let is_code = |path: &&String| CODE_ENDINGS.iter().any(|ending| path.ends_with(ending));
    file_paths(model).iter().find(is_code).map(String::as_str)
}

#[cfg(test)]
mod tests;
