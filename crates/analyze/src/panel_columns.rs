//! The tables that the panel is made from, read from Arrow and written to it.

use std::sync::Arc;

use arrow_array::{
    ArrayRef, Float32Array, Float64Array, Int32Array, Int64Array, UInt8Array, UInt32Array,
};
use panel::Restatement;

use arrow_array::RecordBatch;
use arrow_array::cast::AsArray;
use arrow_array::types::{Float32Type, Float64Type, Int32Type, Int64Type, UInt8Type, UInt32Type};
use panel::flow::WindowFlow;
use panel::{CounterReading, FlowTable};
use schema::{CellState, Instant, Week};

use crate::Result;

/// Reads the readings table: places of models with their counters, sorted.
pub fn readings(batches: &[RecordBatch]) -> Result<Vec<(u32, CounterReading)>> {
    let mut rows = Vec::new();
    for batch in batches {
        let model = primitive::<UInt32Type>(batch, "model")?;
        let at = primitive::<Int64Type>(batch, "at_ms")?;
        let counter = |name| {
            let column = primitive::<Int64Type>(batch, name)?;
            Ok::<_, crate::Error>(move |row: usize| {
                arrow_array::Array::is_valid(column, row).then(|| column.value(row))
            })
        };
        let downloads_30d = counter("downloads_30d")?;
        let downloads_all_time = counter("downloads_all_time")?;
        let likes = counter("likes")?;
        for row in 0..batch.num_rows() {
            let reading = CounterReading {
                at: Instant::from_millis(at.value(row)),
                downloads_30d: downloads_30d(row),
                downloads_all_time: downloads_all_time(row),
                likes: likes(row),
            };
            rows.push((model.value(row), reading));
        }
    }
    Ok(rows)
}

/// Writes the readings table; `snapshots` has the place of each reading's snapshot.
#[must_use]
pub fn readings_batch(rows: &[(u32, CounterReading)], snapshots: &[u32]) -> RecordBatch {
    let counter = |counter: fn(&CounterReading) -> Option<i64>| -> ArrayRef {
        Arc::new(rows.iter().map(|(_, reading)| counter(reading)).collect::<Int64Array>())
    };
    let model: UInt32Array = rows.iter().map(|(model, _)| *model).collect::<Vec<_>>().into();
    let at: Int64Array = rows.iter().map(|(_, r)| r.at.millis()).collect::<Vec<_>>().into();
    let columns: [(&str, ArrayRef, bool); 6] = [
        ("model", Arc::new(model), false),
        ("at_ms", Arc::new(at), false),
        ("snapshot", Arc::new(UInt32Array::from(snapshots.to_vec())), false),
        ("downloads_30d", counter(|reading| reading.downloads_30d), true),
        ("downloads_all_time", counter(|reading| reading.downloads_all_time), true),
        ("likes", counter(|reading| reading.likes), true),
    ];
    RecordBatch::try_from_iter_with_nullable(columns).expect("all columns have a row a reading")
}

/// Reads the table of windows: places of models with their flows, sorted.
pub fn windows(batches: &[RecordBatch]) -> Result<Vec<(u32, WindowFlow)>> {
    let mut rows = Vec::new();
    for batch in batches {
        let model = primitive::<UInt32Type>(batch, "model")?;
        let from = primitive::<Int64Type>(batch, "from_ms")?;
        let to = primitive::<Int64Type>(batch, "to_ms")?;
        let downloads = primitive::<Int64Type>(batch, "downloads")?;
        rows.extend((0..batch.num_rows()).map(|row| {
            let window = WindowFlow {
                from: Instant::from_millis(from.value(row)),
                to: Instant::from_millis(to.value(row)),
                downloads: downloads.value(row),
            };
            (model.value(row), window)
        }));
    }
    Ok(rows)
}

/// Writes the table of windows.
#[must_use]
pub fn windows_batch(rows: &[(u32, WindowFlow)]) -> RecordBatch {
    let column = |value: fn(&WindowFlow) -> i64| -> ArrayRef {
        Arc::new(Int64Array::from(rows.iter().map(|(_, w)| value(w)).collect::<Vec<_>>()))
    };
    let model: Vec<u32> = rows.iter().map(|(model, _)| *model).collect();
    let columns: [(&str, ArrayRef); 4] = [
        ("model", Arc::new(UInt32Array::from(model))),
        ("from_ms", column(|window| window.from.millis())),
        ("to_ms", column(|window| window.to.millis())),
        ("downloads", column(|window| window.downloads)),
    ];
    RecordBatch::try_from_iter(columns).expect("all columns have a row a window")
}

/// Reads the cells table.
pub fn cells(batches: &[RecordBatch]) -> Result<FlowTable> {
    let mut table = FlowTable::default();
    for batch in batches {
        table.model.extend(primitive::<UInt32Type>(batch, "model")?.values());
        let week = primitive::<Int32Type>(batch, "week")?;
        table.week.extend(week.values().iter().map(|number| Week::from_number(*number)));
        table.value.extend(primitive::<Float64Type>(batch, "value")?.values());
        let low = primitive::<Float32Type>(batch, "low")?;
        table.low.extend(low.values().iter().map(|low| f64::from(*low)));
        let high = primitive::<Float32Type>(batch, "high")?;
        table.high.extend(high.values().iter().map(|high| f64::from(*high)));
        let state = primitive::<UInt8Type>(batch, "state")?;
        // A state that this version does not know is not known.
        let known = |code: &u8| CellState::from_code(*code).unwrap_or(CellState::Missing);
        table.state.extend(state.values().iter().map(known));
    }
    Ok(table)
}

/// Writes the cells table.
#[must_use]
pub fn cells_batch(table: &FlowTable) -> RecordBatch {
    let week: Vec<i32> = table.week.iter().map(|week| week.number()).collect();
    let narrow = |values: &[f64]| values.iter().map(|value| *value as f32).collect::<Vec<_>>();
    let state: Vec<u8> = table.state.iter().map(|state| *state as u8).collect();
    let columns: [(&str, ArrayRef); 6] = [
        ("model", Arc::new(UInt32Array::from(table.model.clone()))),
        ("week", Arc::new(Int32Array::from(week))),
        ("value", Arc::new(Float64Array::from(table.value.clone()))),
        ("low", Arc::new(Float32Array::from(narrow(&table.low)))),
        ("high", Arc::new(Float32Array::from(narrow(&table.high)))),
        ("state", Arc::new(UInt8Array::from(state))),
    ];
    RecordBatch::try_from_iter(columns).expect("all columns have a row a cell")
}

/// Writes the table of restatements.
#[must_use]
pub fn restatements_batch(rows: &[(u32, Restatement)]) -> RecordBatch {
    let column = |value: fn(&Restatement) -> i64| -> ArrayRef {
        Arc::new(Int64Array::from(rows.iter().map(|(_, r)| value(r)).collect::<Vec<_>>()))
    };
    let model: Vec<u32> = rows.iter().map(|(model, _)| *model).collect();
    let columns: [(&str, ArrayRef); 5] = [
        ("model", Arc::new(UInt32Array::from(model))),
        ("before_at_ms", column(|r| r.before_at.millis())),
        ("before", column(|r| r.before)),
        ("after_at_ms", column(|r| r.after_at.millis())),
        ("after", column(|r| r.after)),
    ];
    RecordBatch::try_from_iter(columns).expect("all columns have a row a restatement")
}

fn primitive<'a, T: arrow_array::ArrowPrimitiveType>(
    batch: &'a RecordBatch,
    name: &str,
) -> Result<&'a arrow_array::PrimitiveArray<T>> {
    let column = batch.column_by_name(name).and_then(|column| column.as_primitive_opt::<T>());
    column.ok_or_else(|| {
        store::Error::Column { column: name.to_owned(), expected: "a number" }.into()
    })
}
