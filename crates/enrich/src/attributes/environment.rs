//! What training the model emitted, as far as its card says.

use schema::{Attribute, Confidence, Value, ValueType};

use super::data::speaks_of;
use super::describe::{blank, group};
use super::documentation::has_key;
use super::sections::{self, Section, has_section};
use super::signs::has_tag;
use super::{Context, Family};
use crate::tables::Model;

/// The family.
pub(super) const FAMILY: Family = Family::plain(ATTRIBUTES, derive);

const NAME: &str = "environment";
const KEY: &str = "co2_eq_emissions";
const FIELD: &str = "co2_eq_emissions of the card";
/// Words of the field for stages of training, by what they begin with.
const STAGES: [(&str, &str); 4] = [
    ("pre", "pretraining"),
    ("fine", "fine-tuning"),
    ("finetun", "fine-tuning"),
    ("train", "training"),
];

/// The descriptions, in the order of the values.
pub(super) const ATTRIBUTES: &[Attribute] = &[
    Attribute {
        name: "has_emissions",
        title: "Emissions told",
        meaning: "Whether the card's front matter tells what training emitted.",
        source: "co2_eq_emissions of the card, else tags",
        method: "the field or the Hub's tag of its name; no for a card without them; null where \
                 the source carries neither card nor tag",
        inputs: &["emissions_micrograms", "card_keys", "tags", "file_paths"],
        ..blank(NAME, ValueType::Boolean)
    },
    Attribute {
        name: "emissions_grams",
        unit: "grams",
        title: "Emissions",
        meaning: "Carbon dioxide equivalent that training emitted, as the card says.",
        source: FIELD,
        method: "grams; kilograms and tonnes are converted where the card writes them; null where \
                 the card gives no number or the source does not carry it",
        inputs: &["emissions_micrograms"],
        confidence: Confidence::Stated,
        ..blank(NAME, ValueType::Number)
    },
    Attribute {
        name: "emissions_source",
        title: "Source of the emissions",
        meaning: "What measured or estimated the emissions.",
        source: FIELD,
        method: "as written; null where the card does not say or the source does not carry it",
        inputs: &["emissions_source"],
        confidence: Confidence::Stated,
        ..blank(NAME, ValueType::Text)
    },
    Attribute {
        name: "emissions_stage",
        title: "Stage of the emissions",
        meaning: "What the emissions were caused by: pretraining, fine-tuning, training as a \
                  whole, or something else (other).",
        source: FIELD,
        method: "by the first letters of training_type; null where the card does not say or the \
                 source does not carry it",
        inputs: &["emissions_stage"],
        ..group(NAME)
    },
    Attribute {
        name: "emissions_hardware",
        title: "Hardware of the emissions",
        meaning: "Hardware that the emissions were caused by.",
        source: FIELD,
        method: "as written; null where the card does not say or the source does not carry it",
        inputs: &["emissions_hardware"],
        confidence: Confidence::Stated,
        ..blank(NAME, ValueType::Text)
    },
    Attribute {
        name: "emissions_location",
        title: "Place of the emissions",
        meaning: "Where the hardware stood that caused the emissions.",
        source: FIELD,
        method: "as written; null where the card does not say or the source does not carry it",
        inputs: &["emissions_location"],
        confidence: Confidence::Stated,
        ..blank(NAME, ValueType::Text)
    },
    Attribute {
        name: "has_environment_section",
        title: "Section on the environment",
        meaning: "Whether the card has a section on emissions or energy.",
        source: "headings of the card's text",
        method: sections::METHOD,
        inputs: sections::INPUTS,
        confidence: Confidence::Inferred,
        ..blank(NAME, ValueType::Boolean)
    },
    Attribute {
        name: "has_emissions_statement",
        title: "Statement on emissions",
        meaning: "Whether a phrase of the card's text speaks of carbon emissions.",
        source: "text of the card",
        method: "phrases of rules/card_phrases.csv, in English; null where the source does not \
                 carry the text of the card",
        inputs: &["readme_topics", "file_paths"],
        confidence: Confidence::Inferred,
        ..blank(NAME, ValueType::Boolean)
    },
];

fn derive(model: &Model, _context: &Context<'_>) -> Vec<Value> {
    let facts = &model.facts;
    let grams = facts.emissions_micrograms.filter(|micrograms| *micrograms >= 0);
    let stated = |text: &Option<String>| -> Value {
        text.as_deref().map(str::trim).filter(|text| !text.is_empty()).into()
    };
    let is_told =
        if grams.is_some() || has_tag(model, &[KEY]) { Some(true) } else { has_key(model, KEY) };
    vec![
        is_told.into(),
        grams.map(|micrograms| micrograms as f64 / 1e6).into(),
        stated(&facts.emissions_source),
        stage(model).into(),
        stated(&facts.emissions_hardware),
        stated(&facts.emissions_location),
        has_section(model, Section::EnvironmentalImpact).into(),
        speaks_of(model, "emissions").into(),
    ]
}

fn stage(model: &Model) -> Option<&'static str> {
    let written = model.facts.emissions_stage.as_deref()?.trim().to_lowercase();
    let known = STAGES.iter().find(|(word, _)| written.starts_with(word));
    (!written.is_empty()).then(|| known.map_or("other", |(_, stage)| stage))
}

#[cfg(test)]
mod tests;
