//! Whether a model is counted, by hand from the tiny release.

use serde_json::{Value as Json, json};

use crate::data::empty_server;
use crate::{ask, get};

fn of(model: &str, collection: &str) -> Json {
    let reply = get(&format!("/api/v1/counted?model={model}"));
    assert_eq!(reply.status, 200, "{}", reply.body);
    let answer = reply.json();
    let collections = answer["collections"].as_array().expect("a list");
    let of = collections.iter().find(|of| of["collection"] == collection);
    of.expect("a collection of this name").clone()
}

/// Twelve weeks of which the sixth is missing and the ninth estimated; beta's eighth has a flag.
#[test]
fn what_there_is_of_a_model_is_told() {
    let beta = of("beta/one", "tiny");
    let found = &beta["found"];
    assert_eq!(found["model"], "beta/one");
    assert_eq!(found["found_by"], "id");
    assert_eq!(
        found["reading_count"], 13,
        "at the beginning of each week and at the end of the last"
    );
    assert_eq!(found["first_reading_at"], "2024-03-04T00:00:00Z");
    assert_eq!(found["last_reading_at"], "2024-05-27T00:00:00Z");
    assert_eq!(found["is_in_newest"], true);
    assert_eq!(
        found["weeks"],
        json!({
            "first": "2024-03-04", "last": "2024-05-20", "observed": 10, "estimated": 1, "missing": 1,
            "flagged": 1, "gaps": [{ "from": "2024-04-08", "to": "2024-04-08" }]
        })
    );
    assert_eq!(of("gamma/one", "tiny")["found"]["weeks"]["flagged"], 0, "the flag is beta's");
    assert_eq!(found["counting_rule"], "default");
    assert_eq!(
        found["rule_changed_at"],
        json!(["2024-05-13T00:00:00Z"]),
        "gguf's change is not its"
    );
    assert_eq!(found["owner"], "beta");
    assert_eq!(found["is_owner_reviewed"], true);
    let units = found["units"].as_array().unwrap();
    let unit = |name: &str| units.iter().find(|unit| unit["attribute"] == name).unwrap();
    assert_eq!(
        (&unit("country")["unit"], &unit("country")["is_unit"]),
        (&json!("china"), &json!(true))
    );
    assert_eq!(unit("size_band")["is_unit"], false, "of unknown size it is in no band");
}

#[test]
fn an_owner_whom_nobody_reviewed_is_said_to_be_so() {
    let hostile = of("%3Cscript%3Ealert(1)%3C/script%3E/x", "tiny");
    assert_eq!(hostile["found"]["is_owner_reviewed"], false);
}

#[test]
fn other_letters_find_the_model_and_other_names_what_is_near() {
    assert_eq!(of("Beta/ONE", "tiny")["found"]["found_by"], "other_case");
    let missing = of("beta/on", "tiny");
    assert!(missing["found"].is_null());
    assert_eq!(missing["near"], json!(["beta/one"]));
    // Another owner has it.
    assert_eq!(of("zeta/two", "tiny")["near"], json!(["alpha/two"]));
    assert_eq!(of("zzzzz/qqqqq", "tiny")["near"], json!([]));
    assert_eq!(get("/api/v1/counted?model=beta/one").json()["found_in"], 2);
    assert_eq!(get("/api/v1/counted").json()["code"], "missing_parameter");
}

#[test]
fn the_page_answers_for_every_collection() {
    let page = get("/counted?model=beta/one").body;
    assert!(page.contains("<strong>Counted</strong>"), "{page}");
    assert!(page.contains("in 2 of 2\u{a0}collections") || page.contains("in 2 of 2 collections"));
    assert!(page.contains("10 observed, 1 estimated, 1 missing"));
    assert!(page.contains("2024-04-08"), "the gap");
    let absent = get("/counted?model=beta/on").body;
    assert!(absent.contains("Not counted."));
    assert!(absent.contains("href=\"/counted?model=beta/one\""), "what is near");
    assert!(absent.contains("Five models that do not exist."), "what the collection covers");
    assert!(get("/counted").body.contains("Which model is meant"));
    let hostile = get("/counted?model=%3Cscript%3Ex").body;
    assert!(!hostile.contains("<script>x"));
    let empty = ask(empty_server(), "/counted?model=a/b", &[]);
    assert!(empty.body.contains("How to begin"));
}
