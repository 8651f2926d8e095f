//! Reads fields of a row that may hold anything, and notes what it finds wrong.

mod text;

use schema::{Instant, Problem, Severity};
use serde_json::{Map, Value};

use crate::problems::Problems;
pub(crate) use text::{cut, embedded, fault_of_text, is_hidden, item_text, shown};

/// The Hub's largest counter was 3.4 billion in 2026; numbers beyond this are slips. Of these, nine
/// million add up within 64 bits.
const MAX_COUNTER: i64 = 1_000_000_000_000;
/// The Hub began in 2016; earlier dates are slips.
const EARLIEST_YEAR: i32 = 2016;
/// Clocks differ and days begin earlier elsewhere.
const FUTURE_SLACK_MS: i64 = 2 * 86_400_000;
/// Entries of a list; repositories with a hundred thousand files exist.
pub(crate) const MAX_ITEMS: usize = 200_000;
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
        // Most keys have no dot: a plain loop finds that sooner than a search does.
        let dot = key.bytes().position(|byte| byte == b'.')?;
        let (first, rest) = (&key[..dot], &key[dot + 1..]);
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

#[cfg(test)]
mod tests;
