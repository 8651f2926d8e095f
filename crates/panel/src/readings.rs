//! Readings in memory: by model, then by time.

use schema::Instant;

/// The counters of one model at one instant. Unknown is `None`, never 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CounterReading {
    /// When it was read.
    pub at: Instant,
    /// Rolling sum of the last 30 days.
    pub downloads_30d: Option<i64>,
    /// Cumulative since creation.
    pub downloads_all_time: Option<i64>,
    /// Likes.
    pub likes: Option<i64>,
}

/// Which of the counters an as-of question reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadingKind {
    /// Rolling sum of the last 30 days.
    Downloads30d,
    /// Cumulative since creation.
    DownloadsAllTime,
    /// Likes.
    Likes,
    /// Whether there is a reading at all: 1.
    Presence,
}

impl CounterReading {
    /// The counter, as a number for sums.
    #[must_use]
    pub fn value(&self, kind: ReadingKind) -> Option<f64> {
        let counter = match kind {
            ReadingKind::Downloads30d => self.downloads_30d,
            ReadingKind::DownloadsAllTime => self.downloads_all_time,
            ReadingKind::Likes => self.likes,
            ReadingKind::Presence => Some(1),
        };
        counter.map(|counter| counter as f64)
    }
}

/// All readings of a collection.
#[derive(Debug, Clone, Default)]
pub struct Readings {
    offsets: Vec<usize>,
    rows: Vec<CounterReading>,
    newest: Option<Instant>,
    instants: Vec<Instant>,
}

impl Readings {
    /// Takes readings with the places of their models, sorted by model, then by time.
    #[must_use]
    pub fn new(model_count: usize, rows: impl IntoIterator<Item = (u32, CounterReading)>) -> Self {
        let mut offsets = vec![0; model_count + 1];
        let mut readings: Vec<CounterReading> = Vec::new();
        for (model, reading) in rows {
            offsets[model as usize + 1] += 1;
            readings.push(reading);
        }
        for model in 0..model_count {
            offsets[model + 1] += offsets[model];
        }
        let mut instants: Vec<Instant> = readings.iter().map(|reading| reading.at).collect();
        instants.sort_unstable();
        instants.dedup();
        Self { offsets, newest: instants.last().copied(), instants, rows: readings }
    }

    /// The readings of one model, by time.
    #[must_use]
    pub fn of_model(&self, model: usize) -> &[CounterReading] {
        &self.rows[self.offsets[model]..self.offsets[model + 1]]
    }

    /// The newest reading of the collection.
    #[must_use]
    pub fn newest(&self) -> Option<Instant> {
        self.newest
    }

    /// Every instant at which something was read, sorted.
    #[must_use]
    pub fn instants(&self) -> &[Instant] {
        &self.instants
    }

    /// The last known value of one model's counter at or before `at`.
    ///
    /// `None` when the model had not been seen; `Some(None)` when it had, its counter not.
    #[must_use]
    pub fn as_of(&self, model: usize, kind: ReadingKind, at: Instant) -> Option<Option<f64>> {
        let readings = self.of_model(model);
        let seen = &readings[..readings.partition_point(|reading| reading.at <= at)];
        if seen.is_empty() {
            return None;
        }
        Some(seen.iter().rev().find_map(|reading| reading.value(kind)))
    }
}
