use enrich::{Input, Source};
use schema::Instant;

use super::*;

/// A model that was renamed while the listing was read is one model, as it was met last.
#[test]
fn a_model_that_is_met_twice_counts_as_it_was_met_last() {
    let page = br#"[{"_id":"1","id":"a/old","downloads":5},{"_id":"2","id":"b/c"},
        {"_id":"1","id":"a/new","downloads":7},{"id":"d/e"},{"_id":"2","id":"b/d"},{"_id":"1","id":"a/newer"}]"#;
    let now = Instant::parse("2026-11-23T00:00:00Z").unwrap();
    let input = Input { file: "page", bytes: page, fault: None, now, read_at: Some(now) };
    let records = Source::HubListing.parse(input).records;
    assert_eq!(records.len(), 6);
    let mut superseded = Superseded::default();
    for (ordinal, record) in records.iter().enumerate() {
        superseded.see(ordinal as u64, identity(record));
    }
    assert_eq!(superseded.into_ordinals(), [0, 1, 2]);
}
