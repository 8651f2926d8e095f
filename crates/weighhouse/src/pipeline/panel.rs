//! tables → panel: weekly flows of every model.

use analyze::births_of;
use analyze::panel_columns::{cells_batch, readings, restatements_batch, windows};
use panel::flow::{WindowFlow, with_windows};
use panel::{Birth, FlowTable, Readings, Span, flows_of_model};
use schema::{Instant, Week};
use store::{Draft, Layer, Store, schema_fingerprint};

use super::tables::{MODELS, READINGS, WINDOWS};

/// Makes the panel of a collection.
pub(super) fn make(
    store: &Store,
    collection: &str,
    from: &str,
    data_through: Instant,
    draft: &mut Draft,
) -> anyhow::Result<()> {
    let models = store.read_table(Layer::Tables, collection, from, MODELS)?;
    let births = births_of(&models)?;
    let batches = store.read_table(Layer::Tables, collection, from, READINGS)?;
    let readings = Readings::new(births.len(), readings(&batches)?);
    let since = readings.instants().first().copied().unwrap_or(data_through);
    let span = Span { since, through: data_through };
    let batches = store.read_table(Layer::Tables, collection, from, WINDOWS)?;
    let windows = windows(&batches)?;
    let last = Week::last_complete(data_through);
    let flows_of = |(model, birth): (usize, &Birth)| {
        let flows = flows_of_model(readings.of_model(model), *birth, span);
        let own = windows.partition_point(|(of, _)| (*of as usize) < model);
        let own = windows[own..].iter().take_while(|(of, _)| *of as usize == model);
        let own: Vec<WindowFlow> = own.map(|(_, window)| *window).collect();
        if own.is_empty() { flows } else { with_windows(flows, &own, last) }
    };
    let flows = births.iter().enumerate().map(flows_of).collect();
    let table = FlowTable::join(&births, flows, data_through);
    let cells = cells_batch(&table);
    let restatements = restatements_batch(&table.restatements);
    let fingerprint = schema_fingerprint(&[
        ("cells.parquet", &cells.schema()),
        ("restatements.parquet", &restatements.schema()),
    ]);
    let rows = draft.write_table("cells.parquet", &[cells])?;
    draft.write_table("restatements.parquet", &[restatements])?;
    draft.describe(|manifest| {
        manifest.row_count = rows;
        manifest.schema_fingerprint = fingerprint;
    });
    Ok(())
}
