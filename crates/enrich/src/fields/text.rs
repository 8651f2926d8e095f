//! Texts that anybody may have written: which can be taken, and how they are shown in a reason.

use std::fmt::{self, Write};

use serde_json::{Map, Value};

const MAX_SHOWN: usize = 60;
/// Bytes of a text: an identifier, a name, an address or the path of a file.
const MAX_TEXT_BYTES: usize = 2_000;
/// Bytes of JSON inside a text; the longest real cards have about one million.
const MAX_EMBEDDED_BYTES: usize = 16 << 20;

/// The text that an entry of a list is; null and empty text are none.
pub(crate) fn item_text(item: &Value) -> Result<Option<String>, String> {
    match item {
        Value::Null => Ok(None),
        Value::String(text) => match fault_of_text(text) {
            Some(fault) => Err(fault),
            None => Ok(Some(text.trim().to_owned()).filter(|text| !text.is_empty())),
        },
        Value::Number(number) => Ok(Some(number.to_string())),
        // YAML 1.1 reads an unquoted `no` (Norwegian) as false.
        Value::Bool(false) => Ok(Some("no".to_owned())),
        other => Err(format!("expected texts, found {}", shown(other))),
    }
}

/// What is wrong with a text that names something, if anything.
pub(crate) fn fault_of_text(text: &str) -> Option<String> {
    if text.len() > MAX_TEXT_BYTES {
        return Some(format!("a text is longer than {MAX_TEXT_BYTES} bytes"));
    }
    let is_plain = text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    let hidden = if is_plain { None } else { text.chars().find(|c| is_hidden(*c)) };
    hidden.map(|c| format!("a text has the hidden character U+{:04X}", u32::from(c)))
}

/// Whether a character shows nothing, or turns what is around it: two texts could look alike, and
/// one look like another. Joiners are none: some scripts cannot do without.
pub(crate) fn is_hidden(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => false,
        '\u{ad}'
        | '\u{200b}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{feff}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{e0000}'..='\u{e007f}' => true,
        c => c.is_control(),
    }
}

/// The object that a text holds as JSON; null is none.
pub(crate) fn embedded(text: &str) -> Result<Option<Map<String, Value>>, String> {
    if text.len() > MAX_EMBEDDED_BYTES {
        return Err(format!("the text is longer than {} MiB", MAX_EMBEDDED_BYTES >> 20));
    }
    match serde_json::from_str(text) {
        Ok(Value::Object(object)) => Ok(Some(object)),
        Ok(Value::Null) => Ok(None),
        Ok(other) => Err(format!("expected fields, found {}", shown(&other))),
        Err(fault) => Err(format!("the text is not JSON: {fault}")),
    }
}

/// The beginning of a value as JSON, however long it is.
pub(crate) fn shown(value: &Value) -> String {
    let mut beginning = Beginning { text: String::new(), room: MAX_SHOWN + 1 };
    // It ends with an error where there is no room for all.
    let _ = write!(beginning, "{value}");
    cut(&beginning.text)
}

/// The beginning of a text, without what would be hidden.
pub(crate) fn cut(text: &str) -> String {
    let mut beginning = String::new();
    for (count, c) in text.chars().enumerate() {
        if count == MAX_SHOWN {
            beginning.push('…');
            break;
        }
        if c.is_control() || is_hidden(c) {
            beginning.extend(c.escape_unicode());
        } else {
            beginning.push(c);
        }
    }
    beginning
}

/// Takes so many characters and no more.
struct Beginning {
    text: String,
    room: usize,
}

impl Write for Beginning {
    fn write_str(&mut self, part: &str) -> fmt::Result {
        let taken = part.chars().take(self.room);
        self.room -= taken.clone().count();
        self.text.extend(taken);
        if self.room == 0 { Err(fmt::Error) } else { Ok(()) }
    }
}
