//! The rows of a table by its map.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use parquet::file::reader::ChunkReader;
use schema::Instant;
use serde_json::{Map, Value};

use super::{TableFormat, TableMap, is_named};
use crate::sources::content::Content;
use crate::sources::json_lines::{self, Go};
use crate::sources::sink::Sink;
use crate::sources::{dated_name, parquet_rows, read_text};

/// No row that we know is longer; a quotation mark that is never closed makes one of all the rest.
const MAX_ROW_BYTES: u64 = 64 << 20;

impl TableMap {
    /// Reads a file, handing what it finds to the sink.
    pub(in crate::sources) fn read_into<R: ChunkReader + Clone + 'static>(
        &self,
        content: Content<'_, R>,
        sink: &mut Sink<'_>,
    ) {
        let Ok(of_file) = self.time_of_file(sink) else { return };
        sink.read_at = of_file;
        match self.format_of(sink.file()) {
            Some(TableFormat::Parquet) => self.read_parquet(content, of_file, sink),
            Some(TableFormat::Csv) => {
                read_text(content, sink, |text, sink| self.read_csv(text, of_file, sink));
            }
            Some(TableFormat::JsonLines) => {
                read_text(content, sink, |text, sink| self.read_json(text, of_file, sink));
            }
            None => {
                let reason = "neither its name nor the map says its format; known are: csv, \
                              json-lines, parquet";
                sink.leave_out_rest(None, reason.to_owned());
            }
        }
    }

    /// The time that holds for all rows without their own; an error where a needed one is absent.
    fn time_of_file(&self, sink: &mut Sink<'_>) -> Result<Option<Instant>, ()> {
        let read_at = &self.read_at;
        let Some(pattern) = &read_at.file_name else { return Ok(read_at.at) };
        if read_at.column.is_some() {
            return Ok(dated_name::instant_of_file(pattern, read_at.clock, sink.file()));
        }
        dated_name::read_at_by(pattern, read_at.clock, sink).map(Some).ok_or(())
    }

    fn read_json(&self, text: &mut dyn BufRead, of_file: Option<Instant>, sink: &mut Sink<'_>) {
        let named = self.column_names();
        json_lines::each_object(text, sink, |sink, line, object| {
            sink.note_unmapped(unnamed(object.keys().map(String::as_str), &named));
            self.take(line, object, of_file, sink);
            Go::On
        });
    }

    fn read_parquet<R: ChunkReader + Clone + 'static>(
        &self,
        content: Content<'_, R>,
        of_file: Option<Instant>,
        sink: &mut Sink<'_>,
    ) {
        let Some(parts) = parquet_rows::parts_of(content, sink) else { return };
        let columns = match parquet_rows::columns(parts.clone()) {
            Ok(columns) => columns,
            Err(reason) => return sink.leave_out_rest(None, reason),
        };
        let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
        if !self.has_needed(&columns, None, sink) {
            return;
        }
        let named = self.column_names();
        sink.note_unmapped(unnamed(columns.into_iter(), &named));
        let is_wanted = |path: &[String]| path.first().is_some_and(|name| is_named(name, &named));
        parquet_rows::each_row(parts, &is_wanted, sink, &mut |sink, line, object| {
            self.take(line, object, of_file, sink);
        });
    }

    fn read_csv(&self, text: &mut dyn BufRead, of_file: Option<Instant>, sink: &mut Sink<'_>) {
        let since_row = Rc::new(Cell::new(0));
        let mut reader = self.csv_reader(text, &since_row);
        let header = match reader.headers() {
            Ok(header) => header.clone(),
            Err(fault) => return sink.leave_out_rest(Some(1), csv_fault(&fault)),
        };
        let columns: Vec<&str> = header.iter().collect();
        if !self.has_needed(&columns, Some(1), sink) {
            return;
        }
        let named = self.column_names();
        sink.note_unmapped(unnamed(columns.iter().copied(), &named));
        let mapped: Vec<(usize, &str)> =
            columns.into_iter().enumerate().filter(|(_, column)| named.contains(column)).collect();
        let mut row = csv::ByteRecord::new();
        loop {
            since_row.set(0);
            match reader.read_byte_record(&mut row) {
                Ok(false) => break,
                Ok(true) => {}
                Err(fault) => {
                    let line = fault.position().map(csv::Position::line);
                    sink.leave_out_rest(line, csv_fault(&fault));
                    break;
                }
            }
            let line = row.position().map_or(0, csv::Position::line);
            match object_of_csv(&row, header.len(), &mapped) {
                Ok(object) => self.take(line, &object, of_file, sink),
                Err(reason) => sink.leave_out(line, reason),
            }
        }
    }

    /// A reader of rows; whoever reads many sets `since_row` to 0 before each.
    pub(super) fn csv_reader<'t>(
        &self,
        text: &'t mut dyn BufRead,
        since_row: &Rc<Cell<u64>>,
    ) -> csv::Reader<Rows<'t>> {
        let rows = Rows { text, since_row: Rc::clone(since_row) };
        csv::ReaderBuilder::new().flexible(true).delimiter(self.delimiter).from_reader(rows)
    }

    fn take(
        &self,
        line: u64,
        object: &Map<String, Value>,
        of_file: Option<Instant>,
        sink: &mut Sink<'_>,
    ) {
        let now = sink.now();
        sink.row(line, object, |row| self.record(row, of_file, now));
    }

    /// Whether the columns are there without which no row can be taken; if not, says so.
    fn has_needed(&self, columns: &[&str], line: Option<u64>, sink: &mut Sink<'_>) -> bool {
        let absent = self
            .needed_columns()
            .find(|needed| !columns.iter().any(|column| is_named(column, &[needed])));
        if let Some(absent) = absent {
            let reason =
                format!("it has no column '{absent}'; its columns are: {}", columns.join(", "));
            sink.leave_out_rest(line, reason);
        }
        absent.is_none()
    }
}

fn unnamed<'k>(
    columns: impl Iterator<Item = &'k str>,
    named: &[&str],
) -> impl Iterator<Item = &'k str> {
    columns.filter(|column| !is_named(column, named))
}

/// The mapped fields of a CSV row that are not empty.
fn object_of_csv(
    row: &csv::ByteRecord,
    field_count: usize,
    mapped: &[(usize, &str)],
) -> Result<Map<String, Value>, String> {
    if row.iter().any(|field| std::str::from_utf8(field).is_err()) {
        return Err("the row is not UTF-8".to_owned());
    }
    if row.len() != field_count {
        return Err(format!("the row has {} fields, the header {field_count}", row.len()));
    }
    let text = |index: usize| row.get(index).and_then(|field| std::str::from_utf8(field).ok());
    let fields = mapped.iter().filter_map(|(index, name)| Some((*name, text(*index)?)));
    let known = fields.filter(|(_, text)| !text.is_empty());
    Ok(known.map(|(name, text)| (name.to_owned(), Value::String(text.to_owned()))).collect())
}

/// What is wrong with a CSV: how the file breaks off, or what cannot be read of it.
fn csv_fault(fault: &csv::Error) -> String {
    match fault.kind() {
        csv::ErrorKind::Io(fault) => fault.to_string(),
        _ => format!("not a CSV: {fault}"),
    }
}

/// A text of rows, none of which may be endless.
pub(super) struct Rows<'a> {
    text: &'a mut dyn BufRead,
    /// Bytes that were read since the last row ended.
    since_row: Rc<Cell<u64>>,
}

impl Read for Rows<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.since_row.get() > MAX_ROW_BYTES {
            return Err(io::Error::other("a row is longer than 64 MiB; is a quotation mark open?"));
        }
        let length = self.text.read(buffer)?;
        self.since_row.set(self.since_row.get() + length as u64);
        Ok(length)
    }
}
