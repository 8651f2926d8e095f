//! Which natural languages the model is for.

use std::collections::HashMap;
use std::sync::LazyLock;

use schema::{Attribute, Value, ValueType};
use serde::Deserialize;

use super::describe::{blank, group};
use super::signs::tags;
use super::{Context, Family, rules};
use crate::tables::Model;

/// The family.
pub(super) const FAMILY: Family = Family::plain(ATTRIBUTES, derive);

const NAME: &str = "language";
const MULTILINGUAL: &str = "multilingual";
/// The Hub's pseudo-language of programs.
const CODE: &str = "code";
const SOURCE: &str = "language of the card, else tags";

/// The descriptions, in the order of the values.
pub(super) const ATTRIBUTES: &[Attribute] = &[
    Attribute {
        name: "languages",
        title: "Languages",
        meaning: "Codes of the languages that the model is declared for; empty where it \
                  declares none.",
        source: SOURCE,
        method: "two-letter code where one exists, regions and scripts cut, sorted; a bare tag \
                 counts when it is a two-letter code of ISO 639-1 or 'multilingual'",
        inputs: &["languages", "tags"],
        ..blank(NAME, ValueType::TextList)
    },
    Attribute {
        name: "language_primary",
        title: "Language",
        meaning: "The one language that the model is declared for, or 'multilingual'.",
        source: SOURCE,
        method: "multilingual from two languages on or where so declared; program code is no \
                 second language; null where none is declared",
        inputs: &["languages", "tags"],
        ..group(NAME)
    },
    Attribute {
        name: "language_count",
        unit: "languages",
        title: "Number of languages",
        meaning: "Number of languages that the model names.",
        source: SOURCE,
        method: "codes without 'multilingual' and 'code'; null where none is named, since \
                 silence is not zero languages",
        inputs: &["languages", "tags"],
        ..blank(NAME, ValueType::Integer)
    },
];

fn derive(model: &Model, _context: &Context<'_>) -> Vec<Value> {
    let languages = languages(model);
    let listed = languages.as_deref().unwrap_or_default();
    let named: Vec<&String> =
        listed.iter().filter(|code| *code != MULTILINGUAL && *code != CODE).collect();
    let has = |wanted: &str| listed.iter().any(|code| code == wanted);
    let primary = match named.as_slice() {
        _ if has(MULTILINGUAL) => Some(MULTILINGUAL.to_owned()),
        [] => has(CODE).then(|| CODE.to_owned()),
        [only] => Some((*only).clone()),
        _ => Some(MULTILINGUAL.to_owned()),
    };
    let count = (!named.is_empty()).then_some(named.len() as i64);
    vec![languages.clone().into(), primary.into(), count.into()]
}

/// A list that the card leaves out may still stand in the tags.
fn languages(model: &Model) -> Option<Vec<String>> {
    let facts = &model.facts;
    if facts.languages.is_none() && facts.tags.is_none() {
        return None;
    }
    let stated = facts.languages.iter().flatten();
    let mut codes: Vec<String> = stated.filter_map(|written| code_of(written)).collect();
    if codes.is_empty() {
        codes.extend(tags(model).iter().filter(|tag| is_language_tag(tag)).cloned());
    }
    codes.sort_unstable();
    codes.dedup();
    Some(codes)
}

/// Only the exact spelling of a code: `EN` or `IT` may be the author's own word.
fn is_language_tag(tag: &str) -> bool {
    tag == MULTILINGUAL || (tag.len() == 2 && CODES.contains_key(tag))
}

/// The code of a language as cards write it: `en`, `eng`, `en-US`, `English`.
fn code_of(written: &str) -> Option<String> {
    let written = written.trim().to_lowercase();
    let head = written.split(['-', '_']).next().unwrap_or_default().trim();
    let known = CODES.get(written.as_str()).or_else(|| CODES.get(head));
    if let Some(code) = known {
        return Some(code.clone());
    }
    // Three letters are a code of ISO 639-2 or 639-3, of which there are too many to list.
    let is_long_code = head.len() == 3 && head.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_word = [MULTILINGUAL, CODE].contains(&written.as_str());
    (is_long_code || is_word).then(|| head.to_owned())
}

#[derive(Debug, Deserialize)]
struct Rule {
    code: String,
    long_code: String,
    name: String,
}

/// The two-letter code by itself, by the three-letter code, and by the English name.
static CODES: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let rows: Vec<Rule> = rules::rows(include_str!("../../rules/languages.csv"));
    let spellings = |rule: Rule| {
        let Rule { code, long_code, name } = rule;
        [code.clone(), long_code, name.to_lowercase()].map(|spelling| (spelling, code.clone()))
    };
    rows.into_iter().flat_map(spellings).collect()
});

#[cfg(test)]
mod tests;
