//! What a model's name says of its size and its experts.
//!
//! Names are read word by word: a word is a size only when it is nothing else, so that versions
//! (`Qwen2.5`), context lengths (`128k`), bits (`4bit`) and dates (`0528`) are none.

use std::borrow::Cow;

use crate::identity::name_of;

const BILLION: f64 = 1e9;
const MILLION: f64 = 1e6;
const TRILLION: f64 = 1e12;
/// No model is near; larger numbers are hashes or counts of tokens.
const MAX_BILLIONS: f64 = 5000.0;
/// Names end `-1M` for a context of a million tokens.
const MIN_MILLIONS: f64 = 2.0;
const MAX_DIGITS: usize = 4;
const MAX_EXPERTS: i64 = 4096;
/// Names of more words are rare.
const USUAL_WORDS: usize = 12;

/// What a name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Named {
    /// All parameters.
    pub total: Option<i64>,
    /// Parameters active for each token, as `A3B` says.
    pub active: Option<i64>,
    /// Experts, as `8x7B` or `16E` says.
    pub experts: Option<i64>,
    /// Whether the name is that of a mixture of experts.
    pub is_moe: bool,
}

/// Reads the name of a model id.
pub(super) fn read(model_id: &str) -> Named {
    let mut named = Named::default();
    let mut totals = Vec::new();
    let (mut millions, mut trillions) = (None, None);
    for (at, word) in sized_words(name_of(model_id)).iter().enumerate() {
        let word = word.as_ref();
        // What follows is the teacher: `Qwen3-0.6B-Distilled-30B-A3B`.
        if !totals.is_empty() && begins_with_distill(word) {
            break;
        }
        if let Some(experts) = crossed_experts(word).or_else(|| counted_experts(word)) {
            named.experts = named.experts.or(Some(experts));
            named.is_moe = true;
        } else if let Some(active) = active_size(word) {
            named.active = named.active.or(Some(active));
        } else if let Some(total) = billions(word) {
            totals.push(total);
        } else if let Some(total) = millions_of(word) {
            millions = millions.or(Some(total));
        } else if let Some(total) = trillions_of(word) {
            trillions = trillions.or(Some(total));
        }
        // A name that begins with `moe` may be a word of any kind.
        let is_said = word.ends_with("MoE") || (at > 0 && word.eq_ignore_ascii_case("moe"));
        named.is_moe |= is_said;
    }
    // `OLMoE-1B-7B` has its active parameters first.
    let largest = || totals.iter().max().copied();
    let is_unnamed = named.is_moe && named.active.is_none();
    let total = if is_unnamed { largest() } else { totals.first().copied() };
    // `3T` counts tokens, but `1T-A32B` parameters.
    let huge = trillions.filter(|_| named.active.is_some());
    named.total = total.or(huge).or(millions);
    if named.experts.is_some() {
        // `8x7B` shares layers between its experts, and `17B-16E` names the active parameters.
        named.total = None;
    }
    // `30B-A3B`, but not a name in which `a3b` happens to be a word.
    named.is_moe |= named.active.is_some() && named.total.is_some();
    if !named.is_moe {
        named.active = None;
    }
    named
}

fn begins_with_distill(word: &str) -> bool {
    word.get(..7).is_some_and(|begin| begin.eq_ignore_ascii_case("distill"))
}

/// The parameters that a name says the model has, all of them.
pub(crate) fn named_size(model_id: &str) -> Option<i64> {
    read(model_id).total
}

/// Whether a word of a name is a size or a number of experts, as `7b`, `a3b`, `8x7b` and `16e`.
pub(crate) fn says_size(word: &str) -> bool {
    let is_count = billions(word).or_else(|| millions_of(word)).or_else(|| active_size(word));
    is_count.is_some()
        || crossed_experts(word).is_some()
        || counted_experts(&word.to_ascii_uppercase()).is_some()
}

/// The words of a name or of a file's name: what stands between `-`, `_`, blanks and those dots
/// that are not within a number.
pub(crate) fn words(name: &str) -> Vec<&str> {
    split(name).into_iter().map(|(_, word)| word).collect()
}

fn split(name: &str) -> Vec<(char, &str)> {
    let bytes = name.as_bytes();
    let is_digit =
        |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    let mut words = Vec::with_capacity(USUAL_WORDS);
    let (mut start, mut before) = (0, '-');
    // What parts words is one byte long, and no byte of another character.
    for (at, byte) in name.bytes().enumerate() {
        if !matches!(byte, b'-' | b'_' | b' ' | b'.' | b'/') {
            continue;
        }
        let is_point = byte == b'.' && is_digit(at.checked_sub(1)) && is_digit(Some(at + 1));
        if is_point {
            continue;
        }
        words.push((before, &name[start..at]));
        (start, before) = (at + 1, char::from(byte));
    }
    words.push((before, &name[start..]));
    words.retain(|(_, word)| !word.is_empty());
    words
}

/// Words in which `1_6b` after a dash and any `0-6b` are the numbers 1.6b and 0.6b; `llama_2_7b`
/// and `llama-2-7b` stay a version and a size.
fn sized_words(name: &str) -> Vec<Cow<'_, str>> {
    let mut joined: Vec<(char, Cow<'_, str>)> = Vec::new();
    for (before, word) in split(name) {
        let is_number = |outer: char, last: &str| {
            last == "0" || (before == '_' && outer != '_' && is_short_number(last))
        };
        match joined.last_mut() {
            Some((outer, last)) if is_size(word) && is_number(*outer, last) => {
                let last = last.to_mut();
                last.push('.');
                last.push_str(word);
            }
            _ => joined.push((before, Cow::Borrowed(word))),
        }
    }
    joined.into_iter().map(|(_, word)| word).collect()
}

fn is_short_number(word: &str) -> bool {
    word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_size(word: &str) -> bool {
    word.len() == 2 && billions(word).is_some()
}

/// `7B`, `0.6b`, and `7b1`, which is 7.1 B.
fn billions(word: &str) -> Option<i64> {
    let (whole, rest) = word.split_once(['b', 'B'])?;
    let number = match rest {
        "" => number(whole)?,
        rest if rest.len() == 1 && whole.len() <= 2 => number(&format!("{whole}.{rest}"))?,
        _ => return None,
    };
    (number > 0.0 && number <= MAX_BILLIONS).then_some((number * BILLION).round() as i64)
}

fn millions_of(word: &str) -> Option<i64> {
    let number = number(word.strip_suffix(['m', 'M'])?)?;
    (number >= MIN_MILLIONS).then_some((number * MILLION).round() as i64)
}

fn trillions_of(word: &str) -> Option<i64> {
    let number = number(word.strip_suffix('T')?)?;
    let is_sound = number > 0.0 && number * TRILLION <= MAX_BILLIONS * BILLION;
    is_sound.then_some((number * TRILLION).round() as i64)
}

fn active_size(word: &str) -> Option<i64> {
    let size = word.strip_prefix(['a', 'A'])?;
    billions(size).or_else(|| millions_of(size))
}

/// `8x7B`: eight experts.
fn crossed_experts(word: &str) -> Option<i64> {
    let (count, size) = word.split_once(['x', 'X'])?;
    billions(size).or_else(|| millions_of(size))?;
    expert_count(count)
}

/// `16E`: sixteen experts. `E2B`, the effective size of a dense model, is no such word.
fn counted_experts(word: &str) -> Option<i64> {
    expert_count(word.strip_suffix('E')?)
}

fn expert_count(digits: &str) -> Option<i64> {
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok().filter(|count| (2..=MAX_EXPERTS).contains(count))
}

/// A plain decimal number; words such as `inf` or `1e3` are none.
fn number(text: &str) -> Option<f64> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let whole_digits = text.split('.').next().unwrap_or_default().len();
    if !is_plain || !(1..=MAX_DIGITS).contains(&whole_digits) {
        return None;
    }
    text.parse().ok()
}

#[cfg(test)]
mod tests;
