//! What the fuzz targets share: how bytes become input, and what must hold of what comes out.
//!
//! Beside "never a panic": what is of a wrong type is unknown *and* told, ids name no paths, texts
//! are short and hide nothing, facts survive the way to a table and back, and every model has
//! exactly one value of the described type for each attribute.

mod expected;
mod holds;
mod values;

pub use expected::{CARD, CONFIGURATION, ENTRY, Field, Kind, wrong_is_told};
pub use holds::{derived_holds, parsed_holds};
pub use values::value;

use enrich::{Input, Parsed, Source};
use schema::Instant;
use serde_json::{Value, json};

/// The id of the model that an entry is made for.
pub const MODEL_ID: &str = "acme/tiny-8x7B-GGUF";

/// The present of every run: 2026-09-01.
#[must_use]
pub const fn now() -> Instant {
    Instant::from_millis(1_788_220_800_000)
}

/// Parses bytes as a source of ours.
#[must_use]
pub fn parse(source: Source, bytes: &[u8]) -> Parsed {
    source.parse(Input { file: "input", bytes, fault: None, now: now(), read_at: Some(now()) })
}

/// Parses a page of one entry, to which an id is given, and checks what must hold.
#[must_use]
pub fn parse_entry(mut entry: Value) -> Parsed {
    entry["id"] = MODEL_ID.into();
    let page = Value::from(vec![entry]).to_string();
    let parsed = parse(Source::HubListing, page.as_bytes());
    parsed_holds(&parsed);
    assert_eq!(parsed.records.len(), 1, "a sound id makes a record: {page}");
    parsed
}

/// Parses a recorded answer with a card, of which `body` is the text, and checks what must hold.
#[must_use]
pub fn parse_details(entry: &Value, body: &str) -> Parsed {
    let line = json!({
        "status": {"code": 200}, "date": "Thu, 20 Aug 2026 10:00:00 GMT", "body": entry.to_string(),
        "card": {"status": {"code": 200}, "body": body},
    });
    let parsed = parse(Source::HubDetails, line.to_string().as_bytes());
    parsed_holds(&parsed);
    parsed
}
