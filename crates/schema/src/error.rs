//! What can be wrong with a word.

/// A word that is not one of ours.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A name outside a closed set; the message lists the set.
    #[error("unknown {what} '{given}'; known are: {}", known.join(", "))]
    UnknownName {
        /// What was named, as "measure" or "statistic".
        what: &'static str,
        /// The name as given.
        given: String,
        /// The names that would have been understood.
        known: Vec<String>,
    },
    /// A date, week or instant that cannot be read.
    #[error("cannot read '{given}' as {expected}")]
    UnreadableTime {
        /// The text as given.
        given: String,
        /// What was expected, with an example.
        expected: &'static str,
    },
}

/// The result of reading a word.
pub type Result<T> = std::result::Result<T, Error>;
