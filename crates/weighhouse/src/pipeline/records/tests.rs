use enrich::{Input, Source};
use schema::Instant;

use super::keep_last;

/// A model that was renamed while the listing was read is one model, as it was met last.
#[test]
fn a_model_that_is_met_twice_counts_as_it_was_met_last() {
    let page = br#"[{"_id":"1","id":"a/old","downloads":5},{"_id":"2","id":"b/c"},
        {"_id":"1","id":"a/new","downloads":7},{"id":"d/e"}]"#;
    let now = Instant::parse("2026-11-23T00:00:00Z").unwrap();
    let input = Input { file: "page", bytes: page, fault: None, now, read_at: Some(now) };
    let mut records = Source::HubListing.parse(input).records;
    assert_eq!(records.len(), 4);
    keep_last(&mut records);
    let kept: Vec<_> = records
        .iter()
        .map(|record| (record.model_id.as_str(), record.counters.downloads_30d))
        .collect();
    assert_eq!(kept, [("b/c", None), ("a/new", Some(7)), ("d/e", None)]);
}
