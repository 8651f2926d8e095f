//! Which programs can load a model, by its library, its tags and its formats.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::attributes::rules;
use crate::attributes::signs::{formats, tags};
use crate::attributes::word_table::WordTable;
use crate::tables::Model;

#[derive(Debug, Deserialize)]
struct Rule {
    runtime: String,
    libraries: String,
    tags: String,
    formats: String,
    evidence: String,
}

/// The rules by what shows them, in any case.
struct Rules {
    libraries: Signs,
    tags: Signs,
    formats: Signs,
}

/// Words, each with the programs that it shows.
struct Signs {
    words: WordTable,
    runtimes: Vec<Vec<&'static str>>,
}

static ROWS: LazyLock<Vec<Rule>> =
    LazyLock::new(|| rules::rows(include_str!("../../../rules/runtimes.csv")));
static RULES: LazyLock<Rules> = LazyLock::new(|| Rules {
    libraries: Signs::of(|row| &row.libraries),
    tags: Signs::of(|row| &row.tags),
    formats: Signs::of(|row| &row.formats),
});

impl Signs {
    fn of(written: fn(&'static Rule) -> &'static str) -> Self {
        let mut signs: Vec<(&'static str, Vec<&'static str>)> = Vec::new();
        for row in ROWS.iter() {
            for sign in written(row).split('|').filter(|sign| !sign.is_empty()) {
                match signs.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(sign)) {
                    Some((_, runtimes)) => runtimes.push(&row.runtime),
                    None => signs.push((sign, vec![&row.runtime])),
                }
            }
        }
        let words = WordTable::of(signs.iter().map(|(sign, _)| *sign));
        Self { words, runtimes: signs.into_iter().map(|(_, runtimes)| runtimes).collect() }
    }

    fn find(&self, sign: &str) -> &[&'static str] {
        self.words.place(sign).map_or(&[], |place| &self.runtimes[place])
    }
}

/// The programs, sorted; `None` where neither library nor tags nor formats are known.
pub(super) fn of(model: &Model) -> Option<Vec<&'static str>> {
    let library = model.facts.library.as_deref();
    let formats = formats(model);
    if library.is_none() && formats.is_none() {
        return None;
    }
    let by_library = library.map(|library| RULES.libraries.find(library.trim()));
    let by_tag = tags(model).iter().map(|tag| RULES.tags.find(tag));
    let by_format = formats.iter().flatten().map(|format| RULES.formats.find(format));
    let mut found: Vec<&str> =
        by_library.into_iter().chain(by_tag).chain(by_format).flatten().copied().collect();
    found.sort_unstable();
    found.dedup();
    Some(found)
}

/// The evidence of each program, for those who ask why.
pub(super) fn describe(model: &Model) -> Option<String> {
    let found = of(model)?;
    let rows = ROWS.iter().filter(|row| found.contains(&row.runtime.as_str()));
    let shown: Vec<String> = rows.map(|row| format!("{}: {}", row.runtime, row.evidence)).collect();
    (!shown.is_empty()).then(|| shown.join("; "))
}
