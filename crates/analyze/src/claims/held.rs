//! Conditions on models by values that a market has.

use std::cmp::Reverse;

use schema::Group;

use crate::{COUNTING_RULE, Condition, Market};

/// Size bands of a thousand million parameters and more; the others are below.
const LARGE: [&str; 5] = ["1–4 B", "4–10 B", "10–40 B", "40–200 B", "≥ 200 B"];
const SMALL: [&str; 2] = ["< 0.1 B", "0.1–1 B"];
/// Bands of models that somebody downloads.
const USED: [&str; 7] =
    ["1–10", "10–100", "100–1 k", "1 k–10 k", "10 k–100 k", "100 k–1 M", "≥ 1 M"];

/// Conditions by values that a market has.
pub(super) struct Held {
    /// 1 B parameters and more.
    pub(super) large: Condition,
    /// Under 1 B parameters.
    pub(super) small: Condition,
    /// Made from no other model.
    pub(super) original: Condition,
    /// Counted by the rule of the most models.
    pub(super) rule: Condition,
    /// Downloaded by somebody.
    pub(super) used: Condition,
}

impl Held {
    /// The conditions of a market. Where it has none of the values, the condition asks for one that
    /// is not there, and asking by it says what is missing.
    pub(super) fn of(market: &Market) -> Self {
        let one_of = |attribute: &str, wanted: &[&str]| {
            let held = values(market, attribute);
            let is_held = |value: &&&str| held.iter().any(|known| known == **value);
            let mut values: Vec<String> =
                wanted.iter().filter(is_held).map(|value| (*value).to_owned()).collect();
            if values.is_empty() {
                values.extend(wanted.first().map(|value| (*value).to_owned()));
            }
            Condition { attribute: attribute.to_owned(), values }
        };
        let rules = values(market, COUNTING_RULE);
        Self {
            large: one_of("size_band", &LARGE),
            small: one_of("size_band", &SMALL),
            original: is("is_derivative", "no"),
            rule: is(COUNTING_RULE, rules.first().map_or("default", String::as_str)),
            used: one_of("downloads_band", &USED),
        }
    }
}

/// The condition that an attribute has one value.
pub(super) fn is(attribute: &str, value: &str) -> Condition {
    Condition { attribute: attribute.to_owned(), values: vec![value.to_owned()] }
}

/// The values of an attribute, that of the most models first; none where it is not there.
fn values(market: &Market, attribute: &str) -> Vec<String> {
    let Ok(units) = market.grouping(&Group::named(attribute)) else { return Vec::new() };
    let mut counts = vec![0_u64; units.unit_count()];
    (0..units.model_count()).for_each(|place| counts[units.code(place) as usize] += 1);
    let mut codes: Vec<u32> = (0..units.unit_count() as u32).collect();
    codes.retain(|code| units.is_attributed(*code));
    codes.sort_by_key(|code| (Reverse(counts[*code as usize]), units.place_of_name(*code)));
    codes.into_iter().map(|code| units.label(code).to_owned()).collect()
}
