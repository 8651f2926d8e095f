//! One JSON array of objects, small enough to be held whole.

use std::fmt;
use std::io::{BufRead, Read};

use serde::Deserializer as _;
use serde::de::{SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::json_lines::object_in;
use super::sink::Sink;
use crate::Record;
use crate::fields::Row;

/// Pages and catalogues have a few megabytes.
const MAX_BYTES: u64 = 256 << 20;
/// As long as a model's line may be.
const MAX_ELEMENT_BYTES: usize = 64 << 20;
/// As many as a page of a listing has.
const USUAL_BYTES: usize = 2 << 20;

/// Hands each element's object to `take`; what comes before a break is taken.
pub(super) fn each_element(
    text: &mut dyn BufRead,
    sink: &mut Sink<'_>,
    mut take: impl FnMut(&mut Row<'_>) -> Option<Record>,
) {
    let mut bytes = Vec::with_capacity(USUAL_BYTES);
    let fault = text.take(MAX_BYTES).read_to_end(&mut bytes).err();
    if bytes.len() as u64 == MAX_BYTES {
        sink.leave_out_rest(None, "a JSON array of more than 256 MiB is not read".to_owned());
        return;
    }
    each_element_of(&bytes, sink, &mut take);
    if let Some(fault) = fault {
        sink.leave_out_rest(None, fault.to_string());
    }
}

fn each_element_of(
    bytes: &[u8],
    sink: &mut Sink<'_>,
    mut take: impl FnMut(&mut Row<'_>) -> Option<Record>,
) {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(fault) => {
            let line = line_of(bytes, fault.valid_up_to());
            sink.leave_out_rest(Some(line), "the file is not UTF-8".to_owned());
            return;
        }
    };
    let mut position = Position { line: 1, offset: 0 };
    let mut take_element = |element: &RawValue| {
        let element = element.get();
        let line = position.advance(text, element);
        if element.len() > MAX_ELEMENT_BYTES {
            sink.leave_out(line, "the model is longer than 64 MiB".to_owned());
            return;
        }
        match object_in(element) {
            Ok(object) => sink.row(line, &object, &mut take),
            Err(reason) => sink.leave_out(line, reason),
        }
    };
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let read = deserializer.deserialize_seq(Elements(&mut take_element));
    let fault = read.and_then(|()| deserializer.end()).err();
    if let Some(fault) = fault {
        let line = Some(fault.line() as u64);
        sink.leave_out_rest(line, format!("not a JSON array: {fault}"));
    }
}

/// Takes what can be read of an array, also when its end cannot.
struct Elements<'a, F>(&'a mut F);

impl<'de, F: FnMut(&'de RawValue)> Visitor<'de> for Elements<'_, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of models")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<(), A::Error> {
        while let Some(element) = sequence.next_element()? {
            (self.0)(element);
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
    #[expect(clippy::naive_bytecount, reason = "the compiler counts many bytes at once as it is")]
    fn advance(&mut self, text: &str, element: &str) -> u64 {
        let offset = element.as_ptr() as usize - text.as_ptr() as usize;
        let between = &text.as_bytes()[self.offset..offset];
        self.line += between.iter().filter(|byte| **byte == b'\n').count() as u64;
        self.offset = offset;
        self.line
    }
}

fn line_of(bytes: &[u8], offset: usize) -> u64 {
    bytes[..offset].split(|byte| *byte == b'\n').count() as u64
}
