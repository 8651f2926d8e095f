//! Invented names.

use crate::numbers::{Draws, mix};

/// The longest id that the Hub allows, in characters.
const ID_MAX: usize = 96;

const ONSETS: [&str; 16] =
    ["br", "d", "f", "g", "h", "k", "kl", "m", "n", "p", "s", "sk", "t", "tr", "v", "z"];
const VOWELS: [&str; 8] = ["a", "e", "i", "o", "u", "ae", "io", "ou"];
const CODAS: [&str; 8] = ["", "l", "m", "n", "r", "sk", "th", "x"];

/// Words for what a fine-tune is about.
pub(crate) const TOPICS: [&str; 8] =
    ["finance", "legal", "medical", "multilingual", "news", "reviews", "science", "support"];
/// Words for what a fine-tune of a language model is meant to be good at.
pub(crate) const SKILLS: [&str; 8] =
    ["chat", "code", "function-calling", "math", "poetry", "reasoner", "roleplay", "sql"];

/// An invented word of `syllables` syllables, the same for the same number.
pub(crate) fn word(number: u64, syllables: usize) -> String {
    let mut bits = mix(number);
    let mut word = String::new();
    for _ in 0..syllables {
        word.push_str(ONSETS[(bits & 15) as usize]);
        word.push_str(VOWELS[(bits >> 4 & 7) as usize]);
        bits >>= 7;
    }
    word.push_str(CODAS[(bits & 7) as usize]);
    word
}

/// The word with a capital first letter.
pub(crate) fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + letters.as_str())
}

/// The account name of the individual with this number; every number has another.
pub(crate) fn individual(seed: u64, number: u64) -> String {
    let name = word(mix(seed) ^ number, 2);
    match number % 4 {
        0 => format!("{name}{number}"),
        1 => format!("{}-{number}", capitalized(&name)),
        2 => format!("{name}-ml{number}"),
        _ => format!("the{name}_{number}"),
    }
}

/// A parameter count as names write it: `350M`, `1.1B`, `70B`.
pub(crate) fn size(millions: u64) -> String {
    if millions < 1_000 {
        return format!("{millions}M");
    }
    let tenths = millions.div_euclid(100);
    if tenths >= 100 || tenths.is_multiple_of(10) {
        format!("{}B", tenths / 10)
    } else {
        format!("{}.{}B", tenths / 10, tenths % 10)
    }
}

/// `stem` and `ending`, the stem cut so that the id with this owner is not too long.
pub(crate) fn with_ending(owner: &str, stem: &str, ending: &str) -> String {
    // Ten characters are kept for what makes a name unique.
    let room = ID_MAX.saturating_sub(owner.len() + 1 + ending.len() + 10).max(8);
    let stem = stem.get(..room).unwrap_or(stem);
    format!("{}{ending}", stem.trim_end_matches(['-', '.', '_']))
}

/// Two invented words for a model that nothing else names.
pub(crate) fn title(draws: &mut Draws) -> String {
    let first = capitalized(&word(draws.bits(), 2));
    if draws.chance(0.5) { first } else { format!("{first}-{}", word(draws.bits(), 1)) }
}
