//! The text of a card, of which only what can be counted and named is kept.

mod bases;
mod headings;
mod links;
mod markdown;
mod phrases;

use crate::Facts;
use crate::fields::{Row, is_hidden};
use markdown::Outline;

/// Bytes of a card that are read; the longest real ones have about one million.
const MAX_BYTES: usize = 4 << 20;
const FENCE: &str = "---";
const FIELD: &str = "card";

/// Reads a card's text into facts.
pub(super) fn read(row: &mut Row<'_>, text: &str, facts: &mut Facts) {
    if text.len() > MAX_BYTES {
        row.fault(FIELD, format!("the card is longer than {} MiB", MAX_BYTES >> 20));
        return;
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let body = match front_matter(text) {
        FrontMatter::None => text,
        FrontMatter::Open => {
            row.fault(FIELD, "the front matter has no end".to_owned());
            text
        }
        FrontMatter::Whole { fields, body } => {
            if facts.card_keys.is_none() && !fields.trim().is_empty() {
                row.fault(FIELD, "the Hub could not read the front matter as YAML".to_owned());
            }
            body
        }
    };
    of_body(body, facts);
}

/// What is known of a card that does not exist.
pub(super) fn nothing(facts: &mut Facts) {
    of_body("", facts);
    facts.widget_count = facts.widget_count.or(Some(0));
}

fn of_body(body: &str, facts: &mut Facts) {
    // What shows nothing is no part of a heading or an address.
    let shown: String;
    let body = if body.contains(is_hidden) {
        shown = body.chars().filter(|c| !is_hidden(*c)).collect();
        &shown
    } else {
        body
    };
    let Outline { headings, prose, titles, comments, languages, code, images, tables, has_bibtex } =
        markdown::outline(body);
    let words = phrases::read(&prose, &comments);
    let links = links::read(body, &[&prose, &titles]);
    facts.readme_characters = Some(body.trim().chars().count() as i64);
    facts.readme_headings = Some(headings.into_filled());
    facts.readme_code_count = Some(code);
    facts.readme_code_languages = Some(languages);
    facts.readme_image_count = Some(images);
    facts.readme_table_count = Some(tables);
    facts.readme_link_count = Some(links.count);
    facts.readme_links = Some(links.named);
    facts.readme_arxiv_ids = Some(links.arxiv_ids);
    facts.readme_dois = Some(links.dois);
    facts.readme_has_bibtex = Some(has_bibtex);
    facts.readme_placeholder_count = Some(words.placeholders);
    facts.readme_bases = Some(bases::read(body));
    facts.readme_topics = Some(words.topics);
    facts.readme_language = words.language.map(str::to_owned);
}

enum FrontMatter<'a> {
    None,
    Open,
    Whole { fields: &'a str, body: &'a str },
}

/// Parts the front matter, between two lines of three dashes, from the text.
fn front_matter(text: &str) -> FrontMatter<'_> {
    let mut lines = text.split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| line.trim_end() == FENCE) else {
        return FrontMatter::None;
    };
    let begin = first.len();
    let mut end = begin;
    for line in lines {
        if line.trim_end() == FENCE {
            return FrontMatter::Whole {
                fields: &text[begin..end],
                body: &text[end + line.len()..],
            };
        }
        end += line.len();
    }
    FrontMatter::Open
}

#[cfg(test)]
mod tests;
