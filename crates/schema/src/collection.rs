//! One source's series of snapshots over one population.

/// What a collection covers. Populations differ, so collections never mix in one series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collection {
    /// Its name in commands, addresses and folders.
    pub name: String,
    /// Its title on pages.
    pub title: String,
    /// Which population it covers, and what a share of it is a share of.
    pub covers: String,
    /// Who collected the data, with their licence.
    pub source: String,
    /// Whether its readings are invented by the simulated Hub.
    pub is_simulated: bool,
}

/// The name of the collection that a top-of-hub reading belongs to.
///
/// Another sort key or another limit is another population.
#[must_use]
pub fn top_of_hub_collection(sort: &str, limit: Option<u64>) -> String {
    match limit {
        None => "hub".to_owned(),
        Some(limit) => format!("hub-top-{}-{limit}", sort.to_ascii_lowercase()),
    }
}

/// The name of the collection that a simulated Hub's readings of `collection` belong to.
#[must_use]
pub fn simulated_collection(collection: &str) -> String {
    format!("simulated-{collection}")
}
