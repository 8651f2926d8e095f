//! Pages of the Hub's listing: any bytes, and pages of any entries.

#![no_main]

use enrich::{Model, Source};
use fuzz::{CARD, CONFIGURATION, ENTRY};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

/// Entries of a page that are looked at one by one.
const MAX_ENTRIES: usize = 4;

fuzz_target!(|bytes: &[u8]| {
    let parsed = fuzz::parse(Source::HubListing, bytes);
    fuzz::parsed_holds(&parsed);
    let models = parsed.records.into_iter().take(MAX_ENTRIES);
    let models: Vec<_> = models.map(|record| Model::new(&record.model_id, record.facts)).collect();
    fuzz::derived_holds(&models);
    let entries = match fuzz::value(bytes) {
        Value::Array(entries) => entries,
        other => vec![other],
    };
    for entry in entries.into_iter().filter(Value::is_object).take(MAX_ENTRIES) {
        let parsed = fuzz::parse_entry(entry.clone());
        fuzz::wrong_is_told(&entry, &ENTRY, &parsed);
        for (part, fields) in [("config", &CONFIGURATION[..]), ("cardData", &CARD[..4])] {
            if let Some(part) = entry.get(part).filter(|part| part.is_object()) {
                fuzz::wrong_is_told(part, fields, &parsed);
            }
        }
    }
});
