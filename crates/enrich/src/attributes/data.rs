//! What the model was trained on, as far as its card says.

use schema::{Attribute, Confidence, Value, ValueType};

use super::card::datasets;
use super::describe::{blank, group};
use super::documentation::has_link;
use super::sections::{self, Section, has_section, heading_of, is_without_card};
use super::{Context, Explanation, Family};
use crate::identity::owner_of;
use crate::tables::Model;

/// The family.
pub(super) const FAMILY: Family = Family { attributes: ATTRIBUTES, derive, explain };

const NAME: &str = "data";
const NAMED: &str = "datasets of the card, else tags dataset:*";
const TEXT: &str = "text of the card";
/// What tells how much is known of the training data.
const INPUTS: &[&str] =
    &["datasets", "tags", "readme_links", "readme_headings", "readme_topics", "file_paths"];
/// The longest id on the Hub.
const MAX_ID_BYTES: usize = 96;
/// What stands where a data set should be named, and names none.
const NO_NAMES: [&str; 9] =
    ["custom", "generator", "n/a", "na", "none", "null", "private", "proprietary", "unknown"];
/// Topics of phrases on training data.
const TRAINING_DATA: &str = "training data";
const UNDISCLOSED: &str = "undisclosed data";

/// How much is known of the training data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Disclosure {
    /// A data set is named or linked that can be looked at.
    Available,
    /// The card says what it is, and not where.
    Disclosed,
    /// The card says nothing of it, or that it is not told.
    Neither,
}

impl Disclosure {
    /// The name of the value.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Available => "available",
            Self::Disclosed => "disclosed",
            Self::Neither => "neither",
        }
    }
}

/// The descriptions, in the order of the values.
pub(super) const ATTRIBUTES: &[Attribute] = &[
    Attribute {
        name: "training_data",
        title: "Training data told",
        meaning: "Whether the training data can be looked at (available), is only described \
                  (disclosed), or neither.",
        source: "data sets of the card, and text of the card",
        method: "available by a data set in the form of an id on the Hub or a linked one; \
                 disclosed by another name, a section or a phrase, unless a phrase withholds it; \
                 what a base model was trained on is not asked; null where no data set is named \
                 and the text of the card is not known",
        inputs: INPUTS,
        confidence: Confidence::Inferred,
        ..group(NAME)
    },
    Attribute {
        name: "dataset_on_hub_count",
        unit: "data sets",
        title: "Data sets on the Hub",
        meaning: "Number of data sets of the card that are named in the form of an id on the Hub.",
        source: NAMED,
        method: "owner/name, or a bare name without blanks as old data sets have it; whether the \
                 data set still exists is not asked; null where the source has neither",
        inputs: &["datasets", "tags"],
        confidence: Confidence::Inferred,
        ..blank(NAME, ValueType::Integer)
    },
    Attribute {
        name: "dataset_on_hub_share",
        unit: "share",
        title: "Share of data sets on the Hub",
        meaning: "Share of the data sets of the card that are named in the form of an id on the \
                  Hub, 0 to 1.",
        source: NAMED,
        method: "as dataset_on_hub_count; null where none is named or the source has neither",
        inputs: &["datasets", "tags"],
        confidence: Confidence::Inferred,
        ..blank(NAME, ValueType::Number)
    },
    Attribute {
        name: "dataset_primary",
        title: "First data set",
        meaning: "Data set that the card names first.",
        source: "datasets of the card",
        method: "the first in the form of an id on the Hub, as written; null where the card names \
                 none or the source does not carry it",
        inputs: &["datasets"],
        ..group(NAME)
    },
    Attribute {
        name: "has_own_dataset",
        title: "Own data set",
        meaning: "Whether one of the data sets is published by the account that publishes the \
                  model.",
        source: NAMED,
        method: "the part of ids before the stroke, in any case; null for a model without an owner and where the source has neither",
        inputs: &["model_id", "datasets", "tags"],
        ..blank(NAME, ValueType::Boolean)
    },
    Attribute {
        name: "dataset_link_count",
        unit: "data sets",
        title: "Links to data sets",
        meaning: "Number of data sets that the card's text links to.",
        source: TEXT,
        method: "on the Hub, Kaggle and Zenodo; 0 for a repository without a card; null where the \
                 source does not carry the text of the card",
        inputs: &["readme_links", "file_paths"],
        ..blank(NAME, ValueType::Integer)
    },
    Attribute {
        name: "dataset_links",
        title: "Linked data sets",
        meaning: "Data sets that the card's text links to; empty where it links to none.",
        source: TEXT,
        method: "on the Hub, Kaggle and Zenodo, sorted; null where the source does not carry the \
                 text of the card",
        inputs: &["readme_links", "file_paths"],
        ..blank(NAME, ValueType::TextList)
    },
    Attribute {
        name: "has_training_data_section",
        title: "Section on training data",
        meaning: "Whether the card has a section on what the model was trained on.",
        source: "headings of the card's text",
        method: sections::METHOD,
        inputs: sections::INPUTS,
        confidence: Confidence::Inferred,
        ..blank(NAME, ValueType::Boolean)
    },
    Attribute {
        name: "has_training_data_statement",
        title: "Statement on training data",
        meaning: "Whether a phrase of the card's text speaks of what the model was trained on.",
        source: TEXT,
        method: "phrases of rules/card_phrases.csv, in English; no for a repository without a \
                 card; null where the source does not carry the text of the card",
        inputs: &["readme_topics", "file_paths"],
        confidence: Confidence::Inferred,
        ..blank(NAME, ValueType::Boolean)
    },
    Attribute {
        name: "is_training_data_withheld",
        title: "Training data withheld",
        meaning: "Whether a phrase of the card's text says that training data is unknown, private \
                  or not told.",
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
    let named = datasets(model);
    let on_hub = named.as_ref().map(|named| named.iter().filter(|name| is_id(name)).count());
    let share = named.as_ref().zip(on_hub).and_then(|(named, on_hub)| {
        (!named.is_empty()).then(|| on_hub as f64 / named.len() as f64)
    });
    let owner = owner_of(&model.model_id);
    let is_own = |owner: &str, name: &String| {
        let of_data = name.split_once('/').map(|(owner, _)| owner);
        of_data.is_some_and(|of_data| of_data.eq_ignore_ascii_case(owner))
    };
    let has_own = named
        .as_ref()
        .zip(owner)
        .map(|(named, owner)| named.iter().any(|name| is_own(owner, name)));
    let first = facts.datasets.as_ref().and_then(|names| names.iter().find(|name| is_id(name)));
    let linked = facts.readme_links.as_ref().map(|links| {
        links.iter().filter_map(|link| link.strip_prefix("dataset:").map(str::to_owned)).collect()
    });
    let linked: Option<Vec<String>> = linked.or(is_without_card(model).then(Vec::new));
    vec![
        training_data(model).map(Disclosure::name).into(),
        on_hub.map(|count| count as i64).into(),
        share.into(),
        first.into(),
        has_own.into(),
        linked.as_ref().map(|links| links.len() as i64).into(),
        linked.into(),
        has_section(model, Section::TrainingData).into(),
        speaks_of(model, TRAINING_DATA).into(),
        speaks_of(model, UNDISCLOSED).into(),
    ]
}

fn explain(model: &Model, _context: &Context<'_>, name: &str) -> Option<Explanation> {
    let heading = || Some(format!("the heading '{}'", heading_of(model, Section::TrainingData)?));
    let because = match name {
        "has_training_data_section" => heading()?,
        "training_data" => why(model)?,
        _ => return None,
    };
    Some(Explanation { confidence: Confidence::Inferred, because })
}

/// How much is known of the training data; `None` where no data set is named and the text of the
/// card is not known.
pub(super) fn training_data(model: &Model) -> Option<Disclosure> {
    let named = datasets(model);
    let named = named.as_deref().unwrap_or_default();
    if named.iter().any(|name| is_id(name)) || has_link(model, "dataset:") == Some(true) {
        return Some(Disclosure::Available);
    }
    // A name that is no id on the Hub may still be one that people know.
    if named.iter().any(|name| is_name(name)) {
        return Some(Disclosure::Disclosed);
    }
    let has_section = has_section(model, Section::TrainingData)?;
    let is_withheld = speaks_of(model, UNDISCLOSED)?;
    let is_told = has_section || speaks_of(model, TRAINING_DATA)?;
    Some(if is_told && !is_withheld { Disclosure::Disclosed } else { Disclosure::Neither })
}

fn why(model: &Model) -> Option<String> {
    let disclosure = training_data(model)?;
    let named = datasets(model).unwrap_or_default();
    let mut links = model.facts.readme_links.iter().flatten();
    let id = named.iter().find(|name| is_id(name));
    if let (None, Some(link)) = (id, links.find_map(|link| link.strip_prefix("dataset:"))) {
        return Some(format!("the link to {link}"));
    }
    if let Some(name) = id.or(named.iter().find(|name| is_name(name))) {
        return Some(format!("the data set {name}"));
    }
    match (disclosure, heading_of(model, Section::TrainingData)) {
        (Disclosure::Disclosed, Some(heading)) => Some(format!("the heading '{heading}'")),
        (Disclosure::Disclosed, None) => Some("a phrase on what it was trained on".to_owned()),
        (_, _) if speaks_of(model, UNDISCLOSED) == Some(true) => {
            Some("a phrase on data that is not told".to_owned())
        }
        _ => Some("no data set, link, section or phrase".to_owned()),
    }
}

/// Whether a phrase of the card speaks of a topic.
pub(super) fn speaks_of(model: &Model, topic: &str) -> Option<bool> {
    match &model.facts.readme_topics {
        Some(topics) => Some(topics.iter().any(|known| known == topic)),
        None => is_without_card(model).then_some(false),
    }
}

/// Whether a text can be the id of a data set on the Hub, as `owner/name` or, of old ones, `name`.
fn is_id(name: &str) -> bool {
    let (owner, of_owner) = name.split_once('/').unwrap_or(("x", name));
    let is_part = |part: &str| {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
        let is_sound = !part.is_empty() && part.bytes().all(is_plain);
        is_sound && !part.starts_with(['-', '.']) && !part.ends_with(['-', '.'])
    };
    let is_doubled = name.contains("--") || name.contains("..");
    name.len() <= MAX_ID_BYTES
        && is_name(name)
        && !is_doubled
        && is_part(owner)
        && is_part(of_owner)
}

/// Whether a text names a data set at all.
fn is_name(name: &str) -> bool {
    !name.is_empty() && !NO_NAMES.iter().any(|word| name.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests;
