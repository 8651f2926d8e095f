//! What the publisher tells of the model: its card, data sets, papers and evaluations.

use schema::{Attribute, Value, ValueType};

use super::citation::PAPER_OF_TEMPLATE;
use super::describe::blank;
use super::signs::{distinct, file_paths, has_tag, tag_values};
use super::{Context, Family};
use crate::tables::Model;

/// The family.
pub(super) const FAMILY: Family = Family::plain(ATTRIBUTES, derive);

const NAME: &str = "card";
const CARD: &str = "front matter of the card";
const CARD_FILE: &str = "README.md";
/// The fields that every card can fill.
const FIELDS: [&str; 6] =
    ["license", "language", "tags", "datasets", "pipeline_tag", "library_name"];
const BASE: &str = "base_model";
const EVALUATION: &str = "model-index";

/// The descriptions, in the order of the values.
pub(super) const ATTRIBUTES: &[Attribute] = &[
    Attribute {
        name: "has_card",
        title: "Card",
        meaning: "Whether the repository has a model card.",
        source: "files, else front matter of the card",
        method: "whether README.md is among the files, else whether there is front matter; null \
                 where the source carries neither",
        inputs: &["card_keys", "file_paths"],
        ..blank(NAME, ValueType::Boolean)
    },
    Attribute {
        name: "card_field_count",
        unit: "fields",
        title: "Fields of the card",
        meaning: "Number of fields that the card's front matter fills.",
        source: CARD,
        method: "distinct keys; 0 for a repository without a card; null where the source does \
                 not carry the card",
        inputs: &["card_keys", "file_paths"],
        ..blank(NAME, ValueType::Integer)
    },
    Attribute {
        name: "card_completeness",
        unit: "share",
        title: "Completeness of the card",
        meaning: "Share of the fields that a reader needs which the card fills, 0 to 1.",
        source: CARD,
        method: "of license, language, tags, datasets, pipeline_tag, library_name and evaluation \
                 results; base_model counts where it is declared, since an original has none; \
                 null where the source does not carry the card",
        inputs: &["card_keys", "file_paths", "evaluation_count", "tags"],
        ..blank(NAME, ValueType::Number)
    },
    Attribute {
        name: "datasets",
        title: "Training data",
        meaning: "Data sets that the card names as training data; empty where it names none.",
        source: "datasets of the card, else tags dataset:*",
        method: "distinct and sorted; null where the source has neither",
        inputs: &["datasets", "tags"],
        ..blank(NAME, ValueType::TextList)
    },
    Attribute {
        name: "dataset_count",
        unit: "data sets",
        title: "Number of data sets",
        meaning: "Number of data sets that the card names as training data.",
        source: "datasets of the card, else tags dataset:*",
        method: "0 where none is named; null where the source has neither",
        inputs: &["datasets", "tags"],
        ..blank(NAME, ValueType::Integer)
    },
    Attribute {
        name: "paper_count",
        unit: "papers",
        title: "Papers",
        meaning: "Number of arXiv papers that the card links to.",
        source: "tags arxiv:*",
        method: "distinct, without 1910.09700, to which the Hub's template for cards refers; null \
                 where the source has no tags",
        version: 2,
        inputs: &["tags"],
        ..blank(NAME, ValueType::Integer)
    },
    Attribute {
        name: "has_evaluation",
        title: "Evaluation results",
        meaning: "Whether the card or the repository holds evaluation results.",
        source: "evaluation results of the source, else tags",
        method: "any result, or the tag model-index or eval-results; null where the source has \
                 neither results nor tags",
        inputs: &["evaluation_count", "tags"],
        ..blank(NAME, ValueType::Boolean)
    },
];

fn derive(model: &Model, _context: &Context<'_>) -> Vec<Value> {
    let keys = card_keys(model);
    let datasets = datasets(model);
    let dataset_count = datasets.as_ref().map(|datasets| datasets.len() as i64);
    let has_evaluation = has_evaluation(model);
    let papers = model.facts.tags.as_ref().map(|_| {
        let papers = tag_values(model, "arxiv:").filter(|id| *id != PAPER_OF_TEMPLATE);
        distinct(papers.map(str::to_owned)).len() as i64
    });
    vec![
        has_card(model).into(),
        keys.as_ref().map(|keys| keys.len() as i64).into(),
        keys.as_deref().map(|keys| completeness(keys, has_evaluation)).into(),
        datasets.into(),
        dataset_count.into(),
        papers.into(),
        has_evaluation.into(),
    ]
}

fn has_card(model: &Model) -> Option<bool> {
    if let Some(paths) = &model.facts.file_paths {
        return Some(paths.iter().any(|path| path == CARD_FILE));
    }
    // Without front matter there may still be a text.
    model.facts.card_keys.as_ref().filter(|keys| !keys.is_empty()).map(|_| true)
}

/// The distinct keys of the card; none where the repository has no card.
fn card_keys(model: &Model) -> Option<Vec<String>> {
    let is_without_card = !file_paths(model).is_empty() && has_card(model) == Some(false);
    match &model.facts.card_keys {
        Some(keys) => Some(distinct(keys.iter().map(|key| key.trim().to_owned()))),
        None => is_without_card.then(Vec::new),
    }
}

fn completeness(keys: &[String], has_evaluation: Option<bool>) -> f64 {
    let has = |field: &str| keys.iter().any(|key| key == field);
    let has_results = has(EVALUATION) || has_evaluation == Some(true);
    let filled = FIELDS.iter().filter(|field| has(field)).count() + usize::from(has_results);
    let base = usize::from(has(BASE));
    (filled + base) as f64 / (FIELDS.len() + 1 + base) as f64
}

/// The data sets that the card names, sorted.
pub(super) fn datasets(model: &Model) -> Option<Vec<String>> {
    let facts = &model.facts;
    if let Some(datasets) = &facts.datasets {
        return Some(distinct(datasets.iter().map(|dataset| dataset.trim().to_owned())));
    }
    facts.tags.as_ref()?;
    Some(distinct(tag_values(model, "dataset:").map(str::to_owned)))
}

fn has_evaluation(model: &Model) -> Option<bool> {
    let facts = &model.facts;
    let has_results = facts.evaluation_count.is_some_and(|count| count > 0);
    if has_results || has_tag(model, &[EVALUATION, "eval-results"]) {
        return Some(true);
    }
    (facts.evaluation_count.is_some() || facts.tags.is_some()).then_some(false)
}

#[cfg(test)]
mod tests;
