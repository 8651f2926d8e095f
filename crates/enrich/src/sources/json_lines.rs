//! JSON objects, one a line.

use serde_json::{Map, Value};

use super::Input;
use crate::Parsed;
use crate::fields::Row;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Hands each line's object to `take`, which reads it through a [`Row`].
pub(super) fn each_line(
    input: Input<'_>,
    parsed: &mut Parsed,
    mut take: impl FnMut(&mut Row<'_>, u64) -> Option<crate::Record>,
) {
    let bytes = input.bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(input.bytes);
    let mut lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
    if input.fault.is_some() {
        // The file breaks off inside its last line; the fault is reported once, for the file.
        lines.pop();
    }
    for (index, line) in lines.into_iter().enumerate() {
        let line_number = index as u64 + 1;
        if line.trim_ascii().is_empty() {
            continue;
        }
        match object_of(line) {
            Ok(object) => {
                let problems = &mut parsed.problems;
                let mut row = Row::new(input.context(), line_number, &object, problems);
                if let Some(record) = take(&mut row, line_number) {
                    parsed.records.push(record);
                }
            }
            Err(reason) => {
                let empty = Map::new();
                let problems = &mut parsed.problems;
                Row::new(input.context(), line_number, &empty, problems).leave_out("", reason);
            }
        }
    }
}

pub(super) fn object_of(bytes: &[u8]) -> Result<Map<String, Value>, String> {
    if std::str::from_utf8(bytes).is_err() {
        return Err("the line is not UTF-8".to_owned());
    }
    match serde_json::from_slice(bytes) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err("the line is JSON but not an object".to_owned()),
        Err(fault) => Err(format!("the line is not JSON: {fault}")),
    }
}
