//! Recorded answers of the Hub for single models: JSON lines of request, head and body.

use schema::{Instant, Problem, Severity};
use serde_json::Value;

use super::{Input, hub_model, json_lines};
use crate::Parsed;
use crate::fields::{FileContext, Row, fault_of_instant};

const OK: i64 = 200;

pub(super) fn parse(input: Input<'_>) -> Parsed {
    let mut parsed = Parsed::default();
    let mut inner_problems = Vec::new();
    json_lines::each_line(input, &mut parsed, |row, line| {
        answer(row, line, input.context(), &mut inner_problems)
    });
    parsed.problems.append(&mut inner_problems);
    parsed.problems.sort();
    parsed
}

fn answer(
    row: &mut Row<'_>,
    line: u64,
    context: FileContext<'_>,
    problems: &mut Vec<Problem>,
) -> Option<crate::Record> {
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
    if let Some(fault) = fault_of_instant(at, context.now) {
        row.leave_out("date", fault);
        return None;
    }
    let body = row.present("body").and_then(Value::as_str).unwrap_or_default();
    match json_lines::object_of(body.as_bytes()) {
        Ok(object) => hub_model::record(&mut Row::new(context, line, &object, problems), line, at),
        Err(reason) => {
            problems.push(Problem {
                file: context.file.to_owned(),
                line: Some(line),
                model: None,
                field: "body".to_owned(),
                reason,
                severity: Severity::Row,
            });
            None
        }
    }
}
