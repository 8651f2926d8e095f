//! Units of a market as dense codes, and filters over models.

use std::collections::HashMap;

/// Which unit each model belongs to.
#[derive(Debug, Clone, Default)]
pub struct Grouping {
    codes: Vec<u32>,
    labels: Vec<String>,
    is_attributed: Vec<bool>,
}

impl Grouping {
    /// Each model is a unit of its own.
    #[must_use]
    pub fn by_model(ids: Vec<String>) -> Self {
        let is_attributed = vec![true; ids.len()];
        Self { codes: (0..ids.len() as u32).collect(), labels: ids, is_attributed }
    }

    /// Groups models by a value each. Mass whose value is null, or `unknown`, is not attributed
    /// to any unit: it is kept under `null_label` and `unknown`.
    #[must_use]
    pub fn by_value(values: &[Option<String>], null_label: &str, unknown: &str) -> Self {
        let mut labels: Vec<&str> = values.iter().flatten().map(String::as_str).collect();
        labels.sort_unstable();
        labels.dedup();
        let mut grouping = Self {
            codes: Vec::with_capacity(values.len()),
            is_attributed: labels.iter().map(|label| *label != unknown).collect(),
            labels: labels.iter().map(|label| (*label).to_owned()).collect(),
        };
        let by_label: HashMap<&str, u32> =
            labels.iter().enumerate().map(|(code, label)| (*label, code as u32)).collect();
        let null_code = if null_label == unknown { by_label.get(unknown).copied() } else { None };
        let null_code = null_code.unwrap_or(labels.len() as u32);
        for value in values {
            grouping.codes.push(value.as_deref().map_or(null_code, |label| by_label[label]));
        }
        if null_code as usize == labels.len() && values.iter().any(Option::is_none) {
            grouping.labels.push(null_label.to_owned());
            grouping.is_attributed.push(false);
        }
        grouping
    }

    /// The code of a model's unit.
    #[must_use]
    pub fn code(&self, model: usize) -> u32 {
        self.codes[model]
    }

    /// How many units there are, unattributed ones included.
    #[must_use]
    pub fn unit_count(&self) -> usize {
        self.labels.len()
    }

    /// A unit's name.
    #[must_use]
    pub fn label(&self, code: u32) -> &str {
        &self.labels[code as usize]
    }

    /// Whether a code is a unit, rather than mass that belongs to none.
    #[must_use]
    pub fn is_attributed(&self, code: u32) -> bool {
        self.is_attributed[code as usize]
    }

    /// The code of a unit by name.
    #[must_use]
    pub fn find(&self, label: &str) -> Option<u32> {
        self.labels.iter().position(|known| known == label).map(|code| code as u32)
    }

    /// The names of all units, in the order of their codes.
    #[must_use]
    pub fn labels(&self) -> &[String] {
        &self.labels
    }
}

/// Which models a question is about.
#[derive(Debug, Clone)]
pub struct Filter {
    kept: Vec<bool>,
}

impl Filter {
    /// All models.
    #[must_use]
    pub fn all(model_count: usize) -> Self {
        Self { kept: vec![true; model_count] }
    }

    /// Keeps only models whose unit is one of `codes`.
    pub fn keep(&mut self, grouping: &Grouping, codes: &[u32]) {
        for (model, kept) in self.kept.iter_mut().enumerate() {
            *kept &= codes.contains(&grouping.code(model));
        }
    }

    /// Whether a model is kept.
    #[must_use]
    pub fn is_kept(&self, model: usize) -> bool {
        self.kept[model]
    }
}

#[cfg(test)]
mod tests;
