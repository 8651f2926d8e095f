//! How a model is said to be made, and from what.

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
}

impl Relation {
    /// The relations to a base, as the Hub writes them.
    const TO_BASE: [Self; 4] = [Self::Finetune, Self::Adapter, Self::Quantized, Self::Merge];

    /// The name, as the Hub writes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Original => "original",
            Self::Finetune => "finetune",
            Self::Adapter => "adapter",
            Self::Quantized => "quantized",
            Self::Merge => "merge",
        }
    }

    fn of(written: &str) -> Option<Self> {
        let written = written.trim();
        Self::TO_BASE.into_iter().find(|known| known.name().eq_ignore_ascii_case(written))
    }
}

/// The declared bases; empty where the source knows bases and none is declared.
pub(crate) fn bases(model: &Model) -> Option<Vec<String>> {
    let stated = model.facts.base_models.as_ref();
    if let Some(bases) = stated.filter(|bases| !bases.is_empty()) {
        return Some(bases.clone());
    }
    // The Hub tags each declared base, so that tags without one say that there is none.
    if stated.is_none() && model.facts.tags.is_none() {
        return None;
    }
    let tagged = tag_values(model, "base_model:").filter(|value| stated_relation(value).is_none());
    let mut bases: Vec<String> = Vec::new();
    for base in tagged {
        if !bases.iter().any(|known| known == base) {
            bases.push(base.to_owned());
        }
    }
    Some(bases)
}

/// How the model was made, as far as it shows.
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
    match bases(model)?.len() {
        0 => Some(Relation::Original),
        1 => None,
        _ => Some(Relation::Merge),
    }
}

/// The relation in `quantized:Qwen/Qwen3-8B`, the value of a tag `base_model:*`.
fn stated_relation(value: &str) -> Option<Relation> {
    value.split_once(':').and_then(|(relation, _)| Relation::of(relation))
}
