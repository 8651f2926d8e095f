//! Sizes as the makers of well-known models publish them, found by the words of a name.
//!
//! Elements in files are not always parameters: makers leave out a module that only training
//! used, and packed weights hold several in one element. What a maker says of a family holds for
//! its fine-tunes and conversions too, as long as nothing in their names says otherwise.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::name::{self, Named};
use super::rules;
use crate::identity::name_of;

const BILLION: f64 = 1e9;
/// A name that says a size beside a family's words must agree with the family's as closely.
const AGREEMENT: f64 = 0.25;
/// 7.615 B is published as 7.61 B.
const CUT_OFF: f64 = 0.005;
/// A count that is farther away counts something else: 2 B is 2.04 B with more digits, not 2.25.
const MOST_ROUNDED: f64 = 0.03;
/// Beginnings of words beside the family's that mark another model: a student, a pruned or
/// random one, a draft (Google calls its drafts assistants), a part, or one with an encoder
/// more.
const CHANGED: [&str; 30] = [
    "distil",
    "assistant",
    "draft",
    "eagle",
    "random",
    "dummy",
    "tiny",
    "nano",
    "mini",
    "micro",
    "small",
    "lite",
    "light",
    "flash",
    "pruned",
    "reap",
    "mtp",
    "vae",
    "controlnet",
    "encoder",
    "decoder",
    "tokenizer",
    "mmproj",
    "projector",
    "llava",
    "adapter",
    "sae",
    "layers",
    "expert",
    "test",
];

/// What a maker published of a family.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Published {
    /// The words of its names, in lower case.
    pub words: Vec<String>,
    /// All parameters.
    pub total: i64,
    /// How far a count may be from the published total and still be the same number: half of its
    /// last digit, but no more than 3 %; and half a percent in any case, as some makers cut
    /// digits off.
    pub slack: u64,
    /// Parameters active for each token; only mixtures of experts have them.
    pub active: Option<i64>,
    /// Experts to choose from.
    pub experts: Option<i64>,
    /// Experts that work on each token.
    pub experts_active: Option<i64>,
    /// Month of the first release, as `2024-12`.
    pub released: String,
    /// Where the maker says so.
    pub evidence: String,
}

impl Published {
    /// Whether the family is a mixture of experts.
    pub(super) fn is_moe(&self) -> bool {
        self.active.is_some() || self.experts.is_some()
    }

    /// Whether a count is the published one with more digits, and so the more exact.
    pub(super) fn is_rounding_of(&self, count: i64) -> bool {
        count.abs_diff(self.total) <= self.slack
    }

    /// In words, for those who ask why.
    pub(super) fn describe(&self) -> String {
        let Self { words, evidence, released, .. } = self;
        format!("the words '{}' of the name; {evidence}, {released}", words.join(" "))
    }
}

/// What is published of the family that a model's name names; the longest row of words holds.
pub(super) fn published(model_id: &str, named: &Named) -> Option<&'static Published> {
    let name = name_of(model_id).to_ascii_lowercase();
    let words = name::words(&name);
    let mut found: Option<(usize, &Published)> = None;
    for at in 0..words.len() {
        let Some(families) = BY_FIRST_WORD.get(words[at]) else { continue };
        let fits = |family: &&Published| {
            let is_there = words[at..].len() >= family.words.len()
                && family.words.iter().zip(&words[at..]).all(|(word, there)| word == there);
            // One word may be a word of any kind, but hardly at the beginning.
            is_there && (family.words.len() > 1 || at == 0) && agrees(family, named)
        };
        let Some(family) = families.iter().find(fits) else { continue };
        if found.is_none_or(|(_, best)| family.words.len() > best.words.len()) {
            found = Some((at, family));
        }
    }
    let (at, family) = found?;
    let beside = words[..at].iter().chain(&words[at + family.words.len()..]);
    // LiteRT is a runtime.
    let marks = |word: &str, mark: &str| word.starts_with(mark) && !word.starts_with("litert");
    let is_changed = beside.clone().any(|word| CHANGED.iter().any(|mark| marks(word, mark)));
    (!is_changed).then_some(family)
}

/// Whether the sizes in the name leave room for the family.
fn agrees(family: &Published, named: &Named) -> bool {
    let says_size = family.words.iter().any(|word| name::says_size(word));
    if says_size {
        return true;
    }
    // A mixture made of several models is another model.
    let is_mixed = named.experts.is_some() && !family.is_moe();
    let close = |named: i64| named.abs_diff(family.total) as f64 <= AGREEMENT * family.total as f64;
    !is_mixed && named.total.is_none_or(close)
}

#[derive(Debug, Deserialize)]
struct Row {
    words: String,
    total_billions: String,
    active_billions: Option<f64>,
    experts: Option<i64>,
    experts_active: Option<i64>,
    released: String,
    evidence: String,
}

/// Families by their first word, those of most words first.
static BY_FIRST_WORD: LazyLock<HashMap<String, Vec<Published>>> = LazyLock::new(|| {
    let rows: Vec<Row> = rules::rows(include_str!("../../rules/families.csv"));
    let mut families: HashMap<String, Vec<Published>> = HashMap::new();
    for family in rows.into_iter().filter_map(family) {
        families.entry(family.words[0].clone()).or_default().push(family);
    }
    for families in families.values_mut() {
        families.sort_by_key(|family| std::cmp::Reverse(family.words.len()));
    }
    families
});

fn family(row: Row) -> Option<Published> {
    let count = |billions: f64| (billions * BILLION).round() as i64;
    let total: f64 = row.total_billions.parse().ok()?;
    let decimals = row.total_billions.split_once('.').map_or(0, |(_, digits)| digits.len());
    let half_digit = 0.5 * 10_f64.powi(-(decimals as i32));
    let slack = half_digit.clamp(CUT_OFF * total, MOST_ROUNDED * total);
    let words: Vec<String> = row.words.split_whitespace().map(str::to_owned).collect();
    (!words.is_empty()).then(|| Published {
        words,
        total: count(total),
        slack: count(slack).unsigned_abs(),
        active: row.active_billions.map(count),
        experts: row.experts,
        experts_active: row.experts_active,
        released: row.released,
        evidence: row.evidence,
    })
}

#[cfg(test)]
mod tests;
