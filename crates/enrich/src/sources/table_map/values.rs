//! One row of a table by its map.

use chrono::DateTime;
use schema::{Day, Instant, Value, ValueType};

use super::{FactSource, ReadAt, TableMap};
use crate::facts::FACT_COLUMNS;
use crate::fields::{MAX_ITEMS, Row, cut, fault_of_instant, fault_of_text, item_text, shown};
use crate::sources::hub_model::bases_in_tags;
use crate::{Counters, Facts, Record, WindowCount};

const DAY_MS: i64 = 86_400_000;

impl TableMap {
    /// The record of a row; `of_file` is the time that holds for all rows without their own.
    pub(super) fn record(
        &self,
        row: &mut Row<'_>,
        of_file: Option<Instant>,
        now: Instant,
    ) -> Option<Record> {
        let columns = &self.columns;
        let model_id = row.model_id(&columns.model_id)?;
        let mut at = self.read_at.of_row(row, of_file)?;
        let window = columns.downloads_window.as_ref();
        if let Some(window) = window.filter(|window| window.is_dated_by_start) {
            at = Instant::from_millis(at.millis() + i64::from(window.days) * DAY_MS);
        }
        if let Some(fault) = fault_of_instant(at, now) {
            row.leave_out(self.read_at.column.as_ref().map_or("", |column| &column.name), fault);
            return None;
        }
        let mut counter = |column: Option<&String>| column.and_then(|column| row.counter(column));
        let counters = Counters {
            downloads_30d: counter(columns.downloads_30d.as_ref()),
            downloads_all_time: counter(columns.downloads_all_time.as_ref()),
            downloads_window: window.and_then(|window| {
                let downloads = counter(Some(&window.column))?;
                Some(WindowCount { downloads, days: window.days })
            }),
            likes: counter(columns.likes.as_ref()),
        };
        let hub_id = columns.hub_id.as_ref().and_then(|column| row.hub_id(column));
        let facts = self.facts(row);
        Some(Record { line: row.line(), model_id, hub_id, at, counters, facts })
    }

    fn facts(&self, row: &mut Row<'_>) -> Facts {
        let values = FACT_COLUMNS.iter().zip(&self.columns.facts);
        let values: Vec<Value> = values
            .map(|((name, value_type), source)| match source {
                None => Value::Null,
                Some(source) if *name == "gating" => gating(row, source).into(),
                Some(source) => value(row, source, *value_type),
            })
            .collect();
        let mut facts = Facts::from_values(&mut values.into_iter());
        if facts.parameters.is_some() && facts.parameters_origin.is_none() {
            facts.parameters_origin = Some("source".to_owned());
        }
        if self.has_hub_tags {
            let declared = bases_in_tags(facts.tags.as_deref().unwrap_or_default());
            facts.base_models = facts.base_models.or(Some(declared.models));
            facts.base_relation = facts.base_relation.or(declared.relation);
        }
        facts
    }
}

impl ReadAt {
    fn of_row(&self, row: &mut Row<'_>, of_file: Option<Instant>) -> Option<Instant> {
        let Some(column) = &self.column else { return of_file };
        let value = match row.present(&column.name) {
            Some(serde_json::Value::String(text)) if text.trim().is_empty() => None,
            other => other,
        };
        let Some(value) = value else {
            if of_file.is_none() {
                let reason = match &self.file_name {
                    Some(_) => "neither the row nor the file's name has a date",
                    None => "the row does not say when it was read",
                };
                row.leave_out(&column.name, reason.to_owned());
            }
            return of_file;
        };
        let at = match (value, column.unit_ms, &column.pattern) {
            (serde_json::Value::String(text), _, Some(pattern)) => {
                pattern.instant(text.trim(), self.clock).ok_or_else(|| {
                    format!("'{}' is not a date written as {}", cut(text), pattern.example())
                })
            }
            (serde_json::Value::String(text), None, None) => {
                self.instant(text.trim()).ok_or_else(|| format!("'{}' is not a date", cut(text)))
            }
            (number, Some(unit_ms), _) => since_1970(number, unit_ms)
                .ok_or_else(|| format!("{} is no time since 1970", shown(number))),
            (number @ serde_json::Value::Number(_), None, _) => Err(format!(
                "{number} is a number; the map must say its unit: seconds or milliseconds"
            )),
            (other, None, _) => Err(format!("expected a date, found {}", shown(other))),
        };
        at.map_err(|reason| row.leave_out(&column.name, reason)).ok()
    }

    /// An instant, or a date with the clock's time; what names no offset is in the clock's.
    fn instant(&self, text: &str) -> Option<Instant> {
        let local = if let Ok(day) = text.parse::<Day>() {
            day.start().millis() + self.clock.time_ms
        } else if DateTime::parse_from_rfc3339(text).is_ok() {
            return Instant::parse(text).ok();
        } else {
            Instant::parse(text).ok()?.millis()
        };
        Some(Instant::from_millis(local - self.clock.offset_ms))
    }
}

fn since_1970(value: &serde_json::Value, unit_ms: i64) -> Option<Instant> {
    let number = match value {
        serde_json::Value::Number(number) => number.as_f64()?,
        serde_json::Value::String(text) => text.trim().parse().ok()?,
        _ => return None,
    };
    let millis = number * unit_ms as f64;
    (millis.is_finite() && millis.abs() < 1e15).then(|| Instant::from_millis(millis as i64))
}

fn value(row: &mut Row<'_>, source: &FactSource, value_type: ValueType) -> Value {
    let column = &source.column;
    let is_unknown = |text: &String| source.unknown.iter().any(|unknown| unknown.matches(text));
    match value_type {
        ValueType::Text => row.text(column).filter(|text| !is_unknown(text)).into(),
        ValueType::TextList => {
            let items = texts(row, source);
            items
                .map(|items| items.into_iter().filter(|item| !is_unknown(item)).collect::<Vec<_>>())
                .into()
        }
        ValueType::Integer => row.quantity(column).into(),
        ValueType::Boolean => row.boolean(column).into(),
        ValueType::Instant => row.instant(column).into(),
        // No fact is of these types.
        ValueType::Number | ValueType::Day => Value::Null,
    }
}

/// A list: as JSON, also inside a text; else a text of items between separators; else one item.
fn texts(row: &mut Row<'_>, source: &FactSource) -> Option<Vec<String>> {
    let column = source.column.as_str();
    let Some(serde_json::Value::String(text)) = row.present(column) else {
        return row.texts(column);
    };
    if text.trim_start().starts_with('[')
        && let Ok(items) = serde_json::from_str::<Vec<serde_json::Value>>(text)
    {
        return row.entries(column, &items, MAX_ITEMS, item_text);
    }
    let Some(separators) = &source.separators else { return row.texts(column) };
    if text.trim().is_empty() {
        return None;
    }
    let items: Vec<&str> = text.split(|c| separators.contains(c)).map(str::trim).collect();
    row.entries(column, items, MAX_ITEMS, |item| {
        let item = (!item.is_empty()).then(|| item.to_owned());
        item.as_deref().and_then(fault_of_text).map_or(Ok(item), Err)
    })
}

/// A word, or true and false, which do not say which kind of gate it is.
fn gating(row: &mut Row<'_>, source: &FactSource) -> Option<String> {
    let text = match row.present(&source.column)? {
        serde_json::Value::Bool(is_gated) => is_gated.to_string(),
        _ => row.text(&source.column)?,
    };
    Some(match text.to_ascii_lowercase().as_str() {
        "false" => "no".to_owned(),
        "true" => "yes".to_owned(),
        _ => text,
    })
}
