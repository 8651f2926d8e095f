//! The models table's columns that lineage needs, read back.

use schema::{Instant, Value, ValueType};

use super::{Lineage, Relative};
use crate::facts::fact_type::FactType;
use crate::tables::Model;
use crate::{Facts, Registry};

/// The columns of the models table that lineage needs.
pub const LINEAGE_COLUMNS: [(&str, ValueType); 10] = [
    ("model_id", ValueType::Text),
    ("created_at", ValueType::Instant),
    ("task", ValueType::Text),
    ("library", ValueType::Text),
    ("tags", ValueType::TextList),
    ("parameters", ValueType::Integer),
    ("base_models", ValueType::TextList),
    ("base_relation", ValueType::Text),
    ("adapter_base", ValueType::Text),
    ("readme_bases", ValueType::TextList),
];

/// What the models of a collection say of their bases, taken some at a time.
#[derive(Debug, Clone, Default)]
pub struct LineageColumns(Vec<Relative>);

impl LineageColumns {
    /// Takes the next models: the values of the [`LINEAGE_COLUMNS`] in their order.
    ///
    /// # Panics
    ///
    /// When the columns are others.
    pub fn add(&mut self, columns: [Vec<Value>; LINEAGE_COLUMNS.len()]) {
        let mut columns = columns.map(Vec::into_iter);
        let mut row = || {
            let mut values = columns.each_mut().map(Iterator::next).into_iter();
            let mut next = || values.next().flatten();
            let model_id = String::from_value(next()?)?;
            let facts = Facts {
                created_at: next().and_then(Instant::from_value),
                task: next().and_then(String::from_value),
                library: next().and_then(String::from_value),
                tags: next().and_then(Vec::from_value),
                parameters: next().and_then(i64::from_value),
                base_models: next().and_then(Vec::from_value),
                base_relation: next().and_then(String::from_value),
                adapter_base: next().and_then(String::from_value),
                readme_bases: next().and_then(Vec::from_value),
                ..Facts::default()
            };
            Some(Relative::of(&Model::new(&model_id, facts)))
        };
        while let Some(relative) = row() {
            self.0.push(relative);
        }
    }

    /// Follows the bases of all models.
    #[must_use]
    pub fn lineage(self, registry: &Registry) -> Lineage {
        Lineage::of_relatives(self.0, registry)
    }
}
