//! What a page holds, as far as the collection has to know.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

/// How many entries a page holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Entries {
    /// All of them.
    pub(crate) count: u64,
    /// Those that are no object with `_id` and `id`, and so no model that can be told from others.
    pub(crate) unexpected: u64,
}

/// Counts the entries of a page; `None` for a body that is no JSON array.
pub(crate) fn count(body: &[u8]) -> Option<Entries> {
    let entries: Vec<&RawValue> = serde_json::from_slice(body).ok()?;
    let unexpected = entries.iter().filter(|entry| !is_model(entry)).count();
    Some(Entries { count: entries.len() as u64, unexpected: unexpected as u64 })
}

fn is_model(entry: &RawValue) -> bool {
    let fields: Result<BTreeMap<String, &RawValue>, _> = serde_json::from_str(entry.get());
    fields.is_ok_and(|fields| {
        let is_text =
            |name: &str| fields.get(name).is_some_and(|value| value.get().starts_with('"'));
        is_text("_id") && is_text("id")
    })
}

#[cfg(test)]
mod tests;
