use serde_json::Value;

use crate::{EventRates, Hub, Options, world_with_events};
use schema::Instant;

const BASE: &str = "http://hub.test";

fn hub() -> Hub {
    let at = Instant::parse("2026-09-07T06:00:00Z").unwrap();
    let options = Options { models: 600, seed: 2, at };
    Hub::new(world_with_events(&options, &EventRates::USUAL), at, None)
}

fn overview(hub: &Hub, path: &str) -> Value {
    let answer = hub.answer(BASE, path, "");
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    serde_json::from_str(answer.text()).unwrap()
}

#[test]
fn an_organisation_has_as_many_models_as_the_listing_shows() {
    let hub = hub();
    let organisation = overview(&hub, "/api/organizations/lingshulm/overview");
    assert_eq!(organisation["name"], "LingshuLM", "the letter case does not matter");
    let listed = hub.answer(BASE, "/api/models", "author=LingshuLM&expand=likes");
    let listed: Vec<Value> = serde_json::from_str(listed.text()).unwrap();
    assert!(!listed.is_empty());
    assert_eq!(organisation["numModels"], listed.len());
    assert_eq!(organisation["_id"].as_str().unwrap().len(), 24);
    for key in ["avatarUrl", "fullname", "isVerified", "numUsers", "numFollowers", "numPapers"] {
        assert!(organisation.get(key).is_some(), "{key}");
    }
}

/// hub-reference.md §5: what is said of a user, and to whom asks for the other kind.
#[test]
fn users_and_organisations_are_told_apart() {
    let hub = hub();
    let user = overview(&hub, "/api/users/quantsmith/overview");
    assert_eq!((&user["user"], &user["type"]), (&"quantsmith".into(), &"user".into()));
    let wrong_case = hub.answer(BASE, "/api/users/QuantSmith/overview", "a=b");
    assert_eq!(wrong_case.status, 307);
    assert_eq!(wrong_case.header("location"), Some("/api/users/quantsmith/overview?a=b"));
    for path in ["/api/users/LingshuLM/overview", "/api/users/nobody-at-all/overview"] {
        let answer = hub.answer(BASE, path, "");
        assert_eq!(
            (answer.status, answer.text()),
            (404, r#"{"error":"This user does not exist"}"#)
        );
    }
    for path in ["/api/organizations/quantsmith/overview", "/api/organizations/nobody/overview"] {
        assert_eq!(hub.answer(BASE, path, "").status, 404, "{path}");
    }
}
