//! By which rule the model's downloads are counted.

use schema::{Attribute, Value, ValueType};

use super::describe::{blank, group};
use super::signs::formats;
use super::{Context, Family};
use crate::counting::{self, CountedFiles, Library};
use crate::tables::Model;

/// The family.
pub(super) const FAMILY: Family = Family::plain(ATTRIBUTES, derive);

const NAME: &str = "counting";
const SOURCE: &str = "library_name, formats and paths of files, with rules/counting_rules.csv";
/// What tells by which rule downloads are counted.
const CLASS_INPUTS: &[&str] = &["library", "formats", "tags", "file_paths"];
/// And with the day, by which version of it.
const COUNT_INPUTS: &[&str] = &["library", "formats", "tags", "file_paths", "as_of"];

/// The descriptions, in the order of the values.
pub(super) const ATTRIBUTES: &[Attribute] = &[
    Attribute {
        name: "counting_rule",
        title: "Counting rule",
        meaning: "Class of models by whose rule requests of files count as downloads: library:* \
                  for a library with a rule of its own, gguf, diffusers, or default.",
        source: SOURCE,
        method: "the first of these that applies; a library counts as written, in its letter \
                 case, and none is named where tags are known without one; null where library or \
                 formats are unknown and would decide",
        inputs: CLASS_INPUTS,
        ..group(NAME)
    },
    Attribute {
        name: "counted_file_count",
        unit: "files",
        title: "Counted files",
        meaning: "Number of files whose requests count as downloads.",
        source: SOURCE,
        method: "files that the rule of the newest reading's day names; null where the files or \
                 the rule are not known",
        inputs: COUNT_INPUTS,
        ..blank(NAME, ValueType::Integer)
    },
    Attribute {
        name: "is_counted",
        title: "Counted",
        meaning: "Whether the repository has any file whose requests count as downloads.",
        source: SOURCE,
        method: "whether there are counted files; null where their number is not known",
        inputs: COUNT_INPUTS,
        ..blank(NAME, ValueType::Boolean)
    },
    Attribute {
        name: "counting_rule_since",
        title: "Counting rule since",
        meaning: "Day on which the rule by which the model is counted was last changed.",
        source: SOURCE,
        method: "the last dated change up to the newest reading; null where none is known",
        inputs: COUNT_INPUTS,
        ..blank(NAME, ValueType::Day)
    },
];

fn derive(model: &Model, context: &Context<'_>) -> Vec<Value> {
    let on = context.as_of.day();
    let class = class(model);
    let counted = class.zip(model.facts.file_paths.as_ref()).and_then(|(class, paths)| {
        let counted = CountedFiles::of(class, on);
        let counts = paths.iter().map(|path| counted.counts(path));
        counts.map(|is_counted| is_counted.map(i64::from)).sum::<Option<i64>>()
    });
    let since = class.and_then(|class| {
        let changes = counting::epochs(class);
        changes[..changes.partition_point(|change| *change <= on)].last().copied()
    });
    vec![class.into(), counted.into(), counted.map(|count| count > 0).into(), since.into()]
}

fn class(model: &Model) -> Option<&'static str> {
    let facts = &model.facts;
    let library = match facts.library.as_deref().map(str::trim) {
        Some(library) if !library.is_empty() => Library::Named(library),
        Some(_) => Library::None,
        // The Hub's tags hold the library, where there is one.
        None if facts.tags.is_some() => Library::None,
        None => Library::Unknown,
    };
    let has_gguf = formats(model).map(|formats| formats.iter().any(|format| format == "gguf"));
    counting::rule_class(library, has_gguf)
}

#[cfg(test)]
mod tests;
