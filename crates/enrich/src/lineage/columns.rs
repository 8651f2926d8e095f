//! What lineage needs of the models table, gathered part by part.

use arrow_array::cast::AsArray;
use arrow_array::{Array, RecordBatch};

use super::{FirstBase, Lineage};

/// The columns of the models table that lineage needs.
pub const LINEAGE_COLUMNS: [&str; 2] = ["model_id", "base_models"];

/// The ids of models and the first base of each.
#[derive(Debug, Clone, Default)]
pub struct LineageColumns {
    ids: Vec<String>,
    bases: Vec<FirstBase>,
}

impl LineageColumns {
    /// Takes the next models, a batch with the [`LINEAGE_COLUMNS`] in their order.
    ///
    /// # Panics
    ///
    /// When the columns are others.
    pub fn add_batch(&mut self, batch: &RecordBatch) {
        let ids = batch.column(0).as_string::<i32>();
        let bases = batch.column(1).as_list::<i32>();
        let names = bases.values().as_string::<i32>();
        for row in 0..batch.num_rows() {
            self.ids.push(ids.value(row).to_owned());
            let first = bases.value_offsets()[row] as usize;
            let end = bases.value_offsets()[row + 1] as usize;
            self.bases.push(match (bases.is_valid(row), first < end) {
                (false, _) => FirstBase::Unsaid,
                (true, false) => FirstBase::Nothing,
                (true, true) => FirstBase::Of(names.value(first).to_owned()),
            });
        }
    }

    /// Follows the bases of all models.
    #[must_use]
    pub fn lineage(&self) -> Lineage {
        Lineage::of_bases(&self.ids, &self.bases)
    }
}
