use serde_json::Value as Json;

use crate::data::Directory;
use crate::get;

fn result(name: &str) -> Json {
    get(&format!("/api/v1/results/{name}?collection=tiny")).json()
}

#[test]
fn every_result_is_listed_with_what_it_answers() {
    let json = get("/api/v1/results").json();
    let results = json["results"].as_array().unwrap();
    let listed: Vec<&str> = results.iter().filter_map(|one| one["result"].as_str()).collect();
    let known: Vec<&str> = analyze::results::RESULTS.iter().map(|result| result.name).collect();
    assert_eq!(listed, known);
    let first = &results[0];
    assert!(first["question"].as_str().unwrap().ends_with('?'), "{first}");
    assert!(first["method"].as_str().unwrap().starts_with("docs/methods/"), "{first}");
}

/// By hand: alpha, of the United States, has 600 of 1,000 downloads of every week; March 2024 and
/// April are the months that the twelve weeks cover.
#[test]
fn a_result_has_its_numbers_with_three_uncertainties() {
    let json = result("countries");
    assert_eq!((&json["release"], &json["simulated"]), (&"tiny-release".into(), &false.into()));
    assert_eq!((&json["measure"], &json["attribution"]), (&"downloads".into(), &"uploader".into()));
    let lines = json["lines"].as_array().unwrap();
    let us: Vec<&Json> =
        lines.iter().filter(|line| line["unit"] == "us" && line["what"] == "share").collect();
    assert!(us.len() >= 2, "{json}");
    for line in &us {
        assert!((line["value"].as_f64().unwrap() - 0.6).abs() < 1e-9, "{line}");
        assert_eq!(line["text"], "60.0 %");
        for end in ["low", "high", "bound_low", "bound_high", "sampling_low", "sampling_high"] {
            assert!(line[end].is_number(), "{end}: {line}");
        }
    }
    // Owners that are drawn again move a share, so the joined interval is wider than the bounds.
    for line in &us {
        let number = |name: &str| line[name].as_f64().unwrap();
        assert!(number("joined_low") < number("bound_low"), "{line}");
        assert!(number("joined_high") > number("bound_high"), "{line}");
    }
    let change = lines.iter().find(|line| line["what"] == "change of share").unwrap();
    // Four owners are too few for a test, and that is said.
    assert_eq!(change["test"], Json::Null, "{change}");
    let notes = json["notes"].as_array().unwrap();
    assert!(notes.iter().any(|note| note.as_str().unwrap().contains("fewer than ten")), "{json}");
    assert!(json["sentences"].as_array().is_some_and(|told| !told.is_empty()));
    assert_eq!(json["not_asked"], Json::Null);
}

#[test]
fn what_cannot_be_asked_says_why_and_is_no_failure() {
    let json = result("sizes");
    let reason = json["not_asked"].as_str().unwrap();
    assert!(json["lines"].as_array().unwrap().is_empty());
    let page = get("/results/sizes?collection=tiny");
    assert_eq!(page.status, 200);
    assert!(page.body.contains("Not asked of this collection: "), "{reason}");
}

#[test]
fn the_page_of_a_result_says_what_the_answer_for_programs_says() {
    let body = get("/results/countries?collection=tiny").body;
    for part in [
        "<h1>Shares of countries</h1>",
        "data-from=\"countries/sentence/0\"",
        "<caption>Shares of countries: every number.",
        "<th scope=\"row\">us</th>",
        "<td class=\"number\">60.0 %</td>",
        "href=\"/methods/share\"",
        "href=\"/api/v1/results/countries?collection=tiny\"",
        "role=\"img\"",
    ] {
        assert!(body.contains(part), "{part}: {body}");
    }
    let json = result("countries");
    for note in json["notes"].as_array().unwrap() {
        assert!(body.contains(note.as_str().unwrap()), "{note}");
    }
}

#[test]
fn all_results_stand_on_one_page_by_subject() {
    let body = get("/results?collection=tiny").body;
    for described in analyze::results::RESULTS {
        let link = format!("href=\"/results/{}?collection=tiny\"", described.name);
        assert!(body.contains(&link), "{link}");
    }
    assert!(body.contains("<h2 id=\"about-power\">Power</h2>"), "{body}");
    assert!(!body.contains("Still being computed"), "five models take no time");
    assert!(body.contains("attribution=developer"));
}

#[test]
fn results_are_asked_anew_of_another_release() {
    let directory = Directory::new();
    directory.write("hub");
    directory.live.look_closely();
    let address = "/api/v1/results/countries?collection=hub";
    assert_eq!(directory.get(address).json()["release"], "hub-release");
    directory.publish("hub", "second");
    directory.live.look_closely();
    assert_eq!(directory.get(address).json()["release"], "second");
}

#[test]
fn mistakes_about_results_have_stable_codes() {
    let cases = [
        ("/api/v1/results/country?collection=tiny", 404, "unknown_name"),
        ("/api/v1/results/countries?collection=tinny", 404, "unknown_collection"),
        ("/api/v1/results/countries?collection=unbuilt", 404, "not_built"),
        ("/api/v1/results/countries?attribution=owner", 400, "unknown_name"),
        ("/api/v1/results?x=1", 400, "unknown_parameter"),
    ];
    for (address, status, code) in cases {
        let reply = get(address);
        assert_eq!(
            (reply.status.as_u16(), &reply.json()["code"]),
            (status, &code.into()),
            "{address}"
        );
    }
    assert_eq!(get("/results/country?collection=tiny").status.as_u16(), 404);
}
