//! The words that tell of quantization, in names, tags and configurations.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::attributes::signs::{file_paths, in_lower_case, is_one_of};
use crate::attributes::word_table::WordTable;
use crate::attributes::{name, rules};
use crate::tables::Model;

/// A word that names a method. Where several are told the first row stands: number formats, then
/// algorithms, then boxes that hold any of them.
#[derive(Debug, Deserialize)]
pub(super) struct MethodWord {
    /// The word, in lower case.
    pub word: String,
    /// The method's folded name.
    pub method: String,
    /// The width of a method that has one width only.
    pub bits: Option<f64>,
    /// Month from which on the method was in use, as `2022-10`; names are read alike before.
    pub since: String,
    /// What shows the method, and where it was published.
    pub evidence: String,
}

/// The words that name methods, in the order in which they stand above each other.
pub(super) static METHODS: LazyLock<Vec<MethodWord>> =
    LazyLock::new(|| rules::rows(include_str!("../../../rules/quantization.csv")));
/// The words that name methods, in any case.
static METHOD_TABLE: LazyLock<WordTable> =
    LazyLock::new(|| WordTable::of(METHODS.iter().map(|row| row.word.as_str())));
/// The words that name methods, by themselves.
static BY_WORD: LazyLock<HashMap<&str, &MethodWord>> =
    LazyLock::new(|| METHODS.iter().map(|row| (row.word.as_str(), row)).collect());
/// What follows the digit of a GGUF label, as in `Q4_K_M` and `IQ3_XXS`.
const LABEL_TAILS: [&str; 9] = ["K", "0", "1", "S", "M", "L", "XS", "XXS", "NL"];
const BOXES: [&str; 2] = ["compressed-tensors", "modelopt"];
const UNDONE: [&str; 3] = ["unquantized", "dequantized", "dequant"];
/// Words of weights that are not quantized.
pub(super) const FULL_WIDTH: [&str; 5] = ["f16", "fp16", "bf16", "f32", "fp32"];
/// Weights as wide as this are not quantized.
pub(super) const WIDEST: f64 = 16.0;

/// What the words of a name say.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Word {
    pub method: Option<&'static str>,
    pub bits: Option<f64>,
    pub is_gguf: bool,
    pub is_mlx: bool,
}

/// Reads the words of a name.
pub(super) fn read_words(name: &str) -> Word {
    let words = name::words(name);
    let has = |wanted: &str| words.iter().any(|word| word.eq_ignore_ascii_case(wanted));
    // `qat-q4_0-unquantized` holds full weights that were trained to be quantized.
    if UNDONE.iter().any(|word| has(word)) {
        return Word { is_gguf: has("gguf"), ..Word::default() };
    }
    let method = foremost_of(words.iter().copied()).map(|row| row.method.as_str());
    let mut widths = words
        .iter()
        .enumerate()
        .filter_map(|(at, word)| word_bits(word, words.get(at + 1).copied()));
    let of_weights = || words.iter().find_map(|word| weight_bits(&in_lower_case(word)));
    // Labels stand at the end, after the name of what was quantized.
    let bits =
        of_weights().or_else(|| widths.next_back()).or_else(|| method.and_then(bits_of_method));
    Word { method, bits, is_gguf: has("gguf"), is_mlx: has("mlx") }
}

/// The first row of those that name one of the words.
pub(super) fn foremost_of<'a>(words: impl Iterator<Item = &'a str>) -> Option<&'static MethodWord> {
    words.filter_map(|word| METHOD_TABLE.place(word)).min().map(|place| &METHODS[place])
}

/// The nominal bits of each GGUF file that holds a model; `None` for a file without a label.
pub(super) fn gguf_files(model: &Model) -> Vec<Option<f64>> {
    let mut widths = Vec::new();
    for path in file_paths(model) {
        let path = path.to_ascii_lowercase();
        let Some(file) = path.strip_suffix(".gguf") else { continue };
        let file = file.rsplit('/').next().unwrap_or(file);
        // Vision projectors and calibration data are no quantizations.
        if file.contains("mmproj") || file.contains("imatrix") {
            continue;
        }
        let words = name::words(file);
        let mut labels = words.iter().enumerate().filter_map(|(at, word)| {
            if is_one_of(word, &FULL_WIDTH) {
                return Some(WIDEST);
            }
            word_bits(word, words.get(at + 1).copied())
        });
        widths.push(labels.next_back());
    }
    widths
}

/// The folded name of a method as a configuration writes it.
pub(super) fn canonical_method(written: &str) -> String {
    let folded = written.trim().to_lowercase().replace('_', "-");
    let folded = folded.rsplit('/').next().unwrap_or_default();
    let folded = match folded {
        "fbgemm-fp8" | "ptpc-fp8" => "fp8",
        other => other,
    };
    BY_WORD.get(folded).map_or(folded, |row| &row.method).to_owned()
}

/// The bits of a method that has one width.
pub(super) fn bits_of_method(method: &str) -> Option<f64> {
    BY_WORD.get(method)?.bits
}

/// Whether a method is a box that may hold any number format.
pub(super) fn is_box(method: &str) -> bool {
    BOXES.contains(&method)
}

/// What a method is and since when, for those who ask why.
pub(super) fn describe_method(method: &str) -> Option<String> {
    let row = BY_WORD.get(method)?;
    Some(format!("{}, in use since {}", row.evidence, row.since))
}

/// The bits in a tag such as `4-bit` or `int8`.
pub(super) fn tag_bits(tag: &str) -> Option<f64> {
    let tag = tag.trim();
    let digits = before(tag, "-bit")
        .or_else(|| before(tag, "bit"))
        .or_else(|| after(tag, "int"))
        .or_else(|| before(tag, "bpw"))?;
    small_width(digits).filter(|bits| *bits < WIDEST)
}

/// What stands before an ending in any case.
fn before<'a>(text: &'a str, ending: &str) -> Option<&'a str> {
    let (rest, end) = text.split_at_checked(text.len().checked_sub(ending.len())?)?;
    end.eq_ignore_ascii_case(ending).then_some(rest)
}

/// What stands after a beginning in any case.
fn after<'a>(text: &'a str, beginning: &str) -> Option<&'a str> {
    let (begin, rest) = text.split_at_checked(beginning.len())?;
    begin.eq_ignore_ascii_case(beginning).then_some(rest)
}

/// The bits in a word of a name: `4bit`, `int4`, `w4a16`, `3.5bpw`, `Q4` of `Q4_K_M`, `4` of
/// `4-bit`.
fn word_bits(word: &str, next: Option<&str>) -> Option<f64> {
    // Most words hold no digit, and name no method either.
    if !word.bytes().any(|byte| byte.is_ascii_digit()) && METHOD_TABLE.place(word).is_none() {
        return None;
    }
    let word = in_lower_case(word);
    if next.is_some_and(|next| is_one_of(next, &["bit", "bits"])) {
        return small_width(&word);
    }
    for suffix in ["bits", "bit", "bpw"] {
        if let Some(digits) = word.strip_suffix(suffix) {
            return small_width(digits);
        }
    }
    if let Some(digits) = word.strip_prefix("uint").or_else(|| word.strip_prefix("int")) {
        return small_width(digits);
    }
    if let Some(bits) = weight_bits(&word) {
        return Some(bits);
    }
    label_bits(&word, next).or_else(|| bits_of_method(&word))
}

/// The 4 of `w4a16`, which says outright what is of the weights.
fn weight_bits(word: &str) -> Option<f64> {
    let (weights, activations) = word.strip_prefix('w')?.split_once('a')?;
    small_width(activations)?;
    small_width(weights)
}

/// The digit of a GGUF label, or of `q4f16`, as MLC writes it.
fn label_bits(word: &str, next: Option<&str>) -> Option<f64> {
    let label = word.strip_prefix("iq").or_else(|| word.strip_prefix("tq"));
    let label = label.or_else(|| word.strip_prefix('q'))?;
    if let Some((digits, "16" | "32")) = label.split_once('f') {
        return small_width(digits);
    }
    let is_label = next.is_none_or(|next| {
        is_one_of(next, &LABEL_TAILS) || is_one_of(next, &["gguf", "mlx", "onnx"])
    });
    if label.len() == 1 && is_label { small_width(label) } else { None }
}

/// A width of up to 16 bits.
fn small_width(digits: &str) -> Option<f64> {
    let is_plain = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let width: f64 = if is_plain { digits.parse().ok()? } else { return None };
    (width > 0.0 && width <= WIDEST).then_some(width)
}
