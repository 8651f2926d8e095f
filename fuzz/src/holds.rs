//! What holds of everything that was parsed and derived, whatever the input was.

use std::sync::LazyLock;

use enrich::attributes::{catalogue, derive};
use enrich::{FACT_COLUMNS, Facts, MODEL_COLUMNS, Model, ModelRows, Parsed, Record, Registry};
use schema::{Attribute, Value};
use store::{Column, batch_of_values};

use crate::now;

/// The catalogue, in the order of the values.
static ATTRIBUTES: LazyLock<Vec<&Attribute>> = LazyLock::new(|| catalogue().collect());
/// Bytes of the longest text of a list: a name and its number, or a result with eight metrics.
const MAX_TEXT_BYTES: usize = 8_000;

/// Checks the records and problems of a file.
pub fn parsed_holds(parsed: &Parsed) {
    assert!(parsed.problem_count >= parsed.problems.len() as u64);
    assert!(parsed.problems.len() <= 10_000);
    for problem in &parsed.problems {
        assert_eq!(problem.file, "input");
        assert!(!problem.reason.is_empty(), "{problem:?}");
        let shown = problem.to_string();
        assert!(shown.len() < 2_000 && !shown.chars().any(char::is_control), "{problem:?}");
    }
    parsed.records.iter().for_each(record_holds);
}

fn record_holds(record: &Record) {
    assert!(is_id(&record.model_id), "{record:?}");
    let is_hexadecimal = |id: &String| !id.is_empty() && id.bytes().all(|b| b.is_ascii_hexdigit());
    assert!(record.hub_id.as_ref().is_none_or(is_hexadecimal), "{record:?}");
    assert!(record.line > 0);
    let counters = &record.counters;
    for counter in [counters.downloads_30d, counters.downloads_all_time, counters.likes] {
        assert!(counter.is_none_or(|counter| counter >= 0), "{record:?}");
    }
    let values = record.facts.clone().into_values();
    for ((name, value_type), value) in FACT_COLUMNS.iter().zip(&values) {
        assert!(value.value_type().is_none_or(|given| given == *value_type), "{name}");
        match value {
            Value::Text(text) => text_holds(name, text),
            Value::TextList(texts) => texts.iter().for_each(|text| text_holds(name, text)),
            Value::Integer(number) => assert!(*number >= 0, "{name} is {number}"),
            _ => {}
        }
    }
    assert_eq!(Facts::from_values(&mut values.into_iter()), record.facts);
}

/// Whether a text is an id, and no path that leads anywhere else.
fn is_id(id: &str) -> bool {
    let is_part = |part: &str| {
        let is_of_name = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
        part.bytes().all(is_of_name) && part.bytes().any(|byte| byte != b'.')
    };
    id.len() <= 256 && id.split('/').count() <= 2 && id.split('/').all(is_part)
}

fn text_holds(name: &str, text: &str) {
    assert!(text.len() <= MAX_TEXT_BYTES, "{name} has {} bytes", text.len());
    let is_hidden = |c: char| {
        let is_blank = matches!(c, '\t' | '\n' | '\r');
        (c.is_control() && !is_blank) || ('\u{202a}'..='\u{202e}').contains(&c)
    };
    assert!(!text.chars().any(is_hidden), "{name} hides something: {text:?}");
}

/// Checks what is derived of models: one value of the described type for each attribute.
pub fn derived_holds(models: &[Model]) {
    let columns = derive(models, Registry::builtin(), now());
    assert_eq!(columns.len(), ATTRIBUTES.len());
    for (attribute, column) in ATTRIBUTES.iter().zip(&columns) {
        assert_eq!(column.len(), models.len(), "{}", attribute.name);
        column.iter().for_each(|value| value_holds(attribute, value));
    }
    for model in models {
        let values = model.clone().into_values();
        assert_eq!(values.len(), MODEL_COLUMNS.len());
        let column = |(name, value_type): &(&'static str, _)| Column { name, value_type: *value_type };
        let columns: Vec<Column> = MODEL_COLUMNS.iter().map(column).collect();
        let values: Vec<Vec<Value>> = values.into_iter().map(|value| vec![value]).collect();
        let batch = batch_of_values(&columns, &values);
        assert_eq!(&ModelRows::of(&batch).read(0), model);
    }
}

fn value_holds(attribute: &Attribute, value: &Value) {
    let name = attribute.name;
    let is_described = value.value_type().is_none_or(|given| given == attribute.value_type);
    assert!(is_described, "{name}: {value:?}");
    match value {
        Value::Text(text) => assert!(!text.is_empty(), "{name} is empty instead of unknown"),
        Value::Number(number) => {
            assert!(number.is_finite(), "{name} is {number}");
            let is_share = name.ends_with("_share");
            assert!(!is_share || (0.0..=1.0).contains(number), "{name} is {number}");
        }
        Value::Integer(number) => {
            let is_count = name.ends_with("_count") || name.ends_with("_bytes");
            assert!(!is_count || *number >= 0, "{name} is {number}");
        }
        _ => {}
    }
}
