//! What can go wrong on disk.

use std::path::PathBuf;

/// A failure of the store; each says what failed on which path.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The operating system refused.
    #[error("failed to {action} {}", path.display())]
    Io {
        /// What was being done, as "read" or "write".
        action: &'static str,
        /// The path it was done to.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// A Parquet file could not be read or written.
    #[error("failed to {action} Parquet file {}", path.display())]
    Parquet {
        /// What was being done.
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// What the Parquet library said.
        source: parquet::errors::ParquetError,
    },
    /// A manifest or release file is not what this version writes or understands.
    #[error("failed to read {}", path.display())]
    Manifest {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// A file's bytes are not those that its manifest promises.
    #[error("{} is damaged: its checksum is not the one in its manifest", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
    },
    /// A file is no archive of a raw layer, or a damaged one.
    #[error("cannot restore from {}: {reason}", path.display())]
    Archive {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// There is no data directory here.
    #[error("there is no data directory at {}", path.display())]
    NoStore {
        /// Where one was looked for.
        path: PathBuf,
    },
    /// The collection is not in the store.
    #[error("unknown collection '{name}'; known are: {}", if known.is_empty() { "none yet".to_owned() } else { known.join(", ") })]
    UnknownCollection {
        /// The name as given.
        name: String,
        /// The collections that exist.
        known: Vec<String>,
    },
    /// Another process has the right that was asked for.
    #[error("another weighhouse is {doing} {}", path.display())]
    Locked {
        /// What the other one is doing, as "writing to".
        doing: &'static str,
        /// The data directory.
        path: PathBuf,
    },
    /// A table does not have a column it should have.
    #[error("column '{column}' is absent or not of type {expected}")]
    Column {
        /// The column.
        column: String,
        /// The type it should have.
        expected: &'static str,
    },
}

/// The result of an operation on the store.
pub type Result<T> = std::result::Result<T, Error>;

/// Gives an operating system's error its action and path.
pub(crate) fn io(
    action: &'static str,
    path: &std::path::Path,
) -> impl FnOnce(std::io::Error) -> Error {
    let path = path.to_owned();
    move |source| Error::Io { action, path, source }
}
