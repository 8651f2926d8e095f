//! Any table of models, read by a map that says what its columns mean.
//!
//! The map is written in TOML; `docs/import.md` describes it with examples.

mod definition;
mod glob;
mod reading;
mod search;
mod values;

use schema::{Collection, Instant};

use super::dated_name::{Clock, NamePattern};
use glob::Glob;

pub use definition::MapError;
pub use search::ColumnSearch;

/// What the columns of a table mean.
#[derive(Debug, Clone)]
pub struct TableMap {
    about: Collection,
    format: Option<TableFormat>,
    delimiter: u8,
    /// Whether `tags` are the Hub's, which name base models.
    has_hub_tags: bool,
    read_at: ReadAt,
    columns: Columns,
}

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TableFormat {
    Csv,
    JsonLines,
    Parquet,
}

/// Where the time of a reading stands: in the row, else in the file's name, else in the map.
#[derive(Debug, Clone)]
struct ReadAt {
    column: Option<DateColumn>,
    file_name: Option<NamePattern>,
    at: Option<Instant>,
    clock: Clock,
}

#[derive(Debug, Clone)]
struct DateColumn {
    name: String,
    /// How texts in it are written, where not as RFC 3339.
    pattern: Option<NamePattern>,
    /// Milliseconds in one of its numbers.
    unit_ms: Option<i64>,
}

/// The columns of the table that are read.
#[derive(Debug, Clone, Default)]
struct Columns {
    model_id: String,
    hub_id: Option<String>,
    downloads_30d: Option<String>,
    downloads_all_time: Option<String>,
    downloads_window: Option<Window>,
    likes: Option<String>,
    /// One entry for each of the facts, in their order.
    facts: Vec<Option<FactSource>>,
}

/// A column of flows.
#[derive(Debug, Clone)]
struct Window {
    column: String,
    days: u32,
    /// Whether the row's time is that at which the window begins.
    is_dated_by_start: bool,
}

/// The column that a fact comes from.
#[derive(Debug, Clone)]
struct FactSource {
    column: String,
    /// Characters that separate the items of a list that is written as one text.
    separators: Option<String>,
    /// What stands for unknown.
    unknown: Vec<Glob>,
}

impl TableMap {
    /// What the collection covers.
    #[must_use]
    pub fn collection(&self) -> Collection {
        self.about.clone()
    }

    /// Whether a file of this name may be such a table.
    #[must_use]
    pub fn is_file(&self, name: &str) -> bool {
        let named = TableFormat::of_name(name);
        named.is_some() && self.format.is_none_or(|format| named == Some(format))
    }

    /// How many of the last parts of a file's path tell its date: 1, or more where the pattern of
    /// the name has folders.
    #[must_use]
    pub fn name_parts(&self) -> usize {
        self.read_at.file_name.as_ref().map_or(1, |pattern| pattern.folders() + 1)
    }

    /// The columns that are read, sorted.
    fn column_names(&self) -> Vec<&str> {
        let Columns { model_id, hub_id, downloads_30d, downloads_all_time, .. } = &self.columns;
        let window = self.columns.downloads_window.as_ref().map(|window| &window.column);
        let date = self.read_at.column.as_ref().map(|column| &column.name);
        let facts = self.columns.facts.iter().flatten().map(|fact| &fact.column);
        let likes = &self.columns.likes;
        let mut names: Vec<&str> = [hub_id, downloads_30d, downloads_all_time, likes]
            .into_iter()
            .flatten()
            .chain([model_id])
            .chain(window)
            .chain(date)
            .chain(facts)
            .map(String::as_str)
            .collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The columns without which no row can be taken.
    fn needed_columns(&self) -> impl Iterator<Item = &str> {
        let date = self.read_at.column.as_ref().filter(|_| self.read_at.file_name.is_none());
        date.map(|column| column.name.as_str()).into_iter().chain([self.columns.model_id.as_str()])
    }

    fn format_of(&self, file: &str) -> Option<TableFormat> {
        self.format.or_else(|| TableFormat::of_name(file))
    }
}

impl TableFormat {
    /// The format that a file's name tells, also where it is packed.
    fn of_name(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        let name = name.strip_suffix(".gz").or(name.strip_suffix(".zst")).unwrap_or(&name);
        match name.rsplit_once('.')?.1 {
            "csv" | "tsv" => Some(Self::Csv),
            "jsonl" | "ndjson" => Some(Self::JsonLines),
            "parquet" => Some(Self::Parquet),
            _ => None,
        }
    }
}

/// Whether a column of a file is one that a map names, or one into which a named path leads.
fn is_named(column: &str, named: &[&str]) -> bool {
    named.iter().any(|name| {
        name.strip_prefix(column).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    })
}

#[cfg(test)]
mod tests;
