//! What people and programs read: tables, JSON and CSV on stdout, everything else on stderr.

use std::io::{self, Write};
use std::sync::OnceLock;

use clap::ValueEnum;
use comfy_table::{CellAlignment, Table, presets};
use serde_json::Value;

use crate::clock;

/// How a command prints its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Default)]
pub(crate) enum Format {
    /// For people.
    #[default]
    Table,
    /// For programs.
    Json,
    /// For spreadsheets.
    Csv,
}

/// A table to be printed; numbers are told by their column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rows {
    /// The names of the columns; a name that ends in `#` is of numbers, the mark is not printed.
    pub header: Vec<&'static str>,
    /// The cells.
    pub rows: Vec<Vec<String>>,
}

impl Rows {
    /// Leaves a column out, by its name in the header.
    pub(crate) fn remove(&mut self, name: &str) {
        if let Some(place) = self.header.iter().position(|known| *known == name) {
            self.header.remove(place);
            self.rows.iter_mut().for_each(|row| drop(row.remove(place)));
        }
    }

    /// Prints the rows in a format.
    pub(crate) fn print(&self, format: Format) -> anyhow::Result<()> {
        match format {
            Format::Table => print_text(&self.text()),
            Format::Csv => self.print_csv(),
            Format::Json => print_json(&self.objects()),
        }
    }

    /// The rows as a list of objects.
    pub(crate) fn objects(&self) -> Value {
        let names = self.header.iter().map(|name| name.trim_end_matches('#'));
        let object = |row: &Vec<String>| {
            let pairs = names
                .clone()
                .zip(row)
                .map(|(name, cell)| (name.replace(' ', "_"), Value::from(cell.as_str())));
            Value::Object(pairs.collect())
        };
        Value::from(self.rows.iter().map(object).collect::<Vec<_>>())
    }

    /// The rows as aligned text for people.
    pub(crate) fn text(&self) -> String {
        let mut table = Table::new();
        table.load_style(presets::NOTHING);
        table.set_header(self.header.iter().map(|name| name.trim_end_matches('#')));
        for row in &self.rows {
            table.add_row(row);
        }
        for (index, name) in self.header.iter().enumerate() {
            let Some(column) = table.column_mut(index) else { continue };
            column.set_padding((0, 2));
            if name.ends_with('#') {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        let lines = table.lines().map(|line| line.trim_end().to_owned());
        lines.collect::<Vec<_>>().join("\n")
    }

    fn print_csv(&self) -> anyhow::Result<()> {
        let mut writer = csv::Writer::from_writer(io::stdout().lock());
        writer.write_record(self.header.iter().map(|name| name.trim_end_matches('#')))?;
        for row in &self.rows {
            writer.write_record(row)?;
        }
        writer.flush()?;
        Ok(())
    }
}

/// Prints a value as JSON, for programs and readable for people.
pub(crate) fn print_json(value: &serde_json::Value) -> anyhow::Result<()> {
    print_text(&serde_json::to_string_pretty(value)?)
}

/// Prints text and a line end on stdout.
pub(crate) fn print_text(text: &str) -> anyhow::Result<()> {
    writeln!(io::stdout().lock(), "{text}")?;
    Ok(())
}

/// How what is said on the way is written, on stderr.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Default)]
pub(crate) enum LogFormat {
    /// Lines for people.
    #[default]
    Text,
    /// One JSON object a line, for machines: `at`, `level`, `message`, and what belongs to it.
    Json,
}

static LOG_FORMAT: OnceLock<LogFormat> = OnceLock::new();

/// Settles how what is said is written, once, before anything is said.
pub(crate) fn set_log_format(format: LogFormat) {
    // It is set once, at the beginning of `main`.
    let _ = LOG_FORMAT.set(format);
}

/// Whether machines read along.
pub(crate) fn is_for_machines() -> bool {
    LOG_FORMAT.get() == Some(&LogFormat::Json)
}

/// Says something to the person at the terminal; a server goes on when nobody listens.
pub(crate) fn say(text: &str) {
    report(text, Value::Null);
}

/// Says something, with the same in fields for machines.
pub(crate) fn report(text: &str, fields: Value) {
    write_log("info", text, fields);
}

fn write_log(level: &str, text: &str, fields: Value) {
    let line = if is_for_machines() {
        let mut line = serde_json::Map::new();
        line.insert("at".to_owned(), clock::now().to_string().into());
        line.insert("level".to_owned(), level.into());
        line.insert("message".to_owned(), text.into());
        if let Value::Object(fields) = fields {
            line.extend(fields);
        }
        Value::Object(line).to_string()
    } else if level == "error" {
        format!("error: {text}")
    } else {
        text.to_owned()
    };
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// Prints an error as a chain of causes, with at most one hint.
pub(crate) fn print_error(error: &anyhow::Error) {
    let chain: Vec<String> = error.chain().map(ToString::to_string).collect();
    // A cause that its effect has already said is not said again.
    let mut said = String::new();
    for cause in chain {
        if !said.contains(&cause) {
            said = if said.is_empty() { cause } else { format!("{said}: {cause}") };
        }
    }
    write_log("error", &said, Value::Null);
    if let Some(hint) = hint(error) {
        say(&format!("hint: {hint}"));
    }
}

fn hint(error: &anyhow::Error) -> Option<&'static str> {
    for cause in error.chain() {
        match cause.downcast_ref() {
            Some(store::Error::NoStore { .. }) => {
                return Some("take readings in first: weighhouse import SOURCE PATH…");
            }
            Some(store::Error::Locked { .. }) => {
                return Some("wait until it is done, then run this again");
            }
            Some(store::Error::Io { source, .. })
                if source.kind() == io::ErrorKind::StorageFull =>
            {
                return Some("make room on the disk and run this again; nothing received is lost");
            }
            Some(store::Error::UnknownCollection { known, .. }) if known.is_empty() => {
                return Some("take readings in first: weighhouse import SOURCE PATH…");
            }
            Some(store::Error::Damaged { .. }) => {
                return Some("restore the file from a copy, or remove its folder and import again");
            }
            _ => {}
        }
        if let Some(collect::Error::Request { pages: 0, .. }) = cause.downcast_ref() {
            return Some("check the network, or name another Hub with --endpoint");
        }
        if let Some(collect::Error::Request { .. }) = cause.downcast_ref() {
            return Some("run the same command again: it goes on from the last page");
        }
        if let Some(analyze::Error::NotBuilt { .. }) = cause.downcast_ref() {
            return Some("run: weighhouse build");
        }
    }
    None
}

/// Whether a failure only means that nobody reads on.
pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let io = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        let csv = cause.downcast_ref::<csv::Error>().map(csv::Error::kind);
        io == Some(io::ErrorKind::BrokenPipe)
            || matches!(csv, Some(csv::ErrorKind::Io(io)) if io.kind() == io::ErrorKind::BrokenPipe)
    })
}

/// A whole number with thousands apart.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
