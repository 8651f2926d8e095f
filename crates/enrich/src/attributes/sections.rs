//! Which sections a card has, by the words of its headings.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{rules, signs};
use crate::tables::Model;

/// Sections of a card. The first ten are those that the Hub's template for cards asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    Description,
    Usage,
    IntendedUse,
    Limitations,
    Bias,
    TrainingData,
    TrainingProcedure,
    Evaluation,
    EnvironmentalImpact,
    Citation,
    OutOfScope,
    Safety,
    TechnicalDetails,
    License,
    Contact,
    Changes,
}

/// The sections by their names in the table.
const SECTIONS: [(&str, Section); 16] = [
    ("description", Section::Description),
    ("usage", Section::Usage),
    ("intended use", Section::IntendedUse),
    ("limitations", Section::Limitations),
    ("bias", Section::Bias),
    ("training data", Section::TrainingData),
    ("training procedure", Section::TrainingProcedure),
    ("evaluation", Section::Evaluation),
    ("environmental impact", Section::EnvironmentalImpact),
    ("citation", Section::Citation),
    ("out of scope", Section::OutOfScope),
    ("safety", Section::Safety),
    ("technical details", Section::TechnicalDetails),
    ("license", Section::License),
    ("contact", Section::Contact),
    ("changes", Section::Changes),
];

/// The facts that tell which sections there are.
pub(super) const INPUTS: &[&str] = &["readme_headings", "file_paths"];

/// How attributes tell whether there is a section.
pub(super) const METHOD: &str = "a heading with something under it and one of the words of \
                                 rules/card_sections.csv; no for a repository without a card; \
                                 null where the source does not carry the text of the card";

/// The sections of one card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Sections(u32);

impl Sections {
    /// How many sections the template asks for.
    pub(super) const ASKED_FOR: u32 = 10;

    /// The sections of a model's card: none where it has no card, `None` where its text is not
    /// known.
    pub(super) fn of(model: &Model) -> Option<Self> {
        match &model.facts.readme_headings {
            Some(headings) => {
                let found = headings.iter().fold(0, |found, heading| found | bits_of(heading));
                Some(Self(found))
            }
            None => is_without_card(model).then_some(Self(0)),
        }
    }

    /// Whether there is such a section.
    pub(super) fn has(self, section: Section) -> bool {
        self.0 & (1 << section as u32) != 0
    }

    /// How many of the sections that the template asks for are there.
    pub(super) fn asked_for_count(self) -> u32 {
        (self.0 & ((1 << Self::ASKED_FOR) - 1)).count_ones()
    }
}

/// Whether a model has such a section; `None` where the text of its card is not known.
pub(super) fn has_section(model: &Model, section: Section) -> Option<bool> {
    Some(Sections::of(model)?.has(section))
}

/// The heading that makes a section, as it is written.
pub(super) fn heading_of(model: &Model, section: Section) -> Option<&str> {
    let headings = model.facts.readme_headings.as_deref()?;
    let is_of = |heading: &&String| Sections(bits_of(heading)).has(section);
    headings.iter().find(is_of).map(String::as_str)
}

/// Whether the repository is known to have no card.
pub(super) fn is_without_card(model: &Model) -> bool {
    let paths = signs::file_paths(model);
    !paths.is_empty() && !paths.iter().any(|path| path == "README.md")
}

#[derive(Debug, Deserialize)]
struct Rule {
    section: String,
    /// Words of headings, parted by `|`.
    words: String,
}

struct Words {
    /// Phrases in letters between which there are blanks, by their first word.
    parted: HashMap<String, Vec<(Vec<String>, u32)>>,
    /// Phrases in scripts without blanks.
    unparted: Vec<(String, u32)>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let rules: Vec<Rule> = rules::rows(include_str!("../../rules/card_sections.csv"));
    let mut words = Words { parted: HashMap::new(), unparted: Vec::new() };
    for Rule { section, words: phrases } in rules {
        let known = SECTIONS.iter().find(|(name, _)| *name == section);
        let bit = known.map_or(0, |(_, section)| 1 << *section as u32);
        for phrase in phrases.split('|') {
            if !phrase.is_ascii() {
                words.unparted.push((phrase.to_owned(), bit));
                continue;
            }
            let mut parts = phrase.split(' ').map(str::to_owned);
            let first = parts.next().unwrap_or_default();
            words.parted.entry(first).or_default().push((parts.collect(), bit));
        }
    }
    words
});

/// Headings name a section by a phrase anywhere in them, as `bias, risks, and limitations`; short
/// ones only, since a long one is a sentence.
fn bits_of(heading: &str) -> u32 {
    const MAX_WORDS: usize = 8;
    let words: Vec<&str> =
        heading.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.len() > MAX_WORDS {
        return 0;
    }
    let mut found = 0;
    for at in 0..words.len() {
        for (rest, bit) in WORDS.parted.get(words[at]).into_iter().flatten() {
            let follows = words[at + 1..].iter();
            if follows.len() >= rest.len() && follows.zip(rest).all(|(a, b)| a == b) {
                found |= bit;
            }
        }
    }
    if !heading.is_ascii() {
        let here = WORDS.unparted.iter().filter(|(phrase, _)| heading.contains(phrase.as_str()));
        found |= here.fold(0, |bits, (_, bit)| bits | bit);
    }
    // `Training Data` is no description of how it was trained, and `out-of-scope use` none of use.
    let has = |section: Section| found & (1 << section as u32) != 0;
    if has(Section::TrainingData) && words.len() <= 2 {
        found &= !(1 << Section::TrainingProcedure as u32);
    }
    found
}

#[cfg(test)]
mod tests;
