//! What a page holds, as far as the collection has to know.

use std::borrow::Cow;

use schema::Instant;
use serde::Deserialize;
use serde_json::value::RawValue;

/// What is seen of a page's entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entries {
    /// All of them.
    pub(crate) count: u64,
    /// Those that are no object with `_id` and `id`, and so no model that can be told from others.
    pub(crate) unexpected: u64,
    /// The `_id` of the first one.
    pub(crate) first_id: Option<String>,
    /// How many come before the first that was last changed before the instant asked for; all
    /// where none was asked for.
    pub(crate) changed: u64,
}

#[derive(Deserialize)]
struct Entry<'a> {
    #[serde(rename = "_id", borrow)]
    object_id: Option<Cow<'a, str>>,
    #[serde(borrow)]
    id: Option<Cow<'a, str>>,
    #[serde(rename = "lastModified", borrow)]
    last_modified: Option<&'a RawValue>,
}

/// Looks at the entries of a page; `None` for a body that is no JSON array.
pub(crate) fn look(body: &[u8], since: Option<Instant>) -> Option<Entries> {
    let raw: Vec<&RawValue> = serde_json::from_slice(body).ok()?;
    let mut entries =
        Entries { count: raw.len() as u64, unexpected: 0, first_id: None, changed: 0 };
    let mut is_changed = true;
    for (index, raw) in raw.iter().enumerate() {
        let entry: Option<Entry> = serde_json::from_str(raw.get()).ok();
        let is_model =
            entry.as_ref().is_some_and(|entry| entry.object_id.is_some() && entry.id.is_some());
        entries.unexpected += u64::from(!is_model);
        let Some(entry) = entry else {
            entries.changed += u64::from(is_changed);
            continue;
        };
        if index == 0 {
            entries.first_id = entry.object_id.map(Cow::into_owned);
        }
        is_changed &= !is_before(entry.last_modified, since);
        entries.changed += u64::from(is_changed);
    }
    Some(entries)
}

/// Whether a date lies before `since`; what is no date does not.
fn is_before(date: Option<&RawValue>, since: Option<Instant>) -> bool {
    let (Some(date), Some(since)) = (date, since) else { return false };
    Instant::parse(date.get().trim_matches('"')).is_ok_and(|at| at < since)
}

#[cfg(test)]
mod tests;
