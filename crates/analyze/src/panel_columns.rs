//! The tables that the panel is made from, read from Arrow and written to it.

use std::sync::Arc;

use arrow_array::{ArrayRef, Float64Array, Int64Array, StringArray, UInt32Array};
use panel::Restatement;

use arrow_array::RecordBatch;
use arrow_array::cast::AsArray;
use arrow_array::types::{Int32Type, Int64Type, UInt32Type};
use panel::CounterReading;
use panel::flow::WindowFlow;
use schema::Instant;

use crate::{Disagreement, Event, Result};

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

/// The model and the instant of each row of a part of the readings table.
pub fn moments(batch: &RecordBatch) -> Result<impl Iterator<Item = (u32, Instant)>> {
    let model = primitive::<UInt32Type>(batch, "model")?.values();
    let at = primitive::<Int64Type>(batch, "at_ms")?.values();
    Ok(model.iter().zip(at).map(|(model, at)| (*model, Instant::from_millis(*at))))
}

/// The snapshot of each row of the readings table.
pub fn snapshots(batches: &[RecordBatch]) -> Result<Vec<u32>> {
    let mut snapshots = Vec::new();
    for batch in batches {
        snapshots.extend(primitive::<UInt32Type>(batch, "snapshot")?.values());
    }
    Ok(snapshots)
}

/// Goes through a column of texts that was read alone, row by row; what is null is empty.
pub fn each_text(batches: &[RecordBatch], mut see: impl FnMut(&str)) -> Result<()> {
    for batch in batches {
        let name = batch.schema().field(0).name().clone();
        let wrong = || store::Error::Column { column: name.clone(), expected: "text" };
        let column = batch.column(0).as_dictionary_opt::<Int32Type>().ok_or_else(wrong)?;
        let texts = column.values().as_string_opt::<i32>().ok_or_else(wrong)?;
        for key in column.keys() {
            see(key.map_or("", |key| texts.value(key as usize)));
        }
    }
    Ok(())
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

/// Writes the table of what happened to the counters.
#[must_use]
pub fn events_batch(events: &[Event]) -> RecordBatch {
    let numbers = |of: fn(&Event) -> Option<i64>| -> ArrayRef {
        Arc::new(events.iter().map(of).collect::<Int64Array>())
    };
    let texts = |of: fn(&Event) -> Option<&str>| -> ArrayRef {
        Arc::new(events.iter().map(of).collect::<StringArray>())
    };
    let columns: [(&str, ArrayRef, bool); 6] = [
        ("at_ms", numbers(|event| Some(event.at.millis())), false),
        ("kind", texts(|event| Some(event.kind.name())), false),
        ("subject", texts(|event| event.subject.as_deref()), true),
        ("models", numbers(|event| event.models.map(|models| models as i64)), true),
        ("of", numbers(|event| event.of.map(|of| of as i64)), true),
        ("text", texts(|event| Some(&event.text)), false),
    ];
    RecordBatch::try_from_iter_with_nullable(columns).expect("all columns have a row an event")
}

/// Writes how far two counters are apart, as a table of one row, or of none.
#[must_use]
pub fn disagreement_batch(disagreement: Option<&Disagreement>) -> RecordBatch {
    let numbers = |of: fn(&Disagreement) -> u64| -> ArrayRef {
        Arc::new(disagreement.iter().map(|one| of(one) as i64).collect::<Int64Array>())
    };
    let ratios = |of: fn(&Disagreement) -> Option<f64>| -> ArrayRef {
        Arc::new(disagreement.iter().map(|one| of(one)).collect::<Float64Array>())
    };
    let columns: [(&str, ArrayRef, bool); 7] = [
        ("compared", numbers(|one| one.compared), false),
        ("model_count", numbers(|one| one.model_count), false),
        ("median_ratio", ratios(|one| one.median_ratio), true),
        ("low_ratio", ratios(|one| one.low_ratio), true),
        ("high_ratio", ratios(|one| one.high_ratio), true),
        ("tolerance", ratios(|one| one.tolerance), true),
        ("share_beyond_tolerance", ratios(|one| one.share_beyond_tolerance), true),
    ];
    RecordBatch::try_from_iter_with_nullable(columns).expect("all columns have as many rows")
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
