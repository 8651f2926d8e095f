use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::{Hub, Options, world};

fn at(text: &str) -> Instant {
    Instant::parse(text).unwrap()
}

fn hub(models: u64) -> Hub {
    let now = at("2026-09-07T06:00:00Z");
    Hub::new(world(&Options { models, seed: 5, at: now }), now, None)
}

fn listing(hub: &Hub, query: &str) -> Vec<Value> {
    let answer = hub.answer("http://hub.test", "/api/models", query);
    assert_eq!(answer.status, 200, "{}", answer.text());
    serde_json::from_str(answer.text()).unwrap()
}

fn every_field() -> String {
    let names: Vec<&str> = FIELDS[..LISTING_FIELDS].iter().map(|(_, name)| *name).collect();
    format!("&expand={}", names.join("&expand="))
}

/// Keys in the order of the recorded entry (hub-fixtures/models_list_default_limit3.body.json).
#[test]
fn an_unexpanded_entry_has_the_recorded_keys() {
    let hub = hub(300);
    let body = hub.answer("http://hub.test", "/api/models", "limit=300").text().to_owned();
    let keys = [
        "_id",
        "id",
        "likes",
        "trendingScore",
        "private",
        "downloads",
        "tags",
        "pipeline_tag",
        "library_name",
        "createdAt",
        "modelId",
    ];
    let entry = body
        .split("},{")
        .find(|entry| keys.iter().all(|key| entry.contains(&format!("\"{key}\":"))));
    let entry = entry.expect("some model has a task and a library");
    let places: Vec<_> = keys.iter().map(|key| entry.find(&format!("\"{key}\":"))).collect();
    assert!(places.is_sorted(), "{entry}");
    let known: BTreeSet<&str> = keys.into();
    for entry in listing(&hub, "limit=300") {
        let found: BTreeSet<&str> = entry.as_object().unwrap().keys().map(String::as_str).collect();
        assert!(found.is_subset(&known), "{found:?}");
        assert_eq!(entry["id"], entry["modelId"]);
    }
}

#[test]
fn expand_brings_exactly_what_was_asked_for() {
    let hub = hub(200);
    for entry in listing(&hub, "expand=likes&expand=config&expand=model-index&expand=gated") {
        let found: Vec<&str> = entry.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(found, ["_id", "config", "gated", "id", "likes", "model-index"]);
    }
}

/// hub-reference.md §4: which fields are left out when empty, and which never.
#[test]
fn absence_is_as_the_hub_has_it() {
    let entries = listing(&hub(1_000), &format!("limit=1000{}", every_field()));
    let mut present: BTreeMap<String, usize> = BTreeMap::new();
    for entry in &entries {
        for (key, value) in entry.as_object().unwrap() {
            *present.entry(key.clone()).or_default() += 1;
            assert!(key == "model-index" || !value.is_null(), "{key} is null in {entry}");
        }
    }
    let always = [
        "_id",
        "id",
        "author",
        "config",
        "createdAt",
        "disabled",
        "downloads",
        "downloadsAllTime",
        "gated",
        "inferenceProviderMapping",
        "lastModified",
        "likes",
        "model-index",
        "private",
        "sha",
        "siblings",
        "tags",
        "trendingScore",
        "xetEnabled",
    ];
    for key in always {
        assert_eq!(present.remove(key), Some(1_000), "{key}");
    }
    let sometimes = [
        "baseModels",
        "cardData",
        "gguf",
        "library_name",
        "pipeline_tag",
        "safetensors",
        "transformersInfo",
    ];
    for key in sometimes {
        let count = present.remove(key).unwrap_or(0);
        assert!((1..1_000).contains(&count), "{key}: {count}");
    }
    assert!(present.is_empty(), "never in the listing: {present:?}");
    let gated: BTreeSet<String> = entries.iter().map(|entry| entry["gated"].to_string()).collect();
    assert_eq!(gated, BTreeSet::from(["\"auto\"", "\"manual\"", "false"].map(str::to_owned)));
    assert!(entries.iter().any(|entry| entry["trendingScore"].is_f64()), "no fractional score");
}

#[test]
fn the_id_holds_the_creation() {
    for entry in listing(&hub(300), "limit=300&expand=createdAt") {
        let id = entry["_id"].as_str().unwrap();
        let seconds = i64::from_str_radix(&id[..8], 16).unwrap();
        let created = at(entry["createdAt"].as_str().unwrap());
        assert_eq!(created.millis(), seconds * 1000);
        assert_eq!(entry["createdAt"].as_str().unwrap().split_once('.').unwrap().1, "000Z");
        assert!(created >= at("2022-03-02T23:29:04Z"), "older than the floor");
    }
}

#[test]
fn the_rolling_counter_is_the_growth_of_the_other_over_30_days() {
    let hub = hub(400);
    let read = |date: &str| -> BTreeMap<String, (u64, u64)> {
        hub.clock().set(at(date));
        let entries = listing(&hub, "limit=1000&expand=downloads&expand=downloadsAllTime");
        let counters = entries.iter().map(|entry| {
            let count = |name: &str| entry[name].as_u64().unwrap();
            let id = entry["_id"].as_str().unwrap().to_owned();
            (id, (count("downloads"), count("downloadsAllTime")))
        });
        counters.collect()
    };
    let before = read("2026-07-20T12:00:00Z");
    let after = read("2026-08-19T03:00:00Z");
    assert!(before.len() < after.len(), "models are born meanwhile");
    for (id, (rolling, all_time)) in &after {
        // A model that was not there had no downloads.
        let earlier = before.get(id).map_or(0, |(_, all_time)| *all_time);
        assert_eq!(*rolling, all_time - earlier, "{id}");
        assert!(rolling <= all_time);
    }
    assert!(after.values().map(|(rolling, _)| rolling).sum::<u64>() > 0);
}

#[test]
fn lineage_is_said_alike_in_its_three_places() {
    let entries = listing(&hub(1_000), "limit=1000&expand=baseModels&expand=cardData&expand=tags");
    let ids: BTreeMap<_, _> = entries
        .iter()
        .map(|entry| (entry["_id"].as_str().unwrap(), entry["id"].as_str().unwrap()))
        .collect();
    let mut relations = BTreeSet::new();
    for entry in &entries {
        let Some(bases) = entry.get("baseModels") else {
            assert!(entry["cardData"].get("base_model").is_none(), "{entry}");
            continue;
        };
        let relation = bases["relation"].as_str().unwrap();
        relations.insert(relation);
        for base in bases["models"].as_array().unwrap() {
            let id = base["id"].as_str().unwrap();
            assert_eq!(ids[base["_id"].as_str().unwrap()], id);
            let tags = entry["tags"].as_array().unwrap();
            assert!(tags.contains(&json!(format!("base_model:{id}"))));
            assert!(tags.contains(&json!(format!("base_model:{relation}:{id}"))));
            let typed = &entry["cardData"]["base_model"];
            let is_named =
                typed == id || typed.as_array().is_some_and(|ids| ids.contains(&json!(id)));
            assert!(is_named, "{entry}");
        }
    }
    assert_eq!(relations, BTreeSet::from(["adapter", "finetune", "merge", "quantized"]));
}

#[test]
fn parameters_add_up() {
    let mut seen = 0;
    for entry in listing(&hub(500), "limit=1000&expand=safetensors") {
        let Some(safetensors) = entry.get("safetensors") else { continue };
        let parts = safetensors["parameters"].as_object().unwrap();
        let sum: u64 = parts.values().map(|count| count.as_u64().unwrap()).sum();
        assert_eq!(safetensors["total"], sum);
        seen += 1;
    }
    assert!(seen > 50, "{seen}");
}
