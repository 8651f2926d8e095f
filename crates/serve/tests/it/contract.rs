//! What the API promises of every address: methods, who may read, refusals, cursors, quality.

use std::time::Duration;

use schema::Instant;
use serde_json::{Value as Json, json};
use serve::{Limits, Options};
use store::{Job, RawDescription, Release};

use crate::data::{self, Directory, LIMITS, options, server};
use crate::{ask, ask_by, get};

/// Every address of the document, with what it has to be asked with.
fn addresses() -> Vec<String> {
    let document = get("/api/v1/openapi.json").json();
    let paths = document["paths"].as_object().expect("paths by name");
    let filled = |path: &String| match path.as_str() {
        "/api/v1/query" => "/api/v1/query?stat=hhi".to_owned(),
        "/api/v1/averages" => "/api/v1/averages?of=parameters".to_owned(),
        "/api/v1/whatif" => "/api/v1/whatif?remove=alpha".to_owned(),
        "/api/v1/why" => "/api/v1/why?model=alpha/one".to_owned(),
        "/api/v1/family" => "/api/v1/family?model=alpha/one".to_owned(),
        "/api/v1/{name}.{form}" => "/api/v1/leaderboard.json".to_owned(),
        "/api/v1/results/{name}" => "/api/v1/results/countries".to_owned(),
        "/api/v1/robustness/{claim}" => "/api/v1/robustness/china-rises".to_owned(),
        other => other.to_owned(),
    };
    paths.keys().map(filled).collect()
}

#[test]
fn every_address_tells_its_methods_and_refuses_others() {
    for address in addresses() {
        let told = ask_by("OPTIONS", server(), &address, &[("origin", "https://example.org")]);
        assert_eq!(told.status, 204, "{address}");
        assert_eq!(told.header("allow"), "GET,HEAD,OPTIONS", "{address}");
        assert_eq!(told.header("access-control-allow-methods"), "GET,HEAD,OPTIONS", "{address}");
        assert_eq!(told.header("access-control-allow-origin"), "*", "{address}");
        for method in ["POST", "PUT", "DELETE", "PATCH", "TRACE"] {
            let refused = ask_by(method, server(), &address, &[]);
            assert_eq!(refused.status, 405, "{method} {address}");
            assert_eq!(refused.header("allow"), "GET,HEAD,OPTIONS", "{method} {address}");
            assert_eq!(refused.json()["code"], "method_not_allowed", "{method} {address}");
        }
    }
    assert_eq!(ask_by("OPTIONS", server(), "/api/v1/no/thing", &[]).status, 404);
}

#[test]
fn whoever_can_reach_it_may_read_it_without_credentials() {
    for address in ["/api/v1/query?stat=hhi", "/api/v1/nothing", "/figure/shares.csv", "/power"] {
        let reply = ask(server(), address, &[("origin", "https://example.org")]);
        assert_eq!(reply.header("access-control-allow-origin"), "*", "{address}");
        assert_eq!(reply.header("access-control-allow-credentials"), "", "{address}");
        assert_eq!(reply.header("access-control-expose-headers"), "*", "{address}");
    }
}

#[test]
fn a_head_is_that_of_the_answer() {
    for address in ["/api/v1/query?stat=hhi", "/api/v1/status", "/power", "/figure/shares.svg"] {
        let whole = get(address);
        let head = ask_by("HEAD", server(), address, &[]);
        assert_eq!((head.status, head.body.as_str()), (whole.status, ""), "{address}");
        for name in ["content-type", "etag", "content-length", "x-weighhouse-quality"] {
            assert_eq!(head.header(name), whole.header(name), "{address}: {name}");
        }
    }
}

#[test]
fn an_endless_address_is_refused() {
    let long = "a".repeat(8_200);
    let refused = get(&format!("/api/v1/query?stat={long}"));
    assert_eq!((refused.status.as_u16(), &refused.json()["code"]), (414, &json!("too_long")));
    assert_eq!(get(&format!("/power?group={long}")).status, 414);
    let value = |length: usize| get(&format!("/api/v1/search?q={}", "a".repeat(length)));
    assert_eq!((value(2_000).status.as_u16(), value(2_001).status.as_u16()), (200, 400));
}

/// A server that computes one answer at a time and lets nobody wait.
fn strict() -> Directory {
    let limits =
        Limits { most_computing: 0, most_waiting: 0, time: Duration::from_secs(1), ..LIMITS };
    let directory = Directory::with(Options { limits, ..options() });
    directory.write("tiny");
    directory.live.look();
    directory
}

#[test]
fn who_cannot_be_answered_now_is_told_when_to_ask_again() {
    let directory = strict();
    for address in ["/api/v1/query?stat=hhi", "/power", "/figure/shares.svg"] {
        let refused = directory.get(address);
        assert_eq!(refused.status, 503, "{address}");
        assert_eq!(refused.header("retry-after"), "2", "{address}");
        assert_eq!(refused.header("cache-control"), "no-store", "{address}");
    }
    let page = get("/power?collection=damaged");
    assert_eq!((page.status.as_u16(), page.header("retry-after")), (503, "10"));
}

/// All parts of a list, by its cursors, and how many parts there were.
fn gathered(first: &str, list: &str) -> (Vec<Json>, usize) {
    let (mut rows, mut parts, mut address) = (Vec::new(), 0, first.to_owned());
    loop {
        let answer = get(&address).json();
        rows.extend(answer[list].as_array().expect("a list").clone());
        parts += 1;
        let Some(next) = answer["next"].as_str() else { return (rows, parts) };
        address = format!("{first}&cursor={next}");
    }
}

#[test]
fn long_lists_come_in_parts_that_make_the_whole() {
    let whole = get("/api/v1/leaderboard?collection=tiny").json();
    let (rows, parts) = gathered("/api/v1/leaderboard?collection=tiny&top=3", "standings");
    assert_eq!((&json!(rows), parts), (&whole["standings"], 2));
    let whole = get("/api/v1/attributes?collection=tiny").json();
    let (rows, parts) = gathered("/api/v1/attributes?collection=tiny&limit=4", "attributes");
    assert_eq!((&json!(rows), parts), (&whole["attributes"], 3));
    let whole = get("/api/v1/counter-events?collection=tiny").json();
    let (rows, _) = gathered("/api/v1/counter-events?collection=tiny&limit=1", "events");
    assert_eq!(json!(rows), whole["events"]);
}

#[test]
fn a_cursor_of_something_else_is_refused() {
    let answer = get("/api/v1/leaderboard?collection=tiny&top=3").json();
    let next = answer["next"].as_str().unwrap();
    for address in [
        format!("/api/v1/leaderboard?collection=simulated-tiny&top=3&cursor={next}"),
        format!("/api/v1/leaderboard?collection=tiny&top=3&group=country&cursor={next}"),
        format!("/api/v1/attributes?collection=tiny&cursor={next}"),
        format!("/api/v1/query?collection=tiny&stat=hhi&cursor={next}"),
        "/api/v1/leaderboard?collection=tiny&top=3&cursor=next".to_owned(),
    ] {
        let refused = get(&address);
        assert_eq!(refused.status, 400, "{address}");
        assert_eq!(refused.json()["code"], "unusable_cursor", "{address}");
    }
}

#[test]
fn every_answer_says_how_far_it_can_be_relied_on() {
    for address in addresses() {
        if address.ends_with("/events") || address.ends_with("openapi.json") {
            continue;
        }
        let reply = get(&address);
        if reply.status != 200 || reply.header("content-type").starts_with("text/csv") {
            continue;
        }
        let level = reply.json()["quality"]["level"].clone();
        assert_eq!(reply.header("x-weighhouse-quality"), level, "{address}");
    }
    for (collection, level) in [("tiny", "ok"), ("simulated-tiny", "tainted")] {
        for path in ["/power", "/figure/shares.svg", "/figure/shares.csv", "/api/v1/leaderboard"] {
            let reply = get(&format!("{path}?collection={collection}"));
            assert_eq!(reply.header("x-weighhouse-quality"), level, "{path} of {collection}");
        }
    }
}

fn reasons(answer: &Json) -> Vec<&str> {
    let reasons = answer["quality"]["reasons"].as_array().expect("a list");
    reasons.iter().map(|reason| reason["code"].as_str().expect("a name")).collect()
}

#[test]
fn an_answer_without_numbers_is_blocked_and_no_failure() {
    let damaged = get("/api/v1/query?stat=hhi&collection=damaged");
    assert_eq!((damaged.status.as_u16(), damaged.header("x-weighhouse-quality")), (200, "blocked"));
    assert_eq!(reasons(&damaged.json()), ["collection_failed"]);
    let missing = get("/api/v1/query?stat=hhi&collection=tiny&as_of=2024-04-14").json();
    assert!(missing["rows"][0]["value"].is_null());
    assert_eq!(missing["quality"]["level"], "blocked");
    assert_eq!(reasons(&missing), ["undefined"]);
    let partly = "/api/v1/query?stat=hhi&collection=tiny&from=2024-04-01&to=2024-04-14";
    assert_eq!(reasons(&get(partly).json()), ["partly_undefined", "counter_events"]);
    let estimated = get("/api/v1/query?stat=hhi&collection=tiny&as_of=2024-05-05").json();
    assert_eq!(reasons(&estimated), ["mostly_estimated"]);
}

#[test]
fn what_is_wrong_with_a_collection_taints_its_answers() {
    let directory = Directory::new();
    directory.write("tiny");
    directory.live.look();
    let asked = |directory: &Directory| directory.get("/api/v1/query?stat=hhi").json();
    assert_eq!(asked(&directory)["quality"]["level"], "ok");

    let gone = Release {
        id: "gone".to_owned(),
        attributes: "gone".to_owned(),
        ..data::release("tiny", false)
    };
    directory.store.publish(&gone).unwrap();
    let mut draft = directory.store.draft(store::Layer::Raw, "tiny", "short").unwrap();
    draft.describe_raw(RawDescription {
        source: "hub".to_owned(),
        file: "listing".to_owned(),
        received_sha256: String::new(),
        received_at: "2024-06-03T00:00:00Z".to_owned(),
        read_at: None,
        is_simulated: false,
        row_limit: None,
        is_complete: true,
        is_partial: false,
        census: None,
        held_back: vec!["likes fell by half".to_owned()],
    });
    draft.commit().unwrap();
    let due = Instant::parse("2024-05-20T00:00:00Z").unwrap();
    directory.store.write_jobs(&[job("tiny", due)]).unwrap();
    directory.live.look_closely();
    let answer = asked(&directory);
    assert_eq!(answer["quality"]["level"], "tainted");
    assert_eq!(reasons(&answer), ["older_release", "held_back", "stalled"]);
    assert_eq!(answer["release"], "tiny-release", "the one before goes on");
}

fn job(collection: &str, due: Instant) -> Job {
    Job {
        name: "listing".to_owned(),
        title: "Read the listing".to_owned(),
        collection: Some(collection.to_owned()),
        period_seconds: 86_400,
        is_on_demand: false,
        due_at: Some(due.to_string()),
        started_at: None,
        succeeded_at: None,
        failure_count: 0,
        outcome: None,
        is_running: false,
    }
}

#[test]
fn an_answer_that_is_kept_is_the_answer() {
    let directory = Directory::new();
    directory.write("tiny");
    directory.live.look();
    for address in ["/power", "/figure/shares.svg", "/api/v1/query?stat=hhi"] {
        let [first, again] = [(); 2].map(|()| directory.get(address));
        assert_eq!((first.status, &first.body), (again.status, &again.body), "{address}");
        assert_eq!(first.headers, again.headers, "{address}");
    }
}

/// What the written promise says is what the server says.
#[test]
fn the_documentation_lists_every_code_and_reason() {
    let written = include_str!("../../../../docs/api.md");
    let page = get("/api").body;
    let codes = page.split("id=\"codes\"").nth(1).unwrap().split("</section>").next().unwrap();
    let reasons = page.split("id=\"quality\"").nth(1).unwrap().split("</section>").next().unwrap();
    let names = |part: &str| -> Vec<String> {
        let cells = part.split("<th scope=\"row\"><code>").skip(1);
        cells.map(|cell| cell.split('<').next().unwrap().to_owned()).collect()
    };
    let (codes, reasons) = (names(codes), names(reasons));
    assert!(codes.len() >= 20 && reasons.len() >= 12, "{codes:?} {reasons:?}");
    for name in codes.iter().chain(&reasons) {
        assert!(written.contains(&format!("| `{name}` |")), "{name}");
    }
}

#[test]
fn a_form_asks_what_was_filled_in() {
    let sent_to = |fields: &str| get(&format!("/api/try?{fields}"));
    let query = sent_to("_address=/api/v1/query&stat=hhi&group=&where=country%3Dus&as_of=");
    assert_eq!(query.status, 303);
    assert_eq!(query.header("location"), "/api/v1/query?stat=hhi&where=country%3Dus");
    let result = sent_to("_address=/api/v1/results/%7Bname%7D&name=countries&collection=tiny");
    assert_eq!(result.header("location"), "/api/v1/results/countries?collection=tiny");
    for (fields, status) in [
        ("_address=https://example.org/", 404),
        ("_address=//example.org", 404),
        ("stat=hhi", 400),
        ("_address=/api/v1/results/%7Bname%7D", 400),
        ("_address=/api/v1/query&nonsense=1", 400),
    ] {
        assert_eq!(sent_to(fields).status, status, "{fields}");
    }
}

#[test]
fn the_page_has_each_address_with_its_parameters() {
    let page = get("/api").body;
    for address in addresses() {
        let path = address.split('?').next().unwrap();
        let is_filled = ["/results/", "/robustness/", "leaderboard.json"];
        let is_filled = is_filled.iter().any(|part| path.contains(part));
        assert!(is_filled || page.contains(&format!("GET {path}<")), "{path}");
    }
    assert!(page.contains("<option value=\"first_year\">"), "{page}");
    assert!(!page.contains("style=") && !page.contains("onclick"), "no inline styles or scripts");
}

/// A part of a file is never given to one who asked for all of it, nor the other way round.
#[test]
fn a_part_that_was_asked_for_is_not_kept_for_others() {
    let directory = Directory::new();
    directory.write("tiny");
    directory.live.look();
    let address = "/api/v1/leaderboard.csv";
    let whole = directory.get(address);
    for range in ["bytes=0-9", "bytes=5-14"] {
        let part = ask(serve::router(&directory.live), address, &[("range", range)]);
        assert_eq!((part.status.as_u16(), part.body.len()), (206, 10), "{range}");
        assert!(whole.body.contains(&part.body), "{range}");
    }
    assert_eq!(directory.get(address).body, whole.body);
}
