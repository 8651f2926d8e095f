//! What a snapshot holds, counted page by page, so that the next one can be held against it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use store::Census;

/// The fields whose sums are kept.
pub(crate) const COUNTERS: [&str; 3] = ["downloads", "downloadsAllTime", "likes"];

/// What was counted so far. A model takes 12 bytes, so that a whole Hub takes some 40 MB.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    rows: u64,
    /// The `_id` of each entry, not in order, some of them twice.
    ids: Vec<[u8; 12]>,
    sums: BTreeMap<&'static str, u64>,
    present: BTreeMap<String, u64>,
}

impl Tally {
    /// Counts the first `entry_count` entries of a page. What is no list of objects counts nothing.
    pub fn add(&mut self, body: &[u8], entry_count: u64) {
        let before = self.rows;
        let limit = before.saturating_add(entry_count);
        let mut deserializer = serde_json::Deserializer::from_slice(body);
        // Pages were found to be lists when they were received; what follows a fault is not counted.
        let _ = deserializer.deserialize_seq(Page { tally: self, limit });
    }

    /// The counts.
    #[must_use]
    pub fn census(&mut self) -> Census {
        Census {
            rows: self.rows,
            models: self.ids().len() as u64,
            sums: self.sums.iter().map(|(name, sum)| ((*name).to_owned(), *sum)).collect(),
            present: self.present.clone(),
        }
    }

    /// How many models of this tally are not in another.
    #[must_use]
    pub fn vanished_in(&mut self, later: &mut Self) -> u64 {
        let later = later.ids();
        self.ids().iter().filter(|id| later.binary_search(id).is_err()).count() as u64
    }

    /// The models, each once, in order.
    fn ids(&mut self) -> &[[u8; 12]] {
        self.ids.sort_unstable();
        self.ids.dedup();
        &self.ids
    }

    fn count(&mut self, field: &str, value: &RawValue) {
        let text = value.get();
        if field == "_id" {
            self.ids.push(id(text.trim_matches('"')));
            return;
        }
        if matches!(text, "null" | "\"\"" | "[]" | "{}") {
            return;
        }
        match self.present.get_mut(field) {
            Some(count) => *count += 1,
            None => {
                self.present.insert(field.to_owned(), 1);
            }
        }
        if let Some(counter) = COUNTERS.into_iter().find(|counter| *counter == field) {
            *self.sums.entry(counter).or_default() += text.parse().unwrap_or(0);
        }
    }
}

/// An `_id` as bytes: its own where it is 24 hexadecimal digits, a hash of any other.
fn id(text: &str) -> [u8; 12] {
    let mut bytes = [0; 12];
    match u128::from_str_radix(text, 16) {
        Ok(number) if text.len() == 24 => bytes.copy_from_slice(&number.to_be_bytes()[4..]),
        _ => {
            let mut hasher = DefaultHasher::new();
            text.hash(&mut hasher);
            bytes[4..].copy_from_slice(&hasher.finish().to_be_bytes());
        }
    }
    bytes
}

/// A page that is read into a tally, up to a number of rows.
struct Page<'a> {
    tally: &'a mut Tally,
    limit: u64,
}

impl<'de> Visitor<'de> for Page<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of models")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<(), A::Error> {
        while let Some(entry) = sequence.next_element::<&RawValue>()? {
            if self.tally.rows < self.limit {
                self.tally.rows += 1;
                let mut deserializer = serde_json::Deserializer::from_str(entry.get());
                // What is no object is a row without a model.
                let _ = deserializer.deserialize_map(Entry { tally: self.tally });
            }
        }
        Ok(())
    }
}

/// An entry that is read into a tally.
struct Entry<'a> {
    tally: &'a mut Tally,
}

impl<'de> Visitor<'de> for Entry<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a model")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some((Key(field), value)) = map.next_entry::<Key<'de>, &RawValue>()? {
            self.tally.count(&field, value);
        }
        Ok(())
    }
}

/// A field's name, borrowed where it holds no escapes.
#[derive(Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

#[cfg(test)]
mod tests;
