//! The words of a card: what its phrases speak of, and its language.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::attributes::rules;

/// The phrases of the Hub's template for cards that stand where nobody wrote anything.
const PLACEHOLDERS: &str = "placeholder";
/// What tools write into cards that they make.
const GENERATED: &str = "generated";
/// Function words that show a language, in texts of the Latin alphabet.
const FUNCTION_WORDS: [(&str, &[&str]); 6] = [
    ("en", &["the", "of", "and", "is", "to", "this", "with", "for"]),
    ("de", &["der", "die", "und", "das", "mit", "ist", "für", "von"]),
    ("fr", &["le", "les", "des", "et", "est", "pour", "dans", "une"]),
    ("es", &["el", "los", "las", "y", "es", "para", "con", "una"]),
    ("pt", &["o", "os", "e", "é", "para", "com", "uma", "não"]),
    ("it", &["il", "gli", "di", "e", "è", "per", "con", "una"]),
];
/// Fewer words, or letters of a script, show no language.
const MIN_EVIDENCE: usize = 8;

/// What the words of a text show.
#[derive(Debug, PartialEq, Eq, Default)]
pub(super) struct Words {
    /// Topics of phrases that were found, sorted.
    pub topics: Vec<String>,
    /// Gaps of the template.
    pub placeholders: i64,
    /// The language, where it is one of those that are told apart.
    pub language: Option<&'static str>,
}

#[derive(Debug, Deserialize)]
struct Rule {
    topic: String,
    phrase: String,
}

struct Phrase {
    topic: String,
    /// The words behind the first one.
    rest: Vec<String>,
}

/// The phrases by their first word.
static PHRASES: LazyLock<HashMap<String, Vec<Phrase>>> = LazyLock::new(|| {
    let mut phrases: HashMap<String, Vec<Phrase>> = HashMap::new();
    let rules: Vec<Rule> = rules::rows(include_str!("../../../rules/card_phrases.csv"));
    for Rule { topic, phrase } in rules {
        let mut words = phrase.split(' ').map(str::to_owned);
        let first = words.next().unwrap_or_default();
        phrases.entry(first).or_default().push(Phrase { topic, rest: words.collect() });
    }
    phrases
});

/// Reads the words of a text; hyphens part words. Of comments only the signatures of tools count.
pub(super) fn read(prose: &str, comments: &str) -> Words {
    let text = prose.to_lowercase();
    let words = words_of(&text);
    let mut found: Vec<&str> = Vec::new();
    let mut placeholders = 0;
    for topic in topics(&words) {
        if topic == PLACEHOLDERS {
            placeholders += 1;
        } else {
            found.push(topic);
        }
    }
    let comments = comments.to_lowercase();
    found.extend(topics(&words_of(&comments)).filter(|topic| *topic == GENERATED));
    found.sort_unstable();
    found.dedup();
    let topics = found.into_iter().map(str::to_owned).collect();
    Words { topics, placeholders, language: language(&text, &words) }
}

fn words_of(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect()
}

/// The topics of the phrases in some words, one by one.
fn topics(words: &[&str]) -> impl Iterator<Item = &'static str> {
    let phrases = words.iter().enumerate().flat_map(move |(at, word)| {
        let here = PHRASES.get(*word).into_iter().flatten();
        here.map(move |phrase| (&words[at + 1..], phrase))
    });
    let is_here = |(behind, phrase): &(&[&str], &Phrase)| {
        behind.len() >= phrase.rest.len() && behind.iter().zip(&phrase.rest).all(|(a, b)| a == b)
    };
    phrases.filter(is_here).map(|(_, phrase)| phrase.topic.as_str())
}

/// Letters by script.
#[derive(Default)]
struct Letters {
    latin: usize,
    han: usize,
    kana: usize,
    hangul: usize,
    cyrillic: usize,
    ukrainian: usize,
}

fn language(text: &str, words: &[&str]) -> Option<&'static str> {
    let mut letters = Letters::default();
    for c in text.chars() {
        match c {
            'a'..='z' | '\u{e0}'..='\u{24f}' => letters.latin += 1,
            '\u{4e00}'..='\u{9fff}' => letters.han += 1,
            '\u{3040}'..='\u{30ff}' => letters.kana += 1,
            '\u{ac00}'..='\u{d7a3}' => letters.hangul += 1,
            'і' | 'ї' | 'є' | 'ґ' => letters.ukrainian += 1,
            '\u{430}'..='\u{45f}' => letters.cyrillic += 1,
            _ => {}
        }
    }
    let Letters { latin, han, kana, hangul, cyrillic, ukrainian } = letters;
    // A sign says as much as several letters, and names and commands stay in Latin letters.
    let weighs = |signs: usize| signs >= MIN_EVIDENCE && signs * 3 > latin;
    if weighs(kana) || (weighs(han + kana) && kana * 5 > han) {
        return Some("ja");
    }
    if weighs(han) {
        return Some("zh");
    }
    if weighs(hangul) {
        return Some("ko");
    }
    let cyrillic = cyrillic + ukrainian;
    if cyrillic >= MIN_EVIDENCE && cyrillic > latin {
        return Some(if ukrainian * 50 > cyrillic { "uk" } else { "ru" });
    }
    of_function_words(words)
}

/// The language with the most function words, where no other has nearly as many.
fn of_function_words(words: &[&str]) -> Option<&'static str> {
    let mut counts = [0_usize; FUNCTION_WORDS.len()];
    for word in words.iter().filter(|word| word.len() <= 5) {
        for (count, (_, known)) in counts.iter_mut().zip(FUNCTION_WORDS) {
            *count += usize::from(known.contains(word));
        }
    }
    let most = counts.iter().copied().max().unwrap_or_default();
    let near = counts.iter().filter(|count| **count * 3 > most * 2).count();
    if most < MIN_EVIDENCE || near > 1 {
        return None;
    }
    let place = counts.iter().position(|count| *count == most)?;
    Some(FUNCTION_WORDS[place].0)
}
