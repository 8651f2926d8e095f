//! What can be wrong with a question for reasons.

/// A question for reasons that cannot be answered.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// The collection has no such model.
    #[error("{collection} has no model '{given}'{}", suggested(near))]
    UnknownModel {
        /// The collection.
        collection: String,
        /// The id as given.
        given: String,
        /// Ids that are like it.
        near: Vec<String>,
    },
    /// There is no such attribute.
    #[error("there is no attribute '{given}'{}; weighhouse attributes lists all", suggested(near))]
    UnknownAttribute {
        /// The name as given.
        given: String,
        /// Names that are like it.
        near: Vec<String>,
    },
}

/// The result of asking for reasons.
pub type Result<T> = std::result::Result<T, Error>;

fn suggested(near: &[String]) -> String {
    if near.is_empty() { String::new() } else { format!("; near it are: {}", near.join(", ")) }
}
