//! Where a parser puts what it finds: records one by one, problems and counts.

use std::collections::{BTreeSet, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use schema::{Instant, Problem, Severity};
use serde_json::{Map, Value};

use crate::Record;
use crate::fields::{FileContext, Row};
use crate::problems::Problems;

/// Names of columns that a summary holds at most; whoever has more reads no further.
const MAX_COLUMNS: usize = 1000;

/// What a parser made of a file, beside its records.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Summary {
    /// Sound rows, each handed over as a record.
    pub rows: u64,
    /// The instant of the snapshot, where all rows share one.
    pub read_at: Option<Instant>,
    /// What could not be taken as it stands: the first 10,000 problems, in the order of the file.
    pub problems: Vec<Problem>,
    /// How many problems there were in all.
    pub problem_count: u64,
    /// Columns that the file has and its map does not name; of built-in sources none is named.
    pub unmapped_columns: BTreeSet<String>,
}

/// Takes what a parser finds in one file.
pub(super) struct Sink<'a> {
    context: FileContext<'a>,
    on_record: &'a mut dyn FnMut(Record),
    /// The hashes of the models and instants that were read.
    seen: HashSet<u128>,
    rows: u64,
    problems: Problems,
    unmapped_columns: BTreeSet<String>,
    /// The instant of the snapshot, where all rows share one.
    pub read_at: Option<Instant>,
}

impl<'a> Sink<'a> {
    pub(super) fn new(context: FileContext<'a>, on_record: &'a mut dyn FnMut(Record)) -> Self {
        Self {
            context,
            on_record,
            seen: HashSet::new(),
            rows: 0,
            problems: Problems::default(),
            unmapped_columns: BTreeSet::new(),
            read_at: None,
        }
    }

    /// What is known of the file.
    pub(super) fn context(&self) -> FileContext<'a> {
        self.context
    }

    /// The file's name in messages.
    pub(super) fn file(&self) -> &'a str {
        self.context.file
    }

    /// The present.
    pub(super) fn now(&self) -> Instant {
        self.context.now
    }

    /// Reads one row, and takes its record if `read` finds it sound.
    pub(super) fn row(
        &mut self,
        line: u64,
        object: &Map<String, Value>,
        read: impl FnOnce(&mut Row<'_>) -> Option<Record>,
    ) {
        let record = read(&mut Row::new(self.context, line, object, &mut self.problems));
        if let Some(record) = record {
            self.take(record);
        }
    }

    /// Notes that a row is left out.
    pub(super) fn leave_out(&mut self, line: u64, reason: String) {
        Row::new(self.context, line, &Map::new(), &mut self.problems).leave_out("", reason);
    }

    /// Notes that the rest of the file is left out.
    pub(super) fn leave_out_rest(&mut self, line: Option<u64>, reason: String) {
        self.problems.push(Problem {
            file: self.context.file.to_owned(),
            line,
            model: None,
            field: String::new(),
            reason,
            severity: Severity::File,
        });
    }

    /// Notes the columns that a map does not name.
    pub(super) fn note_unmapped<'k>(&mut self, columns: impl Iterator<Item = &'k str>) {
        for column in columns {
            if self.unmapped_columns.len() < MAX_COLUMNS && !self.unmapped_columns.contains(column)
            {
                self.unmapped_columns.insert(column.to_owned());
            }
        }
    }

    /// Keeps the first reading of a model at an instant; a second one is a problem.
    fn take(&mut self, record: Record) {
        if self.seen.insert(fingerprint(&record)) {
            self.rows += 1;
            (self.on_record)(record);
            return;
        }
        self.problems.push(Problem {
            file: self.context.file.to_owned(),
            line: Some(record.line),
            model: Some(record.model_id),
            field: String::new(),
            reason: "the model was read before at the same time".to_owned(),
            severity: Severity::Row,
        });
    }

    pub(super) fn summary(self) -> Summary {
        let (problems, problem_count) = self.problems.into_parts();
        Summary {
            rows: self.rows,
            read_at: self.read_at,
            problems,
            problem_count,
            unmapped_columns: self.unmapped_columns,
        }
    }
}

/// Tells the readings of a file apart in 16 bytes each: of 10 million, two are confused with a
/// chance of 1 in 10²⁴.
fn fingerprint(record: &Record) -> u128 {
    let half = |salt: u8| {
        let mut hasher = DefaultHasher::new();
        (salt, record.model_id.as_str(), record.at.millis()).hash(&mut hasher);
        u128::from(hasher.finish())
    };
    half(0) << 64 | half(1)
}
