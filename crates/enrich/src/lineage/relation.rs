//! How a model is said to be made.

use super::declared::stated_bases;
use crate::attributes::signs::{file_paths, has_tag, tag_values};
use crate::tables::Model;

/// How a model was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// From nothing else.
    Original,
    /// Trained further.
    Finetune,
    /// Weights that are laid over another model's.
    Adapter,
    /// Stored in fewer bits.
    Quantized,
    /// Made of several.
    Merge,
    /// Trained on what another one answers.
    Distilled,
    /// Stored in another format, in as many bits.
    Converted,
}

impl Relation {
    /// Every relation.
    pub(super) const ALL: [Self; 7] = [
        Self::Original,
        Self::Finetune,
        Self::Adapter,
        Self::Quantized,
        Self::Merge,
        Self::Distilled,
        Self::Converted,
    ];
    /// The relations to a base, as the Hub writes them; it has no word for the others.
    const TO_BASE: [Self; 4] = [Self::Finetune, Self::Adapter, Self::Quantized, Self::Merge];

    /// The name, as the Hub writes it where it has one.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Original => "original",
            Self::Finetune => "finetune",
            Self::Adapter => "adapter",
            Self::Quantized => "quantized",
            Self::Merge => "merge",
            Self::Distilled => "distilled",
            Self::Converted => "converted",
        }
    }

    /// The relation of this name, of those that the Hub writes.
    fn of(written: &str) -> Option<Self> {
        let written = written.trim();
        Self::TO_BASE.into_iter().find(|known| known.name().eq_ignore_ascii_case(written))
    }
}

/// How the model was made, as far as its source says or a sign shows; what the configuration of an
/// adapter and the names of the model and its base add is `derivation`.
pub(crate) fn relation(model: &Model) -> Option<Relation> {
    let stated = model.facts.base_relation.as_deref().and_then(Relation::of);
    let tagged = || tag_values(model, "base_model:").find_map(stated_relation);
    if let Some(relation) = stated.or_else(tagged) {
        return Some(relation);
    }
    let is_adapter = model.facts.library.as_deref().is_some_and(|l| l.eq_ignore_ascii_case("peft"))
        || file_paths(model).iter().any(|path| path == "adapter_config.json")
        || has_tag(model, &["lora", "peft"]);
    if is_adapter {
        return Some(Relation::Adapter);
    }
    match stated_bases(model)?.bases.len() {
        0 => Some(Relation::Original),
        1 => None,
        _ => Some(Relation::Merge),
    }
}

/// The relation in `quantized:Qwen/Qwen3-8B`, the value of a tag `base_model:*`.
pub(super) fn stated_relation(value: &str) -> Option<Relation> {
    value.split_once(':').and_then(|(relation, _)| Relation::of(relation))
}
