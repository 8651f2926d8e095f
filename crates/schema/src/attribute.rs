//! What is known of each model, described once.

use std::fmt;

use crate::{Day, Instant};

/// The description of one attribute, from which schemas, lists, labels and docs derive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attribute {
    /// Column name: noun first, qualifier and unit last.
    pub name: &'static str,
    /// The type of its values.
    pub value_type: ValueType,
    /// The unit of a number; empty where there is none.
    pub unit: &'static str,
    /// Its title on pages.
    pub title: &'static str,
    /// One sentence that says what it means.
    pub meaning: &'static str,
    /// Which field of which source it comes from.
    pub source: &'static str,
    /// How it is derived.
    pub method: &'static str,
    /// Version of the method, from 1: it grows when the same facts give another value.
    pub version: u32,
    /// What the value is derived from, and from nothing else: facts of the model, by the names of
    /// their columns, and what lies beside the model, by the names in [`BESIDE_FACTS`].
    pub inputs: &'static [&'static str],
    /// How the value is known, where nothing better or worse is said of it.
    pub confidence: Confidence,
    /// The family, which is also the module, that derives it.
    pub family: &'static str,
    /// Whether its values can be the units of a market.
    pub is_groupable: bool,
    /// Whether its values have an order: each name begins with its lower end, or with `<` or `≤`.
    pub is_ordered: bool,
}

/// What a value can be derived from that is no fact of the model itself: its id and when it was
/// seen, its place among the models it descends from, its counters and its place among all, the
/// registry of owners, and the newest reading of the collection.
pub const BESIDE_FACTS: [&str; 6] =
    ["model_id", "seen", "lineage", "readings", "registry", "as_of"];

/// How a value is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// Read off signs that may mislead: names, tags, files.
    Inferred,
    /// Computed or looked up, by a rule, from what is stated.
    Derived,
    /// As the source says.
    Stated,
}

impl Confidence {
    /// The name in lists and documents.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Inferred => "inferred",
            Self::Derived => "derived",
            Self::Stated => "stated",
        }
    }
}

/// The type of an attribute's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ValueType {
    /// Text.
    Text,
    /// A list of texts.
    TextList,
    /// A whole number.
    Integer,
    /// A real number.
    Number,
    /// Yes or no; null is neither.
    Boolean,
    /// A calendar day.
    Day,
    /// A moment in UTC.
    Instant,
}

impl ValueType {
    /// The type's name in lists and docs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::TextList => "list of text",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Day => "date",
            Self::Instant => "instant",
        }
    }
}

/// One attribute's value for one model. Unknown is `Null`, never 0, "" or false.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Value {
    /// Not known.
    #[default]
    Null,
    /// Text.
    Text(String),
    /// A list of texts; empty means known to have none.
    TextList(Vec<String>),
    /// A whole number.
    Integer(i64),
    /// A real number.
    Number(f64),
    /// Yes or no.
    Boolean(bool),
    /// A calendar day.
    Day(Day),
    /// A moment in UTC.
    Instant(Instant),
}

impl Value {
    /// The type of the value; `None` for null, which is of every type.
    #[must_use]
    pub const fn value_type(&self) -> Option<ValueType> {
        match self {
            Self::Null => None,
            Self::Text(_) => Some(ValueType::Text),
            Self::TextList(_) => Some(ValueType::TextList),
            Self::Integer(_) => Some(ValueType::Integer),
            Self::Number(_) => Some(ValueType::Number),
            Self::Boolean(_) => Some(ValueType::Boolean),
            Self::Day(_) => Some(ValueType::Day),
            Self::Instant(_) => Some(ValueType::Instant),
        }
    }

    /// Whether nothing is known.
    #[must_use]
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

/// As people read it: nothing for null, lists with commas, yes and no.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => Ok(()),
            Self::Text(text) => text.fmt(f),
            Self::TextList(items) => items.join(", ").fmt(f),
            Self::Integer(number) => number.fmt(f),
            Self::Number(number) => number.fmt(f),
            Self::Boolean(is_true) => if *is_true { "yes" } else { "no" }.fmt(f),
            Self::Day(day) => day.fmt(f),
            Self::Instant(at) => at.fmt(f),
        }
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<&String> for Value {
    fn from(value: &String) -> Self {
        Self::Text(value.clone())
    }
}

impl From<Vec<String>> for Value {
    fn from(value: Vec<String>) -> Self {
        Self::TextList(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Self::Number(value)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl From<Day> for Value {
    fn from(value: Day) -> Self {
        Self::Day(value)
    }
}

impl From<Instant> for Value {
    fn from(value: Instant) -> Self {
        Self::Instant(value)
    }
}
