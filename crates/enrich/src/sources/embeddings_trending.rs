//! Daily lists of embedding models: CSV, the day in the file's name, day first.

use schema::{Day, Instant};
use serde_json::{Map, Value};

use super::Input;
use crate::fields::{Row, fault_of_instant};
use crate::{Counters, Facts, Parsed, Record};

/// The hour of the run is not recorded; noon is at most half a day wrong.
const NOON_MS: i64 = 12 * 3_600_000;
const NEEDED: [&str; 2] = ["id", "downloads"];

pub(super) fn parse(input: Input<'_>) -> Parsed {
    let mut parsed = Parsed::default();
    let day = day_in_name(input.file);
    parsed.read_at = day.map(noon);
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(input.bytes);
    let header = match reader.headers() {
        Ok(header) => header.clone(),
        Err(fault) => {
            parsed.problems.push(input.file_problem(Some(1), format!("not a CSV: {fault}")));
            return parsed;
        }
    };
    if let Some(absent) = NEEDED.iter().find(|column| !header.iter().any(|name| name == **column)) {
        let reason = format!("not a list of this source: it has no column '{absent}'");
        parsed.problems.push(input.file_problem(Some(1), reason));
        return parsed;
    }
    let mut bytes = csv::ByteRecord::new();
    loop {
        match reader.read_byte_record(&mut bytes) {
            Ok(false) => break,
            Ok(true) => take_row(input, &header, &bytes, day, &mut parsed),
            Err(fault) => {
                let line = fault.position().map(csv::Position::line);
                parsed.problems.push(input.file_problem(line, format!("not a CSV: {fault}")));
                break;
            }
        }
    }
    parsed
}

fn take_row(
    input: Input<'_>,
    header: &csv::StringRecord,
    bytes: &csv::ByteRecord,
    day: Option<Day>,
    parsed: &mut Parsed,
) {
    let line = bytes.position().map_or(0, csv::Position::line);
    let fields = csv::StringRecord::from_byte_record(bytes.clone());
    let (object, fault) = match fields {
        Err(_) => (Map::new(), Some("the row is not UTF-8".to_owned())),
        Ok(fields) if fields.len() != header.len() => {
            let reason =
                format!("the row has {} fields, the header {}", fields.len(), header.len());
            (Map::new(), Some(reason))
        }
        Ok(fields) => {
            let pairs = header.iter().zip(fields.iter());
            let known = pairs.filter(|(_, text)| !text.is_empty());
            let object = known
                .map(|(name, text)| (name.to_owned(), Value::String(text.to_owned())))
                .collect();
            (object, None)
        }
    };
    let mut row = Row::new(input.context(), line, &object, &mut parsed.problems);
    match fault {
        Some(fault) => row.leave_out("", fault),
        None => parsed.records.extend(record(&mut row, line, input.now, day)),
    }
}

fn record(row: &mut Row<'_>, line: u64, now: Instant, day: Option<Day>) -> Option<Record> {
    let model_id = row.model_id("id")?;
    let at = noon(day_of(row, day)?);
    if let Some(fault) = fault_of_instant(at, now) {
        row.leave_out("mined_date", fault);
        return None;
    }
    let parameters = row.quantity("numParameters");
    Some(Record {
        line,
        model_id,
        hub_id: None,
        at,
        counters: Counters {
            downloads_30d: row.counter("downloads"),
            downloads_all_time: None,
            likes: row.counter("likes"),
        },
        facts: Facts {
            updated_at: row.instant("lastModified"),
            task: row.text("pipeline_tag"),
            parameters,
            parameters_origin: parameters.map(|_| "source".to_owned()),
            gating: row.text("gated").map(|text| gating(&text)),
            uploader_type: row.text("authorType"),
            ..Facts::default()
        },
    })
}

/// The row's own day; where it has none, the file's.
fn day_of(row: &mut Row<'_>, in_name: Option<Day>) -> Option<Day> {
    let Some(text) = row.text("mined_date") else {
        if in_name.is_none() {
            row.leave_out("mined_date", "neither the row nor the file's name has a date".into());
        }
        return in_name;
    };
    let day = day_first(&text);
    if day.is_none() {
        row.leave_out("mined_date", format!("'{text}' is not a date with the day first"));
    }
    day
}

fn gating(text: &str) -> String {
    match text {
        "False" => "no".to_owned(),
        "True" => "yes".to_owned(),
        other => other.to_owned(),
    }
}

/// `transformersjs_08-05-2024.csv` is of 8 May 2024.
fn day_in_name(file: &str) -> Option<Day> {
    let name = file.rsplit('/').next()?;
    let (_, rest) = name.split_once('_')?;
    day_first(rest.split('.').next()?)
}

fn day_first(text: &str) -> Option<Day> {
    let mut parts = text.splitn(3, '-');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    Day::from_ymd(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

fn noon(day: Day) -> Instant {
    Instant::from_millis(day.start().millis() + NOON_MS)
}
