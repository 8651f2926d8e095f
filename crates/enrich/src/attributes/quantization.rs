//! Whether the weights are stored in fewer bits than they were trained in, and how.

use schema::{Attribute, Confidence, Value, ValueType};

use super::describe::{blank, group};
use super::signs::{formats, has_tag, has_weights, tags};
use super::{Context, Explanation, Family};
use crate::identity::name_of;
use crate::lineage::{Relation, relation};
use crate::tables::Model;
use told::{foremost, foremost_tagged, has_onnx_beside, is_mlx, is_of_base, with_container};
use words::{
    FULL_WIDTH, WIDEST, Word, bits_of_method, canonical_method, gguf_files, is_box, read_words,
    tag_bits,
};

mod origin;
mod told;
mod words;

/// The family.
pub(super) const FAMILY: Family = Family { attributes: ATTRIBUTES, derive, explain };

const NAME: &str = "quantization";
/// The sign that says it outright.
const CONFIGURED: &str = "the quantization_config of the configuration";
const SOURCE: &str =
    "configuration, formats, tags, names of files, name, with rules/quantization.csv";
/// What shows how weights are stored.
const INPUTS: &[&str] = &[
    "model_id",
    "quantization_method",
    "quantization_bits",
    "gguf_architecture",
    "formats",
    "file_paths",
    "tags",
    "model_type",
    "library",
    "base_models",
    "base_relation",
];
/// What shows who quantized them.
const ORIGIN_INPUTS: &[&str] = &[
    "model_id",
    "quantization_method",
    "quantization_bits",
    "gguf_architecture",
    "formats",
    "file_paths",
    "tags",
    "model_type",
    "library",
    "base_models",
    "base_relation",
    "adapter_base",
];
/// The method of models that are not quantized.
const NONE: &str = "none";
/// The method where only the number of bits shows.
const OTHER: &str = "other";
const GGUF: &str = "gguf";
const MLX: &str = "mlx";
const ONNX: &str = "onnx";
const OPENVINO: &str = "openvino";
/// ONNX files of 8 bits, which have no other name.
const ONNX_INT8: &str = "onnx-int8";
/// Formats that hold a model's own weights, beside which a GGUF file is an extra.
const FULL_FORMATS: [&str; 4] = ["safetensors", "pytorch", "tf", "jax"];
/// Words that say quantized without saying how; they count only beside the stated relation.
const VAGUE_TAGS: [&str; 3] = ["quantized", "quantization", "quant"];

/// The descriptions, in the order of the values.
pub(super) const ATTRIBUTES: &[Attribute] = &[
    Attribute {
        name: "is_quantized",
        title: "Quantized",
        meaning: "Whether the weights are stored in fewer bits than they were trained in.",
        source: SOURCE,
        method: "yes by configuration, GGUF as the only format, tags or words of the name; the \
                 Hub's relation alone is not enough; GGUF files of 16 or 32 bits are not; an \
                 adapter's tags and a word that a fine-tune's name shares with its base's tell of \
                 the base; tags that name a full width, too, tell of copies; no where formats are \
                 known without any sign",
        version: 2,
        inputs: INPUTS,
        confidence: Confidence::Inferred,
        ..blank(NAME, ValueType::Boolean)
    },
    Attribute {
        name: "quantization_method",
        title: "Quantization method",
        meaning: "How the weights are quantized; 'none' where they are not, 'other' where only \
                  the bits show.",
        source: SOURCE,
        method: "gguf, mlx and openvino by the files; else the first row of \
                 rules/quantization.csv that the configuration, tags or name tell of: number \
                 formats stand above algorithms, and both above boxes such as compressed-tensors; \
                 spellings folded",
        version: 2,
        inputs: INPUTS,
        confidence: Confidence::Inferred,
        ..group(NAME)
    },
    Attribute {
        name: "quantization_bits",
        unit: "bits",
        title: "Bits for each weight",
        meaning: "Nominal bits for each weight.",
        source: SOURCE,
        version: 2,
        method: "of the configuration, else of the method (nvfp4 is 4), of the name, of tags; \
                 of a label such as Q4_K_M its digit; null for several choices in one \
                 repository and for models that are not quantized",
        inputs: INPUTS,
        confidence: Confidence::Inferred,
        ..blank(NAME, ValueType::Number)
    },
    Attribute {
        name: "quantization_origin",
        title: "Who quantized it",
        meaning: "Who brought the weights into fewer bits: nobody (none), the maker in the \
                  model's first form (native), the maker from another form (maker), others \
                  (others), an unknown one (converted), or whoever made the base (inherited).",
        source: "quantization, declared bases and relation, with rules/quantization_origin.csv",
        method: "native for methods in which makers publish, that the name does not say, without \
                 a base or trained further by the same account; conversions by the accounts of \
                 model and base; inherited for models that are trained further; null where the bases are not known",
        inputs: ORIGIN_INPUTS,
        confidence: Confidence::Inferred,
        ..group(NAME)
    },
];

/// What shows of a model's quantization.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Quantization {
    /// Whether it is quantized; `None` where too little shows.
    pub is_quantized: Option<bool>,
    /// How, when it is.
    pub method: Option<String>,
    /// Nominal bits, when it is.
    pub bits: Option<f64>,
    /// Which sign decided, in words.
    pub because: &'static str,
}

fn derive(model: &Model, _context: &Context<'_>) -> Vec<Value> {
    let found = quantization(model);
    let origin = origin::origin(model, &found).map(|(word, _)| word);
    let Quantization { is_quantized, method, bits, .. } = found;
    let method = if is_quantized == Some(false) { Some(NONE.to_owned()) } else { method };
    vec![is_quantized.into(), method.into(), bits.into(), origin.into()]
}

fn explain(model: &Model, _context: &Context<'_>, name: &str) -> Option<Explanation> {
    let found = quantization(model);
    found.is_quantized?;
    if name == "quantization_origin" {
        let (_, because) = origin::origin(model, &found)?;
        return Some(Explanation { confidence: Confidence::Inferred, because });
    }
    let confidence =
        if found.because == CONFIGURED { Confidence::Stated } else { Confidence::Inferred };
    let about = found.method.as_deref().and_then(words::describe_method);
    let about = about.map_or_else(String::new, |about| format!("; {about}"));
    Some(Explanation { confidence, because: format!("{}{about}", found.because) })
}

/// What shows of a model's quantization.
pub(super) fn quantization(model: &Model) -> Quantization {
    let relation = relation(model);
    let signed = |because, found: Quantization| Quantization { because, ..found };
    let found = by_configuration(model).map(|found| signed(CONFIGURED, found));
    let found =
        found.or_else(|| Some(signed("GGUF as the only format, or in the name", by_gguf(model)?)));
    if let Some(found) = found {
        return found;
    }
    // Adapters for MLX have no configuration of bits; what is marked so is a whole model.
    if relation != Some(Relation::Adapter) || is_mlx(model) {
        let found = by_tags(model).map(|found| signed("a tag", found));
        let found = found.or_else(|| Some(signed("a word of the name", by_name(model)?)));
        if let Some(found) = found {
            return found;
        }
        // Encoders that merely ship extra ONNX files of 8 bits are declared so, too.
        if relation == Some(Relation::Quantized) && !has_onnx_beside(model) {
            let is_said = has_tag(model, &VAGUE_TAGS);
            return if is_said {
                signed("the relation quantized, and a tag", yes(OTHER, None))
            } else {
                Quantization::default()
            };
        }
    }
    let has_configuration = model.facts.model_type.is_some() && model.facts.tags.is_some();
    let is_shown = has_configuration || has_weights(model) == Some(true);
    let because = "formats or a configuration without any sign of it";
    Quantization { is_quantized: is_shown.then_some(false), because, ..Quantization::default() }
}

fn yes(method: &str, bits: Option<f64>) -> Quantization {
    let method = Some(method.to_owned());
    Quantization { is_quantized: Some(true), method, bits, ..Quantization::default() }
}

fn by_configuration(model: &Model) -> Option<Quantization> {
    let facts = &model.facts;
    let stated_bits = facts.quantization_bits.filter(|bits| (1..=16).contains(bits));
    let stated = facts.quantization_method.as_deref().map(canonical_method);
    let method = match stated.filter(|method| !method.is_empty()) {
        Some(_) if is_mlx(model) => MLX.to_owned(),
        Some(method) if is_box(&method) => foremost(model, &method),
        Some(method) => method,
        // Conversions to MLX write bits and no method.
        None if stated_bits.is_some() && is_mlx(model) => MLX.to_owned(),
        None => stated_bits.map(|_| OTHER.to_owned())?,
    };
    let bits = stated_bits.map(|bits| bits as f64).or_else(|| bits_of(&method, model));
    Some(yes(&method, bits))
}

fn by_gguf(model: &Model) -> Option<Quantization> {
    let word = read_words(name_of(&model.model_id));
    let formats = formats(model).unwrap_or_default();
    let has = |wanted: &str| formats.iter().any(|format| format == wanted);
    let is_only_format = model.facts.gguf_architecture.is_some() || has(GGUF);
    let is_full = FULL_FORMATS.iter().any(|format| has(format));
    if !word.is_gguf && (!is_only_format || is_full) {
        return None;
    }
    let files = gguf_files(model);
    if !files.is_empty() && files.iter().all(|bits| bits.is_some_and(|bits| bits >= WIDEST)) {
        return Some(Quantization { is_quantized: Some(false), ..Quantization::default() });
    }
    let mut bits: Vec<f64> =
        files.iter().copied().flatten().filter(|bits| *bits < WIDEST).collect();
    bits.sort_unstable_by(f64::total_cmp);
    bits.dedup();
    let bits = match bits.as_slice() {
        [] => word.bits,
        [only] => Some(*only),
        _ => None,
    };
    Some(yes(GGUF, bits))
}

fn by_tags(model: &Model) -> Option<Quantization> {
    // Copies of several widths are listed together, and the configuration, of which the Hub makes
    // tags such as `4-bit`, says nothing: which is the main one does not show.
    let is_configured = tags(model).iter().any(|tag| tag.ends_with("-bit"));
    let lists_copies = has_tag(model, &FULL_WIDTH) && !is_configured;
    if lists_copies && relation(model) != Some(Relation::Quantized) {
        return None;
    }
    let bits = tags(model).iter().find_map(|tag| tag_bits(tag));
    let row = foremost_tagged(model);
    let bits_of_row = row.filter(|row| row.method == OTHER).and_then(|row| row.bits);
    match (row, bits) {
        (Some(row), _) => {
            let method = foremost(model, &row.method);
            let bits = bits_of_row.or_else(|| bits_of(&method, model));
            Some(yes(&method, bits))
        }
        (None, Some(_)) => {
            let named = by_name(model).and_then(|named| named.method);
            let method = foremost(model, named.as_deref().unwrap_or(OTHER));
            let bits = bits_of(&method, model);
            Some(yes(&with_container(model, method, bits), bits))
        }
        (None, None) => None,
    }
}

fn by_name(model: &Model) -> Option<Quantization> {
    let is_plain = |tag: &String| !tag.contains(':');
    let has_tags = model.facts.tags.as_ref().is_none_or(|tags| tags.iter().any(is_plain));
    if !has_tags && model.facts.formats.as_ref().is_some_and(Vec::is_empty) {
        // No model, but a kernel or the like.
        return None;
    }
    let Word { method, bits, .. } = read_words(name_of(&model.model_id));
    let bits = bits.filter(|bits| *bits < WIDEST);
    if is_of_base(model, method, bits) {
        return None;
    }
    let found = match (method, bits) {
        (Some(method), _) => yes(method, bits.or_else(|| bits_of_method(method))),
        (None, Some(_)) if is_mlx(model) => yes(MLX, bits),
        (None, Some(_)) => yes(&with_container(model, OTHER.to_owned(), bits), bits),
        (None, None) => return None,
    };
    Some(if is_mlx(model) { Quantization { method: Some(MLX.to_owned()), ..found } } else { found })
}

/// Bits by the method's name, else by the model's name, else by tags, of which those that name
/// an element type are more exact than a plain number.
fn bits_of(method: &str, model: &Model) -> Option<f64> {
    let named = || read_words(name_of(&model.model_id)).bits.filter(|bits| *bits < WIDEST);
    let typed = || tags(model).iter().find_map(|tag| bits_of_method(&canonical_method(tag)));
    let tagged = || tags(model).iter().find_map(|tag| tag_bits(tag));
    bits_of_method(method).or_else(named).or_else(typed).or_else(tagged)
}

#[cfg(test)]
mod tests;
