//! Reads fields of a row that may hold anything, and notes what it finds wrong.

use std::fmt::{self, Write};

use schema::{Instant, Problem, Severity};
use serde_json::{Map, Value};

use crate::problems::Problems;

/// The Hub's largest counter was 3.4 billion in 2026; numbers beyond this are slips.
const MAX_COUNTER: i64 = 1_000_000_000_000_000;
/// The Hub began in 2016; earlier dates are slips.
const EARLIEST_YEAR: i32 = 2016;
/// Clocks differ and days begin earlier elsewhere.
const FUTURE_SLACK_MS: i64 = 2 * 86_400_000;
const MAX_SHOWN: usize = 60;
/// Bytes of a text: an identifier, a name, an address or the path of a file.
const MAX_TEXT_BYTES: usize = 2_000;
/// Entries of a list; repositories with a hundred thousand files exist.
const MAX_ITEMS: usize = 200_000;
/// Bytes of JSON inside a text; the longest real cards have about one million.
const MAX_EMBEDDED_BYTES: usize = 16 << 20;
/// The Hub's own are 24 digits long.
const MAX_HUB_ID_DIGITS: usize = 64;

/// What a parser knows about the file it reads.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FileContext<'a> {
    /// The file's name in messages.
    pub file: &'a str,
    /// The present, which no date may lie beyond.
    pub now: Instant,
}

/// One row of a file, read field by field.
pub(crate) struct Row<'a> {
    context: FileContext<'a>,
    line: u64,
    object: &'a Map<String, Value>,
    model: Option<String>,
    problems: &'a mut Problems,
}

impl<'a> Row<'a> {
    pub(crate) fn new(
        context: FileContext<'a>,
        line: u64,
        object: &'a Map<String, Value>,
        problems: &'a mut Problems,
    ) -> Self {
        Self { context, line, object, model: None, problems }
    }

    /// A row of what a field of this row holds, as a model inside an answer.
    pub(crate) fn within<'b>(&'b mut self, object: &'b Map<String, Value>) -> Row<'b> {
        Row { object, model: None, problems: &mut *self.problems, ..*self }
    }

    /// A row of what a field of this row holds, as the card of a model; its problems are the
    /// model's.
    pub(crate) fn part<'b>(&'b mut self, object: &'b Map<String, Value>) -> Row<'b> {
        Row { object, model: self.model.clone(), problems: &mut *self.problems, ..*self }
    }

    /// Says of which model the row's problems are, where another answer tells.
    pub(crate) fn name(&mut self, model_id: &str) {
        self.model = Some(model_id.to_owned());
    }

    /// All fields of the row with their values.
    pub(crate) fn fields(&self) -> &'a Map<String, Value> {
        self.object
    }

    /// The line, or the row of a table, counted from 1.
    pub(crate) fn line(&self) -> u64 {
        self.line
    }

    /// The model's id; without a sound one the row is left out.
    pub(crate) fn model_id(&mut self, key: &str) -> Option<String> {
        let id = match self.present(key) {
            None => {
                self.leave_out(key, "the row has no model id".to_owned());
                return None;
            }
            Some(Value::String(id)) => id.trim().to_owned(),
            Some(other) => {
                let reason = format!("a model id is text, not {}", shown(other));
                self.leave_out(key, reason);
                return None;
            }
        };
        if let Some(fault) = crate::identity::fault_of_id(&id) {
            self.leave_out(key, format!("'{}' {fault}", cut(&id)));
            return None;
        }
        self.model = Some(id.clone());
        Some(id)
    }

    /// The Hub's `_id`: hexadecimal digits. What is none could be taken for another model's name.
    pub(crate) fn hub_id(&mut self, key: &str) -> Option<String> {
        let id = self.text(key)?;
        let is_sound =
            id.len() <= MAX_HUB_ID_DIGITS && id.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !is_sound {
            return self.wrong(key, format!("'{}' is not an id of the Hub", cut(&id)));
        }
        Some(id)
    }

    /// Text, also where YAML or a table made a number of it; empty text is unknown.
    pub(crate) fn text(&mut self, key: &str) -> Option<String> {
        match self.present(key)? {
            Value::Number(number) => Some(number.to_string()),
            _ => self.word(key),
        }
    }

    /// Text and nothing else; empty text is unknown.
    pub(crate) fn word(&mut self, key: &str) -> Option<String> {
        match self.present(key)? {
            Value::String(text) => match fault_of_text(text) {
                Some(fault) => self.wrong(key, fault),
                None => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            },
            other => self.wrong(key, format!("expected text, found {}", shown(other))),
        }
    }

    /// A list of texts; a single text is a list of one.
    pub(crate) fn texts(&mut self, key: &str) -> Option<Vec<String>> {
        self.texts_up_to(key, MAX_ITEMS)
    }

    /// A list of some texts at most; what is no sound text is left out of it.
    pub(crate) fn texts_up_to(&mut self, key: &str, most: usize) -> Option<Vec<String>> {
        let items = match self.present(key)? {
            Value::String(text) if text.trim().is_empty() => return None,
            text @ Value::String(_) => std::slice::from_ref(text),
            Value::Array(items) => items,
            other => {
                let reason = format!("expected a list of texts, found {}", shown(other));
                return self.wrong(key, reason);
            }
        };
        self.entries(key, items, most, item_text)
    }

    /// What can be read of the entries of a list; of those that cannot, the first is told.
    ///
    /// A list of nothing but wrong entries is unknown, and so is one that is too long.
    pub(crate) fn entries<T, I: IntoIterator<IntoIter: ExactSizeIterator>>(
        &mut self,
        key: &str,
        items: I,
        most: usize,
        read: impl Fn(I::Item) -> Result<Option<T>, String>,
    ) -> Option<Vec<T>> {
        let items = items.into_iter();
        if items.len() > most {
            return self.wrong(key, format!("the list has more than {most} entries"));
        }
        let mut sound = Vec::with_capacity(items.len());
        let mut first_fault = None;
        for item in items {
            match read(item) {
                Ok(entry) => sound.extend(entry),
                Err(fault) => first_fault = first_fault.or(Some(fault)),
            }
        }
        match first_fault {
            Some(fault) => {
                self.fault(key, fault);
                (!sound.is_empty()).then_some(sound)
            }
            None => Some(sound),
        }
    }

    /// The entries of a list of any things.
    pub(crate) fn list(&mut self, key: &str) -> Option<&'a [Value]> {
        match self.present(key)? {
            Value::Array(items) => Some(items),
            other => self.wrong(key, format!("expected a list, found {}", shown(other))),
        }
    }

    /// A counter: a whole number that is not negative and not absurd.
    pub(crate) fn counter(&mut self, key: &str) -> Option<i64> {
        self.whole_number(key, MAX_COUNTER, "a counter cannot be that large")
    }

    /// A whole number that is not negative; whether it is plausible is for others to judge.
    pub(crate) fn quantity(&mut self, key: &str) -> Option<i64> {
        self.whole_number(key, i64::MAX, "the number is beyond 64 bits")
    }

    fn whole_number(&mut self, key: &str, most: i64, too_large: &str) -> Option<i64> {
        let value = self.present(key)?;
        let Some(number) = whole_number(value) else {
            return self.wrong(key, format!("expected a whole number, found {}", shown(value)));
        };
        if number < 0 {
            return self.wrong(key, format!("it cannot be negative: {}", shown(value)));
        }
        if number > i128::from(most) {
            return self.wrong(key, format!("{too_large}: {}", shown(value)));
        }
        Some(number as i64)
    }

    /// Yes or no, as JSON or as the words of a table.
    pub(crate) fn boolean(&mut self, key: &str) -> Option<bool> {
        match self.present(key)? {
            Value::Bool(value) => Some(*value),
            Value::String(text) if text.eq_ignore_ascii_case("true") => Some(true),
            Value::String(text) if text.eq_ignore_ascii_case("false") => Some(false),
            Value::String(text) if text.is_empty() => None,
            other => self.wrong(key, format!("expected true or false, found {}", shown(other))),
        }
    }

    /// An instant or a date between the Hub's beginning and the present.
    pub(crate) fn instant(&mut self, key: &str) -> Option<Instant> {
        let text = match self.present(key)? {
            Value::String(text) if text.is_empty() => return None,
            Value::String(text) => text.as_str(),
            other => return self.wrong(key, format!("expected a date, found {}", shown(other))),
        };
        let parsed =
            Instant::parse(text).or_else(|_| text.parse::<schema::Day>().map(schema::Day::start));
        let Ok(at) = parsed else {
            return self.wrong(key, format!("'{}' is not a date", cut(text)));
        };
        match fault_of_instant(at, self.context.now) {
            Some(fault) => self.wrong(key, fault),
            None => Some(at),
        }
    }

    /// An object.
    pub(crate) fn object(&mut self, key: &str) -> Option<&'a Map<String, Value>> {
        match self.present(key)? {
            Value::Object(object) => Some(object),
            other => self.wrong(key, format!("expected an object, found {}", shown(other))),
        }
    }

    /// The value as it stands; null is unknown. A key with dots, as `card.license`, may also lead
    /// into objects.
    pub(crate) fn present(&self, key: &str) -> Option<&'a Value> {
        lookup(self.object, key).filter(|value| !value.is_null())
    }

    /// Notes that the row is left out.
    pub(crate) fn leave_out(&mut self, field: &str, reason: String) {
        self.note(field, reason, Severity::Row);
    }

    /// Notes that a field is left out.
    pub(crate) fn fault(&mut self, field: &str, reason: String) {
        self.note(field, reason, Severity::Field);
    }

    fn wrong<T>(&mut self, field: &str, reason: String) -> Option<T> {
        self.fault(field, reason);
        None
    }

    fn note(&mut self, field: &str, reason: String, severity: Severity) {
        self.problems.push(Problem {
            file: self.context.file.to_owned(),
            line: Some(self.line),
            model: self.model.clone(),
            field: field.to_owned(),
            reason,
            severity,
        });
    }
}

/// The value under a key, or under a path of keys with dots between them.
pub(crate) fn lookup<'a>(object: &'a Map<String, Value>, key: &str) -> Option<&'a Value> {
    object.get(key).or_else(|| {
        let (first, rest) = key.split_once('.')?;
        lookup(object.get(first)?.as_object()?, rest)
    })
}

/// What is wrong with a date, if anything: before the Hub, or after the present.
pub(crate) fn fault_of_instant(at: Instant, now: Instant) -> Option<String> {
    if at.day().year() < EARLIEST_YEAR {
        return Some(format!("{at} lies before the Hub began"));
    }
    (at.millis() > now.millis() + FUTURE_SLACK_MS).then(|| format!("{at} lies in the future"))
}

/// A whole number from JSON or from a table's text; fractions and infinities are none.
fn whole_number(value: &Value) -> Option<i128> {
    let number = match value {
        Value::Number(number) => match number.as_i128() {
            Some(whole) => return Some(whole),
            None => number.as_f64()?,
        },
        Value::String(text) => match text.trim().parse::<i128>() {
            Ok(whole) => return Some(whole),
            Err(_) => text.trim().parse().ok()?,
        },
        _ => return None,
    };
    let is_whole = number.is_finite() && number.fract() == 0.0;
    // What lies beyond 128 bits saturates, and is beyond 64 bits all the same.
    is_whole.then_some(number as i128)
}

fn item_text(item: &Value) -> Result<Option<String>, String> {
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
        '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}' => true,
        '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{e0000}'..='\u{e007f}' => true,
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

#[cfg(test)]
mod tests;
