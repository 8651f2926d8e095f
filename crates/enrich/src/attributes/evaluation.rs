//! How the model did in tests, by what its card and its repository hold of results.

use schema::{Attribute, Confidence, Value, ValueType};

use super::describe::{blank, group};
use super::documentation::has_key;
use super::sections::{self, Section, has_section, heading_of};
use super::signs::{distinct, has_tag, is_one_of};
use super::{Context, Explanation, Family};
use crate::tables::Model;

/// The family.
pub(super) const FAMILY: Family = Family { attributes: ATTRIBUTES, derive, explain };

const NAME: &str = "evaluation";
const RESULTS: &str = "model-index of the card and results of the repository";
const NULL: &str = "distinct and sorted, of the first 256 results; null where the source does not \
                    carry results";
/// What tells that there are no results.
const INPUTS: &[&str] =
    &["evaluation_results", "evaluation_count", "card_keys", "tags", "file_paths"];
/// The topic of phrases on results.
const TOPIC: &str = "evaluation";

/// The descriptions, in the order of the values.
pub(super) const ATTRIBUTES: &[Attribute] = &[
    Attribute {
        name: "evaluation_result_count",
        unit: "results",
        title: "Evaluation results",
        meaning: "Number of evaluation results, each of one task and one data set, that the \
                  repository or its card holds.",
        source: RESULTS,
        method: "those of the repository's own files where it has any, else those of the card; 0 \
                 for a card without them; null where the source carries neither",
        inputs: &["evaluation_count", "card_keys", "tags", "file_paths"],
        ..blank(NAME, ValueType::Integer)
    },
    Attribute {
        name: "benchmark_count",
        unit: "benchmarks",
        title: "Number of benchmarks",
        meaning: "Number of data sets that the model was evaluated on.",
        source: RESULTS,
        method: NULL,
        inputs: INPUTS,
        ..blank(NAME, ValueType::Integer)
    },
    Attribute {
        name: "benchmarks",
        title: "Benchmarks",
        meaning: "Data sets that the model was evaluated on, as written; empty where it has no \
                  results.",
        source: RESULTS,
        method: NULL,
        inputs: INPUTS,
        ..blank(NAME, ValueType::TextList)
    },
    Attribute {
        name: "evaluation_tasks",
        title: "Evaluated tasks",
        meaning: "Tasks that the model was evaluated in; empty where it has no results.",
        source: RESULTS,
        method: NULL,
        inputs: INPUTS,
        ..blank(NAME, ValueType::TextList)
    },
    Attribute {
        name: "evaluation_metric_count",
        unit: "metrics",
        title: "Number of metrics",
        meaning: "Number of metrics in which results are given or that the card lists.",
        source: "results and metrics of the card",
        method: "lower case, distinct, of the first 8 metrics of each of the first 256 results; \
                 null where the source carries neither",
        inputs: &[
            "metrics",
            "evaluation_results",
            "evaluation_count",
            "card_keys",
            "tags",
            "file_paths",
        ],
        ..blank(NAME, ValueType::Integer)
    },
    Attribute {
        name: "evaluation_metrics",
        title: "Metrics",
        meaning: "Metrics in which results are given or that the card lists.",
        source: "results and metrics of the card",
        method: "lower case, distinct and sorted, of the first 8 metrics of each of the first 256 \
                 results; null where the source carries neither",
        inputs: &[
            "metrics",
            "evaluation_results",
            "evaluation_count",
            "card_keys",
            "tags",
            "file_paths",
        ],
        ..blank(NAME, ValueType::TextList)
    },
    Attribute {
        name: "evaluation_verified_count",
        unit: "values",
        title: "Verified values",
        meaning: "Number of values of results that the Hub marks as verified.",
        source: RESULTS,
        method: "0 for a card without results; null where the source does not carry results",
        inputs: &[
            "evaluation_verified_count",
            "evaluation_count",
            "card_keys",
            "tags",
            "file_paths",
        ],
        ..blank(NAME, ValueType::Integer)
    },
    Attribute {
        name: "has_verified_evaluation",
        title: "Verified results",
        meaning: "Whether the Hub marks any value of a result as verified.",
        source: RESULTS,
        method: "no for a card without results; null where the source does not carry results",
        inputs: &[
            "evaluation_verified_count",
            "evaluation_count",
            "card_keys",
            "tags",
            "file_paths",
        ],
        ..blank(NAME, ValueType::Boolean)
    },
    Attribute {
        name: "evaluation_sources",
        title: "Sources of results",
        meaning: "Where the results are said to come from, by name or address; empty where that \
                  is not said.",
        source: RESULTS,
        method: "distinct and sorted, the first 16; null where the source does not carry results",
        inputs: &["evaluation_sources", "evaluation_count", "card_keys", "tags", "file_paths"],
        ..blank(NAME, ValueType::TextList)
    },
    Attribute {
        name: "evaluation_origin",
        title: "Origin of results",
        meaning: "Whether results come from a leaderboard, from another source that is named, \
                  from one that is not said (unsaid), or do not exist (none).",
        source: RESULTS,
        method: "leaderboard where a source's name says so; null where the source does not carry \
                 results",
        inputs: &["evaluation_sources", "evaluation_count", "card_keys", "tags", "file_paths"],
        confidence: Confidence::Inferred,
        ..group(NAME)
    },
    Attribute {
        name: "has_evaluation_section",
        title: "Section on evaluation",
        meaning: "Whether the card has a section on how the model did in tests.",
        source: "headings of the card's text",
        method: sections::METHOD,
        inputs: sections::INPUTS,
        confidence: Confidence::Inferred,
        ..blank(NAME, ValueType::Boolean)
    },
    Attribute {
        name: "evaluation_form",
        title: "Form of evaluation",
        meaning: "Whether results are given in a form for machines (structured), in the card's \
                  text only (text), or not at all (none).",
        source: "results, and text of the card",
        method: "text by a section on evaluation, or a table beside a phrase on results; null \
                 where the card shows no results for machines and its text is not known",
        inputs: &[
            "evaluation_count",
            "card_keys",
            "tags",
            "file_paths",
            "readme_headings",
            "readme_topics",
            "readme_table_count",
        ],
        confidence: Confidence::Inferred,
        ..group(NAME)
    },
];

/// The parts of the results that were read.
struct Results<'a> {
    tasks: Vec<&'a str>,
    datasets: Vec<&'a str>,
    metrics: Vec<&'a str>,
}

fn derive(model: &Model, _context: &Context<'_>) -> Vec<Value> {
    let facts = &model.facts;
    let count = result_count(model);
    let is_none = count == Some(0);
    let results = facts.evaluation_results.as_deref().or(is_none.then_some(&[])).map(parts);
    let lists = results.map(|Results { tasks, datasets, metrics }| {
        [tasks, datasets, metrics].map(|words| distinct(words.into_iter().map(str::to_owned)))
    });
    let [tasks, benchmarks, of_results] = lists.map_or([None, None, None], |lists| lists.map(Some));
    let metrics = metrics(of_results, facts.metrics.as_deref());
    let length = |list: &Option<Vec<String>>| list.as_ref().map(|list| list.len() as i64);
    let verified = facts.evaluation_verified_count.filter(|count| *count >= 0);
    let verified = verified.or(is_none.then_some(0));
    let sources = facts
        .evaluation_sources
        .clone()
        .or(is_none.then(Vec::new))
        .map(|sources| distinct(sources.into_iter().map(|source| source.trim().to_owned())));
    let origin = origin(count, sources.as_deref());
    vec![
        count.into(),
        length(&benchmarks).into(),
        benchmarks.into(),
        tasks.into(),
        length(&metrics).into(),
        metrics.into(),
        verified.into(),
        verified.map(|count| count > 0).into(),
        sources.into(),
        origin.into(),
        has_section(model, Section::Evaluation).into(),
        form(model).into(),
    ]
}

fn explain(model: &Model, _context: &Context<'_>, name: &str) -> Option<Explanation> {
    let heading = || Some(format!("the heading '{}'", heading_of(model, Section::Evaluation)?));
    let because = match (name, form(model)) {
        ("has_evaluation_section", _) => heading()?,
        ("evaluation_form", Some("structured")) => "results that machines can read".to_owned(),
        ("evaluation_form", Some("text")) => {
            heading().unwrap_or_else(|| "a table beside a phrase on results".to_owned())
        }
        _ => return None,
    };
    Some(Explanation { confidence: Confidence::Inferred, because })
}

/// The number of results; 0 where the card is known to hold none and nothing else speaks of any.
pub(super) fn result_count(model: &Model) -> Option<i64> {
    if let Some(count) = model.facts.evaluation_count.filter(|count| *count >= 0) {
        return Some(count);
    }
    let is_without = has_key(model, "model-index") == Some(false);
    let is_tagged = has_tag(model, &["model-index", "eval-results"]);
    (is_without && !is_tagged).then_some(0)
}

/// The parts of results as `task | data set | metric=value …`.
fn parts(results: &[String]) -> Results<'_> {
    let mut parts = Results { tasks: Vec::new(), datasets: Vec::new(), metrics: Vec::new() };
    for result in results {
        let mut fields = result.split('|').map(str::trim);
        parts.tasks.extend(fields.next());
        parts.datasets.extend(fields.next());
        let metrics = fields.next().unwrap_or_default().split(' ');
        parts.metrics.extend(metrics.filter_map(|metric| Some(metric.split_once('=')?.0)));
    }
    parts
}

/// Metrics of the results and those that the card lists, in lower case; a value without a name of
/// its metric is none.
fn metrics(of_results: Option<Vec<String>>, listed: Option<&[String]>) -> Option<Vec<String>> {
    if of_results.is_none() && listed.is_none() {
        return None;
    }
    let of_results = of_results.into_iter().flatten().filter(|metric| metric != "value");
    let listed = listed.into_iter().flatten().cloned();
    Some(distinct(of_results.chain(listed).map(|metric| metric.trim().to_lowercase())))
}

fn origin(count: Option<i64>, sources: Option<&[String]>) -> Option<&'static str> {
    let sources = match (count?, sources) {
        (0, _) => return Some("none"),
        (_, sources) => sources?,
    };
    let is_board = |source: &String| source.to_lowercase().contains("leaderboard");
    Some(match sources {
        [] => "unsaid",
        sources if sources.iter().any(is_board) => "leaderboard",
        _ => "named",
    })
}

/// In which form results are given.
pub(super) fn form(model: &Model) -> Option<&'static str> {
    let count = result_count(model);
    if count.is_some_and(|count| count > 0) {
        return Some("structured");
    }
    let has_section = has_section(model, Section::Evaluation)?;
    let facts = &model.facts;
    let speaks = facts.readme_topics.iter().flatten().any(|topic| is_one_of(topic, &[TOPIC]));
    let has_table = facts.readme_table_count.is_some_and(|count| count > 0);
    if has_section || (speaks && has_table) {
        return Some("text");
    }
    (count == Some(0)).then_some("none")
}

#[cfg(test)]
mod tests;
