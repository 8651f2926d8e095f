//! The front matter of a card as the Hub parsed it: YAML that anybody may have written.

use serde_json::{Map, Value};

use super::results;
use crate::Facts;
use crate::fields::{Row, shown};

/// Entries of a list on a card; the longest real ones, of data sets, have some hundreds.
const MAX_ITEMS: usize = 5_000;
/// Bytes of a text on a card that is an identifier, a name or an address.
const MAX_TEXT_BYTES: usize = 2_000;
/// Characters of a field's name that are kept.
const MAX_NAME_CHARACTERS: usize = 200;
/// Millionths of a gram; more than all of computing emits in a year is a slip.
const MAX_MICROGRAMS: f64 = 9e18;
/// Keys under which a gate shows words of its own.
const GATE_WORDS: [&str; 4] = [
    "extra_gated_prompt",
    "extra_gated_heading",
    "extra_gated_description",
    "extra_gated_button_content",
];

/// Reads what the card says into facts that the entry itself does not tell.
pub(super) fn read(row: &mut Row<'_>, facts: &mut Facts) {
    match row.present("cardData") {
        None => {}
        Some(Value::Object(card)) => of_card(&mut row.part(card), facts),
        // Dumps hold the card as a JSON string.
        Some(Value::String(text)) => match serde_json::from_str::<Value>(text) {
            Ok(Value::Object(card)) => of_card(&mut row.part(&card), facts),
            Ok(Value::Null) => {}
            Ok(other) => row.fault("cardData", format!("a card is fields, not {}", shown(&other))),
            Err(fault) => row.fault("cardData", format!("the card is not JSON: {fault}")),
        },
        Some(other) => row.fault("cardData", format!("a card is fields, not {}", shown(other))),
    }
}

fn of_card(card: &mut Row<'_>, facts: &mut Facts) {
    facts.card_keys = Some(card.keys());
    facts.license = one_text(card, "license");
    facts.license_name = one_text(card, "license_name");
    facts.license_link = one_text(card, "license_link");
    facts.languages = languages(card);
    facts.datasets = texts(card, "datasets");
    facts.base_models = texts(card, "base_model");
    facts.base_relation = one_text(card, "base_model_relation");
    facts.metrics = texts(card, "metrics");
    facts.new_version = one_text(card, "new_version");
    facts.widget_count = length(card, "widget");
    if facts.task.is_none() {
        facts.task = one_text(card, "pipeline_tag");
    }
    if facts.library.is_none() {
        facts.library = one_text(card, "library_name");
    }
    // The entry repeats the card's results, if it shows them at all.
    if facts.evaluation_results.is_none() {
        results::of_index(card, facts);
    }
    emissions(card, facts);
    gate(card, facts);
}

/// A text; of a list, the first one.
fn one_text(card: &mut Row<'_>, key: &str) -> Option<String> {
    let text = match card.present(key)? {
        Value::Array(items) => match items.first()? {
            Value::String(text) => text.trim().to_owned(),
            other => {
                card.fault(key, format!("expected text, found {}", shown(other)));
                return None;
            }
        },
        _ => card.text(key)?,
    };
    if text.len() > MAX_TEXT_BYTES {
        card.fault(key, format!("the text is longer than {MAX_TEXT_BYTES} bytes"));
        return None;
    }
    (!text.is_empty()).then_some(text)
}

/// YAML 1.1 reads an unquoted `no` (Norwegian) as false.
fn languages(card: &mut Row<'_>) -> Option<Vec<String>> {
    match card.present("language") {
        Some(Value::Bool(false)) => Some(vec!["no".to_owned()]),
        _ => texts(card, "language"),
    }
}

/// A list of texts, of which there may be too many.
fn texts(card: &mut Row<'_>, key: &str) -> Option<Vec<String>> {
    let items = card.present(key).and_then(Value::as_array);
    if items.is_some_and(|items| items.len() > MAX_ITEMS) {
        card.fault(key, format!("the list has more than {MAX_ITEMS} entries"));
        return None;
    }
    let is_other = |item: &&Value| matches!(item, Value::Object(_) | Value::Array(_));
    if let Some(other) = items.and_then(|items| items.iter().find(is_other)) {
        card.fault(key, format!("expected texts, found {}", shown(other)));
    }
    let mut texts = card.texts(key)?;
    if texts.iter().any(|text| text.len() > MAX_TEXT_BYTES) {
        card.fault(key, format!("an entry is longer than {MAX_TEXT_BYTES} bytes"));
        texts.retain(|text| text.len() <= MAX_TEXT_BYTES);
    }
    Some(texts)
}

/// How many entries a list has; one thing is a list of one.
fn length(card: &Row<'_>, key: &str) -> Option<i64> {
    Some(match card.present(key)? {
        Value::Array(items) => items.len() as i64,
        Value::Bool(false) => 0,
        _ => 1,
    })
}

/// Grams, or an object that says more.
fn emissions(card: &mut Row<'_>, facts: &mut Facts) {
    const KEY: &str = "co2_eq_emissions";
    let Some(value) = card.present(KEY) else { return };
    let Value::Object(about) = value else {
        facts.emissions_micrograms = micrograms(card, KEY, value);
        return;
    };
    if let Some(emissions) = about.get("emissions").filter(|value| !value.is_null()) {
        facts.emissions_micrograms = micrograms(card, KEY, emissions);
    }
    let mut about = card.part(about);
    facts.emissions_source = one_text(&mut about, "source");
    facts.emissions_stage = one_text(&mut about, "training_type");
    facts.emissions_hardware = one_text(&mut about, "hardware_used");
    facts.emissions_location = one_text(&mut about, "geographical_location");
}

/// A number, or text that begins with one and its unit, as `1.5 kg`.
fn micrograms(card: &mut Row<'_>, key: &str, value: &Value) -> Option<i64> {
    let grams = match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => grams_of(text),
        _ => None,
    };
    let micrograms = grams.map(|grams| (grams * 1e6).round());
    let is_sound = |micrograms: &f64| (0.0..MAX_MICROGRAMS).contains(micrograms);
    let Some(micrograms) = micrograms.filter(is_sound) else {
        card.fault(key, format!("expected grams, found {}", shown(value)));
        return None;
    };
    Some(micrograms as i64)
}

fn grams_of(text: &str) -> Option<f64> {
    let text = text.trim();
    let is_of_number = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
    let end = text.find(|c| !is_of_number(c)).unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let number: f64 = number.replace(',', "").parse().ok()?;
    let unit = unit.trim_start().to_ascii_lowercase();
    let word = unit.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    let grams_per_unit = match word {
        "" | "g" | "gram" | "grams" | "gco2" | "gco2eq" | "gco2e" => 1.0,
        "mg" => 1e-3,
        "kg" | "kgco2" | "kgco2eq" | "kgco2e" | "kilogram" | "kilograms" => 1e3,
        "t" | "tco2" | "tco2eq" | "tco2e" | "ton" | "tons" | "tonne" | "tonnes" => 1e6,
        _ => return None,
    };
    Some(number * grams_per_unit)
}

/// The form that stands before the files.
fn gate(card: &mut Row<'_>, facts: &mut Facts) {
    let has_words = GATE_WORDS.iter().any(|key| card.present(key).is_some());
    let fields = match card.present("extra_gated_fields") {
        None => None,
        Some(Value::Object(fields)) => Some(fields.keys().map(|name| field_name(name))),
        Some(other) => {
            let reason = format!("expected the fields of a form, found {}", shown(other));
            card.fault("extra_gated_fields", reason);
            None
        }
    };
    let is_form = has_words || fields.is_some();
    facts.gate_fields = fields.map(|names| names.take(MAX_ITEMS).collect());
    facts.gate_has_terms = is_form.then_some(has_words);
    facts.gate_excludes_eu = card.boolean("extra_gated_eu_disallowed");
}

/// Some forms have whole sentences for names.
fn field_name(name: &str) -> String {
    name.trim().chars().take(MAX_NAME_CHARACTERS).collect()
}

/// What the Hub's security scan says, where an answer was asked for it.
pub(super) fn security(row: &mut Row<'_>, facts: &mut Facts) {
    let Some(status) = row.object("securityRepoStatus") else { return };
    let issues = status.get("filesWithIssues").and_then(Value::as_array).map(Vec::len);
    let is_done = status.get("scansDone").and_then(Value::as_bool);
    let word = match (is_done, issues) {
        (_, Some(issues)) if issues > 0 => "issues",
        (Some(true), Some(_)) => "clean",
        (Some(false), _) => "pending",
        _ => return,
    };
    facts.security_scan = Some(word.to_owned());
    facts.security_issue_count = issues.filter(|_| word != "pending").map(|issues| issues as i64);
}

/// An object of a card; none where there is another thing.
pub(super) fn object<'a>(value: &'a Value, key: &str) -> Option<&'a Map<String, Value>> {
    value.get(key)?.as_object()
}

#[cfg(test)]
mod tests;
