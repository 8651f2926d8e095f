//! The flows of a whole collection as columns.

use schema::{CellState, Instant, Week};

use super::{Birth, Cell, ModelFlows, Restatement, completed};

/// The flows of all models of a collection, one entry a cell, sorted by week, then model.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FlowTable {
    /// Places of the models.
    pub model: Vec<u32>,
    /// The weeks.
    pub week: Vec<Week>,
    /// The flows.
    pub value: Vec<f64>,
    /// Lower ends of the intervals.
    pub low: Vec<f64>,
    /// Upper ends of the intervals.
    pub high: Vec<f64>,
    /// The states.
    pub state: Vec<CellState>,
    /// Falls of cumulative counters, with the places of their models.
    pub restatements: Vec<(u32, Restatement)>,
}

impl FlowTable {
    /// Joins the flows of models 0, 1, 2, … and completes them.
    #[must_use]
    pub fn join(births: &[Birth], flows: Vec<ModelFlows>, through: Instant) -> Self {
        let first = flows.iter().filter_map(ModelFlows::first_known).min();
        let Some(first) = first else { return Self::default() };
        let last = Week::last_complete(through);
        let mut cells: Vec<(Week, u32, Cell)> = Vec::new();
        let mut table = Self::default();
        for (index, flows) in flows.into_iter().enumerate() {
            let model = index as u32;
            let flows = completed(flows, births[index], first, last);
            cells.extend(flows.cells.into_iter().map(|cell| (cell.week, model, cell)));
            table.restatements.extend(flows.restatements.into_iter().map(|r| (model, r)));
        }
        cells.sort_by_key(|(week, model, _)| (*week, *model));
        for (week, model, cell) in cells {
            table.model.push(model);
            table.week.push(week);
            table.value.push(cell.value);
            table.low.push(cell.low);
            table.high.push(cell.high);
            table.state.push(cell.state);
        }
        table
    }
}
