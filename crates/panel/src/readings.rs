//! Readings in memory: by model, then by time, each counter in a column of its own.

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
    /// The same at a week's pace: × 7 / 30.
    Rate30d,
    /// Cumulative since creation.
    DownloadsAllTime,
    /// Likes.
    Likes,
    /// Whether there is a reading at all: 1.
    Presence,
}

/// One counter of all readings; what is not known lies as a number that no counter is.
#[derive(Debug, Clone, Default)]
struct Column {
    /// Empty while nothing is known.
    values: Vec<i64>,
}

const UNKNOWN: i64 = -1;

impl Column {
    fn push(&mut self, index: usize, value: Option<i64>) {
        // Parsers take no negative counter for known.
        let Some(value) = value.filter(|value| *value >= 0) else {
            if !self.values.is_empty() {
                self.values.push(UNKNOWN);
            }
            return;
        };
        self.values.resize(index, UNKNOWN);
        self.values.push(value);
    }

    fn get(&self, index: usize) -> Option<i64> {
        self.values.get(index).copied().filter(|value| *value != UNKNOWN)
    }
}

/// All readings of a collection.
#[derive(Debug, Clone, Default)]
pub struct Readings {
    offsets: Vec<usize>,
    at_ms: Vec<i64>,
    downloads_30d: Column,
    downloads_all_time: Column,
    likes: Column,
    instants: Vec<Instant>,
}

impl Readings {
    /// Takes readings with the places of their models, sorted by model, then by time.
    #[must_use]
    pub fn new(model_count: usize, rows: impl IntoIterator<Item = (u32, CounterReading)>) -> Self {
        let mut readings = Self { offsets: vec![0; model_count + 1], ..Self::default() };
        for (index, (model, reading)) in rows.into_iter().enumerate() {
            readings.offsets[model as usize + 1] += 1;
            readings.at_ms.push(reading.at.millis());
            readings.downloads_30d.push(index, reading.downloads_30d);
            readings.downloads_all_time.push(index, reading.downloads_all_time);
            readings.likes.push(index, reading.likes);
        }
        for model in 0..model_count {
            readings.offsets[model + 1] += readings.offsets[model];
        }
        // Most follow each other in few instants: what repeats is left out before it is sorted.
        let mut instants: std::collections::BTreeSet<i64> = std::collections::BTreeSet::new();
        let mut before = [i64::MIN; 64];
        for (index, at) in readings.at_ms.iter().enumerate() {
            if std::mem::replace(&mut before[index % before.len()], *at) != *at {
                instants.insert(*at);
            }
        }
        readings.instants = instants.into_iter().map(Instant::from_millis).collect();
        readings
    }

    /// The readings of one model, by time.
    #[must_use]
    pub fn of_model(&self, model: usize) -> Vec<CounterReading> {
        (self.offsets[model]..self.offsets[model + 1]).map(|index| self.get(index)).collect()
    }

    /// The newest reading of the collection.
    #[must_use]
    pub fn newest(&self) -> Option<Instant> {
        self.instants.last().copied()
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
    pub fn as_of(&self, model: usize, kind: ReadingKind, at: Instant) -> Option<Option<i64>> {
        let range = self.offsets[model]..self.offsets[model + 1];
        let seen = self.at_ms[range.clone()].partition_point(|read| *read <= at.millis());
        if seen == 0 {
            return None;
        }
        let column = match kind {
            ReadingKind::Downloads30d | ReadingKind::Rate30d => &self.downloads_30d,
            ReadingKind::DownloadsAllTime => &self.downloads_all_time,
            ReadingKind::Likes => &self.likes,
            ReadingKind::Presence => return Some(Some(1)),
        };
        Some((range.start..range.start + seen).rev().find_map(|index| column.get(index)))
    }

    fn get(&self, index: usize) -> CounterReading {
        CounterReading {
            at: Instant::from_millis(self.at_ms[index]),
            downloads_30d: self.downloads_30d.get(index),
            downloads_all_time: self.downloads_all_time.get(index),
            likes: self.likes.get(index),
        }
    }
}
