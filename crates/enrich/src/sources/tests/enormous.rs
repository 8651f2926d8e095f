//! Enormous input: bounded time and memory, and told.

use std::io::Read as _;

use serde_json::{Value, json};

use super::bad_input::{only_problem, page, values};
use super::{now, parse, show};
use crate::sources::{Content, Opened, Source};

#[test]
fn enormous_parts_of_an_entry_are_told_and_unknown() {
    let tags: Vec<String> = (0..1_000_000).map(|tag| tag.to_string()).collect();
    let (problem, facts) = only_problem(&json!({ "tags": tags }));
    assert!(problem.contains("tags: the list has more than 200000 entries"), "{problem}");
    assert_eq!((facts.tags, facts.base_models), (None, None));
    let (problem, facts) = only_problem(&json!({ "config": "x".repeat(17 << 20) }));
    assert!(problem.contains("config: the text is longer than 16 MiB"), "{problem}");
    assert_eq!(facts.model_type, None);
    let (problem, facts) = only_problem(&json!({"cardData": {"license": "x".repeat(50 << 20)}}));
    assert!(problem.contains("license: a text is longer than 2000 bytes"), "{problem}");
    assert_eq!(facts.license, None);
    let keys = (0..6_000).map(|key| (key.to_string(), json!(1)));
    let (problem, facts) = only_problem(&json!({"cardData": Value::Object(keys.collect())}));
    assert!(problem.contains("cardData: the list has more than 5000 entries"), "{problem}");
    assert_eq!(facts.card_keys, None);
}

/// As many files as the Hub advises at most are no fault.
#[test]
fn a_hundred_thousand_files_are_read() {
    let files: Vec<String> =
        (0..100_000).map(|file| format!("model-{file:05}-Q4_K_M.gguf")).collect();
    let parsed = page(&json!({ "siblings": files }));
    assert_eq!(parsed.problem_count, 0);
    assert_eq!(parsed.records[0].facts.file_paths.as_ref().unwrap().len(), 100_000);
    // A hundred thousand names are looked at word by word, in bounded time.
    assert_eq!(values(&parsed, &["model_name"]), [schema::Value::Text("b".to_owned())]);
}

#[test]
fn nesting_without_an_end_is_told_for_the_row_or_the_field() {
    let deep = "[".repeat(1_000_000) + &"]".repeat(1_000_000);
    let text = format!(r#"[{{"id": "a/b", "tags": {deep}}}, {{"id": "a/c"}}]"#);
    let parsed = parse(Source::HubListing, "page.json", text.as_bytes());
    assert_eq!(parsed.records.len(), 1);
    let shown = show(&parsed);
    assert!(
        shown.contains("page.json:1: the line is not JSON: recursion limit exceeded"),
        "{shown}"
    );
    let (problem, facts) = only_problem(&json!({ "cardData": deep, "config": {} }));
    assert!(
        problem.contains("cardData: the text is not JSON: recursion limit exceeded"),
        "{problem}"
    );
    assert_eq!(facts.card_keys, None);
    // The page's own end may lie that deep, too.
    let parsed = parse(Source::HubListing, "page.json", "[".repeat(1_000_000).as_bytes());
    assert!(show(&parsed).contains("not a JSON array"), "{}", show(&parsed));
}

#[test]
fn a_line_of_a_hundred_megabytes_is_left_out_and_the_next_one_read() {
    let long = std::io::Read::take(std::io::repeat(b'x'), 100 << 20);
    let next = &b"\n{\"id\":\"a/b\",\"downloads_30d\":5}\n"[..];
    let mut text = std::io::BufReader::new(long.chain(next));
    let content: Content<'_, bytes::Bytes> = Content::Text(&mut text);
    let opened = Opened { file: super::RADAR, content, now: now(), read_at: None };
    let mut ids = Vec::new();
    let summary = Source::Radar.read(opened, &mut |record| ids.push(record.model_id));
    assert_eq!(ids, ["a/b"]);
    assert_eq!(summary.problem_count, 1);
    let shown = summary.problems[0].to_string();
    assert!(shown.ends_with(":1: the line is longer than 64 MiB (row left out)"), "{shown}");
}

#[test]
fn a_model_of_more_than_64_mib_is_left_out_and_the_next_one_read() {
    let long = "x".repeat(65 << 20);
    let text = format!("[{{\"id\": \"a/b\", \"x\": \"{long}\"}},\n{{\"id\": \"a/c\"}}]");
    let parsed = parse(Source::HubListing, "page.json", text.as_bytes());
    assert_eq!(
        parsed.records.iter().map(|record| &record.model_id[..]).collect::<Vec<_>>(),
        ["a/c"]
    );
    let shown = show(&parsed);
    assert!(
        shown.contains("page.json:1: the model is longer than 64 MiB (row left out)"),
        "{shown}"
    );
}

/// Each base is held against each: 20,000 of one model took 39 s.
#[test]
fn a_model_of_many_bases_is_derived_in_bounded_time() {
    let bases = |mark: &str| -> Vec<String> {
        (0..20_000).map(|base| format!("{mark}x/y{base}")).collect()
    };
    let (problem, facts) = only_problem(&json!({"cardData": {"base_model": bases("")}}));
    assert!(problem.contains("base_model: the list has more than 1000 entries"), "{problem}");
    assert_eq!(facts.base_models, None);
    let parsed = page(&json!({ "tags": bases("base_model:") }));
    assert!(show(&parsed).contains("a/b: tags: the tags name more than 1000 base models"));
    assert_eq!(parsed.records[0].facts.base_models, None);
    assert!(values(&parsed, &["base_model_count"])[0].is_null());
}
