//! How a model was made, from what its source says and what the names of the model and its base add.

use super::Relation;
use super::marks::{is_distilled, relation_of_names};
use crate::attributes::signs::has_tag;
use crate::tables::Model;

/// How a model that declares bases was made.
///
/// The Hub has no words for conversions and distillation, and calls a merge that names one base a
/// finetune; so where it says finetune, quantized or nothing, names and tags are read too.
pub(super) fn derivation(
    model: &Model,
    stated: Option<Relation>,
    bases: &[String],
) -> Option<Relation> {
    let Some(base) = bases.first() else { return stated };
    let named = relation_of_names(&model.model_id, base);
    match (stated, named) {
        // Of a conversion to another format, fewer bits may stand in the configuration alone.
        (Some(Relation::Quantized), Some(Relation::Converted)) if is_in_full(model) => named,
        (Some(Relation::Adapter | Relation::Merge | Relation::Quantized), _) => stated,
        _ if bases.len() > 1 && has_tag(model, &["merge", "mergekit"]) => Some(Relation::Merge),
        (_, Some(Relation::Quantized | Relation::Converted | Relation::Adapter)) => named,
        _ if is_distilled(&model.model_id, base) => Some(Relation::Distilled),
        _ => stated,
    }
}

/// Whether the name says that the weights have as many bits as they were trained in.
fn is_in_full(model: &Model) -> bool {
    const FULL: [&str; 6] = ["bf16", "fp16", "f16", "fp32", "f32", "16bit"];
    let name = model.model_id.to_ascii_lowercase();
    crate::attributes::name_words(&name).iter().any(|word| FULL.contains(word))
}
