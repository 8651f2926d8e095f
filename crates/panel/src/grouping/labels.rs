//! Names of many units in one piece of memory.

/// Names by code.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Labels {
    text: String,
    /// Where each name ends.
    ends: Vec<usize>,
}

impl Labels {
    /// Takes names in the order of their codes.
    #[must_use]
    pub fn new<T: AsRef<str>>(names: impl IntoIterator<Item = T>) -> Self {
        let mut labels = Self::default();
        for name in names {
            labels.text.push_str(name.as_ref());
            labels.ends.push(labels.text.len());
        }
        labels
    }

    /// How many names there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// A name.
    #[must_use]
    pub fn get(&self, code: u32) -> &str {
        let code = code as usize;
        let begin = code.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[begin..self.ends[code]]
    }

    /// The first code of a name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<u32> {
        self.iter().position(|known| known == name).map(|code| code as u32)
    }

    /// The names in the order of their codes.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len() as u32).map(|code| self.get(code))
    }
}
