//! Columns of texts of a million rows, in little memory.

use std::collections::HashMap;

use store::{RecordBatch, texts_of_batch};

/// Texts by place, one after the other in memory; a place without one has the empty text.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    letters: String,
    ends: Vec<usize>,
}

impl Texts {
    pub(crate) fn read(batches: &[RecordBatch], name: &str) -> store::Result<Self> {
        let mut texts = Self::default();
        for batch in batches {
            for text in texts_of_batch(batch, name)? {
                texts.letters.push_str(text.unwrap_or_default());
                texts.ends.push(texts.letters.len());
            }
        }
        Ok(texts)
    }

    pub(crate) fn get(&self, place: usize) -> Option<&str> {
        let end = *self.ends.get(place)?;
        let begin = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.letters.get(begin..end)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        let begins = std::iter::once(0).chain(self.ends.iter().copied());
        begins.zip(&self.ends).map(|(begin, end)| &self.letters[begin..*end])
    }

    /// The first place of a text that is as wanted.
    pub(crate) fn position(&self, is_wanted: impl Fn(&str) -> bool) -> Option<usize> {
        self.iter().position(is_wanted)
    }
}

/// Texts of which there are few, as numbers by place.
#[derive(Debug, Default)]
pub(crate) struct Coded {
    codes: Vec<u32>,
    names: Vec<String>,
}

/// The code of a place without a text.
const NOTHING: u32 = u32::MAX;

impl Coded {
    pub(crate) fn read(batches: &[RecordBatch], name: &str) -> store::Result<Self> {
        let mut known: HashMap<&str, u32> = HashMap::new();
        let mut coded = Self::default();
        for batch in batches {
            for text in texts_of_batch(batch, name)? {
                let next = known.len() as u32;
                let code = text.map(|text| *known.entry(text).or_insert(next));
                if let Some(text) = text.filter(|_| code == Some(next)) {
                    coded.names.push(text.to_owned());
                }
                coded.codes.push(code.unwrap_or(NOTHING));
            }
        }
        Ok(coded)
    }

    pub(crate) fn get(&self, place: usize) -> Option<&str> {
        let code = *self.codes.get(place)?;
        self.names.get(code as usize).map(String::as_str)
    }

    /// The places that have the same text as one; none where that has none.
    pub(crate) fn same_as(&self, place: usize) -> Vec<usize> {
        let wanted = self.codes.get(place).copied().unwrap_or(NOTHING);
        let same = self.codes.iter().enumerate().filter(|(_, code)| **code == wanted);
        if wanted == NOTHING { Vec::new() } else { same.map(|(place, _)| place).collect() }
    }
}

#[cfg(test)]
mod tests {
    use schema::{Value, ValueType};
    use store::{Column, batch_of_values};

    use super::*;

    const COLUMN: Column = Column { name: "name", value_type: ValueType::Text };

    /// Two batches, as a file of several parts is read; the first row has no text.
    fn batches() -> Vec<RecordBatch> {
        let text = |text: &str| Value::Text(text.to_owned());
        let of = |values: Vec<Value>| batch_of_values(&[COLUMN], &[values]);
        vec![of(vec![Value::Null, text("one"), text("")]), of(vec![text("äö"), text("one")])]
    }

    #[test]
    fn texts_are_where_they_were() {
        let texts = Texts::read(&batches(), "name").unwrap();
        assert_eq!(texts.iter().collect::<Vec<_>>(), ["", "one", "", "äö", "one"]);
        let places = [0, 1, 3, 4, 5].map(|place| texts.get(place));
        assert_eq!(places, [Some(""), Some("one"), Some("äö"), Some("one"), None]);
        assert_eq!(texts.position(|text| text == "one"), Some(1));
        assert_eq!(texts.position(|text| text == "two"), None);
    }

    /// No text is not the empty one, and nothing is like it.
    #[test]
    fn equal_texts_have_one_code_and_none_has_none() {
        let coded = Coded::read(&batches(), "name").unwrap();
        let places = [0, 1, 2, 3, 4, 5].map(|place| coded.get(place));
        assert_eq!(places, [None, Some("one"), Some(""), Some("äö"), Some("one"), None]);
        assert_eq!(coded.same_as(1), [1, 4]);
        assert_eq!(coded.same_as(2), [2]);
        assert!(coded.same_as(0).is_empty() && coded.same_as(5).is_empty());
    }
}
