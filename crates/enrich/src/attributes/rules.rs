//! Reads the tables of rules that come with this version.

use serde::de::DeserializeOwned;

/// The rows of a CSV file of this crate's `rules` folder.
///
/// # Panics
///
/// Never: each family's tests read its file.
pub(crate) fn rows<T: DeserializeOwned>(text: &str) -> Vec<T> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(|row| row.expect("a test reads the same file")).collect()
}
