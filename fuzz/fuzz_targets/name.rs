//! Names: a model's id on the first line, then names of files, tags and bases, one a line.

#![no_main]

use enrich::{Facts, Model, Source};
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let mut lines = text.split('\n').map(str::to_owned);
    let id = lines.next().unwrap_or_default();
    let rest: Vec<String> = lines.collect();
    let page = Value::from(vec![json!({ "id": id, "tags": rest, "siblings": rest })]).to_string();
    let parsed = fuzz::parse(Source::HubListing, page.as_bytes());
    fuzz::parsed_holds(&parsed);
    // A row is taken, or told.
    assert!(parsed.records.len() == 1 || parsed.problem_count > 0, "{id:?}");
    if parsed.records.is_empty() {
        return;
    }
    // The same names wherever a name can stand.
    let rest: Vec<String> = rest.iter().map(|name| name.trim().to_owned()).collect();
    let rest: Vec<String> = rest.into_iter().filter(|name| !name.is_empty()).collect();
    let id = &parsed.records[0].model_id;
    let facts = Facts {
        tags: Some(rest.clone()),
        file_paths: Some(rest.clone()),
        base_models: Some(rest.clone()),
        languages: Some(rest.clone()),
        license: rest.first().cloned(),
        license_name: rest.get(1).cloned(),
        ..Facts::default()
    };
    fuzz::derived_holds(&[Model::new(id, facts), Model::new("a/b", Facts::default())]);
});
