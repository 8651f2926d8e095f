//! Which files the Hub counts as downloads, by library, and since when.
//!
//! The Hub counts requests of some files only, and which ones depends on the library. The rules
//! are data, `rules/counting_rules.csv`, with the days on which they changed;
//! `docs/methods/counting-rules.md` says what is known of them.

mod pattern;

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use schema::{Day, Week};
use serde::Deserialize;

use pattern::{FilePath, Pattern};

/// The class of models that no other rule counts.
const DEFAULT: &str = "default";
/// The class of models that come as GGUF and whose library has no rule of its own.
const GGUF: &str = "gguf";
/// The class of models of the library diffusers, whose rule is the Hub's own.
const DIFFUSERS: &str = "diffusers";
/// What the classes of libraries with a rule of their own begin with.
const OF_LIBRARY: &str = "library:";

/// What a source says of a model's library.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Library<'a> {
    /// It says nothing about libraries.
    Unknown,
    /// It says that the model names none.
    None,
    /// The id of the library; letter case matters.
    Named(&'a str),
}

/// A change of what is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The day on which it was published; its effect on the counters can differ by days.
    pub on: Day,
    /// The class of models whose counting changed.
    pub class: &'static str,
    /// One sentence that says what changed.
    pub what: &'static str,
    /// Where it is known from: `D` the Hub's documentation, `C` the source of its client.
    pub mark: &'static str,
}

/// The class of models by whose rule a model is counted; `None` where what decides is not known.
///
/// A library's own rule goes before that of GGUF, and GGUF before diffusers and the default.
/// `has_gguf` says whether the repository holds GGUF files.
#[must_use]
pub fn rule_class(library: Library<'_>, has_gguf: Option<bool>) -> Option<&'static str> {
    if let Library::Named(library) = library
        && let Some(class) = BY_LIBRARY.get(library)
    {
        return Some(class);
    }
    if library == Library::Unknown {
        return None;
    }
    match has_gguf? {
        true => Some(GGUF),
        false if library == Library::Named(DIFFUSERS) => Some(DIFFUSERS),
        false => Some(DEFAULT),
    }
}

/// Whether requests of a file count as downloads of a model of this class on a day; `None` where
/// the rule of that day is not known.
///
/// GGUF files count in every class, as the Hub's documentation has it.
#[must_use]
pub fn is_counted_file(class: &str, on: Day, path: &str) -> Option<bool> {
    CountedFiles::of(class, on).counts(path)
}

/// The files that count as downloads of models of one class on one day: the rules, looked up once
/// for all files of a model.
#[derive(Debug, Clone, Copy)]
pub struct CountedFiles {
    gguf: Option<&'static [Pattern]>,
    /// `None` where the rule of that day is not known.
    own: Option<&'static [Pattern]>,
}

impl CountedFiles {
    /// The files of a class on a day.
    #[must_use]
    pub fn of(class: &str, on: Day) -> Self {
        Self { gguf: patterns(GGUF, on), own: patterns(class, on) }
    }

    /// Whether requests of a file count; see [`is_counted_file`].
    #[must_use]
    pub fn counts(&self, path: &str) -> Option<bool> {
        let path = FilePath::of(path);
        let is_one = |patterns: &[Pattern]| patterns.iter().any(|pattern| pattern.matches(path));
        if self.gguf.is_some_and(is_one) {
            return Some(true);
        }
        self.own.map(is_one)
    }
}

/// Every change of a rule, by day, then class.
#[must_use]
pub fn changes() -> &'static [Change] {
    &CHANGES
}

/// The days on which the rule of a class changed, ascending; none for a class without a rule of
/// its own.
#[must_use]
pub fn epochs(class: &str) -> &'static [Day] {
    CLASSES.get(class).map_or(&[], |class| &class.epochs)
}

/// How many of the changes of a class lie before the end of a week: two weeks with the same
/// number were counted by the same rule.
///
/// The week in which a change falls is the first of the new rule, though part of it was counted
/// by the old one.
#[must_use]
pub fn epoch(class: &str, week: Week) -> u8 {
    let next = week.plus(1).monday();
    epochs(class).partition_point(|on| *on < next) as u8
}

/// The rules of one class over time.
#[derive(Debug, Default)]
struct Class {
    /// By the day from which on they hold; `None` sorts first and is from the beginning.
    rules: Vec<(Option<Day>, Vec<Pattern>)>,
    /// The days of those that have one.
    epochs: Vec<Day>,
}

/// A row of the table of rules.
#[derive(Debug, Deserialize)]
struct Row {
    class: String,
    /// Empty where the rule was in force before any dated change.
    since: String,
    /// Patterns, parted by `|`, or `default` for those of the default class.
    counted: String,
    /// Empty where nothing changed.
    what: String,
    mark: String,
}

impl Row {
    fn since(&self) -> Option<Day> {
        (!self.since.is_empty()).then(|| self.since.parse().expect("a test reads the same file"))
    }
}

static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let table = include_str!("../rules/counting_rules.csv");
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    reader.deserialize().map(|row| row.expect("a test reads the same file")).collect()
});

static CLASSES: LazyLock<BTreeMap<&'static str, Class>> = LazyLock::new(|| {
    let mut classes: BTreeMap<&str, Class> = BTreeMap::new();
    for row in ROWS.iter() {
        let class = classes.entry(&row.class).or_default();
        let patterns = row.counted.split('|').filter(|counted| *counted != DEFAULT);
        let patterns = patterns.map(|text| Pattern::parse(text).expect("a test reads them all"));
        class.rules.push((row.since(), patterns.collect()));
        class.epochs.extend(row.since());
    }
    classes
});

static BY_LIBRARY: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let of_library = |class: &&'static str| Some((class.strip_prefix(OF_LIBRARY)?, *class));
    CLASSES.keys().filter_map(of_library).collect()
});

static CHANGES: LazyLock<Vec<Change>> = LazyLock::new(|| {
    let change = |row: &'static Row| {
        Some(Change { on: row.since()?, class: &row.class, what: &row.what, mark: &row.mark })
    };
    let mut changes: Vec<Change> = ROWS.iter().filter_map(change).collect();
    changes.sort_by_key(|change| (change.on, change.class));
    changes
});

/// What the rule of a class alone counts on a day.
fn patterns(class: &str, on: Day) -> Option<&'static [Pattern]> {
    let rules = &CLASSES.get(class)?.rules;
    let after = rules.partition_point(|(since, _)| since.is_none_or(|since| since <= on));
    let (_, patterns) = &rules[after.checked_sub(1)?];
    if patterns.is_empty() && class != DEFAULT {
        return self::patterns(DEFAULT, on);
    }
    Some(patterns)
}

#[cfg(test)]
mod tests;
