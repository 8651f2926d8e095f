//! A model that was renamed is found by every name under which it was read.

use std::collections::BTreeMap;
use std::io::Read;

use serde_json::{Value, json};

use crate::support::{Bench, Hub, Run, Server};

/// A recorded answer of the Hub about a model.
fn answer(date: &str, hub_id: &str, id: &str, downloads: u64) -> String {
    let body = json!({ "_id": hub_id, "id": id, "downloads": downloads, "likes": 1 });
    let line = json!({ "status": { "code": 200 }, "date": date, "body": body.to_string() });
    format!("{line}\n")
}

/// Three readings: one model has three names, and what another was called is another model now.
fn bench() -> Bench {
    let bench = Bench::new();
    let days = [
        ("Mon, 05 Jan 2026 10:00:00 GMT", "acme/first", "acme/taken"),
        ("Mon, 02 Feb 2026 10:00:00 GMT", "acme/second", "acme/moved"),
        ("Mon, 02 Mar 2026 10:00:00 GMT", "acme/third", "acme/moved"),
    ];
    for (place, (date, renamed, moved)) in days.into_iter().enumerate() {
        let mut text = answer(date, "00000000000000000000000a", renamed, 10);
        text.push_str(&answer(date, "00000000000000000000000b", moved, 20));
        if place == 2 {
            text.push_str(&answer(date, "00000000000000000000000c", "acme/taken", 30));
        }
        let path = bench.file(&format!("details-{place}.jsonl"), text.as_bytes());
        let run = bench.import("hub-details", &path);
        assert_eq!(run.code, 0, "{}", run.stderr);
    }
    bench.done(&["build"]);
    bench
}

fn json_of(run: &Run) -> Value {
    serde_json::from_str(&run.stdout).unwrap()
}

fn page(server: &Server, address: &str) -> String {
    let mut answer = String::new();
    server.open(address).read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    answer
}

#[test]
fn whoever_asks_for_a_former_name_is_told_of_the_model_that_had_it() {
    let bench = bench();
    let names = json!([
        { "id": "acme/first", "known_by": "readings", "until": "2026-01-05T10:00:00Z" },
        { "id": "acme/second", "known_by": "readings", "until": "2026-02-02T10:00:00Z" },
    ]);
    for (asked, found_by) in [
        ("acme/first", "former_id"),
        ("Acme/SECOND", "former_id"),
        ("acme/third", "id"),
        ("acme/Third", "other_case"),
        ("00000000000000000000000a", "hub_id"),
    ] {
        let why = json_of(&bench.done(&["why", asked, "license", "--format", "json"]));
        assert_eq!((&why["model"], &why["found_by"]), (&json!("acme/third"), &json!(found_by)));
        assert_eq!((&why["former_ids"], &why["namesakes"]), (&names, &json!([])), "{asked}");
    }
    let said = bench.done(&["why", "acme/first"]).stderr;
    let names =
        "acme/third, acme/first until 2026-01-05, acme/second until 2026-02-02 in hub-details";
    assert!(said.contains(names), "{said}");
    let family = bench.done(&["family", "acme/first", "--format", "json"]);
    assert_eq!(json_of(&family)["model"], "acme/third");
    assert_eq!(bench.run(&["why", "acme/fourth"]).code, 2, "a name that nothing had");
}

#[test]
fn a_name_is_of_the_model_that_has_it_now() {
    let bench = bench();
    let why = json_of(&bench.done(&["why", "acme/taken", "license", "--format", "json"]));
    assert_eq!((&why["model"], &why["found_by"]), (&json!("acme/taken"), &json!("id")));
    assert_eq!(why["first_seen_at"], "2026-03-02T10:00:00Z", "the new model");
    assert_eq!(why["former_ids"], json!([]));
    let before = json!([{ "model": "acme/moved", "until": "2026-01-05T10:00:00Z" }]);
    assert_eq!(why["namesakes"], before);
    let moved = json_of(&bench.done(&["why", "acme/moved", "license", "--format", "json"]));
    assert_eq!(moved["former_ids"][0]["id"], "acme/taken");
    let server = Server::start(&bench);
    let page = page(&server, "/model?model=acme/taken");
    assert!(page.contains("Another model had this name before"), "{page}");
    assert!(page.contains("model=acme/moved\">acme/moved</a>"), "{page}");
}

#[test]
fn the_dashboard_leads_from_a_former_name_to_the_present_one() {
    let bench = bench();
    let server = Server::start(&bench);
    let counted = server.json("/api/v1/counted?model=acme/first");
    let found = &counted["collections"][0]["found"];
    assert_eq!(found["model"], "acme/third");
    assert_eq!((&found["found_by"], &found["reading_count"]), (&json!("former_id"), &json!(3)));
    assert_eq!(found["former_ids"][0]["until"], "2026-01-05T10:00:00Z");
    let found = server.json("/api/v1/search?q=acme/first");
    let hit = &found["hits"][0];
    let expected = (&json!("acme/third"), &json!("acme/first"), &json!("whole"));
    assert_eq!((&hit["name"], &hit["former"], &hit["how"]), expected, "{found}");
    let model = page(&server, "/model?model=acme/first");
    assert!(model.contains("You asked for <code>acme/first</code>"), "{model}");
    assert!(model.contains("<strong>acme/third</strong> is the name that this model has now"));
    let said = "<code>acme/second</code> (last read under it on 2\u{a0}Feb\u{a0}2026)";
    assert!(model.contains(said), "{model}");
    let present = page(&server, "/model?model=acme/third");
    assert!(!present.contains("You asked for") && present.contains("Names before"), "{present}");
    let counted = page(&server, "/counted?model=acme/first");
    assert!(counted.contains("You asked for a name that it had before"), "{counted}");
    assert!(counted.contains("<code>acme/first</code> (last read under it on 5\u{a0}Jan"));
}

/// The simulated Hub renames models by itself; what its listing says by `_id` is the reference.
#[test]
fn every_model_that_a_hub_renamed_is_found_by_its_old_name() {
    let bench = Bench::new();
    let hub = Hub::start(&["--models", "900", "--seed", "5", "--at", "2026-03-02T00:00:00Z"]);
    let mut listings = Vec::new();
    for date in ["2025-03-03T00:00:00Z", "2026-03-02T00:00:00Z"] {
        hub.set("at", date);
        bench.done(&["collect", "--endpoint", &hub.endpoint]);
        let entries = hub.json("/api/models?limit=1000&sort=createdAt");
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let by_hub_id: BTreeMap<String, String> = entries
            .as_array()
            .unwrap()
            .iter()
            .map(|entry| (text(&entry["_id"]), text(&entry["id"])))
            .collect();
        listings.push(by_hub_id);
    }
    bench.done(&["build"]);
    let [before, after] = listings.try_into().unwrap();
    let has_name = |name: &String| after.values().any(|id| id.eq_ignore_ascii_case(name));
    let renamed = before.iter().filter_map(|(hub_id, old)| {
        let new = after.get(hub_id)?;
        (old != new && !has_name(old)).then_some((old, new))
    });
    let renamed: Vec<(&String, &String)> = renamed.collect();
    assert!(renamed.len() >= 3, "{renamed:?}");
    let server = Server::start(&bench);
    for (old, new) in renamed {
        let why = server.json(&format!("/api/v1/why?model={old}&attribute=license"));
        assert_eq!((&why["model"], &why["found_by"]), (&json!(new), &json!("former_id")));
        let counted = server.json(&format!("/api/v1/counted?model={old}"));
        let found = &counted["collections"][0]["found"];
        assert_eq!((&found["model"], &found["reading_count"]), (&json!(new), &json!(2)), "{old}");
    }
}
