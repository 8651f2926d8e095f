//! Words of a name that tell how another model was stored or laid over.

use super::Relation;
use crate::attributes::name_words;
use crate::identity::name_of;

/// What a word of a name tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// Fewer bits.
    Bits,
    /// GGUF and its forerunner, mostly in fewer bits.
    Gguf,
    /// As many bits as weights are trained in.
    Full,
    /// Another format.
    Format,
    /// Weights to be laid over others.
    Adapter,
}

const WORDS: [(&str, Mark); 48] = [
    ("adapter", Mark::Adapter),
    ("aqlm", Mark::Bits),
    ("autoround", Mark::Bits),
    ("awq", Mark::Bits),
    ("bf16", Mark::Full),
    ("bitsandbytes", Mark::Bits),
    ("bnb", Mark::Bits),
    ("coreml", Mark::Format),
    ("ct2", Mark::Format),
    ("dwq", Mark::Bits),
    ("executorch", Mark::Format),
    ("exl2", Mark::Bits),
    ("exl3", Mark::Bits),
    ("f16", Mark::Full),
    ("f32", Mark::Full),
    ("fp16", Mark::Full),
    ("fp32", Mark::Full),
    ("fp4", Mark::Bits),
    ("fp8", Mark::Bits),
    ("gguf", Mark::Gguf),
    ("ggml", Mark::Gguf),
    ("gptq", Mark::Bits),
    ("hqq", Mark::Bits),
    ("i1", Mark::Bits),
    ("imat", Mark::Bits),
    ("imatrix", Mark::Bits),
    ("litert", Mark::Format),
    ("lora", Mark::Adapter),
    ("marlin", Mark::Bits),
    ("mlc", Mark::Format),
    ("mlx", Mark::Format),
    ("mxfp4", Mark::Bits),
    ("mxfp8", Mark::Bits),
    ("nf4", Mark::Bits),
    ("npu2", Mark::Format),
    ("nvfp4", Mark::Bits),
    ("onnx", Mark::Format),
    ("openvino", Mark::Format),
    ("ov", Mark::Format),
    ("qlora", Mark::Adapter),
    ("quant", Mark::Bits),
    ("quantized", Mark::Bits),
    ("quants", Mark::Bits),
    ("qint4", Mark::Bits),
    ("qint8", Mark::Bits),
    ("tflite", Mark::Format),
    ("torchao", Mark::Bits),
    ("ud", Mark::Bits),
];
/// What stands behind `q4` in the names of types of GGUF, as in `Q4_K_M` and `Q8_0`.
const BEHIND_TYPE: [&str; 11] = ["0", "1", "k", "kl", "l", "m", "nl", "s", "xl", "xs", "xxs"];

/// The words of a model's name without its marks, in lower case, with `-` between them, and whether
/// it had any.
pub(super) fn plain_name(id: &str) -> (String, bool) {
    let name = name_of(id).to_ascii_lowercase();
    let marked = marked_words(&name);
    let kept: Vec<&str> =
        marked.iter().filter(|(_, mark)| mark.is_none()).map(|(word, _)| *word).collect();
    (kept.join("-"), kept.len() < marked.len())
}

/// How a model was made from its base by what its name has and the base's has not; `None` where
/// that tells nothing.
pub(super) fn relation_of_names(id: &str, base: &str) -> Option<Relation> {
    let (name, base) = (name_of(id).to_ascii_lowercase(), name_of(base).to_ascii_lowercase());
    let of_base = name_words(&base);
    let marked = marked_words(&name);
    let own = marked.iter().filter(|(word, _)| !of_base.contains(word));
    let marks: Vec<Mark> = own.filter_map(|(_, mark)| *mark).collect();
    let has = |mark| marks.contains(&mark);
    let is_full = has(Mark::Full) && !has(Mark::Bits);
    if has(Mark::Adapter) {
        Some(Relation::Adapter)
    } else if has(Mark::Bits) || (has(Mark::Gguf) && !is_full) {
        Some(Relation::Quantized)
    } else if is_full || has(Mark::Format) {
        Some(Relation::Converted)
    } else {
        None
    }
}

/// Whether a name speaks of distillation where its base's does not.
pub(super) fn is_distilled(id: &str, base: &str) -> bool {
    let speaks = |id: &str| {
        let name = name_of(id).to_ascii_lowercase();
        name_words(&name).iter().any(|word| word.starts_with("distil"))
    };
    speaks(id) && !speaks(base)
}

fn marked_words(name: &str) -> Vec<(&str, Option<Mark>)> {
    let mut is_behind_type = false;
    let marked = name_words(name).into_iter().map(|word| {
        let is_type = is_type(word);
        let mark =
            mark_of(word).or((is_behind_type && BEHIND_TYPE.contains(&word)).then_some(Mark::Bits));
        is_behind_type = is_type || (is_behind_type && mark.is_some());
        (word, mark)
    });
    marked.collect()
}

fn mark_of(word: &str) -> Option<Mark> {
    if let Some((_, mark)) = WORDS.iter().find(|(known, _)| *known == word) {
        return Some(*mark);
    }
    // `w4a16`.
    let is_weights = word
        .strip_prefix('w')
        .and_then(|rest| rest.split_once('a'))
        .is_some_and(|(weights, activations)| is_number(weights) && is_number(activations));
    let bits = word.strip_suffix("bits").or_else(|| word.strip_suffix("bit"));
    match bits {
        Some("16" | "32") => Some(Mark::Full),
        Some(bits) if is_number(bits) => Some(Mark::Bits),
        _ if is_weights || is_type(word) || word.strip_prefix("int").is_some_and(is_number) => {
            Some(Mark::Bits)
        }
        _ => None,
    }
}

/// `q4`, `iq3` and `oq4e`.
fn is_type(word: &str) -> bool {
    let rest = word.strip_prefix("iq").or_else(|| word.strip_prefix("oq"));
    let rest = rest.or_else(|| word.strip_prefix('q'));
    rest.is_some_and(|rest| is_number(rest.strip_suffix('e').unwrap_or(rest)))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_left_out_of_a_name() {
        let plain = |id| plain_name(id).0;
        assert_eq!(plain("x/Qwen3-8B-Q4_K_M-GGUF"), "qwen3-8b");
        assert_eq!(plain("x/Qwen3-8B.IQ2_XXS"), "qwen3-8b");
        assert_eq!(plain("x/Qwen3-8B-Q8_0"), "qwen3-8b");
        assert_eq!(plain("x/Qwen3.8-27B-oQ4e"), "qwen3.8-27b");
        assert_eq!(plain("x/Model-v1-M"), "model-v1-m", "no type stands before the M");
        assert_eq!(plain_name("x/Qwen3-8B"), ("qwen3-8b".to_owned(), false));
    }

    #[test]
    fn what_a_name_has_and_its_base_has_not_tells_how_it_was_made() {
        let base = "Qwen/Qwen3-8B";
        let of = |id: &str| relation_of_names(id, base);
        assert_eq!(of("x/Qwen3-8B-GGUF"), Some(Relation::Quantized));
        assert_eq!(of("x/Qwen3-8B-BF16-GGUF"), Some(Relation::Converted));
        assert_eq!(of("x/Qwen3-8B-ONNX"), Some(Relation::Converted));
        assert_eq!(of("x/Qwen3-8B-mlx-4bit"), Some(Relation::Quantized));
        assert_eq!(of("x/Qwen3-8B-lora-fp16"), Some(Relation::Adapter));
        assert_eq!(of("x/Qwen3-8B-medical"), None);
        assert_eq!(relation_of_names("x/Y-FP8-tuned", "x/Y-FP8"), None, "the mark is the base's");
        assert!(is_distilled("distilbert/distilbert-base", "google-bert/bert-base"));
        assert!(!is_distilled("x/R1-Distill-Qwen-7B-GGUF", "y/R1-Distill-Qwen-7B"));
    }
}
