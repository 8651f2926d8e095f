use super::super::tests::{line, list};
use super::*;
use crate::Facts;

const COLUMNS: [&str; 3] = ["languages", "language_primary", "language_count"];

fn declared(languages: &[&str]) -> String {
    line("a/b", Facts { languages: list(languages), ..Facts::default() }, &COLUMNS)
}

fn tagged(tags: &[&str]) -> String {
    line("a/b", Facts { tags: list(tags), ..Facts::default() }, &COLUMNS)
}

#[test]
fn spellings_are_folded_into_codes() {
    assert_eq!(declared(&["en"]), "[en] | en | 1");
    assert_eq!(declared(&["English"]), "[en] | en | 1");
    assert_eq!(declared(&["zh-CN", "zh", "zho"]), "[zh] | zh | 1");
    assert_eq!(declared(&["pt_BR", "es"]), "[es, pt] | multilingual | 2");
    assert_eq!(declared(&["no"]), "[no] | no | 1");
    // Of ISO 639-3: Egyptian Arabic has no two-letter code.
    assert_eq!(declared(&["arz"]), "[arz] | arz | 1");
    assert_eq!(declared(&["Klingonish", ""]), "[] | – | –");
}

#[test]
fn multilingual_and_code_are_no_languages_of_their_own() {
    assert_eq!(declared(&["multilingual"]), "[multilingual] | multilingual | –");
    assert_eq!(declared(&["Multilingual", "en"]), "[en, multilingual] | multilingual | 1");
    assert_eq!(declared(&["code", "en"]), "[code, en] | en | 1");
    assert_eq!(declared(&["code"]), "[code] | code | –");
}

#[test]
fn bare_tags_are_languages_only_by_their_code() {
    assert_eq!(
        tagged(&["transformers", "en", "zh", "tf", "oq", "act", "EN"]),
        "[en, zh] | multilingual | 2"
    );
    assert_eq!(tagged(&["ai", "rl", "region:us"]), "[] | – | –");
    assert_eq!(line("a/b", Facts::default(), &COLUMNS), "– | – | –");
}

#[test]
fn tags_stand_in_for_a_list_that_the_source_leaves_empty() {
    let facts = Facts { languages: list(&[]), tags: list(&["ja"]), ..Facts::default() };
    assert_eq!(line("a/b", facts, &COLUMNS), "[ja] | ja | 1");
}

/// ISO 639-1 has 183 codes, as the npm package `iso-639-1` 3.1.6 lists them; the withdrawn `bh`
/// and `sh` are in use on the Hub.
#[test]
fn the_table_is_that_of_iso_639_1() {
    let two_letters = CODES.iter().filter(|(spelling, _)| spelling.len() == 2);
    assert_eq!(two_letters.count(), 183 + 2);
    assert!(CODES.iter().all(|(spelling, code)| spelling.len() != 2 || spelling == code));
}
