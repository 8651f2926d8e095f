//! What can be wrong with a question or with the data it is asked of.

/// A question that cannot be answered, or data that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// A word of the question is not one of ours.
    #[error(transparent)]
    Word(#[from] schema::Error),
    /// The collection has been imported and not built.
    #[error("the collection '{collection}' has not been built yet")]
    NotBuilt {
        /// The collection.
        collection: String,
    },
    /// A group or condition names no attribute that can be grouped by.
    #[error("unknown {what} '{given}'; known are: {}", known.join(", "))]
    UnknownAttribute {
        /// "group" or "attribute".
        what: &'static str,
        /// The name as given.
        given: String,
        /// The names that would have been understood.
        known: Vec<String>,
    },
    /// A condition names a value that no model of the collection has.
    #[error("no model has {attribute} '{given}'; the most frequent values are: {}", known.join(", "))]
    UnknownValue {
        /// The attribute.
        attribute: String,
        /// The value as given.
        given: String,
        /// Some values that exist.
        known: Vec<String>,
    },
    /// A unit that a change names is not there.
    #[error("no model has {group} '{given}'{}", suggested(near))]
    UnknownUnit {
        /// The group.
        group: String,
        /// The name as given.
        given: String,
        /// The names most like it.
        near: Vec<String>,
    },
    /// A change cannot be read.
    #[error("cannot read the change '{given}'; expected {expected}")]
    UnreadableChange {
        /// The text as given.
        given: String,
        /// What was expected, with an example.
        expected: &'static str,
    },
    /// The file of cells cannot be read.
    #[error(transparent)]
    Cells(#[from] panel::Error),
    /// A condition cannot be read.
    #[error(
        "cannot read the condition '{given}'; expected attribute=value, as license_family=permissive"
    )]
    UnreadableCondition {
        /// The text as given.
        given: String,
    },
    /// The collection has no reading, or no flow, at the time that is asked for.
    #[error(
        "the collection '{collection}' has no {} {when}; it reaches {reach}",
        in_a_sentence(measure.title())
    )]
    OutOfReach {
        /// The collection.
        collection: String,
        /// The measure.
        measure: schema::Measure,
        /// What was asked for, as "at or before 2020-01-01".
        when: String,
        /// What there is, as "from 2026-08-19 to 2026-08-21".
        reach: String,
    },
    /// Parts of the question exclude each other.
    #[error("{reason}")]
    Contradiction {
        /// Which parts, and what to do.
        reason: &'static str,
    },
}

/// The result of asking.
pub type Result<T> = std::result::Result<T, Error>;

fn suggested(near: &[String]) -> String {
    if near.is_empty() { String::new() } else { format!("; near it are: {}", near.join(", ")) }
}

/// The title of a measure within a sentence; none of them begins with a name.
pub(crate) fn in_a_sentence(title: &str) -> String {
    let mut letters = title.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
