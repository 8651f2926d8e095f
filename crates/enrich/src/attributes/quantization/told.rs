//! Which of several signs stands, and which are signs of something else.

use super::words::{METHODS, MethodWord, foremost_of, read_words, tag_bits};
use super::{FULL_FORMATS, MLX, ONNX, ONNX_INT8, OPENVINO, OTHER};
use crate::attributes::signs::{formats, has_tag, is_one_of, tags};
use crate::identity::name_of;
use crate::lineage::{Relation, relation};
use crate::tables::Model;

/// Whether the sign in the name of a fine-tune is a part of its base's name.
pub(super) fn is_of_base(model: &Model, method: Option<&str>, bits: Option<f64>) -> bool {
    let is_trained = relation(model) == Some(Relation::Finetune);
    let bases = model.facts.base_models.iter().flatten();
    let is_same = |base: &String| {
        let base = read_words(name_of(base));
        base.method == method && base.bits == bits
    };
    is_trained && (method.is_some() || bits.is_some()) && bases.into_iter().any(is_same)
}

/// The method that stands above the others which tags and name tell of.
pub(super) fn foremost(model: &Model, method: &str) -> String {
    if is_mlx(model) {
        return MLX.to_owned();
    }
    let named = read_words(name_of(&model.model_id)).method;
    let tagged = foremost_tagged(model);
    let is_tagged = |row: &MethodWord| tagged.is_some_and(|tagged| tagged.word == row.word);
    let is_told = |told: &str| told == method || Some(told) == named;
    let row = METHODS.iter().find(|row| is_told(&row.method) || is_tagged(row));
    row.map_or(method, |row| &row.method).to_owned()
}

/// The first row of those that the tags tell of. Fine-tunes name the tool that loaded their base;
/// there the bits come from the configuration.
pub(super) fn foremost_tagged(model: &Model) -> Option<&'static MethodWord> {
    let has_bits = || tags(model).iter().any(|tag| tag_bits(tag).is_some());
    let is_sign = |word: &&str| !is_one_of(word, &["bitsandbytes", "bnb"]) || has_bits();
    foremost_of(tags(model).iter().map(String::as_str).filter(is_sign))
}

/// The container's name, where only the bits show.
pub(super) fn with_container(model: &Model, method: String, bits: Option<f64>) -> String {
    let formats = formats(model).unwrap_or_default();
    let is_only = |format: &str| formats.iter().all(|found| found == format);
    match (method.as_str(), bits) {
        (OTHER, _) if is_only(OPENVINO) && has_tag(model, &[OPENVINO]) => OPENVINO.to_owned(),
        (OTHER, Some(8.0)) if is_only(ONNX) && !formats.is_empty() => ONNX_INT8.to_owned(),
        _ => method,
    }
}

/// Whether ONNX files lie beside a model's own weights.
pub(super) fn has_onnx_beside(model: &Model) -> bool {
    let formats = formats(model).unwrap_or_default();
    let has = |wanted: &str| formats.iter().any(|format| format == wanted);
    has(ONNX) && FULL_FORMATS.iter().any(|format| has(format))
}

/// Whether the files are a conversion to MLX.
pub(super) fn is_mlx(model: &Model) -> bool {
    let is_library = |library: &str| is_one_of(library, &["mlx", "mlx-lm", "mlx-vlm"]);
    model.facts.library.as_deref().is_some_and(is_library)
        || has_tag(model, &[MLX])
        || read_words(name_of(&model.model_id)).is_mlx
}
