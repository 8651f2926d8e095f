//! Chooses among what files, makers, sources and names say of a size.

use crate::attributes::name::{self, Named};
use crate::attributes::published::{Published, published};
use crate::attributes::quantization::quantization;
use crate::identity::name_of;
use crate::lineage::{Relation, relation};
use crate::tables::Model;

/// Names round, and sources count embeddings or not; packed weights differ by more than this.
const PACKED_RATIO: f64 = 1.5;
/// A GGUF repository may be counted by its vision projector or by one part of the model.
const PART_RATIO: f64 = 4.0;
/// Numbers that differ by more are not of the same model.
const SAME: f64 = 0.1;
/// Beginnings of words that mark a part of a model or an addition to it, whose name holds the
/// size of the whole.
const PARTS: [&str; 9] =
    ["lora", "qlora", "dora", "adapter", "draft", "speculator", "eagle", "dflash", "dspark"];
/// Types of elements into which several weights are packed.
const PACKED_TYPES: [&str; 3] = ["I32", "U32", "U8"];

/// A number of parameters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Estimate<'a> {
    /// How many.
    pub count: i64,
    /// Where the number is from.
    pub source: &'a str,
    /// `high`, `medium` or `low`.
    pub confidence: &'static str,
}

/// What is known of a model's size, by source.
#[derive(Debug)]
pub(super) struct Estimates<'a> {
    /// As files or a source say, and which of them.
    stated: Option<(i64, &'a str)>,
    /// Whether elements hold several parameters.
    packing: Packing,
    /// Active parameters, as a source says.
    active: Option<i64>,
    /// Whether the model mixes the weights of those that its name names.
    is_merge: bool,
    /// As the maker of the family publishes.
    pub published: Option<&'static Published>,
    /// As the name says; nothing for adapters and drafts.
    pub named: Named,
}

impl<'a> Estimates<'a> {
    /// Gathers what is known of a model's size.
    pub(super) fn of(model: &'a Model) -> Self {
        let facts = &model.facts;
        let relation = relation(model);
        let origin = facts.parameters_origin.as_deref().unwrap_or("source");
        let stated = facts.parameters.filter(|count| *count > 0).map(|count| (count, origin));
        // The name of an adapter or a draft tells the size of what it belongs to.
        let is_whole = relation != Some(Relation::Adapter) && !is_part(&model.model_id);
        let named = if is_whole { name::read(&model.model_id) } else { Named::default() };
        Self {
            stated,
            packing: if stated.is_some() { packing(model) } else { Packing::None },
            active: facts.parameters_active.filter(|active| *active > 0),
            is_merge: relation == Some(Relation::Merge),
            published: is_whole.then(|| published(&model.model_id, &named)).flatten(),
            named,
        }
    }

    /// The number of parameters that all evidence together speaks for.
    pub(super) fn parameters(&self) -> Option<Estimate<'a>> {
        self.by_family().or_else(|| {
            let (count, source) = self.by_count()?;
            let is_exact = source == "safetensors" && self.packing == Packing::None;
            let confidence = match source {
                _ if is_exact => "high",
                "name" => "low",
                _ => "medium",
            };
            Some(Estimate { count, source, confidence })
        })
    }

    /// The published number, where it is this model's.
    fn by_family(&self) -> Option<Estimate<'a>> {
        let family = self.published?;
        let published =
            |confidence| Estimate { count: family.total, source: "published", confidence };
        let Some((count, origin)) = self.stated else {
            // A merge may have any number of the layers of those that it names.
            return (!self.is_merge).then(|| published("medium"));
        };
        let is_from_files = origin != "source";
        let is_counted = self.packing == Packing::None && is_from_files;
        if is_from_files && family.is_rounding_of(count) {
            return None;
        }
        if is_counted && !is_same(count, family.total) {
            return None;
        }
        if self.is_merge && !is_same(count, family.total) {
            return None;
        }
        if is_counted {
            return Some(published("high"));
        }
        // Packed weights, parts and guesses are fewer than the parameters, hardly ever more.
        let is_more = count as f64 > PACKED_RATIO * family.total as f64;
        (!is_more).then(|| published("medium"))
    }

    /// The number of the source, or of the name where the source counts something else.
    fn by_count(&self) -> Option<(i64, &'a str)> {
        let named = self.named.total.map(|count| (count, "name"));
        let Some((count, _)) = self.stated else { return named };
        let larger = |ratio: f64| named.filter(|(named, _)| *named as f64 >= ratio * count as f64);
        match self.packing {
            Packing::None => self.stated,
            Packing::Parts => larger(PART_RATIO).or(self.stated),
            Packing::Possible => larger(PACKED_RATIO).or(self.stated),
            // With neither a larger nor a similar number in the name, the count is wrong.
            Packing::Certain => larger(PACKED_RATIO).or(self.stated.filter(|_| named.is_some())),
        }
    }

    /// Parameters that work on each token, and where the number is from.
    pub(super) fn active(&self) -> Option<(i64, &'static str)> {
        let all = self.parameters();
        // The family's number holds where the family's size does.
        let is_family =
            |family: &&Published| all.is_none_or(|estimate| is_same(estimate.count, family.total));
        let published = self.published.filter(is_family).and_then(|family| family.active);
        let published = published.map(|count| (count, "published"));
        let stated = self.active.map(|count| (count, "source"));
        published.or(stated).or(self.named.active.map(|count| (count, "name")))
    }

    /// Every other number that differs from the one taken; elements that are not parameters are
    /// no such number.
    pub(super) fn conflict(&self) -> Option<String> {
        let taken = self.parameters()?;
        let is_counted = self.packing == Packing::None;
        let others = [
            self.published.map(|family| ("published", family.total)),
            self.stated.filter(|_| is_counted).map(|(count, origin)| (origin, count)),
            self.named.total.map(|count| ("name", count)),
        ];
        let differing = others.into_iter().flatten();
        let differing = differing.filter(|(_, count)| !is_same(*count, taken.count));
        let texts: Vec<String> =
            differing.map(|(source, count)| format!("{source} {}", short(count))).collect();
        (!texts.is_empty()).then(|| texts.join(", "))
    }

    /// Which sign decided the number of parameters.
    pub(super) fn explain_parameters(&self) -> Option<String> {
        let taken = self.parameters()?;

        Some(match (taken.source, self.published) {
            ("published", Some(family)) => family.describe(),
            ("name", _) => "a word of the name, as nothing better counts".to_owned(),
            ("safetensors", Some(family)) if family.is_rounding_of(taken.count) => {
                format!(
                    "the elements of the files, which round to the published number: {}",
                    family.evidence
                )
            }
            ("safetensors", _) => "the elements of the safetensors files".to_owned(),
            ("gguf", _) => "the elements of one GGUF file".to_owned(),
            _ => "the number of the source".to_owned(),
        })
    }

    /// Which sign decided the number of active parameters.
    pub(super) fn explain_active(&self) -> Option<String> {
        Some(match (self.active()?.1, self.published) {
            ("published", Some(family)) => family.describe(),
            ("name", _) => "a word of the name, such as A3B".to_owned(),
            _ => "the number of the source".to_owned(),
        })
    }
}

fn is_same(a: i64, b: i64) -> bool {
    a.abs_diff(b) as f64 <= SAME * a.max(b) as f64
}

/// `7.62 B`: three digits are enough to see that numbers differ.
fn short(count: i64) -> String {
    let (scale, letter) = match count {
        1_000_000_000.. => (1e9, "B"),
        1_000_000.. => (1e6, "M"),
        _ => return count.to_string(),
    };
    let scaled = count as f64 / scale;
    let decimals = if scaled < 10.0 { 2 } else { usize::from(scaled < 100.0) };
    let text = format!("{scaled:.decimals$}");
    let text =
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    format!("{text} {letter}")
}

fn is_part(model_id: &str) -> bool {
    let words = name::words(name_of(model_id));
    let begins = |word: &str, part: &str| {
        word.get(..part.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(part))
    };
    words.iter().any(|word| PARTS.iter().any(|part| begins(word, part)))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Packing {
    None,
    /// The count may be that of one of several files.
    Parts,
    /// The source may have unpacked the count, as the Hub does for some methods since 2026.
    Possible,
    /// The count is one of packed elements.
    Certain,
}

fn packing(model: &Model) -> Packing {
    let quantization = quantization(model);
    let method = quantization.method.as_deref().unwrap_or_default();
    // Eight-bit floats stand one in an element.
    if quantization.is_quantized != Some(true) || ["fp8", "mxfp8"].contains(&method) {
        return Packing::None;
    }
    if method == "gguf" {
        return Packing::Parts;
    }
    if method == "mlx" || is_mostly_packed(model) { Packing::Certain } else { Packing::Possible }
}

/// Whether most elements of the weights are of a type that packs, with a count that was not
/// corrected: it is the sum over the types.
fn is_mostly_packed(model: &Model) -> bool {
    let (mut packed, mut all) = (0_i128, 0_i128);
    for entry in model.facts.weight_types.iter().flatten() {
        let Some((name, count)) = entry.split_once(':') else { continue };
        let count = count.parse::<i64>().map_or(0, i128::from);
        all += count;
        if PACKED_TYPES.contains(&name) {
            packed += count;
        }
    }
    2 * packed > all && model.facts.parameters.is_some_and(|total| i128::from(total) == all)
}
