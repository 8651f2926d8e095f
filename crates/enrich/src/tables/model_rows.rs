//! Models read back from their table.

use arrow_array::RecordBatch;
use schema::Instant;

use super::Model;
use crate::facts::FactRows;
use crate::facts::fact_type::{FactType, at, column};

/// Rows of the models table, of which models are read.
pub struct ModelRows<'a> {
    rows: usize,
    key: Option<&'a <String as FactType>::Column>,
    model_id: Option<&'a <String as FactType>::Column>,
    hub_id: Option<&'a <String as FactType>::Column>,
    first_seen_at: Option<&'a <Instant as FactType>::Column>,
    last_seen_at: Option<&'a <Instant as FactType>::Column>,
    facts: FactRows<'a>,
}

impl<'a> ModelRows<'a> {
    /// The rows of a batch with [`super::MODEL_COLUMNS`]; what it has no column of is not known.
    ///
    /// # Panics
    ///
    /// When a column of such a name has another type.
    #[must_use]
    pub fn of(batch: &'a RecordBatch) -> Self {
        Self {
            rows: batch.num_rows(),
            key: column::<String>(batch, "model_key"),
            model_id: column::<String>(batch, "model_id"),
            hub_id: column::<String>(batch, "hub_id"),
            first_seen_at: column::<Instant>(batch, "first_seen_at"),
            last_seen_at: column::<Instant>(batch, "last_seen_at"),
            facts: FactRows::of(batch),
        }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// The model in a row.
    #[must_use]
    pub fn read(&self, row: usize) -> Model {
        let text = |column| at::<String>(column, row);
        let instant = |column| at(column, row).unwrap_or(Instant::from_millis(0));
        Model {
            key: text(self.key).unwrap_or_default(),
            model_id: text(self.model_id).unwrap_or_default(),
            hub_id: text(self.hub_id),
            first_seen_at: instant(self.first_seen_at),
            last_seen_at: instant(self.last_seen_at),
            facts: self.facts.read(row),
        }
    }
}
