//! The type of quantization that the name of a GGUF file says.

/// Names of file types, of llama.cpp and of one publisher's own without a number, and the type
/// of tensors MXFP4.
const TYPES: [&str; 51] = [
    "F32",
    "F16",
    "BF16",
    "Q1_0",
    "Q2_0",
    "Q4_0",
    "Q4_1",
    "Q4_2",
    "Q4_3",
    "Q5_0",
    "Q5_1",
    "Q8_0",
    "Q4_0_4_4",
    "Q4_0_4_8",
    "Q4_0_8_8",
    "Q2_K",
    "Q2_K_S",
    "Q2_K_L",
    "Q2_K_XL",
    "Q3_K_S",
    "Q3_K_M",
    "Q3_K_L",
    "Q3_K_XL",
    "Q4_K_S",
    "Q4_K_M",
    "Q4_K_XL",
    "Q5_K_S",
    "Q5_K_M",
    "Q5_K_XL",
    "Q6_K",
    "Q6_K_XL",
    "Q8_K_XL",
    "IQ1_S",
    "IQ1_M",
    "IQ2_XXS",
    "IQ2_XS",
    "IQ2_S",
    "IQ2_M",
    "IQ3_XXS",
    "IQ3_XS",
    "IQ3_S",
    "IQ3_M",
    "IQ4_XS",
    "IQ4_NL",
    "TQ1_0",
    "TQ2_0",
    "MXFP4",
    "MXFP4_MOE",
    "NVFP4",
    "Q3_K",
    "Q4_K",
];

/// The last type in the name of a file, in lower case and without its ending: `x-ud-q4_k_xl` and
/// `x.q4_k_xl-00001-of-00002` say `Q4_K_XL`.
pub(super) fn label(stem: &str) -> Option<&'static str> {
    let mut words = stem.rsplit(['-', '.', ' ', '/']);
    words.find_map(label_of_word)
}

/// A word is a type, or ends in one after `_`; the longest holds, as `q4_0_4_4` ends in no other.
fn label_of_word(word: &str) -> Option<&'static str> {
    let is_end = |label: &str| {
        let Some(begin) = word.len().checked_sub(label.len()) else { return false };
        let is_word = begin == 0 || word.as_bytes()[begin - 1] == b'_';
        is_word && word.get(begin..).is_some_and(|end| end.eq_ignore_ascii_case(label))
    };
    TYPES.iter().filter(|label| is_end(label)).max_by_key(|label| label.len()).copied()
}
