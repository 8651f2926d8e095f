//! Evaluation results: of the card's `model-index`, and of the repository's own files.

use serde_json::Value;

use super::card::object;
use crate::Facts;
use crate::fields::{Row, cut, shown};

/// Results that are kept; cards of embedding models hold a hundred, a few hold thousands.
const MAX_RESULTS: usize = 256;
/// Metrics of a result that are kept.
const MAX_METRICS: usize = 8;
/// What stands for a type that is not known.
const UNKNOWN: &str = "unknown";
/// Models of one index; it is that of one repository.
const MAX_MODELS: usize = 5_000;
/// Names of sources that are kept.
const MAX_SOURCES: usize = 16;

/// Reads the results of a card's `model-index`.
pub(super) fn of_index(card: &mut Row<'_>, facts: &mut Facts) {
    const KEY: &str = "model-index";
    let Some(index) = card.list(KEY) else { return };
    // What holds no results is nothing to count, and told.
    let lists = card.entries(KEY, index, MAX_MODELS, |model| match model.get("results") {
        None | Some(Value::Null) if model.is_object() => Ok(None),
        Some(Value::Array(results)) => Ok(Some(results)),
        Some(other) => Err(format!("expected a list of results, found {}", shown(other))),
        None => Err(format!("expected a model with its results, found {}", shown(model))),
    });
    let Some(lists) = lists else { return };
    let results: Vec<&Value> = lists.into_iter().flatten().collect();
    let Some(results) = card.entries(KEY, results, usize::MAX, a_result) else { return };
    let mut found = Found::default();
    for result in results {
        found.add_of_index(result);
    }
    facts.evaluation_count = Some(found.count);
    found.into_facts(facts);
}

/// Reads the results of the files in `.eval_results`, which stand above those of the card.
pub(super) fn of_files(row: &mut Row<'_>, facts: &mut Facts) {
    const KEY: &str = "evalResults";
    let Some(results) = row.list(KEY) else { return };
    let Some(results) = row.entries(KEY, results, usize::MAX, a_result) else { return };
    if results.is_empty() && facts.evaluation_results.is_some() {
        return;
    }
    facts.evaluation_count = Some(results.len() as i64);
    let mut found = Found::default();
    for result in results {
        found.add_of_file(result);
    }
    found.into_facts(facts);
}

fn a_result(result: &Value) -> Result<Option<&Value>, String> {
    if result.is_object() {
        return Ok(Some(result));
    }
    Err(format!("expected a result, found {}", shown(result)))
}

/// The results that were read so far.
#[derive(Default)]
struct Found {
    count: i64,
    results: Vec<String>,
    verified: i64,
    sources: Vec<String>,
}

impl Found {
    fn add_of_index(&mut self, result: &Value) {
        self.count += 1;
        let metrics = result.get("metrics").and_then(Value::as_array);
        let metrics: &[Value] = metrics.map_or(&[], Vec::as_slice);
        let is_verified = |metric: &&Value| metric.get("verified") == Some(&Value::Bool(true));
        self.verified += metrics.iter().filter(is_verified).count() as i64;
        let source = object(result, "source");
        self.add_source(source.and_then(|source| source.get("name").or(source.get("url"))));
        if self.results.len() >= MAX_RESULTS {
            return;
        }
        let word = |part: &str| name_of(result.get(part)?);
        let shown = metrics.iter().filter_map(shown_metric).take(MAX_METRICS);
        self.results.push(line(word("task"), word("dataset"), &shown.collect::<Vec<_>>()));
    }

    fn add_of_file(&mut self, result: &Value) {
        self.count += 1;
        self.verified += i64::from(result.get("verified") == Some(&Value::Bool(true)));
        let Some(data) = result.get("data") else { return };
        let source = object(data, "source");
        self.add_source(source.and_then(|source| source.get("name").or(source.get("url"))));
        if self.results.len() >= MAX_RESULTS {
            return;
        }
        let dataset = object(data, "dataset");
        let word = |key: &str| dataset.and_then(|dataset| dataset.get(key)).and_then(plain);
        // The file names a data set and a task of it; its metric is the data set's own.
        let value = data.get("value").and_then(plain).map(|value| format!("value={value}"));
        self.results.push(line(word("task_id"), word("id"), &Vec::from_iter(value)));
    }

    fn add_source(&mut self, source: Option<&Value>) {
        let Some(source) = source.and_then(plain) else { return };
        if self.sources.len() < MAX_SOURCES && !self.sources.contains(&source) {
            self.sources.push(source);
        }
    }

    fn into_facts(self, facts: &mut Facts) {
        facts.evaluation_results = Some(self.results);
        facts.evaluation_verified_count = Some(self.verified);
        facts.evaluation_sources = Some(self.sources);
    }
}

/// A metric with its value, as `f1=82.9`; the name where no type says it.
fn shown_metric(metric: &Value) -> Option<String> {
    let name = name_of(metric)?.replace([' ', '='], "_");
    let value = metric.get("value").and_then(plain).map(|value| value.replace(' ', ""));
    Some(format!("{name}={}", value.unwrap_or_default()))
}

/// The type of a part of a result, or its name where no type is known.
fn name_of(part: &Value) -> Option<String> {
    let word = |key: &str| {
        let word = part.get(key).and_then(plain);
        word.filter(|word| !word.eq_ignore_ascii_case(UNKNOWN))
    };
    word("type").or_else(|| word("name"))
}

fn line(task: Option<String>, dataset: Option<String>, metrics: &[String]) -> String {
    let [task, dataset] = [task, dataset].map(Option::unwrap_or_default);
    format!("{task} | {dataset} | {}", metrics.join(" "))
}

/// A text or a number in a form that can stand between bars.
fn plain(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        Value::Number(number) => number.to_string(),
        Value::Bool(value) => value.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then(|| cut(&text.replace('|', "/")))
}
