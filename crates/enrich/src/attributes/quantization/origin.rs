//! Who brought the weights into fewer bits: whoever made the model, or someone after.

use std::sync::LazyLock;

use serde::Deserialize;

use super::Quantization;
use super::words::read_words;
use crate::attributes::rules;
use crate::identity::{name_of, owner_of};
use crate::lineage::{Relation, bases, relation};
use crate::tables::Model;

/// Methods whose files are always made from other files.
const CONVERSIONS: [&str; 8] =
    ["gguf", "mlx", "exl2", "exl3", "mlc", "openvino", "onnx-int8", "other"];

const TERNARY: &str = "bitnet";

/// A method in which makers publish their models in the first place.
#[derive(Debug, Deserialize)]
pub(super) struct NativeMethod {
    /// The method's folded name.
    method: String,
    /// Month of the first such model, as `2024-12`.
    since: String,
    /// Which model that was.
    evidence: String,
}

static NATIVE: LazyLock<Vec<NativeMethod>> =
    LazyLock::new(|| rules::rows(include_str!("../../../rules/quantization_origin.csv")));

/// Who quantized the model, and by which sign.
pub(super) fn origin(model: &Model, found: &Quantization) -> Option<(&'static str, String)> {
    if !found.is_quantized? {
        return Some(("none", found.because.to_owned()));
    }
    let method = found.method.as_deref().unwrap_or_default();
    let native = NATIVE.iter().find(|row| row.method == method);
    let bases = bases(model);
    let base = bases.as_ref().and_then(|bases| bases.first());
    let is_same_owner = base.map(|base| {
        let (owner, of_base) = (owner_of(&model.model_id), owner_of(base));
        owner.zip(of_base).is_some_and(|(owner, other)| owner.eq_ignore_ascii_case(other))
    });
    let relation = relation(model);
    // A name that says the method tells it from a form that was there before; ternary weights are
    // trained so, whatever the name.
    let is_named = method != TERNARY && read_words(name_of(&model.model_id)).method == Some(method);
    let is_conversion =
        relation == Some(Relation::Quantized) || CONVERSIONS.contains(&method) || is_named;
    let (word, because) = match (is_conversion, is_same_owner, native) {
        (true, Some(true), _) => ("maker", "the base is of the same account".to_owned()),
        (true, Some(false), _) => ("others", "the base is of another account".to_owned()),
        // Nothing was there before it, and makers publish in this method.
        (false, None, Some(row)) if bases.is_some() => {
            ("native", format!("no base is declared; {}, {}", row.evidence, row.since))
        }
        (false, Some(true), Some(row)) => {
            let because = "trained further by the same account";
            ("native", format!("{because}; {}, {}", row.evidence, row.since))
        }
        (false, Some(_), _) => ("inherited", "trained further in this form".to_owned()),
        (false, None, Some(_)) => return None,
        // The method is one that only converts.
        (_, None, _) => ("converted", "no base is declared".to_owned()),
    };
    Some((word, because))
}
