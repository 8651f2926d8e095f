//! The readings of a collection, some models at a time.

use std::ops::Range;

use analyze::panel_columns;
use panel::CounterReading;
use schema::{Instant, Value, ValueType};
use store::{Column, Layer, RecordBatch, Store, Table, values_of_batch};

use crate::pipeline::tables::{READINGS, SNAPSHOTS};

const COLUMNS: [&str; 6] =
    ["model", "at_ms", "snapshot", "downloads_30d", "downloads_all_time", "likes"];
/// Readings that are held at once, by each processor.
const ROWS_AT_ONCE: usize = 1 << 20;
/// Models whose flows are made at once.
const MODELS_AT_ONCE: usize = 1 << 15;

/// The readings of a collection, on disk.
pub(super) struct Readings {
    table: Table,
    /// Where each model's readings begin, and where the last ones end.
    offsets: Vec<usize>,
    snapshots: Vec<Instant>,
    oldest: Option<Instant>,
}

/// Models that are read at once.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    models: Range<usize>,
}

/// The readings of some models, in memory.
pub(super) struct Held {
    models: Range<usize>,
    /// Where each model's readings begin here.
    offsets: Vec<usize>,
    readings: Vec<CounterReading>,
    snapshots: Vec<u32>,
}

/// The readings of one model, by time.
#[derive(Clone, Copy)]
pub(super) struct ModelReadings<'a> {
    pub(super) place: usize,
    pub(super) readings: &'a [CounterReading],
    /// The snapshot that each comes from.
    pub(super) snapshots: &'a [u32],
}

impl Readings {
    pub(super) fn open(
        store: &Store,
        collection: &str,
        from: &str,
        models: usize,
    ) -> anyhow::Result<Self> {
        let table = store.open_table(Layer::Tables, collection, from, READINGS)?;
        let mut offsets = vec![0; models + 1];
        let mut oldest: Option<Instant> = None;
        for part in 0..table.parts() {
            let Some(batch) = table.read_part(part, Some(&["model", "at_ms"]))? else { continue };
            for (model, at) in panel_columns::moments(&batch)? {
                offsets[model as usize + 1] += 1;
                oldest = Some(oldest.map_or(at, |oldest| oldest.min(at)));
            }
        }
        for model in 0..models {
            offsets[model + 1] += offsets[model];
        }
        let read_at = Column { name: "read_at", value_type: ValueType::Instant };
        let snapshots = store.read_table(Layer::Tables, collection, from, SNAPSHOTS)?;
        let snapshots = values_of_batch(&snapshots, &read_at)?.into_iter().map(|at| match at {
            Value::Instant(at) => at,
            // A snapshot without a sound row has no reading.
            _ => Instant::from_millis(0),
        });
        Ok(Self { table, offsets, snapshots: snapshots.collect(), oldest })
    }

    pub(super) fn oldest(&self) -> Option<Instant> {
        self.oldest
    }

    /// When each snapshot was read.
    pub(super) fn snapshots(&self) -> &[Instant] {
        &self.snapshots
    }

    pub(super) fn snapshot_count(&self) -> usize {
        self.snapshots.len()
    }

    /// All models, as many at once as memory is meant for.
    pub(super) fn pieces(&self) -> Vec<Piece> {
        let models = self.offsets.len() - 1;
        let mut pieces = Vec::new();
        let mut begin = 0;
        while begin < models {
            let most = self.offsets[begin] + ROWS_AT_ONCE;
            let end = self.offsets.partition_point(|offset| *offset <= most) - 1;
            let end = end.clamp(begin + 1, (begin + MODELS_AT_ONCE).min(models));
            pieces.push(Piece { models: begin..end });
            begin = end;
        }
        pieces
    }

    pub(super) fn read(&self, piece: &Piece) -> anyhow::Result<Held> {
        let models = piece.models.clone();
        let rows = self.offsets[models.start]..self.offsets[models.end];
        let batches = self.rows(&rows)?;
        let offsets = self.offsets[models.start..=models.end].iter().map(|at| at - rows.start);
        let offsets = offsets.collect();
        let readings = panel_columns::readings(&batches)?;
        Ok(Held {
            offsets,
            snapshots: panel_columns::snapshots(&batches)?,
            readings: readings.into_iter().map(|(_, reading)| reading).collect(),
            models,
        })
    }

    /// Some rows, from the parts of the table in which they lie.
    fn rows(&self, rows: &Range<usize>) -> anyhow::Result<Vec<RecordBatch>> {
        let mut batches = Vec::new();
        for part in 0..self.table.parts() {
            let start = self.table.part_start(part);
            let end = self.table.part_start(part + 1);
            let (from, to) = (rows.start.max(start), rows.end.min(end));
            if from >= to {
                continue;
            }
            if let Some(batch) = self.table.read_part(part, Some(&COLUMNS))? {
                batches.push(batch.slice(from - start, to - from));
            }
        }
        Ok(batches)
    }
}

impl Held {
    /// The models, in order.
    pub(super) fn models(&self) -> impl Iterator<Item = ModelReadings<'_>> {
        self.models.clone().zip(self.offsets.windows(2)).map(|(place, ends)| ModelReadings {
            place,
            readings: &self.readings[ends[0]..ends[1]],
            snapshots: &self.snapshots[ends[0]..ends[1]],
        })
    }
}
