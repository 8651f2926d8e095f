//! Names of many units in one piece of memory.

/// Names by code.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Labels {
    text: String,
    /// Where each name ends.
    ends: Vec<usize>,
}

impl Labels {
    /// Takes names in the order of their codes.
    pub(crate) fn new<T: AsRef<str>>(names: impl IntoIterator<Item = T>) -> Self {
        let mut labels = Self::default();
        for name in names {
            labels.text.push_str(name.as_ref());
            labels.ends.push(labels.text.len());
        }
        labels
    }

    /// How many names there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// A name.
    pub(crate) fn get(&self, code: u32) -> &str {
        let code = code as usize;
        let begin = code.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[begin..self.ends[code]]
    }

    /// The first code of a name.
    pub(crate) fn find(&self, name: &str) -> Option<u32> {
        self.iter().position(|known| known == name).map(|code| code as u32)
    }

    /// The names in the order of their codes.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len() as u32).map(|code| self.get(code))
    }
}
