//! What the model is for: its task, and what goes in and comes out.

use std::collections::HashMap;
use std::sync::LazyLock;

use schema::{Attribute, Confidence, Value, ValueType};
use serde::Deserialize;

use super::describe::{blank, group};
use super::{Context, Family, rules};
use crate::tables::Model;

/// The family.
pub(super) const FAMILY: Family = Family::plain(ATTRIBUTES, derive);

const NAME: &str = "task";
const TABLE: &str = "task and rules/tasks.csv";
/// How annotators write that a card does not say.
const UNDOCUMENTED: &str = "undocumented";

/// The descriptions, in the order of the values.
pub(super) const ATTRIBUTES: &[Attribute] = &[
    Attribute {
        name: "task",
        title: "Task",
        meaning: "The Hub's id of the task that the model is for.",
        source: "pipeline_tag",
        method: "lower case, as the source says; free text occurs",
        inputs: &["task"],
        confidence: Confidence::Stated,
        ..group(NAME)
    },
    Attribute {
        name: "task_group",
        title: "Group of tasks",
        meaning: "The Hub's group of the task: nlp, multimodal, cv, audio, tabular, rl, or other.",
        source: TABLE,
        method: "looked up, former ids too; null for a task that is not in the Hub's table",
        inputs: &["task"],
        ..group(NAME)
    },
    Attribute {
        name: "modality",
        title: "Modality",
        meaning: "What goes in and what comes out, as 'Image + Text → Text'.",
        source: "annotation of the source, else task and rules/tasks.csv",
        method: "an annotator's word stands above the task's; inputs in alphabetical order; \
                 null where neither says",
        inputs: &["annotated_modality", "task"],
        confidence: Confidence::Inferred,
        ..group(NAME)
    },
    Attribute {
        name: "is_generative",
        title: "Generative",
        meaning: "Whether the task is to make new text, images, sound, video or shapes.",
        source: TABLE,
        method: "looked up; recognition, extraction, ranking and forecasts are not generative; \
                 null where the task is unknown",
        inputs: &["task"],
        ..blank(NAME, ValueType::Boolean)
    },
    Attribute {
        name: "is_multimodal",
        title: "Multimodal",
        meaning: "Whether more than one kind of input goes in or output comes out.",
        source: "modality",
        method: "two or more kinds on one side, or any; null where the modality is unknown",
        inputs: &["annotated_modality", "task"],
        confidence: Confidence::Inferred,
        ..blank(NAME, ValueType::Boolean)
    },
];

fn derive(model: &Model, _context: &Context<'_>) -> Vec<Value> {
    let task = task(model);
    let rule = task.as_deref().and_then(|task| RULES.get(task));
    let modality = annotated(model).or_else(|| rule.and_then(Rule::modality));
    let is_generative = rule.and_then(|rule| match rule.generative.as_str() {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    });
    let is_multimodal = modality.as_deref().map(is_multimodal);
    vec![
        task.into(),
        rule.map(|rule| rule.task_group.as_str()).into(),
        modality.into(),
        is_generative.into(),
        is_multimodal.into(),
    ]
}

fn task(model: &Model) -> Option<String> {
    let task = model.facts.task.as_deref().map(|task| task.trim().to_lowercase());
    task.filter(|task| !task.is_empty())
}

/// What goes in and what comes out, as `Image + Text → Text`.
pub(super) fn modality(model: &Model) -> Option<String> {
    annotated(model).or_else(|| RULES.get(&task(model)?)?.modality())
}

/// Whether an annotator could not say, as the card does not.
pub(super) fn is_undocumented(model: &Model) -> bool {
    let written = model.facts.annotated_modality.as_deref();
    written.is_some_and(|written| written.to_lowercase().contains(UNDOCUMENTED))
}

fn annotated(model: &Model) -> Option<String> {
    model.facts.annotated_modality.as_deref().and_then(annotated_modality)
}

/// What goes into a task and what comes out, as the table says it.
pub(super) fn sides(task: &str) -> Option<(&'static str, &'static str)> {
    let rule = RULES.get(task.trim().to_lowercase().as_str())?;
    Some((rule.input.as_str(), rule.output.as_str()))
}

#[derive(Debug, Deserialize)]
struct Rule {
    task: String,
    task_group: String,
    input: String,
    output: String,
    generative: String,
}

impl Rule {
    fn modality(&self) -> Option<String> {
        (!self.input.is_empty()).then(|| format!("{} → {}", self.input, self.output))
    }
}

/// The Hub's table of tasks of August 2026, with two former tasks.
static RULES: LazyLock<HashMap<String, Rule>> = LazyLock::new(|| {
    let rows: Vec<Rule> = rules::rows(include_str!("../../rules/tasks.csv"));
    rows.into_iter().map(|rule| (rule.task.clone(), rule)).collect()
});

/// `Text + Image --> Text` is `Image + Text → Text`.
fn annotated_modality(written: &str) -> Option<String> {
    if written.to_lowercase().contains(UNDOCUMENTED) {
        return None;
    }
    let (input, output) = written.split_once("-->").or_else(|| written.split_once('→'))?;
    let (input, output) = (kinds(input), kinds(output));
    (!input.is_empty() && !output.is_empty()).then(|| format!("{input} → {output}"))
}

fn kinds(side: &str) -> String {
    let mut kinds: Vec<&str> =
        side.split('+').map(str::trim).filter(|kind| !kind.is_empty()).collect();
    kinds.sort_unstable();
    kinds.join(" + ")
}

fn is_multimodal(modality: &str) -> bool {
    modality.split(" → ").any(|side| side.contains(" + ") || side == "Any")
}

#[cfg(test)]
mod tests;
