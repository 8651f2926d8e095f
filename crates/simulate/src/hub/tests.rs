use serde_json::Value;

use super::*;
use crate::{Options, world};

const BASE: &str = "http://hub.test";

fn hub(budget: Option<Budget>) -> Hub {
    let at = Instant::parse("2026-09-07T06:00:00Z").unwrap();
    Hub::new(world(&Options { models: 300, seed: 2, at }), at, budget)
}

fn some_id(hub: &Hub, index: u32) -> String {
    hub.world.model(index).id.clone()
}

#[test]
fn every_answer_says_that_it_is_simulated_and_when() {
    let hub = hub(None);
    let api = ("\"api\";r=499;t=300", "\"fixed window\";\"api\";q=500;w=300");
    let pages = ("\"pages\";r=99;t=300", "\"fixed window\";\"pages\";q=100;w=300");
    for (path, status, (limit, policy)) in
        [("/api/models", 200, api), ("/api/models/no/such", 401, api), ("/spaces", 404, pages)]
    {
        let answer = hub.answer(BASE, path, "limit=1");
        assert_eq!(answer.status, status);
        assert_eq!(answer.header("x-weighhouse-simulated"), Some("true"));
        assert_eq!(answer.header("date"), Some("Mon, 07 Sep 2026 06:00:00 GMT"));
        assert_eq!(answer.header("ratelimit"), Some(limit));
        assert_eq!(answer.header("ratelimit-policy"), Some(policy));
    }
}

#[test]
fn a_missing_model_is_refused_as_the_hub_refuses_it() {
    let answer = hub(None).answer(BASE, "/api/models/no/such", "");
    assert_eq!(answer.status, 401);
    assert_eq!(answer.text(), r#"{"error":"Invalid username or password."}"#);
}

#[test]
fn a_model_is_shown_whole_or_as_asked() {
    let hub = hub(None);
    let path = format!("/api/models/{}", some_id(&hub, 200));
    let whole: Value = serde_json::from_str(hub.answer(BASE, &path, "").text()).unwrap();
    assert_eq!(whole["modelId"], whole["id"]);
    assert!(whole.get("usedStorage").is_some() && whole.get("downloadsAllTime").is_none());
    assert!(whole["spaces"].is_array());
    let query = "expand[]=childrenModelCount&expand[]=inferenceProviderMapping";
    let answer = hub.answer(BASE, &path, query);
    let part: Value = serde_json::from_str(answer.text()).unwrap();
    let keys: Vec<&str> = part.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, ["_id", "childrenModelCount", "id", "inferenceProviderMapping"]);
    assert!(part["inferenceProviderMapping"].is_object(), "an array in the listing only");
    assert_eq!(hub.answer(BASE, &path, "expand=nonsense").status, 400);
}

#[test]
fn children_are_counted_as_the_listing_finds_them() {
    let hub = hub(None);
    let mut found = 0;
    for index in 0..100 {
        let id = some_id(&hub, index);
        let path = format!("/api/models/{id}");
        let answer = hub.answer(BASE, &path, "expand=childrenModelCount");
        let model: Value = serde_json::from_str(answer.text()).unwrap();
        let counts = model["childrenModelCount"].as_object().unwrap();
        assert_eq!(counts.len(), 4);
        for (relation, count) in counts {
            let query = format!("filter=base_model:{relation}:{id}");
            let children: Vec<Value> =
                serde_json::from_str(hub.answer(BASE, "/api/models", &query).text()).unwrap();
            assert_eq!(*count, children.len(), "{id} {relation}");
            found += children.len();
        }
    }
    assert!(found > 0);
}

#[test]
fn other_spellings_and_bare_old_names_lead_to_the_model() {
    let hub = hub(None);
    let id = some_id(&hub, 150);
    let answer = hub.answer(BASE, &format!("/api/models/{}", id.to_uppercase()), "blobs=true");
    assert_eq!(answer.status, 307);
    assert_eq!(answer.header("location"), Some(format!("/api/models/{id}?blobs=true").as_str()));
    let old = hub.world.model(0);
    let answer = hub.answer(BASE, &format!("/api/models/{}", old.name()), "");
    assert_eq!(answer.status, 307, "models older than the floor were known without an owner");
    assert_eq!(hub.answer(BASE, &format!("/api/models/{}", old.id), "").status, 200);
}

#[test]
fn what_is_not_born_is_not_shown() {
    let hub = hub(None);
    let path = format!("/api/models/{}", some_id(&hub, 250));
    assert_eq!(hub.answer(BASE, &path, "").status, 200);
    hub.clock().set(Instant::parse("2023-01-01T00:00:00Z").unwrap());
    assert_eq!(hub.answer(BASE, &path, "").status, 401);
}

#[test]
fn a_budget_is_spent_and_comes_back() {
    let hub = hub(Some(Budget { quota: 2, window_seconds: 300 }));
    let ask = || hub.answer(BASE, "/api/models", "limit=1");
    assert_eq!(ask().header("ratelimit"), Some("\"api\";r=1;t=300"));
    assert_eq!(ask().header("ratelimit"), Some("\"api\";r=0;t=300"));
    let refused = ask();
    assert_eq!(refused.status, 429);
    assert_eq!(refused.header("ratelimit"), Some("\"api\";r=0;t=300"));
    hub.clock().set(Instant::parse("2026-09-07T06:04:59Z").unwrap());
    let refused = ask();
    assert_eq!((refused.status, refused.header("ratelimit")), (429, Some("\"api\";r=0;t=1")));
    hub.clock().set(Instant::parse("2026-09-07T06:05:00Z").unwrap());
    assert_eq!(ask().status, 200);
}

#[test]
fn a_revision_is_the_head_or_is_not_kept() {
    let hub = hub(None);
    let id = some_id(&hub, 200);
    let path = format!("/api/models/{id}");
    let plain = hub.answer(BASE, &path, "");
    let sha =
        serde_json::from_str::<Value>(plain.text()).unwrap()["sha"].as_str().unwrap().to_owned();
    for revision in ["main", &sha] {
        let answer = hub.answer(BASE, &format!("{path}/revision/{revision}"), "");
        assert_eq!(answer.text(), plain.text(), "{revision}");
    }
    let other = hub.answer(BASE, &format!("{path}/revision/v9"), "");
    assert_eq!((other.status, other.header("x-error-code")), (404, Some("RevisionNotFound")));
    let card = format!("/{}/resolve/main/README.md", id.to_uppercase());
    let moved = hub.answer(BASE, &card, "download=true");
    assert_eq!(moved.status, 307);
    let location = format!("/{id}/resolve/main/README.md?download=true");
    assert_eq!(moved.header("location"), Some(location.as_str()));
    assert_eq!(moved.header("ratelimit"), Some("\"resolvers\";r=2999;t=300"));
}
