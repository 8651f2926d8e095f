//! Looking for names, over the API and on its page.

use serde_json::Value as Json;

use crate::data::{HOSTILE, empty_server};
use crate::{ask, get};

fn hits(address: &str) -> Vec<(String, String, String)> {
    let reply = get(address);
    assert_eq!(reply.status, 200, "{address}: {}", reply.body);
    let text = |hit: &Json, name: &str| hit[name].as_str().expect("a text").to_owned();
    let answer = reply.json();
    let hits = answer["hits"].as_array().expect("a list");
    hits.iter().map(|hit| (text(hit, "kind"), text(hit, "name"), text(hit, "how"))).collect()
}

fn hit(kind: &str, name: &str, how: &str) -> (String, String, String) {
    (kind.to_owned(), name.to_owned(), how.to_owned())
}

/// By hand: alpha's models are downloaded 500 and 100 times a week.
#[test]
fn models_and_owners_are_found_by_any_part_the_most_downloaded_first() {
    assert_eq!(
        hits("/api/v1/search?q=alph"),
        [
            hit("model", "alpha/one", "begins"),
            hit("model", "alpha/two", "begins"),
            hit("owner", "alpha", "begins"),
        ]
    );
    let models: Vec<_> =
        hits("/api/v1/search?q=one&kind=model").into_iter().map(|hit| hit.1).collect();
    assert_eq!(models, ["alpha/one", "beta/one", "gamma/one"]);
    // What is the whole of a name comes first, whatever it is of.
    assert_eq!(hits("/api/v1/search?q=Alpha")[0], hit("owner", "alpha", "whole"));
    assert_eq!(hits("/api/v1/search?q=alpha/two")[0], hit("model", "alpha/two", "whole"));
}

#[test]
fn countries_attributes_results_and_pages_have_names_too() {
    assert_eq!(hits("/api/v1/search?q=chin")[0], hit("country", "china", "begins"));
    assert!(hits("/api/v1/search?q=size+band").contains(&hit("attribute", "size_band", "whole")));
    assert!(
        hits("/api/v1/search?q=concentration&kind=result")
            .iter()
            .any(|hit| hit.1 == "concentration")
    );
    let pages = hits("/api/v1/search?q=replic&kind=page");
    assert!(pages.iter().any(|hit| hit.1 == "/replication"), "{pages:?}");
}

#[test]
fn what_is_mistyped_is_near_and_what_is_not_there_is_not_found() {
    assert_eq!(hits("/api/v1/search?q=gamam")[0], hit("model", "gamma/one", "near"));
    assert_eq!(hits("/api/v1/search?q=lpha&kind=owner"), [hit("owner", "alpha", "within")]);
    assert_eq!(hits("/api/v1/search?q=zzzzzz"), []);
}

#[test]
fn an_answer_says_of_which_release_it_is_and_where_each_thing_has_its_page() {
    let reply = get("/api/v1/search?q=alpha&collection=simulated-tiny&limit=1");
    assert_eq!(reply.header("x-weighhouse-simulated"), "true");
    let answer = reply.json();
    assert_eq!(answer["release"], "simulated-tiny-release");
    assert_eq!(answer["data_through"], "2024-05-27T00:00:00Z");
    assert_eq!(answer["more"], serde_json::json!(["model"]), "one of two was asked for");
    for hit in answer["hits"].as_array().unwrap() {
        let page = hit["page"].as_str().unwrap();
        assert!(page.contains("collection=simulated-tiny"), "{page}");
    }
}

/// Every kind leads to a page that is there.
#[test]
fn pages_of_what_is_found_are_there() {
    for text in ["alpha", "china", "size", "power", "concentration", "script"] {
        let answer = get(&format!("/api/v1/search?q={text}&collection=tiny")).json();
        let hits = answer["hits"].as_array().unwrap();
        assert!(!hits.is_empty(), "{text}");
        for hit in hits.iter().filter(|hit| hit["kind"] != "model" && hit["kind"] != "result") {
            let page = hit["page"].as_str().unwrap();
            assert_eq!(get(page).status, 200, "{page}");
        }
    }
}

#[test]
fn mistaken_questions_say_what_is_known() {
    let cases = [
        ("/api/v1/search", 400, "missing_parameter", "as qwen"),
        ("/api/v1/search?q=a&kind=person", 400, "unknown_name", "known are: model, owner"),
        ("/api/v1/search?q=a&limit=0", 400, "unreadable", "1 to 50"),
        ("/api/v1/search?q=a&limit=51", 400, "unreadable", "1 to 50"),
        ("/api/v1/search?q=a&collection=none", 404, "unknown_collection", "known are"),
        ("/api/v1/search?query=a", 400, "unknown_parameter", "known are: q, kind"),
    ];
    for (address, status, code, detail) in cases {
        let reply = get(address);
        assert_eq!(reply.status, status, "{address}");
        assert_eq!(reply.json()["code"], code, "{address}");
        assert!(
            reply.json()["detail"].as_str().unwrap().contains(detail),
            "{address}: {}",
            reply.body
        );
    }
}

#[test]
fn the_page_shows_what_is_found_and_every_page_has_the_box() {
    let page = get("/search?q=alpha&collection=tiny").body;
    assert!(page.contains("href=\"/model?collection=tiny&amp;model=alpha/one\""), "{page}");
    assert!(page.contains("/owner?collection=tiny&amp;owner=alpha"));
    let kept = get("/search?q=one&kind=model&collection=tiny").body;
    assert!(kept.contains("<option value=\"model\" selected>"));
    assert!(
        kept.contains("<input type=\"hidden\" name=\"q\" value=\"one\">"),
        "another collection keeps it"
    );
    let hostile = get("/search?q=%3Cscript%3Ealert(1)&collection=tiny").body;
    assert!(!hostile.contains(HOSTILE), "names are escaped");
    assert!(hostile.contains("&lt;script&gt;alert(1)&lt;/script&gt;/x"));
    assert!(get("/search?q=zzzzzz").body.contains("Nothing in this collection has such a name"));
    assert!(get("/search?q=gamam").body.contains("Near it are"));
    for path in ["/search", "/power", "/data", "/nowhere"] {
        let page = get(path).body;
        assert!(page.contains("<form class=\"search\" action=\"/search\""), "{path}");
    }
    let empty = ask(empty_server(), "/search?q=alpha", &[]);
    assert_eq!(empty.status, 200);
    assert!(empty.body.contains("How to begin"));
}
