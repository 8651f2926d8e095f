//! Which programs can load a model, by its library, its tags and its formats.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::attributes::rules;
use crate::attributes::signs::{formats, in_lower_case, tags};
use crate::tables::Model;

#[derive(Debug, Deserialize)]
struct Rule {
    runtime: String,
    libraries: String,
    tags: String,
    formats: String,
    evidence: String,
}

/// The rules by what shows them, all in lower case.
#[derive(Default)]
struct Rules {
    libraries: HashMap<String, Vec<&'static str>>,
    tags: HashMap<String, Vec<&'static str>>,
    formats: HashMap<String, Vec<&'static str>>,
}

static ROWS: LazyLock<Vec<Rule>> =
    LazyLock::new(|| rules::rows(include_str!("../../../rules/runtimes.csv")));
static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let mut rules = Rules::default();
    for row in ROWS.iter() {
        add(&mut rules.libraries, &row.libraries, &row.runtime);
        add(&mut rules.tags, &row.tags, &row.runtime);
        add(&mut rules.formats, &row.formats, &row.runtime);
    }
    rules
});

fn add(rules: &mut HashMap<String, Vec<&'static str>>, signs: &str, runtime: &'static str) {
    for sign in signs.split('|').filter(|sign| !sign.is_empty()) {
        rules.entry(sign.to_ascii_lowercase()).or_default().push(runtime);
    }
}

/// The programs, sorted; `None` where neither library nor tags nor formats are known.
pub(super) fn of(model: &Model) -> Option<Vec<&'static str>> {
    let library = model.facts.library.as_deref();
    let formats = formats(model);
    if library.is_none() && formats.is_none() {
        return None;
    }
    let by_library = library.and_then(|library| find(&RULES.libraries, library.trim()));
    let by_tag = tags(model).iter().filter_map(|tag| find(&RULES.tags, tag));
    let by_format = formats.iter().flatten().filter_map(|format| find(&RULES.formats, format));
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

fn find<'a>(
    rules: &'a HashMap<String, Vec<&'static str>>,
    sign: &str,
) -> Option<&'a Vec<&'static str>> {
    rules.get(in_lower_case(sign).as_ref())
}
