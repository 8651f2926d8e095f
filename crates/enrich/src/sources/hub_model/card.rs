//! The front matter of a card as the Hub parsed it: YAML that anybody may have written.

use serde_json::{Map, Value};

use super::results;
use crate::Facts;
use crate::fields::{Row, embedded, fault_of_text, is_hidden, shown};
use crate::lineage::MAX_BASES;

/// Entries of a list on a card; the longest real ones, of data sets, have some hundreds.
const MAX_ITEMS: usize = 5_000;
const KEY: &str = "cardData";
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
    match row.present(KEY) {
        None => {}
        Some(Value::Object(card)) => of_card(&mut row.part(card), facts),
        // Dumps hold the card as a JSON string.
        Some(Value::String(text)) => match embedded(text) {
            Ok(card) => {
                if let Some(card) = card {
                    of_card(&mut row.part(&card), facts);
                }
            }
            Err(fault) => row.fault(KEY, fault),
        },
        Some(other) => row.fault(KEY, format!("expected fields, found {}", shown(other))),
    }
}

fn of_card(card: &mut Row<'_>, facts: &mut Facts) {
    facts.card_keys = keys(card);
    facts.license = one_text(card, "license");
    facts.license_name = one_text(card, "license_name");
    facts.license_link = one_text(card, "license_link");
    facts.languages = languages(card);
    facts.datasets = card.texts_up_to("datasets", MAX_ITEMS);
    facts.base_models = card.texts_up_to("base_model", MAX_BASES);
    facts.base_relation = one_text(card, "base_model_relation");
    facts.metrics = card.texts_up_to("metrics", MAX_ITEMS);
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

/// The names of the card's fields.
fn keys(card: &mut Row<'_>) -> Option<Vec<String>> {
    let names = card.fields();
    card.entries(KEY, names, MAX_ITEMS, |(name, _)| {
        fault_of_text(name).map_or_else(|| Ok(Some(name.clone())), Err)
    })
}

/// A text; of a list, the first one.
fn one_text(card: &mut Row<'_>, key: &str) -> Option<String> {
    match card.present(key)? {
        Value::Array(_) => card.texts_up_to(key, MAX_ITEMS)?.into_iter().next(),
        _ => card.text(key),
    }
}

/// YAML 1.1 reads an unquoted `no` (Norwegian) as false.
fn languages(card: &mut Row<'_>) -> Option<Vec<String>> {
    match card.present("language") {
        Some(Value::Bool(false)) => Some(vec!["no".to_owned()]),
        _ => card.texts_up_to("language", MAX_ITEMS),
    }
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
    const FIELDS: &str = "extra_gated_fields";
    let has_words = GATE_WORDS.iter().any(|key| card.present(key).is_some());
    let is_form = has_words || card.present(FIELDS).is_some();
    let fields = card.object(FIELDS);
    facts.gate_fields = fields.and_then(|fields| {
        card.entries(FIELDS, fields, MAX_ITEMS, |(name, _)| Ok(Some(field_name(name))))
    });
    facts.gate_has_terms = is_form.then_some(has_words);
    facts.gate_excludes_eu = card.boolean("extra_gated_eu_disallowed");
}

/// Some forms have whole sentences for names.
fn field_name(name: &str) -> String {
    name.trim().chars().filter(|c| !is_hidden(*c)).take(MAX_NAME_CHARACTERS).collect()
}

/// What the Hub's security scan says, where an answer was asked for it.
pub(super) fn security(row: &mut Row<'_>, facts: &mut Facts) {
    if row.object("securityRepoStatus").is_none() {
        return;
    }
    let issues = row.list("securityRepoStatus.filesWithIssues").map(<[Value]>::len);
    let is_done = row.boolean("securityRepoStatus.scansDone");
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
