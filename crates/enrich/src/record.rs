//! One model as one source showed it at one instant.

use schema::{Instant, Problem};

use crate::Facts;

/// The counters of one model at one instant. Unknown is `None`, never 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counters {
    /// Rolling sum of the last 30 days.
    pub downloads_30d: Option<i64>,
    /// Cumulative since creation.
    pub downloads_all_time: Option<i64>,
    /// Downloads during a window that ends with the reading, as the source gives them.
    pub downloads_window: Option<WindowCount>,
    /// Likes.
    pub likes: Option<i64>,
}

/// Downloads during a window of whole days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WindowCount {
    /// How many.
    pub downloads: i64,
    /// The length of the window, at least 1.
    pub days: u32,
}

/// One model as one source showed it at one instant.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// The line of the file, or the row of a table, counted from 1.
    pub line: u64,
    /// The model's id as the source wrote it, as `Qwen/Qwen3-8B`.
    pub model_id: String,
    /// The Hub's `_id`, which survives renames, where the source has it.
    pub hub_id: Option<String>,
    /// When the counters were read.
    pub at: Instant,
    /// What was read.
    pub counters: Counters,
    /// What the source says of the model.
    pub facts: Facts,
}

/// What a parser made of a file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Parsed {
    /// The sound rows, in the order of the file.
    pub records: Vec<Record>,
    /// The instant of the snapshot, where all rows share one.
    pub read_at: Option<Instant>,
    /// What could not be taken as it stands: the first 10,000 problems, in the order of the file.
    pub problems: Vec<Problem>,
    /// How many problems there were in all.
    pub problem_count: u64,
}
