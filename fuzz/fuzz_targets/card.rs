//! Cards: the fields of their front matter, a line of three dashes, and their text.

#![no_main]

use enrich::Model;
use fuzz::CARD;
use libfuzzer_sys::fuzz_target;
use serde_json::json;

const FENCE: &[u8] = b"\n---\n";

fuzz_target!(|bytes: &[u8]| {
    let fence = bytes.windows(FENCE.len()).position(|window| window == FENCE);
    let (card, text) = match fence {
        Some(at) => (&bytes[..at], &bytes[at + FENCE.len()..]),
        None => (bytes, bytes),
    };
    let (card, text) = (fuzz::value(card), String::from_utf8_lossy(text));
    let entry = json!({ "id": fuzz::MODEL_ID, "cardData": card });
    let parsed = fuzz::parse_details(&entry, &text);
    assert_eq!(parsed.records.len(), 1);
    if card.is_object() {
        fuzz::wrong_is_told(&card, &CARD, &parsed);
        // A dump's text says the same.
        let of_text = fuzz::parse_entry(json!({ "cardData": card.to_string() }));
        let of_fields = fuzz::parse_entry(json!({ "cardData": card }));
        assert_eq!(of_text.records, of_fields.records);
        assert_eq!(of_text.problems, of_fields.problems);
    }
    let facts = parsed.records.into_iter().map(|record| record.facts);
    let models: Vec<_> = facts.map(|facts| Model::new(fuzz::MODEL_ID, facts)).collect();
    fuzz::derived_holds(&models);
});
