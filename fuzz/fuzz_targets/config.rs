//! Configurations, as fields and as the text in which dumps hold them.

#![no_main]

use enrich::Model;
use fuzz::CONFIGURATION;
use libfuzzer_sys::fuzz_target;
use serde_json::json;

fuzz_target!(|bytes: &[u8]| {
    let config = fuzz::value(bytes);
    let parsed = fuzz::parse_entry(json!({ "config": config }));
    if config.is_object() {
        fuzz::wrong_is_told(&config, &CONFIGURATION, &parsed);
        // A dump's text says the same.
        let of_text = fuzz::parse_entry(json!({ "config": config.to_string() }));
        assert_eq!(of_text.records[0].facts, parsed.records[0].facts);
        assert_eq!(of_text.problems, parsed.problems);
    }
    let facts = parsed.records.into_iter().map(|record| record.facts);
    let models: Vec<_> = facts.map(|facts| Model::new(fuzz::MODEL_ID, facts)).collect();
    fuzz::derived_holds(&models);
});
