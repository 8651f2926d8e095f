//! What happens to models, as a client that comes back sees it.

use std::collections::{BTreeMap, BTreeSet};

use schema::Instant;
use serde_json::Value;
use simulate::{EventRates, Hub, Options, truth, world_with_events};

use crate::{AT, Served, crawl, get, header, read, serve};

/// Much happens, so that a small Hub shows all of it; counters are undisturbed.
fn eventful() -> Served {
    let at = Instant::parse(AT).unwrap();
    let rates = EventRates {
        renamed_share: 0.2,
        transferred_share: 0.1,
        deleted_share: 0.2,
        taken_again_share: 0.5,
        has_counter_events: false,
    };
    serve(Hub::new(world_with_events(&Options { models: 600, seed: 3, at }, &rates), at, None))
}

/// Entries by `_id`.
fn listing(hub: &Served, date: &str) -> BTreeMap<String, Value> {
    hub.clock.set(Instant::parse(date).unwrap());
    let url = format!(
        "{}/api/models?limit=100&sort=createdAt&expand=downloadsAllTime&expand=author",
        hub.endpoint
    );
    let (entries, _) = crawl(&url);
    let count = entries.len();
    let by_id: BTreeMap<String, Value> = entries
        .into_iter()
        .map(|entry| (entry["_id"].as_str().unwrap().to_owned(), entry))
        .collect();
    assert_eq!(by_id.len(), count, "each model once");
    by_id
}

fn name(entry: &Value) -> &str {
    entry["id"].as_str().unwrap()
}

#[test]
fn the_listing_shows_each_visible_model_once_at_every_date() {
    let hub = eventful();
    for date in ["2023-05-01T00:00:00Z", "2025-01-06T00:00:00Z", AT, "2027-03-01T00:00:00Z"] {
        let listed = listing(&hub, date);
        let names: BTreeSet<String> =
            listed.values().map(|entry| name(entry).to_lowercase()).collect();
        assert_eq!(names.len(), listed.len(), "no name twice at {date}");
        let at = Instant::parse(date).unwrap();
        assert_eq!(listed.len() as u64, truth(hub.hub.world(), at).model_count, "{date}");
    }
}

#[test]
fn a_new_name_keeps_the_model_and_its_counters() {
    let hub = eventful();
    let before = listing(&hub, "2026-03-02T00:00:00Z");
    let after = listing(&hub, AT);
    let (mut renamed, mut transferred, mut redirected, mut taken) = (0, 0, 0, 0);
    for (id, old) in &before {
        let Some(new) = after.get(id) else { continue };
        assert!(new["downloadsAllTime"].as_u64() >= old["downloadsAllTime"].as_u64(), "{id}");
        if name(old) == name(new) {
            continue;
        }
        if old["author"] == new["author"] {
            renamed += 1;
        } else {
            transferred += 1;
        }
        let url = format!("{}/api/models/{}", hub.endpoint, name(old));
        let answer = get(&format!("{url}?blobs=true"));
        if answer.status() == 307 {
            let location = format!("/api/models/{}?blobs=true", name(new));
            assert_eq!(header(&answer, "location"), [location]);
            redirected += 1;
        } else {
            // Another model has taken the name meanwhile.
            let successor: Value = serde_json::from_str(&read(&url).1).unwrap();
            assert_ne!(successor["_id"], id.as_str());
            assert_eq!(successor["id"], name(old));
            taken += 1;
        }
    }
    let seen = [renamed, transferred, redirected, taken];
    assert!(seen.iter().all(|count| *count > 0), "{seen:?}");
}

#[test]
fn the_deleted_vanish_and_their_names_may_come_back() {
    let hub = eventful();
    let before = listing(&hub, "2026-03-02T00:00:00Z");
    let after = listing(&hub, AT);
    let names: BTreeMap<&str, &str> =
        after.iter().map(|(id, entry)| (name(entry), id.as_str())).collect();
    let (mut gone, mut reborn) = (0, 0);
    for (id, entry) in before.iter().filter(|(id, _)| !after.contains_key(*id)) {
        let (status, body) = read(&format!("{}/api/models/{}", hub.endpoint, name(entry)));
        if let Some(successor) = names.get(name(entry)) {
            assert_eq!(status, 200);
            assert_ne!(successor, id);
            reborn += 1;
        } else {
            let refusal = r#"{"error":"Invalid username or password."}"#;
            assert_eq!((status, body.as_str()), (401, refusal));
            gone += 1;
        }
    }
    assert!(gone > 5 && reborn > 0, "{gone} gone, {reborn} come back");
}

/// hub-reference.md §10.1: the card keeps what was typed, tags and `baseModels` are resolved.
#[test]
fn lineage_follows_a_base_to_its_new_name() {
    let hub = eventful();
    let url = format!(
        "{}/api/models?limit=100&expand=cardData&expand=baseModels&expand=tags",
        hub.endpoint
    );
    let (entries, _) = crawl(&url);
    let present: BTreeMap<&str, &str> =
        entries.iter().map(|entry| (entry["_id"].as_str().unwrap(), name(entry))).collect();
    let (mut followed, mut unresolved) = (0, 0);
    for entry in &entries {
        let typed: Vec<&str> = match &entry["cardData"]["base_model"] {
            Value::String(one) => vec![one],
            Value::Array(some) => some.iter().filter_map(Value::as_str).collect(),
            _ => continue,
        };
        let resolved = entry["baseModels"]["models"].as_array().cloned().unwrap_or_default();
        for base in &resolved {
            let id = name(base);
            assert_eq!(present[base["_id"].as_str().unwrap()], id, "its name of today");
            let tag = Value::from(format!("base_model:{id}"));
            assert!(entry["tags"].as_array().unwrap().contains(&tag));
            followed += u64::from(!typed.contains(&id));
        }
        unresolved += u64::from(resolved.len() < typed.len());
    }
    assert!(followed > 0 && unresolved > 0, "{followed} followed, {unresolved} unresolved");
}
