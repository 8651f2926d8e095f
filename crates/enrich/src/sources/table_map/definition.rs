//! A map as it is written, checked before anything is read by it.

use std::collections::BTreeMap;

use schema::{Collection, Day, Instant, ValueType};
use serde::Deserialize;

use super::glob::Glob;
use super::{Columns, DateColumn, FactSource, ReadAt, TableFormat, TableMap, Window};
use crate::facts::FACT_COLUMNS;
use crate::sources::Source;
use crate::sources::dated_name::{Clock, NamePattern, time_of_day, utc_offset};

/// Columns of identity and counters; the facts come after them.
const FIXED_COLUMNS: [&str; 6] =
    ["model_id", "hub_id", "downloads_30d", "downloads_all_time", "downloads_window", "likes"];
/// Names that begin so are kept for what weighhouse reads itself.
const KEPT_PREFIXES: [&str; 2] = ["hub", "simulated-"];
const MAX_NAME_CHARS: usize = 60;
/// A year is the longest window in which a flow means something.
const MAX_WINDOW_DAYS: u32 = 366;

/// A map that cannot be read by.
#[derive(Debug, thiserror::Error)]
pub enum MapError {
    /// It is not TOML, has keys that mean nothing, or lacks one.
    #[error("the map cannot be read: {}", .0.to_string().trim_end())]
    Syntax(#[from] toml::de::Error),
    /// What it says cannot be.
    #[error("the map's {key}: {reason}")]
    Value {
        /// The key, with the table that it stands in, as `read_at.unit`.
        key: String,
        /// What is wrong, and what to write.
        reason: String,
    },
}

type Result<T> = std::result::Result<T, MapError>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    collection: String,
    title: String,
    covers: String,
    source: String,
    format: Option<String>,
    delimiter: Option<char>,
    #[serde(default)]
    hub_tags: bool,
    read_at: WrittenReadAt,
    columns: BTreeMap<String, String>,
    #[serde(default)]
    separators: BTreeMap<String, String>,
    #[serde(default)]
    unknown: BTreeMap<String, Vec<String>>,
    window: Option<WrittenWindow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenReadAt {
    column: Option<String>,
    pattern: Option<String>,
    unit: Option<String>,
    file_name: Option<String>,
    at: Option<String>,
    time: Option<String>,
    utc_offset: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenWindow {
    days: u32,
    dated_by: Option<String>,
}

impl TableMap {
    /// Reads a map that a person wrote.
    pub fn parse(text: &str) -> Result<Self> {
        let map = Self::parse_builtin(text)?;
        check_name(&map.about.name)?;
        Ok(map)
    }

    /// Reads a map, whatever its collection is called.
    pub(in crate::sources) fn parse_builtin(text: &str) -> Result<Self> {
        let written: Written = toml::from_str(text)?;
        let format = written.format.as_deref().map(format).transpose()?;
        let columns = columns(&written)?;
        let delimiter = match written.delimiter {
            None => b',',
            Some(delimiter) if delimiter.is_ascii() && delimiter != '"' => delimiter as u8,
            Some(other) => return Err(wrong("delimiter", format!("'{other}' cannot separate"))),
        };
        for (key, text) in
            [("title", &written.title), ("covers", &written.covers), ("source", &written.source)]
        {
            if text.trim().is_empty() {
                return Err(wrong(key, "it is empty; readers are shown it".to_owned()));
            }
        }
        Ok(Self {
            about: Collection {
                name: written.collection,
                title: written.title,
                covers: written.covers,
                source: written.source,
                is_simulated: false,
            },
            format,
            delimiter,
            has_hub_tags: written.hub_tags,
            read_at: read_at(&written.read_at)?,
            columns,
        })
    }
}

fn wrong(key: &str, reason: String) -> MapError {
    MapError::Value { key: key.to_owned(), reason }
}

/// One of a few names, or an error that lists them.
fn one_of<T: Copy>(key: &str, given: &str, known: &[(&str, T)]) -> Result<T> {
    let found = known.iter().find(|(name, _)| *name == given).map(|(_, value)| *value);
    found.ok_or_else(|| {
        let known: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
        wrong(key, format!("unknown '{given}'; known are: {}", known.join(", ")))
    })
}

fn check_name(name: &str) -> Result<()> {
    let is_allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let is_sound = !name.is_empty()
        && name.len() <= MAX_NAME_CHARS
        && name.chars().all(is_allowed)
        && name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && name.ends_with(|c: char| c.is_ascii_alphanumeric());
    if !is_sound {
        let reason = format!(
            "'{name}' is no name; it has at most {MAX_NAME_CHARS} lower-case letters, digits and dashes, no dash first or last"
        );
        return Err(wrong("collection", reason));
    }
    let is_kept = KEPT_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
        || Source::IMPORTABLE.iter().any(|source| source.name() == name);
    if is_kept {
        let reason = format!("'{name}' is kept for a built-in source; choose another name");
        return Err(wrong("collection", reason));
    }
    Ok(())
}

fn format(name: &str) -> Result<TableFormat> {
    let known = [
        ("csv", TableFormat::Csv),
        ("json-lines", TableFormat::JsonLines),
        ("parquet", TableFormat::Parquet),
    ];
    one_of("format", name, &known)
}

fn read_at(written: &WrittenReadAt) -> Result<ReadAt> {
    let pattern = |key: &str, text: &Option<String>| {
        let parse = |text: &String| NamePattern::parse(text).map_err(|reason| wrong(key, reason));
        text.as_ref().map(parse).transpose()
    };
    let (column_pattern, file_name) = (
        pattern("read_at.pattern", &written.pattern)?,
        pattern("read_at.file_name", &written.file_name)?,
    );
    let is_dated = written.column.is_some() || file_name.is_some();
    if written.at.is_some() == is_dated {
        let reason = "write either 'at', or 'column', 'file_name' or both".to_owned();
        return Err(wrong("read_at", reason));
    }
    if written.column.is_none() && (column_pattern.is_some() || written.unit.is_some()) {
        let reason = "'pattern' and 'unit' say how a 'column' is written; there is none".to_owned();
        return Err(wrong("read_at", reason));
    }
    let unit =
        |name: &String| one_of("read_at.unit", name, &[("seconds", 1000), ("milliseconds", 1)]);
    let unit_ms = written.unit.as_ref().map(unit).transpose()?;
    let time = |text: &String| {
        time_of_day(text)
            .ok_or_else(|| wrong("read_at.time", format!("'{text}' is no time; write it as 12:00")))
    };
    let offset = |text: &String| {
        utc_offset(text).ok_or_else(|| {
            wrong("read_at.utc_offset", format!("'{text}' is no offset; write it as +02:00"))
        })
    };
    let clock = Clock {
        time_ms: written.time.as_ref().map(time).transpose()?.unwrap_or(0),
        offset_ms: written.utc_offset.as_ref().map(offset).transpose()?.unwrap_or(0),
    };
    let at = |text: &String| {
        let day = || Ok(text.parse::<Day>()?.start());
        Instant::parse(text).or_else(|_: schema::Error| day()).map_err(|_: schema::Error| {
            wrong("read_at.at", format!("'{text}' is no date; write it as 2026-01-05"))
        })
    };
    let column =
        |name: &String| DateColumn { name: name.clone(), pattern: column_pattern, unit_ms };
    Ok(ReadAt {
        column: written.column.as_ref().map(column),
        file_name,
        at: written.at.as_ref().map(at).transpose()?,
        clock,
    })
}

fn columns(written: &Written) -> Result<Columns> {
    let mapped = &written.columns;
    let known = || FIXED_COLUMNS.into_iter().chain(FACT_COLUMNS.iter().map(|(name, _)| *name));
    if let Some(unknown) = mapped.keys().find(|name| !known().any(|known| known == name.as_str())) {
        let known = known().collect::<Vec<_>>().join(", ");
        return Err(wrong("columns", format!("unknown '{unknown}'; known are: {known}")));
    }
    let model_id = mapped.get("model_id").cloned().ok_or_else(|| {
        wrong("columns", "it does not say which column is the 'model_id'".to_owned())
    })?;
    let column = |name: &str| mapped.get(name).cloned();
    let facts = FACT_COLUMNS.iter().map(|(name, _)| {
        let column = column(name)?;
        let unknown = written.unknown.get(*name).into_iter().flatten();
        let separators = written.separators.get(*name).cloned();
        Some(FactSource {
            column,
            separators,
            unknown: unknown.map(|text| Glob::new(text)).collect(),
        })
    });
    let facts = facts.collect();
    check_facts("separators", written.separators.keys(), mapped, |value_type| {
        value_type == ValueType::TextList
    })?;
    check_facts("unknown", written.unknown.keys(), mapped, |value_type| {
        matches!(value_type, ValueType::Text | ValueType::TextList)
    })?;
    Ok(Columns {
        model_id,
        hub_id: column("hub_id"),
        downloads_30d: column("downloads_30d"),
        downloads_all_time: column("downloads_all_time"),
        downloads_window: window(column("downloads_window"), written.window.as_ref())?,
        likes: column("likes"),
        facts,
    })
}

/// Holds the keys of a table that says more of some columns against those columns.
fn check_facts<'a>(
    table: &str,
    names: impl Iterator<Item = &'a String>,
    mapped: &BTreeMap<String, String>,
    is_allowed: impl Fn(ValueType) -> bool,
) -> Result<()> {
    for name in names {
        let known = FACT_COLUMNS.iter().filter(|(_, value_type)| is_allowed(*value_type));
        let known: Vec<(&str, ())> = known.map(|(name, _)| (*name, ())).collect();
        one_of(table, name, &known)?;
        if !mapped.contains_key(name) {
            return Err(wrong(table, format!("'{name}' is not in [columns]")));
        }
    }
    Ok(())
}

fn window(column: Option<String>, written: Option<&WrittenWindow>) -> Result<Option<Window>> {
    let (column, written) = match (column, written) {
        (None, None) => return Ok(None),
        (Some(column), Some(written)) => (column, written),
        (Some(_), None) => {
            let reason = "'downloads_window' needs a table [window] with 'days'".to_owned();
            return Err(wrong("columns", reason));
        }
        (None, Some(_)) => {
            let reason = "no column is the 'downloads_window'".to_owned();
            return Err(wrong("window", reason));
        }
    };
    let days = written.days;
    if !(1..=MAX_WINDOW_DAYS).contains(&days) {
        let reason = format!("{days} is not between 1 and {MAX_WINDOW_DAYS}");
        return Err(wrong("window.days", reason));
    }
    let dated_by = written.dated_by.as_deref().unwrap_or("end");
    let is_dated_by_start =
        one_of("window.dated_by", dated_by, &[("start", true), ("end", false)])?;
    Ok(Some(Window { column, days, is_dated_by_start }))
}
