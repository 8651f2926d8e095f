//! The simulated tables as a release on disk, such as `weighhouse build` leaves it.
//!
//! Each model has one reading: what is measured is the panel, not the way to it.

use std::path::Path;

use analyze::panel_columns::readings_batch;
use panel::flow::Method;
use panel::{Birth, Cell, CellsBuilder, CounterReading, ModelFlows, PARTS};
use schema::{CellState, Instant, Value, ValueType, Week};
use simulate::{PARTS_PER_DOWNLOAD, PanelAttribute, PanelCell, PanelOptions, PanelTables};
use store::{Column, Draft, Layer, Release, Store, arrow_schema, batch_of_values};

pub(crate) const COLLECTION: &str = "simulated-panel";
const ENTRY: &str = "entry";
/// The first week: 2021-07-05.
const FIRST: i32 = 2_687;
const BATCH_ROWS: u32 = 65_536;
/// Half-width of the intervals of estimated cells, as a share of their values.
const ESTIMATED_WITHIN: f64 = 0.25;

const _: () = assert!(PARTS == PARTS_PER_DOWNLOAD, "both count in the same parts");

/// Writes a release; returns how many cells it has.
pub(crate) fn write(folder: &Path, options: PanelOptions) -> anyhow::Result<u64> {
    let store = Store::create(folder)?;
    let tables = PanelTables::new(options);
    write_tables(&store, &tables)?;
    write_attributes(&store, &tables)?;
    let cells = write_panel(&store, &tables)?;
    store.publish(&Release {
        id: ENTRY.to_owned(),
        collection: COLLECTION.to_owned(),
        raw: Vec::new(),
        tables: ENTRY.to_owned(),
        attributes: ENTRY.to_owned(),
        panel: ENTRY.to_owned(),
        indicators: ENTRY.to_owned(),
        data_through: through(&tables).to_string(),
        is_simulated: true,
    })?;
    Ok(cells)
}

fn week(index: u16) -> Week {
    Week::from_number(FIRST + i32::from(index))
}

/// The moment at which the last week is over.
fn through(tables: &PanelTables) -> Instant {
    week(tables.options().weeks).start()
}

fn born(tables: &PanelTables, model: u32) -> Instant {
    week(tables.first_week[model as usize]).start()
}

fn owner(tables: &PanelTables, model: u32) -> String {
    format!("owner-{:06}", tables.owner[model as usize])
}

type ColumnOf = (Column, Box<dyn Fn(&PanelTables, u32) -> Value>);

fn column(
    name: &'static str,
    value_type: ValueType,
    value: impl Fn(&PanelTables, u32) -> Value + 'static,
) -> ColumnOf {
    (Column { name, value_type }, Box::new(value))
}

/// Writes a table with a row a model.
fn write_models(
    draft: &mut Draft,
    name: &str,
    tables: &PanelTables,
    columns: &[ColumnOf],
) -> anyhow::Result<()> {
    let described: Vec<Column> = columns.iter().map(|(column, _)| *column).collect();
    let mut table = draft.begin_table(name, &arrow_schema(&described))?;
    let models = tables.options().models;
    for begin in (0..models).step_by(BATCH_ROWS as usize) {
        let rows = begin..models.min(begin + BATCH_ROWS);
        let values = columns.iter().map(|(_, value)| {
            rows.clone().map(|model| value(tables, model)).collect::<Vec<Value>>()
        });
        table.write(&batch_of_values(&described, &values.collect::<Vec<_>>()))?;
    }
    draft.finish_table(table)?;
    Ok(())
}

/// Writes a small table from rows of values.
fn write_rows(
    draft: &mut Draft,
    name: &str,
    columns: &[(&'static str, ValueType)],
    rows: &[Vec<Value>],
) -> anyhow::Result<()> {
    let described: Vec<Column> =
        columns.iter().map(|(name, value_type)| Column { name, value_type: *value_type }).collect();
    let values: Vec<Vec<Value>> =
        (0..columns.len()).map(|at| rows.iter().map(|row| row[at].clone()).collect()).collect();
    draft.write_table(name, &[batch_of_values(&described, &values)])?;
    Ok(())
}

fn write_tables(store: &Store, tables: &PanelTables) -> anyhow::Result<()> {
    use ValueType::{Instant as At, Integer, Text};
    let mut draft = store.draft(Layer::Tables, COLLECTION, ENTRY)?;
    let id = |tables: &PanelTables, model: u32| {
        Value::from(format!("{}/model-{model:07}", owner(tables, model)))
    };
    let columns = [
        column("model_id", Text, id),
        column("created_at", At, |tables, model| Value::from(born(tables, model))),
    ];
    write_models(&mut draft, "models.parquet", tables, &columns)?;
    let at = through(tables);
    let readings: Vec<(u32, CounterReading)> = (0..tables.options().models)
        .map(|model| {
            let parts: u64 =
                tables.flows_of(model).map(|PanelCell { parts, .. }| u64::from(parts)).sum();
            let downloads = (parts / u64::from(PARTS)) as i64;
            (
                model,
                CounterReading {
                    at,
                    downloads_30d: None,
                    downloads_all_time: Some(downloads),
                    likes: Some(downloads / 1_000),
                },
            )
        })
        .collect();
    let snapshots = vec![0; readings.len()];
    draft.write_table("readings.parquet", &[readings_batch(&readings, &snapshots)])?;
    let about = [COLLECTION, "Simulated tables", "Models that do not exist.", "nobody"];
    let columns = ["name", "title", "covers", "source"].map(|name| (name, Text));
    let about = about.map(Value::from).to_vec();
    write_rows(&mut draft, "collection.parquet", &columns, &[about])?;
    let columns = [
        ("name", Text),
        ("file", Text),
        ("read_at", At),
        ("row_count", Integer),
        ("problem_count", Integer),
    ];
    write_rows(&mut draft, "snapshots.parquet", &columns, &[])?;
    draft.commit()?;
    Ok(())
}

fn write_attributes(store: &Store, tables: &PanelTables) -> anyhow::Result<()> {
    use ValueType::{Integer, Text};
    let mut draft = store.draft(Layer::Attributes, COLLECTION, ENTRY)?;
    let mut columns =
        vec![column("uploader", Text, |tables, model| Value::from(owner(tables, model)))];
    for attribute in PanelAttribute::ALL {
        let labels = attribute.labels();
        columns.push(column(attribute.name(), Text, move |tables, model| {
            let code = tables.codes(attribute)[model as usize];
            Value::from(labels[usize::from(code)].as_str())
        }));
    }
    write_models(&mut draft, "attributes.parquet", tables, &columns)?;
    let texts = [
        "name",
        "type",
        "unit",
        "title",
        "meaning",
        "source",
        "method",
        "family",
        "example",
        "inputs",
        "confidence",
    ];
    let mut described: Vec<(&'static str, ValueType)> = texts.map(|name| (name, Text)).to_vec();
    described.extend([
        ("version", Integer),
        ("is_groupable", Integer),
        ("is_ordered", Integer),
        ("known_count", Integer),
    ]);
    let rows: Vec<Vec<Value>> = columns
        .iter()
        .map(|(column, _)| {
            let mut row = vec![Value::from(column.name), Value::from(Text.name())];
            row.extend(
                ["", column.name, "Invented.", "simulated", "drawn", "simulated", "", "", "stated"]
                    .map(Value::from),
            );
            row.extend([1_i64, 1, 0].map(Value::from));
            row.push(Value::from(i64::from(tables.options().models)));
            row
        })
        .collect();
    write_rows(&mut draft, "catalogue.parquet", &described, &rows)?;
    draft.commit()?;
    Ok(())
}

fn write_panel(store: &Store, tables: &PanelTables) -> anyhow::Result<u64> {
    let models = tables.options().models;
    let births: Vec<Birth> = (0..models).map(|model| Birth::Known(born(tables, model))).collect();
    let mut builder = CellsBuilder::new();
    let mut flows = ModelFlows::default();
    for model in 0..models {
        let first = tables.first_week[model as usize];
        flows.cells.clear();
        flows
            .cells
            .extend((first..).zip(tables.flows_of(model)).map(|(at, known)| cell(at, known)));
        builder.push(&flows);
    }
    let cells = builder.finish(&births, through(tables));
    drop(births);
    let mut draft = store.draft(Layer::Panel, COLLECTION, ENTRY)?;
    draft.write_with(analyze::CELLS, |sink| cells.write(sink))?;
    let events = [
        ("kind", "text"),
        ("subject", "text"),
        ("at_ms", ""),
        ("models", ""),
        ("of", ""),
        ("text", "text"),
    ];
    let events = events.map(|(name, kind)| {
        (name, if kind == "text" { ValueType::Text } else { ValueType::Integer })
    });
    write_rows(&mut draft, analyze::EVENTS, &events, &[])?;
    let counts = ["compared", "model_count"].map(|name| (name, ValueType::Integer));
    let ratios = [
        "median_ratio",
        "low_ratio",
        "high_ratio",
        "tolerance",
        "share_beyond_tolerance",
        "median_lag_days",
    ];
    let ratios = ratios.map(|name| (name, ValueType::Number));
    write_rows(&mut draft, analyze::DISAGREEMENT, &[&counts[..], &ratios[..]].concat(), &[])?;
    draft.commit()?;
    Ok(cells.count() as u64)
}

fn cell(at: u16, known: PanelCell) -> Cell {
    let value = f64::from(known.parts) / f64::from(PARTS);
    let width = if known.state == CellState::Estimated { ESTIMATED_WITHIN * value } else { 0.0 };
    let method = match known.state {
        CellState::Estimated => Method::Interpolated,
        CellState::Observed | CellState::Missing => Method::Difference,
    };
    Cell {
        week: week(at),
        value,
        low: value - width,
        high: value + width,
        state: known.state,
        method,
    }
}
