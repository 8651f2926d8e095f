//! What can be wrong with a file of cells.

/// Why cells could not be read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file ends early, or cannot be read.
    #[error("the cells cannot be read to their end")]
    Unreadable(#[source] std::io::Error),
    /// The file is another, or of a version that this one does not know.
    #[error("this is no file of cells that this version reads; build the collection again")]
    NotCells,
    /// The parts do not fit together.
    #[error("the file of cells is damaged: {what}; build the collection again")]
    Damaged {
        /// What does not fit.
        what: &'static str,
    },
}
