//! How well the card documents the model: its text, by what was counted and named when it was
//! read.

use schema::{Confidence, Value};

use super::sections::{Section, Sections, heading_of, is_without_card};
use super::{Context, Explanation, Family};
use crate::tables::Model;
use describe::ATTRIBUTES;

mod describe;

/// The family.
pub(super) const FAMILY: Family = Family { attributes: ATTRIBUTES, derive, explain };

/// Characters below which a text says no more than the front matter does.
const SPARSE_CHARACTERS: i64 = 300;
/// Gaps of the template from which on nobody worked on it; it has about forty.
const TEMPLATE_GAPS: i64 = 10;
/// The topic of phrases that tools write into cards.
const GENERATED: &str = "generated";

/// The sections that attributes tell of, in the order of the values.
const SECTION_ATTRIBUTES: [(&str, Section); 8] = [
    ("has_usage_section", Section::Usage),
    ("has_intended_use_section", Section::IntendedUse),
    ("has_limitations_section", Section::Limitations),
    ("has_bias_section", Section::Bias),
    ("has_training_section", Section::TrainingProcedure),
    ("has_license_section", Section::License),
    ("has_contact_section", Section::Contact),
    ("has_changes_section", Section::Changes),
];

fn derive(model: &Model, _context: &Context<'_>) -> Vec<Value> {
    let facts = &model.facts;
    let is_empty = is_without_card(model);
    // What a card that does not exist has none of is known.
    let count = |fact: Option<i64>| Value::from(fact.or(is_empty.then_some(0)));
    let sections = Sections::of(model);
    let completeness = sections
        .map(|sections| f64::from(sections.asked_for_count()) / f64::from(Sections::ASKED_FOR));
    let heading_count = facts.readme_headings.as_ref().map(|headings| headings.len() as i64);
    let languages = facts.readme_code_languages.clone();
    let mut values = vec![
        count(facts.readme_characters),
        card_kind(model).into(),
        facts.readme_language.clone().into(),
        count(heading_count),
        completeness.into(),
        count(facts.readme_placeholder_count),
        count(facts.readme_code_count),
        languages.or(is_empty.then(Vec::new)).into(),
        count(facts.readme_image_count),
        count(facts.readme_table_count),
        count(facts.readme_link_count),
        has_link(model, "demo:").into(),
        widget_count(model).into(),
        has_key(model, "thumbnail").into(),
        facts.new_version.as_deref().map(str::trim).filter(|id| !id.is_empty()).into(),
    ];
    let has = |(_, section): &(&str, Section)| sections.map(|found| found.has(*section)).into();
    values.extend(SECTION_ATTRIBUTES.iter().map(has));
    values
}

fn explain(model: &Model, _context: &Context<'_>, name: &str) -> Option<Explanation> {
    let because = match SECTION_ATTRIBUTES.iter().find(|(attribute, _)| *attribute == name) {
        Some((_, section)) => format!("the heading '{}'", heading_of(model, *section)?),
        None if name == "card_kind" => why_kind(model)?,
        None => return None,
    };
    Some(Explanation { confidence: Confidence::Inferred, because })
}

/// What kind of text the card is.
pub(super) fn card_kind(model: &Model) -> Option<&'static str> {
    let facts = &model.facts;
    if is_without_card(model) {
        return Some("none");
    }
    let characters = facts.readme_characters?;
    let is_generated = facts.readme_topics.as_ref()?.iter().any(|topic| topic == GENERATED);
    Some(match facts.readme_placeholder_count? {
        _ if characters <= 0 => "empty",
        gaps if gaps >= TEMPLATE_GAPS => "template",
        _ if is_generated => "generated",
        _ if characters < SPARSE_CHARACTERS => "sparse",
        _ => "written",
    })
}

fn why_kind(model: &Model) -> Option<String> {
    let facts = &model.facts;
    Some(match card_kind(model)? {
        "none" => "no README.md among the files".to_owned(),
        "template" => {
            format!("{} gaps of the template", facts.readme_placeholder_count.unwrap_or_default())
        }
        "generated" => "a phrase that tools write".to_owned(),
        _ => format!("{} characters", facts.readme_characters.unwrap_or_default()),
    })
}

/// Whether the card links to something of a kind.
pub(super) fn has_link(model: &Model, kind: &str) -> Option<bool> {
    match &model.facts.readme_links {
        Some(links) => Some(links.iter().any(|link| link.starts_with(kind))),
        None => is_without_card(model).then_some(false),
    }
}

/// Whether the front matter fills a field.
pub(super) fn has_key(model: &Model, key: &str) -> Option<bool> {
    match &model.facts.card_keys {
        Some(keys) => Some(keys.iter().any(|known| known.trim() == key)),
        None => is_without_card(model).then_some(false),
    }
}

fn widget_count(model: &Model) -> Option<i64> {
    let without = || (has_key(model, "widget") == Some(false)).then_some(0);
    model.facts.widget_count.filter(|count| *count >= 0).or_else(without)
}

#[cfg(test)]
mod tests;
