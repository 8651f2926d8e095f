//! Who uses the model, as the Hub itself counts it.

use schema::{Attribute, Confidence, Value, ValueType};

use super::describe::{blank, group};
use super::{Context, Family};
use crate::tables::Model;

/// The family.
pub(super) const FAMILY: Family = Family::plain(ATTRIBUTES, derive);

const NAME: &str = "usage";
const CHILDREN: &str = "childrenModelCount";
const SPACES: &str = "spaces";
const SPACE_INPUTS: &[&str] = &["space_count"];
const CHILD_INPUTS: &[&str] = &["hub_children"];
/// The Hub shows no more Spaces of a model.
const MOST_SPACES: i64 = 100;
/// The relations, as the Hub counts them.
const RELATIONS: [&str; 4] = ["finetune", "adapter", "quantized", "merge"];
/// The bands of Spaces: least number and name.
const BANDS: [(i64, &str); 4] = [(MOST_SPACES, "≥ 100"), (10, "10–99"), (1, "1–9"), (0, "< 1")];

/// Children as the Hub counts them.
const fn children(name: &'static str, title: &'static str, meaning: &'static str) -> Attribute {
    Attribute {
        name,
        unit: "models",
        title,
        meaning,
        source: CHILDREN,
        method: "as the Hub says of all its models, those outside the collection too; null where \
                 it was not asked",
        inputs: CHILD_INPUTS,
        confidence: Confidence::Stated,
        ..blank(NAME, ValueType::Integer)
    }
}

/// The descriptions, in the order of the values.
pub(super) const ATTRIBUTES: &[Attribute] = &[
    Attribute {
        name: "space_count",
        unit: "Spaces",
        title: "Spaces",
        meaning: "Number of Spaces that use the model, as far as the Hub shows them.",
        source: SPACES,
        method: "Spaces that are listed; the Hub lists no more than 100; null where the source \
                 does not list them",
        inputs: SPACE_INPUTS,
        ..blank(NAME, ValueType::Integer)
    },
    Attribute {
        name: "has_space",
        title: "Used by Spaces",
        meaning: "Whether any Space uses the model.",
        source: SPACES,
        method: "whether one is listed; null where the source does not list them",
        inputs: SPACE_INPUTS,
        ..blank(NAME, ValueType::Boolean)
    },
    Attribute {
        name: "is_space_count_cut",
        title: "More Spaces than shown",
        meaning: "Whether the Hub may know of more Spaces than it shows.",
        source: SPACES,
        method: "100 or more are listed; null where the source does not list them",
        inputs: SPACE_INPUTS,
        ..blank(NAME, ValueType::Boolean)
    },
    Attribute {
        name: "space_band",
        title: "Band of Spaces",
        meaning: "Band of the number of Spaces that use the model; a band holds its lower bound.",
        source: SPACES,
        method: "bounds at 1, 10 and 100",
        is_ordered: true,
        inputs: SPACE_INPUTS,
        ..group(NAME)
    },
    Attribute {
        method: "sum over the relations that the Hub counts; null where it was not asked",
        confidence: Confidence::Derived,
        ..children(
            "hub_child_count",
            "Models made from it, on the Hub",
            "Number of models of the whole Hub that are declared to be made from this one.",
        )
    },
    children(
        "hub_finetune_count",
        "Finetunes, on the Hub",
        "Number of finetunes of this model on the whole Hub.",
    ),
    children(
        "hub_adapter_count",
        "Adapters, on the Hub",
        "Number of adapters for this model on the whole Hub.",
    ),
    children(
        "hub_quantized_count",
        "Quantized versions, on the Hub",
        "Number of quantized versions of this model on the whole Hub.",
    ),
    children(
        "hub_merge_count",
        "Merges, on the Hub",
        "Number of merges on the whole Hub that use this model.",
    ),
    Attribute {
        name: "hub_main_relation",
        title: "Main kind of children",
        meaning: "Kind of model that is made most often from this one: finetune, adapter, \
                  quantized, merge, or none.",
        source: CHILDREN,
        method: "the largest of the Hub's four counts, the first of equal ones in this order; \
                 null where it was not asked",
        inputs: CHILD_INPUTS,
        ..group(NAME)
    },
];

fn derive(model: &Model, _context: &Context<'_>) -> Vec<Value> {
    let facts = &model.facts;
    let spaces = facts.space_count.filter(|count| *count >= 0);
    let counts = facts.hub_children.as_deref().map(|told| RELATIONS.map(|name| count(told, name)));
    let all = counts.and_then(|counts| {
        let known: Vec<i64> = counts.into_iter().flatten().collect();
        (!known.is_empty())
            .then(|| known.iter().fold(0_i64, |sum, count| sum.saturating_add(*count)))
    });
    let mut values = vec![
        spaces.into(),
        spaces.map(|count| count > 0).into(),
        spaces.map(|count| count >= MOST_SPACES).into(),
        spaces.map(band).into(),
        all.into(),
    ];
    values.extend((0..RELATIONS.len()).map(|at| counts.and_then(|counts| counts[at]).into()));
    values.push(counts.and_then(main_relation).into());
    values
}

/// The count of a relation, of texts such as `finetune:12`.
fn count(told: &[String], relation: &str) -> Option<i64> {
    let count = told.iter().find_map(|entry| entry.strip_prefix(relation)?.strip_prefix(':'))?;
    count.parse().ok().filter(|count| *count >= 0)
}

fn main_relation(counts: [Option<i64>; 4]) -> Option<&'static str> {
    let mut largest: Option<(i64, &str)> = None;
    for (count, name) in counts.into_iter().zip(RELATIONS) {
        let count = count?;
        if largest.is_none_or(|(most, _)| count > most) {
            largest = Some((count, name));
        }
    }
    largest.map(|(count, name)| if count > 0 { name } else { "none" })
}

fn band(count: i64) -> &'static str {
    let band = BANDS.iter().find(|(least, _)| count >= *least);
    band.map_or(BANDS[BANDS.len() - 1].1, |(_, name)| name)
}

#[cfg(test)]
mod tests;
