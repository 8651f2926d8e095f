//! From which model a model seems to be made by its name, where it declares no base.

use std::collections::HashMap;

use super::{Relation, Relative};
use crate::attributes::name_words;
use crate::identity::{name_of, owner_of};

/// Words of a name that tell how another model was stored or laid over; numbers of bits and types
/// of GGUF are read apart.
const MARKS: [&str; 38] = [
    "adapter",
    "aqlm",
    "autoround",
    "awq",
    "bf16",
    "bitsandbytes",
    "bnb",
    "coreml",
    "ct2",
    "exl2",
    "exl3",
    "f16",
    "fp16",
    "fp4",
    "fp8",
    "gguf",
    "ggml",
    "gptq",
    "hqq",
    "i1",
    "imat",
    "imatrix",
    "litert",
    "lora",
    "marlin",
    "mlc",
    "mlx",
    "mxfp4",
    "mxfp8",
    "nf4",
    "nvfp4",
    "onnx",
    "openvino",
    "ov",
    "qlora",
    "quant",
    "quantized",
    "quants",
];
/// Shorter names without their marks, or names without a digit, are borne by too many models.
const LEAST_CHARS: usize = 8;

/// The place of the model that each seems to be made from; `None` where it declares a base, where
/// no other has the name, or where several do and none came first.
///
/// A name with a mark, as `Qwen3-8B-GGUF`, is taken for one made from the model that bears the rest
/// of it; one without for a copy of an older model of just that name.
pub(super) fn all(relatives: &[Relative]) -> Vec<Option<u32>> {
    let names: Vec<(String, bool)> = relatives.iter().map(|one| plain_name(&one.id)).collect();
    // Models whose name is plain and that declare no base, by that name.
    let mut bearers: HashMap<&str, Vec<u32>> = HashMap::new();
    for (place, (relative, (name, is_marked))) in (0_u32..).zip(relatives.iter().zip(&names)) {
        let is_derived = relative.bases.as_ref().is_some_and(|bases| !bases.is_empty());
        if !is_marked
            && is_telling(name)
            && (!is_derived || relative.relation == Some(Relation::Finetune))
        {
            bearers.entry(name).or_default().push(place);
        }
    }
    let of = |place: usize| {
        let (name, is_marked) = &names[place];
        let relative = &relatives[place];
        if relative.bases.as_ref().is_some_and(|bases| !bases.is_empty()) {
            return None;
        }
        let of_name = bearers.get(name.as_str());
        let candidates = of_name.cloned().or_else(|| after_owner(name, &bearers, relatives))?;
        let first = first_of(&candidates, relatives)?;
        let is_older = || {
            let (base, own) = (relatives[first as usize].created_at?, relative.created_at?);
            Some(base < own)
        };
        (first as usize != place && (*is_marked || is_older() == Some(true))).then_some(first)
    };
    (0..relatives.len()).map(of).collect()
}

/// The bearers of a name that begins with their owner, as `Qwen_Qwen3-8B-GGUF` does.
fn after_owner(
    name: &str,
    bearers: &HashMap<&str, Vec<u32>>,
    relatives: &[Relative],
) -> Option<Vec<u32>> {
    let (owner, rest) = name.split_once('-')?;
    let is_owner = |place: &&u32| {
        let own = owner_of(&relatives[**place as usize].id);
        own.is_some_and(|own| own.eq_ignore_ascii_case(owner))
    };
    let found: Vec<u32> = bearers.get(rest)?.iter().filter(is_owner).copied().collect();
    (!found.is_empty()).then_some(found)
}

/// The name without its marks, in lower case, and whether it had any.
fn plain_name(id: &str) -> (String, bool) {
    let name = name_of(id).to_ascii_lowercase();
    let words = name_words(&name);
    let kept: Vec<&str> = words.iter().copied().filter(|word| !is_mark(word)).collect();
    (kept.join("-"), kept.len() < words.len())
}

fn is_mark(word: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let after = |prefix: &str| word.strip_prefix(prefix).is_some_and(digits);
    // `q4`, `iq3`, `int8`, `w4a16`, `4bit`.
    let is_weights = word
        .strip_prefix('w')
        .and_then(|rest| rest.split_once('a'))
        .is_some_and(|(weights, activations)| digits(weights) && digits(activations));
    MARKS.contains(&word)
        || after("q")
        || after("iq")
        || after("int")
        || is_weights
        || word.strip_suffix("bit").or_else(|| word.strip_suffix("bits")).is_some_and(digits)
}

fn is_telling(name: &str) -> bool {
    name.len() >= LEAST_CHARS && name.bytes().any(|byte| byte.is_ascii_digit())
}

/// The oldest of some models; `None` where several are and their ages are not known.
fn first_of(places: &[u32], relatives: &[Relative]) -> Option<u32> {
    let [first, rest @ ..] = places else { return None };
    if rest.is_empty() {
        return Some(*first);
    }
    let created = |place: &u32| relatives[*place as usize].created_at;
    let mut aged = places.iter().map(|place| Some((created(place)?, *place)));
    let oldest = aged.try_fold(None, |oldest: Option<(_, u32)>, one| {
        let one = one?;
        Some(Some(oldest.map_or(one, |known| known.min(one))))
    });
    oldest.flatten().map(|(_, place)| place)
}
