//! Which of a map's columns a set of files has, before anything is taken in.

use std::collections::BTreeSet;
use std::io::BufRead;
use std::rc::Rc;

use parquet::file::reader::ChunkReader;

use super::{TableFormat, TableMap, is_named};
use crate::fields::{FileContext, lookup};
use crate::sources::content::{Content, Opened, with_text};
use crate::sources::json_lines::{self, Go};
use crate::sources::parquet_rows;
use crate::sources::sink::Sink;

/// What a search has found so far, file after file.
#[derive(Debug, Clone, Default)]
pub struct ColumnSearch {
    /// Columns of the map that no file had.
    absent: BTreeSet<String>,
    /// Columns that the files have.
    seen: BTreeSet<String>,
}

impl ColumnSearch {
    /// Begins a search for the columns of a map.
    #[must_use]
    pub fn new(map: &TableMap) -> Self {
        let absent = map.column_names().into_iter().map(str::to_owned).collect();
        Self { absent, seen: BTreeSet::new() }
    }

    /// Looks at one more file. One that cannot be read has no columns; reading it will say why.
    pub fn look_at<R: ChunkReader + 'static>(&mut self, map: &TableMap, opened: Opened<'_, R>) {
        if self.absent.is_empty() {
            return;
        }
        match (map.format_of(opened.file), opened.content) {
            (Some(TableFormat::Parquet), Content::Parts(parts)) => {
                for column in parquet_rows::columns(parts).unwrap_or_default() {
                    self.note(column);
                }
            }
            (Some(TableFormat::Csv), content) => {
                // A file that is no text has no columns.
                let _ = with_text(content, |text| {
                    if let Ok(header) = map.csv_reader(text, &Rc::default()).headers() {
                        header.iter().for_each(|column| self.note(column.to_owned()));
                    }
                });
            }
            (Some(TableFormat::JsonLines), content) => {
                let about = FileContext { file: opened.file, now: opened.now };
                let _ = with_text(content, |text| self.look_at_lines(text, about));
            }
            _ => {}
        }
    }

    /// The columns of the map that no file has, with those that there are; `None` where all were
    /// found, or no file has any.
    #[must_use]
    pub fn absent(&self) -> Option<(Vec<&str>, Vec<&str>)> {
        let is_told = !self.absent.is_empty() && !self.seen.is_empty();
        is_told.then(|| {
            let absent = self.absent.iter().map(String::as_str).collect();
            (absent, self.seen.iter().map(String::as_str).collect())
        })
    }

    /// Reads lines until every column was found: usually one.
    fn look_at_lines(&mut self, text: &mut dyn BufRead, about: FileContext<'_>) {
        let mut aside = |_| {};
        let mut sink = Sink::new(about, &mut aside);
        json_lines::each_object(text, &mut sink, |_, _, object| {
            for key in object.keys() {
                if !self.seen.contains(key) {
                    self.seen.insert(key.clone());
                }
            }
            self.absent.retain(|column| lookup(object, column).is_none());
            if self.absent.is_empty() { Go::Home } else { Go::On }
        });
    }

    fn note(&mut self, column: String) {
        self.absent.retain(|absent| !is_named(&column, &[absent]));
        self.seen.insert(column);
    }
}
