//! One JSON array of objects.

use std::fmt;

use serde::Deserializer as _;
use serde::de::{SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::Input;
use super::json_lines::object_of;
use crate::Parsed;
use crate::fields::Row;

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Hands each element's object to `take`; what comes before a break is taken.
pub(super) fn each_element(
    input: Input<'_>,
    parsed: &mut Parsed,
    mut take: impl FnMut(&mut Row<'_>, u64) -> Option<crate::Record>,
) {
    let text = match std::str::from_utf8(input.bytes) {
        Ok(text) => text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text),
        Err(fault) => {
            let line = line_of(input.bytes, fault.valid_up_to());
            let reason = "the file is not UTF-8".to_owned();
            parsed.problems.push(input.file_problem(Some(line), reason));
            return;
        }
    };
    let mut elements: Vec<&RawValue> = Vec::new();
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let read = deserializer.deserialize_seq(Elements(&mut elements));
    if let Err(fault) = read.and_then(|()| deserializer.end()) {
        let line = Some(fault.line() as u64);
        parsed.problems.push(input.file_problem(line, format!("not a JSON array: {fault}")));
    }
    let mut position = Position { line: 1, offset: 0 };
    for element in elements {
        let element = element.get();
        let line = position.advance(text, element);
        let object = object_of(element.as_bytes());
        let problems = &mut parsed.problems;
        match object {
            Ok(object) => {
                let mut row = Row::new(input.context(), line, &object, problems);
                parsed.records.extend(take(&mut row, line));
            }
            Err(reason) => {
                let empty = serde_json::Map::new();
                Row::new(input.context(), line, &empty, problems).leave_out("", reason);
            }
        }
    }
}

/// Collects what can be read of an array, also when its end cannot.
struct Elements<'a, 'de>(&'a mut Vec<&'de RawValue>);

impl<'de> Visitor<'de> for Elements<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of models")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<(), A::Error> {
        while let Some(element) = sequence.next_element()? {
            self.0.push(element);
        }
        Ok(())
    }
}

/// Where in the text we are, so that lines are counted once.
struct Position {
    line: u64,
    offset: usize,
}

impl Position {
    /// The line on which `element`, a slice of `text` further on, begins.
    fn advance(&mut self, text: &str, element: &str) -> u64 {
        let offset = element.as_ptr() as usize - text.as_ptr() as usize;
        let between = &text.as_bytes()[self.offset..offset];
        self.line += between.split(|byte| *byte == b'\n').count() as u64 - 1;
        self.offset = offset;
        self.line
    }
}

fn line_of(bytes: &[u8], offset: usize) -> u64 {
    bytes[..offset].split(|byte| *byte == b'\n').count() as u64
}
