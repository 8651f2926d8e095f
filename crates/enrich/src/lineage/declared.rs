//! The bases that a model's source names, made into ids.

use super::relation::{Relation, stated_relation};
use crate::attributes::signs::tag_values;
use crate::identity::fault_of_id;
use crate::tables::Model;

/// What stands where no base is named.
const NO_BASE: [&str; 12] =
    ["", "-", "false", "n/a", "na", "nan", "nil", "none", "null", "tbd", "undefined", "unknown"];
/// The Hub's own names, before the id in an address.
const HUB_HOSTS: [&str; 4] = ["huggingface.co/", "www.huggingface.co/", "hf.co/", "hf-mirror.com/"];

/// Bases of a model: each is held against each, and anybody may declare any number. Merges name some
/// dozens; more than these are unknown.
pub(crate) const MAX_BASES: usize = 1_000;

/// What names a base.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// The card or the Hub's `baseModels`.
    Declared,
    /// Tags `base_model:*`.
    Tags,
    /// The configuration of an adapter.
    AdapterConfig,
    /// A sentence of the card, as "fine-tuned version of".
    CardText,
    /// The name, but for marks such as GGUF.
    Marks,
    /// The same name as an older model.
    SameName,
    /// The beginning of the name.
    Beginning,
}

impl Sign {
    /// A short name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Declared => "base_models",
            Self::Tags => "tags",
            Self::AdapterConfig => "adapter configuration",
            Self::CardText => "card text",
            Self::Marks => "name without marks",
            Self::SameName => "same name",
            Self::Beginning => "beginning of the name",
        }
    }

    /// How sure the edge is.
    #[must_use]
    pub const fn confidence(self) -> schema::Confidence {
        match self {
            Self::Declared | Self::Tags | Self::AdapterConfig => schema::Confidence::Stated,
            Self::CardText => schema::Confidence::Derived,
            Self::Marks | Self::SameName | Self::Beginning => schema::Confidence::Inferred,
        }
    }
}

/// The bases that a source declares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Declared {
    /// Their ids, in the declared order, each once.
    pub bases: Vec<String>,
    /// Where they stand.
    pub sign: Sign,
    /// Whether something stands there that is no id of a model, as a path.
    pub has_no_id: bool,
}

/// The bases that the source or its tags declare; none where the source knows bases and none is
/// declared, `None` where it says neither that there are any nor that there are none.
pub(super) fn stated_bases(model: &Model) -> Option<Declared> {
    let stated = model.facts.base_models.as_ref();
    if stated.is_some_and(|stated| stated.len() > MAX_BASES) {
        return None;
    }
    let mut found = Declared { bases: Vec::new(), sign: Sign::Declared, has_no_id: false };
    found.take(stated.into_iter().flatten().map(String::as_str));
    if found.bases.is_empty() {
        let tagged: Vec<&str> = tag_values(model, "base_model:")
            .filter(|value| stated_relation(value).is_none())
            .take(MAX_BASES + 1)
            .collect();
        if tagged.len() > MAX_BASES {
            return None;
        }
        found.take(tagged.into_iter());
        found.sign = if found.bases.is_empty() { Sign::Declared } else { Sign::Tags };
    }
    // The Hub tags each declared base, so that tags without one say that there is none.
    (stated.is_some() || model.facts.tags.is_some()).then_some(found)
}

/// As [`stated_bases`], and else the base that the configuration of an adapter names.
pub(crate) fn declared(model: &Model) -> Option<Declared> {
    let stated = stated_bases(model);
    let adapter_base = model.facts.adapter_base.as_deref().map(base_id);
    // What trained the adapter wrote it, often as a path on its own machine, which is no fault.
    let Some(Written::Id(base)) = adapter_base else { return stated };
    if stated.as_ref().is_some_and(|stated| !stated.bases.is_empty()) {
        return stated;
    }
    let has_no_id = stated.is_some_and(|stated| stated.has_no_id);
    Some(Declared { bases: vec![base.to_owned()], sign: Sign::AdapterConfig, has_no_id })
}

/// The declared bases; see [`declared`].
pub(crate) fn bases(model: &Model) -> Option<Vec<String>> {
    declared(model).map(|found| found.bases)
}

/// The base that the card's text speaks of, and how the model was made from it.
pub(super) fn told(model: &Model) -> Option<(Relation, String)> {
    let told = model.facts.readme_bases.as_ref()?.first()?;
    let (relation, id) = told.split_once(':')?;
    let relation = Relation::ALL.into_iter().find(|known| known.name() == relation)?;
    let Written::Id(id) = base_id(id) else { return None };
    Some((relation, id.to_owned()))
}

impl Declared {
    fn take<'a>(&mut self, written: impl Iterator<Item = &'a str>) {
        for written in written {
            match base_id(written) {
                Written::Id(id) => {
                    if !self.bases.iter().any(|known| known.eq_ignore_ascii_case(id)) {
                        self.bases.push(id.to_owned());
                    }
                }
                Written::NoId => self.has_no_id = true,
                Written::Nothing => {}
            }
        }
    }
}

/// What stands in the place of a base.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Written<'a> {
    Id(&'a str),
    /// A path, or words.
    NoId,
    /// A word for none.
    Nothing,
}

/// Reads an id, or the address of a model on the Hub.
pub(super) fn base_id(written: &str) -> Written<'_> {
    let written = written.trim().trim_matches(['"', '\'', '`']).trim();
    let lower = written.to_ascii_lowercase();
    if NO_BASE.contains(&lower.as_str()) || lower.starts_with("todo") {
        return Written::Nothing;
    }
    let address = written.split_once("://").map(|(_, rest)| rest);
    let id = match address {
        None => written.trim_end_matches('/'),
        Some(address) => match HUB_HOSTS.iter().find_map(|host| address.strip_prefix(host)) {
            None => return Written::NoId,
            Some(path) => first_two_parts(path),
        },
    };
    let is_path = id.starts_with(['.', '~', '/']) || written.contains('\\');
    if is_path || fault_of_id(id).is_some() { Written::NoId } else { Written::Id(id) }
}

/// `owner/name` of `owner/name/tree/main?a=b`.
fn first_two_parts(path: &str) -> &str {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let second = path.match_indices('/').nth(1).map_or(path.len(), |(at, _)| at);
    path[..second].trim_end_matches('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_addresses_paths_and_words_for_none_are_told_apart() {
        assert_eq!(base_id(" Qwen/Qwen3-8B "), Written::Id("Qwen/Qwen3-8B"));
        assert_eq!(base_id("bert-base-uncased"), Written::Id("bert-base-uncased"));
        let address = "https://huggingface.co/Qwen/Qwen3-8B/tree/main?x=1";
        assert_eq!(base_id(address), Written::Id("Qwen/Qwen3-8B"));
        assert_eq!(base_id("https://hf.co/gpt2/"), Written::Id("gpt2"));
        for none in ["None", "undefined", "null", "TODO-add-base-model-repo-link", ""] {
            assert_eq!(base_id(none), Written::Nothing, "{none}");
        }
        let paths = ["./out/checkpoint-200", "/mnt/model", "a/b/c", "C:\\models\\x", "~/x"];
        for path in paths.into_iter().chain(["https://example.org/a/b", "a model of mine"]) {
            assert_eq!(base_id(path), Written::NoId, "{path}");
        }
    }
}
