//! Recorded answers of the Hub for single models: JSON lines of request, head and body.

use std::io::BufRead;

use schema::Instant;
use serde_json::{Map, Value};

use super::sink::Sink;
use super::{hub_model, json_lines, readme};
use crate::fields::{Row, fault_of_instant};
use crate::{Facts, Record};

const OK: i64 = 200;
const ABSENT: i64 = 404;

pub(super) fn read(text: &mut dyn BufRead, sink: &mut Sink<'_>) {
    let now = sink.now();
    json_lines::each_line(text, sink, |row| answer(row, now));
}

fn answer(row: &mut Row<'_>, now: Instant) -> Option<Record> {
    let status = row.object("status").and_then(|status| status.get("code")?.as_i64());
    match status {
        // Redirects and refusals hold no model, and are no fault of the file.
        Some(code) if code != OK => return None,
        Some(_) => {}
        None => {
            row.leave_out("status", "the line is not a recorded answer: no status".to_owned());
            return None;
        }
    }
    let date = row.text("date");
    let Some(at) = date.as_deref().and_then(|date| Instant::parse_http_date(date).ok()) else {
        row.leave_out("date", "the answer has no readable date".to_owned());
        return None;
    };
    if let Some(fault) = fault_of_instant(at, now) {
        row.leave_out("date", fault);
        return None;
    }
    let body = row.present("body").and_then(Value::as_str).unwrap_or_default();
    match json_lines::object_of(body.as_bytes()) {
        Ok(mut object) => {
            // What is shown only when it is asked for comes in an answer of its own.
            let expanded = expanded(row);
            let fault = expanded.as_ref().err().cloned();
            object.extend(expanded.unwrap_or_default());
            let mut model = row.within(&object);
            let mut record = hub_model::record(&mut model, at)?;
            if let Some(fault) = fault {
                model.fault("expanded", fault);
            }
            if let Some(card) = row.object("card") {
                card_text(&mut row.part(card), &record.model_id, &mut record.facts);
            }
            Some(record)
        }
        Err(reason) => {
            row.leave_out("body", reason);
            None
        }
    }
}

/// The text of the card, of a third answer; the files of a gated model are not shown to all.
fn card_text(answer: &mut Row<'_>, model_id: &str, facts: &mut Facts) {
    answer.name(model_id);
    match (status_of(answer), answer.present("body").and_then(Value::as_str)) {
        (Some(OK), Some(text)) => readme::read(answer, text, facts),
        (Some(OK), None) => answer.fault("card", "the answer holds no text".to_owned()),
        (Some(ABSENT), _) => readme::nothing(facts),
        (Some(_), _) => {}
        (None, _) => answer.fault("card", "the answer has no status".to_owned()),
    }
}

/// The fields of a second answer about the same model, as the collector writes it beside the
/// first; none where there is none.
fn expanded(row: &mut Row<'_>) -> Result<Map<String, Value>, String> {
    let Some(second) = row.object("expanded") else { return Ok(Map::new()) };
    let second = row.part(second);
    match status_of(&second) {
        Some(OK) => {}
        Some(_) => return Ok(Map::new()),
        None => return Err("the answer has no status".to_owned()),
    }
    let body = second.present("body").and_then(Value::as_str).unwrap_or_default();
    json_lines::object_of(body.as_bytes())
}

fn status_of(answer: &Row<'_>) -> Option<i64> {
    answer.present("status.code").and_then(Value::as_i64)
}

#[cfg(test)]
mod tests;
