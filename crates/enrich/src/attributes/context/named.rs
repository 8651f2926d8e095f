//! The context length that a model's name says.

use crate::attributes::name;
use crate::attributes::signs::is_one_of;
use crate::identity::name_of;
use crate::tables::Model;

/// Numbers before `k` that name lengths of a context, with the tokens that they mean. Others count
/// samples, steps or classes.
const THOUSANDS: [(&str, i64); 19] = [
    ("4", 4_096),
    ("8", 8_192),
    ("16", 16_384),
    ("32", 32_768),
    ("64", 65_536),
    ("80", 81_920),
    ("96", 98_304),
    ("100", 100_000),
    ("128", 131_072),
    ("131", 131_072),
    ("160", 163_840),
    ("192", 196_608),
    ("200", 200_000),
    ("256", 262_144),
    ("262", 262_144),
    ("512", 524_288),
    ("524", 524_288),
    ("1024", 1_048_576),
    ("1048", 1_048_576),
];
/// The same before `M`; smaller models have so many parameters.
const MILLIONS: [(&str, i64); 4] =
    [("1", 1_000_000), ("2", 2_000_000), ("4", 4_000_000), ("10", 10_000_000)];
/// Below this, a length is believed only of a model whose task is known to take in text.
const PLAIN: i64 = 32_768;
/// Tasks of models that take in text; 16k beside others is a rate of sound or a size of images.
const TEXT_TASKS: [&str; 17] = [
    "text-generation",
    "image-text-to-text",
    "video-text-to-text",
    "audio-text-to-text",
    "any-to-any",
    "text2text-generation",
    "conversational",
    "feature-extraction",
    "sentence-similarity",
    "fill-mask",
    "text-ranking",
    "text-classification",
    "token-classification",
    "question-answering",
    "summarization",
    "translation",
    "visual-document-retrieval",
];
/// Words beside which a number counts something else.
const OTHER_COUNTS: [&str; 12] = [
    "vocab",
    "tokenizer",
    "step",
    "steps",
    "checkpoint",
    "samples",
    "examples",
    "train",
    "iter",
    "sae",
    "imagenet",
    "sft",
];

/// The length that a word of the name says; the last one holds.
pub(super) fn read(model: &Model) -> Option<i64> {
    let name = name_of(&model.model_id);
    // Most names have no digit before these letters.
    if !name.bytes().zip(name.bytes().skip(1)).any(|(a, b)| a.is_ascii_digit() && is_unit(b)) {
        return None;
    }
    let task = model.facts.task.as_deref().map(str::trim).filter(|task| !task.is_empty());
    let takes_text = task.map(|task| is_one_of(task, &TEXT_TASKS));
    if takes_text == Some(false) {
        return None;
    }
    let words = name::words(name);
    if words.iter().any(|word| is_one_of(word, &OTHER_COUNTS)) {
        return None;
    }
    let length = words.iter().rev().find_map(|word| length_of(word, &words))?;
    (takes_text.is_some() || length >= PLAIN).then_some(length)
}

const fn is_unit(byte: u8) -> bool {
    matches!(byte, b'k' | b'K' | b'm' | b'M')
}

fn length_of(word: &str, words: &[&str]) -> Option<i64> {
    let found = |lengths: &[(&str, i64)], digits: &str| {
        lengths.iter().find(|(known, _)| *known == digits).map(|(_, tokens)| *tokens)
    };
    if let Some(digits) = word.strip_suffix(['k', 'K']) {
        return found(&THOUSANDS, digits);
    }
    let length = found(&MILLIONS, word.strip_suffix('M')?)?;
    // Beside a size such as 7B, a million is no size.
    let is_sized = words.iter().any(|word| {
        let billions = word.strip_suffix(['b', 'B']).unwrap_or_default();
        billions.bytes().next().is_some_and(|byte| byte.is_ascii_digit())
    });
    is_sized.then_some(length)
}
