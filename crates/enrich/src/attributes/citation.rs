//! What the card cites, and how it wants to be cited.

use schema::{Attribute, Confidence, Day, Value, ValueType};

use super::describe::blank;
use super::sections::{self, Section, has_section, is_without_card};
use super::signs::{distinct, tag_values};
use super::{Context, Family};
use crate::tables::Model;

/// The family.
pub(super) const FAMILY: Family = Family::plain(ATTRIBUTES, derive);

const NAME: &str = "citation";
const ARXIV: &str = "tags arxiv:* and text of the card";
/// The paper on emissions that the Hub's template for cards refers to, whatever the model is.
pub(super) const PAPER_OF_TEMPLATE: &str = "1910.09700";
/// Identifiers that the Hub itself gives to repositories.
const DOI_OF_HUB: &str = "10.57967/";

/// The descriptions, in the order of the values.
pub(super) const ATTRIBUTES: &[Attribute] = &[
    Attribute {
        name: "arxiv_ids",
        title: "Papers on arXiv",
        meaning: "Papers on arXiv that the card names, by their identifiers; empty where it names \
                  none.",
        source: ARXIV,
        method: "without versions, distinct and sorted; without 1910.09700, to which the Hub's \
                 template for cards refers; null where the source has neither tags nor text",
        inputs: &["tags", "readme_arxiv_ids"],
        ..blank(NAME, ValueType::TextList)
    },
    Attribute {
        name: "paper_newest_on",
        title: "Newest paper",
        meaning: "First day of the month of the newest paper on arXiv that the card names.",
        source: ARXIV,
        method: "by the identifier, which begins with year and month; null where none is named or \
                 the source has neither tags nor text",
        inputs: &["tags", "readme_arxiv_ids"],
        ..blank(NAME, ValueType::Day)
    },
    Attribute {
        name: "dois",
        title: "Digital object identifiers",
        meaning: "Digital object identifiers that the card or the repository names; empty where \
                  there are none.",
        source: "tags doi:* and text of the card",
        method: "lower case, distinct and sorted; null where the source has neither tags nor text",
        inputs: &["tags", "readme_dois"],
        ..blank(NAME, ValueType::TextList)
    },
    Attribute {
        name: "has_hub_doi",
        title: "Identifier of the Hub",
        meaning: "Whether the Hub gave the repository a digital object identifier, or its card \
                  names one of the Hub.",
        source: "tags doi:* and text of the card",
        method: "identifiers that begin with 10.57967; null where the source has neither tags nor \
                 text",
        inputs: &["tags", "readme_dois"],
        ..blank(NAME, ValueType::Boolean)
    },
    Attribute {
        name: "has_bibtex",
        title: "Citation in BibTeX",
        meaning: "Whether the card gives a citation in BibTeX.",
        source: "text of the card",
        method: "an entry such as @misc at the beginning of a line; no for a repository without a \
                 card; null where the source does not carry the text of the card",
        inputs: &["readme_has_bibtex", "file_paths"],
        ..blank(NAME, ValueType::Boolean)
    },
    Attribute {
        name: "has_citation_section",
        title: "Section on citation",
        meaning: "Whether the card has a section on how to cite the model.",
        source: "headings of the card's text",
        method: sections::METHOD,
        inputs: sections::INPUTS,
        confidence: Confidence::Inferred,
        ..blank(NAME, ValueType::Boolean)
    },
];

fn derive(model: &Model, _context: &Context<'_>) -> Vec<Value> {
    let facts = &model.facts;
    let is_empty = is_without_card(model);
    let papers = arxiv_ids(model);
    let newest = papers.as_ref().and_then(|ids| ids.iter().filter_map(|id| month_of(id)).max());
    let dois = dois(model);
    let has_hub_doi = dois.as_ref().map(|dois| dois.iter().any(|doi| doi.starts_with(DOI_OF_HUB)));
    vec![
        papers.into(),
        newest.into(),
        dois.into(),
        has_hub_doi.into(),
        facts.readme_has_bibtex.or(is_empty.then_some(false)).into(),
        has_section(model, Section::Citation).into(),
    ]
}

/// Papers on arXiv, by their identifiers without versions; `None` where neither tags nor text are
/// known.
pub(super) fn arxiv_ids(model: &Model) -> Option<Vec<String>> {
    let facts = &model.facts;
    if facts.tags.is_none() && facts.readme_arxiv_ids.is_none() {
        return None;
    }
    let written = facts.readme_arxiv_ids.iter().flatten().map(String::as_str);
    let ids = tag_values(model, "arxiv:").chain(written).map(|id| {
        let id = id.trim();
        id.rsplit_once('v')
            .filter(|(head, _)| head.ends_with(|c: char| c.is_ascii_digit()))
            .map_or(id, |(head, _)| head)
    });
    Some(distinct(ids.filter(|id| *id != PAPER_OF_TEMPLATE).map(str::to_owned)))
}

fn dois(model: &Model) -> Option<Vec<String>> {
    let facts = &model.facts;
    if facts.tags.is_none() && facts.readme_dois.is_none() {
        return None;
    }
    let written = facts.readme_dois.iter().flatten().map(String::as_str);
    let dois = tag_values(model, "doi:").chain(written);
    Some(distinct(dois.map(|doi| doi.trim().to_lowercase())))
}

/// Whether the card names or links to a paper.
pub(super) fn has_paper(model: &Model) -> Option<bool> {
    let is_named = arxiv_ids(model).map(|ids| !ids.is_empty());
    let template = format!("arxiv.org/abs/{PAPER_OF_TEMPLATE}");
    let links = model.facts.readme_links.as_ref().map(|links| {
        let mut papers = links.iter().filter_map(|link| link.strip_prefix("paper:"));
        papers.any(|paper| !paper.starts_with(&template))
    });
    match (is_named, links.or(is_without_card(model).then_some(false))) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        // The Hub makes tags of the papers that a card links to.
        (Some(false), _) | (None, Some(false)) => Some(false),
        (None, None) => None,
    }
}

/// The first day of the month in which arXiv gave the identifier, as `2310.06825`.
fn month_of(id: &str) -> Option<Day> {
    let (date, number) = id.split_once('.')?;
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if date.len() != 4 || !is_number(date) || !is_number(number) {
        return None;
    }
    format!("20{}-{}-01", &date[..2], &date[2..]).parse().ok()
}

#[cfg(test)]
mod tests;
