//! JSON objects, one a line.

use std::io::{self, BufRead, Read};

use serde_json::{Map, Value};

use super::sink::Sink;
use crate::Record;
use crate::fields::Row;

/// No model's line that we know is longer; a file that is no JSON lines may have one.
const MAX_LINE_BYTES: u64 = 64 << 20;

/// Hands each line's object to `take`, which reads it through a [`Row`].
pub(super) fn each_line(
    text: &mut dyn BufRead,
    sink: &mut Sink<'_>,
    mut take: impl FnMut(&mut Row<'_>) -> Option<Record>,
) {
    each_object(text, sink, |sink, line, object| {
        sink.row(line, object, &mut take);
        Go::On
    });
}

/// Whether to read on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Go {
    /// There may be more to find.
    On,
    /// What was looked for is found.
    Home,
}

/// Hands each line's object to `take` as long as that says to go on.
pub(super) fn each_object(
    text: &mut dyn BufRead,
    sink: &mut Sink<'_>,
    mut take: impl FnMut(&mut Sink<'_>, u64, &Map<String, Value>) -> Go,
) {
    let mut bytes = Vec::new();
    let mut line = 0;
    loop {
        line += 1;
        match read_line(text, &mut bytes) {
            Ok(Line::End) => break,
            Ok(Line::TooLong) => {
                sink.leave_out(line, "the line is longer than 64 MiB".to_owned());
                continue;
            }
            Ok(Line::Whole) => {}
            // The file breaks off inside a line; the fault is reported once, for the file.
            Err(fault) => {
                sink.leave_out_rest(None, fault.to_string());
                break;
            }
        }
        if bytes.trim_ascii().is_empty() {
            continue;
        }
        match object_of(&bytes) {
            Ok(object) => {
                if take(sink, line, &object) == Go::Home {
                    break;
                }
            }
            Err(reason) => sink.leave_out(line, reason),
        }
    }
}

enum Line {
    Whole,
    TooLong,
    End,
}

fn read_line(text: &mut dyn BufRead, bytes: &mut Vec<u8>) -> io::Result<Line> {
    bytes.clear();
    let length = text.take(MAX_LINE_BYTES).read_until(b'\n', bytes)?;
    if length == 0 {
        return Ok(Line::End);
    }
    if (length as u64) < MAX_LINE_BYTES || bytes.ends_with(b"\n") {
        return Ok(Line::Whole);
    }
    text.skip_until(b'\n')?;
    Ok(Line::TooLong)
}

/// The object that a line holds, or what is wrong with it.
pub(super) fn object_of(bytes: &[u8]) -> Result<Map<String, Value>, String> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Err("the line is not UTF-8".to_owned());
    };
    object_in(text)
}

/// As [`object_of`], of what is known to be text.
pub(super) fn object_in(text: &str) -> Result<Map<String, Value>, String> {
    match serde_json::from_str(text) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err("the line is JSON but not an object".to_owned()),
        Err(fault) => Err(format!("the line is not JSON: {fault}")),
    }
}
