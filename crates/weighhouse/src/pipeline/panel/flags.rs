//! What is odd about the flows, flagged.

use std::collections::HashMap;

use analyze::panel_columns;
use panel::anomaly::{Flags, Series, SeriesSource, THRESHOLDS, flag_all};
use panel::{CellsBuilder, Mark};
use schema::CellState;
use store::{Layer, Store};

use crate::pipeline::tables::MODELS;

/// The owner of each model, as a code.
pub(super) fn owners(store: &Store, collection: &str, from: &str) -> anyhow::Result<Vec<u32>> {
    let ids = store.read_columns(Layer::Tables, collection, from, MODELS, &["model_id"])?;
    let mut codes: HashMap<String, u32> = HashMap::new();
    let mut owners = Vec::new();
    panel_columns::each_text(&ids, |id| {
        // A model without a namespace is its own owner: nobody else's models jump with it.
        let owner = id.split_once('/').map_or(id, |(owner, _)| owner);
        let next = codes.len() as u32;
        let code = match codes.get(owner) {
            Some(code) => *code,
            None => *codes.entry(owner.to_owned()).or_insert(next),
        };
        owners.push(code);
    })?;
    Ok(owners)
}

/// The cells with their flags.
pub(super) fn flagged(mut cells: CellsBuilder, owners: &[u32]) -> CellsBuilder {
    flag_all(&mut Owned { cells: &mut cells, owners }, &THRESHOLDS);
    cells
}

struct Owned<'a> {
    cells: &'a mut CellsBuilder,
    owners: &'a [u32],
}

impl SeriesSource for Owned<'_> {
    type Mark = Mark;

    fn is_known(mark: Mark) -> bool {
        mark.state() != CellState::Missing
    }

    fn model_count(&self) -> usize {
        self.cells.model_count()
    }

    fn owner(&self, model: usize) -> u32 {
        self.owners[model]
    }

    fn series(&self, model: usize) -> Option<Series<'_, Mark>> {
        let (first, values, marks) = self.cells.series(model)?;
        Some(Series { first, values, marks })
    }

    fn set(&mut self, model: usize, week: usize, flags: Flags) {
        self.cells.set_flags(model, week, flags);
    }
}
