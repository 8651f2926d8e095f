use serde_json::json;

use crate::data::{HOSTILE, empty_server};
use crate::{ask, get};

/// By hand: shares .6 .2 .15 .05 give Σ s² = .425; nothing is unattributed, so bounds have no width.
#[test]
fn a_query_has_exactly_the_documented_shape() {
    let reply = get("/api/v1/query?stat=hhi&collection=tiny&measure=downloads&group=uploader");
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("content-type"), "application/json");
    let expected = json!({
        "collection": "tiny",
        "measure": "downloads",
        "group": "uploader",
        "where": "",
        "release": "tiny-release",
        "data_through": "2024-05-27T00:00:00Z",
        "simulated": false,
        "rows": [{
            "at": "2024-05-20", "unit": null, "stat": "hhi", "value": 4250.0, "low": 4250.0,
            "high": 4250.0, "bound_low": 4250.0, "bound_high": 4250.0, "n": 4,
            "estimated_share": 0.0, "missing_cells": 0
        }],
        "quality": { "level": "ok", "reasons": [] }
    });
    let mut answer = reply.json();
    for name in ["value", "low", "high", "bound_low", "bound_high"] {
        let number = &mut answer["rows"][0][name];
        *number = json!((number.as_f64().unwrap() * 1e6).round() / 1e6);
    }
    assert_eq!(answer, expected);
    let order: Vec<usize> = ["\"collection\"", "\"measure\"", "\"where\"", "\"rows\""]
        .iter()
        .map(|key| reply.body.find(key).unwrap())
        .collect();
    assert!(order.is_sorted());
}

/// By hand: 5 % of the mass belongs to nobody who was reviewed. HHI of the known
/// (600² + 200² + 150²) / 950² = .468144; bounds .4225 and (.6 + .05)² + .04 + .0225 = .485.
#[test]
fn bounds_say_what_unreviewed_mass_could_do() {
    let row = &get("/api/v1/query?stat=hhi&collection=tiny&group=country").json()["rows"][0];
    let close = |name: &str, expected: f64| (row[name].as_f64().unwrap() - expected).abs() < 0.01;
    assert!(close("value", 4681.44) && close("bound_low", 4225.0) && close("bound_high", 4850.0));
}

#[test]
fn defaults_are_the_best_that_there_is() {
    let answer = get("/api/v1/query?stat=gini").json();
    assert_eq!(answer["collection"], "tiny", "real before simulated");
    assert_eq!(answer["measure"], "downloads", "flows, of which there are eight weeks");
}

#[test]
fn weeks_asked_together_are_those_asked_one_by_one() {
    let together = get("/api/v1/query?stat=sum,hhi&from=2024-03-18&to=2024-04-21&collection=tiny");
    let rows = together.json()["rows"].as_array().unwrap().clone();
    let mut alone = Vec::new();
    for week in ["2024-03-18", "2024-03-25", "2024-04-01", "2024-04-08", "2024-04-15"] {
        let address = format!("/api/v1/query?stat=sum,hhi&from={week}&to={week}&collection=tiny");
        alone.extend(get(&address).json()["rows"].as_array().unwrap().clone());
    }
    assert_eq!(rows, alone);
    // The sixth week is missing: no sum, and no index.
    let missing: Vec<_> = rows.iter().filter(|row| row["at"] == "2024-04-08").collect();
    assert_eq!(missing.len(), 2);
    assert!(missing[0]["value"].is_null() && missing[1]["value"].is_null(), "{missing:?}");
    assert_eq!(missing[1]["missing_cells"], 5);
}

#[test]
fn unknown_values_list_the_known_ones() {
    let cases = [
        (
            "/api/v1/query?stat=hhy",
            400,
            "unknown_name",
            "unknown statistic 'hhy'; known are: sum, share, rank, percentile, hhi",
        ),
        (
            "/api/v1/query?stat=hhi&measure=visits",
            400,
            "unknown_name",
            "known are: downloads, first_year",
        ),
        (
            "/api/v1/query?stat=hhi&group=owner",
            400,
            "unknown_name",
            "known are: model, uploader, developer",
        ),
        (
            "/api/v1/query?stat=hhi&where=country=mars",
            400,
            "unknown_value",
            "the most frequent values are: us",
        ),
        ("/api/v1/query?stat=hhi&where=country", 400, "unreadable", "expected attribute=value"),
        ("/api/v1/query?stat=hhi&window=3", 400, "unknown_name", "known are: 1, 4, 13, 52"),
        ("/api/v1/query?stat=hhi&from=yesterday", 400, "unreadable", "2026-W34"),
        ("/api/v1/query?stat=hhi&top=0", 400, "unreadable", "number of units"),
        ("/api/v1/query?stat=hhi&group=", 400, "unreadable", "has no value; leave it out"),
        (
            "/api/v1/query?stat=hhi&as_of=2024-05-01&from=2024-04-01",
            400,
            "contradiction",
            "give one of them",
        ),
        ("/api/v1/query?stats=hhi", 400, "unknown_parameter", "known are: stat, collection"),
        ("/api/v1/query", 400, "missing_parameter", "effective_number"),
        (
            "/api/v1/query?stat=hhi&as_of=2020-01-01",
            404,
            "no_data",
            "it reaches from the week of 2024-03-04",
        ),
        (
            "/api/v1/query?stat=hhi&collection=tinny",
            404,
            "unknown_collection",
            "known are: damaged, simulated-tiny, tiny",
        ),
        ("/api/v1/query?stat=hhi&collection=unbuilt", 404, "not_built", "weighhouse build"),
        ("/api/v2/query", 404, "not_found", "/api/v2/query"),
    ];
    for (address, status, code, detail) in cases {
        let reply = get(address);
        assert_eq!(reply.status.as_u16(), status, "{address}");
        assert_eq!(reply.header("content-type"), "application/problem+json", "{address}");
        let problem = reply.json();
        assert_eq!(problem["code"], code, "{address}");
        assert_eq!(problem["status"], status, "{address}");
        let said = problem["detail"].as_str().unwrap();
        assert!(said.contains(detail), "{address}: {said}");
        let path = std::env::temp_dir().display().to_string();
        assert!(!said.contains(&path), "no path of the server: {said}");
    }
}

#[test]
fn simulated_answers_are_marked() {
    for address in [
        "/api/v1/query?stat=hhi&collection=simulated-tiny",
        "/api/v1/leaderboard?collection=simulated-tiny",
        "/api/v1/attributes?collection=simulated-tiny",
    ] {
        let reply = get(address);
        assert_eq!(reply.header("x-weighhouse-simulated"), "true", "{address}");
        assert_eq!(reply.json()["simulated"], true, "{address}");
    }
    let real = get("/api/v1/query?stat=hhi&collection=tiny");
    assert_eq!(real.header("x-weighhouse-simulated"), "");
    let listed = get("/api/v1/collections").json();
    let simulated: Vec<_> = listed["collections"]
        .as_array()
        .unwrap()
        .iter()
        .map(|collection| (collection["name"].clone(), collection["simulated"].clone()))
        .collect();
    assert_eq!(simulated, [(json!("simulated-tiny"), json!(true)), (json!("tiny"), json!(false))]);
}

#[test]
fn the_leaderboard_ranks_with_the_place_before() {
    let answer = get("/api/v1/leaderboard?collection=tiny&top=3").json();
    assert_eq!(
        (&answer["at"], &answer["earlier_at"]),
        (&json!("2024-05-20"), &json!("2024-03-04"))
    );
    let standings = answer["standings"].as_array().unwrap();
    let units: Vec<_> = standings.iter().map(|row| row["unit"].as_str().unwrap()).collect();
    assert_eq!(units, ["alpha", "beta", "gamma"]);
    assert_eq!(standings[1]["rank"], 2);
    assert_eq!(standings[1]["earlier_rank"], 2);
    assert_eq!(standings[0]["sum"]["value"], 600.0);
    assert_eq!(standings[0]["share"]["value"], 0.6);
}

#[test]
fn lists_say_what_there_is() {
    let attributes = get("/api/v1/attributes?collection=tiny").json();
    assert_eq!(attributes["model_count"], 5);
    assert_eq!(attributes["attributes"][2]["name"], "country");
    assert_eq!(attributes["attributes"][2]["known_count"], 4);
    let indicators = get("/api/v1/indicators").json();
    assert_eq!(indicators["indicators"][0]["name"], "uploaders");
    let report = get("/api/v1/status").json();
    assert_eq!(report["code_version"], "test");
    let states: Vec<_> = report["collections"]
        .as_array()
        .unwrap()
        .iter()
        .map(|collection| collection["state"].as_str().unwrap())
        .collect();
    assert_eq!(states, ["failed", "ready", "ready", "not_built"]);
    assert_eq!(report["collections"][0]["refused_release"], "damaged-release");
    assert_eq!(report["collections"][2]["missing_cells"], 5);
    assert_eq!(report["collections"][2]["problem_count"], 26);
    let collections = get("/api/v1/collections").json();
    let measures = &collections["collections"][1]["measures"];
    assert_eq!(
        *measures,
        json!(["downloads", "first_year", "downloads_30d", "rate_30d", "models"])
    );
}

#[test]
fn an_empty_store_refuses_questions_and_lists_nothing() {
    let reply = ask(empty_server(), "/api/v1/query?stat=hhi", &[]);
    assert_eq!((reply.status.as_u16(), &reply.json()["code"]), (404, &json!("empty")));
    let reply = ask(empty_server(), "/api/v1/collections", &[]);
    let quality = json!({ "level": "ok", "reasons": [] });
    assert_eq!(reply.json(), json!({ "collections": [], "quality": quality }));
}

#[test]
fn hostile_names_are_data() {
    let answer = get("/api/v1/query?stat=top&collection=tiny&top=4").json();
    assert_eq!(answer["rows"][3]["unit"], HOSTILE);
}

/// A change of the API is seen in review.
#[test]
fn openapi() {
    let reply = get("/api/v1/openapi.json");
    assert_eq!(reply.header("content-type"), "application/json");
    insta::assert_snapshot!(reply.body);
}

/// Planted: 1 to 4 models restated in the second to fifth week, a stale snapshot in the seventh,
/// and rules of `gguf` and `default` that change in the eighth and eleventh.
#[test]
fn an_answer_tells_what_happened_to_the_counters_in_its_time() {
    let events = |address: &str| {
        let answer = get(address).json();
        let of = |event: &serde_json::Value| {
            let text = |key: &str| event[key].as_str().unwrap_or("-").to_owned();
            format!("{} {} {}", &text("at")[..10], text("kind"), text("subject"))
        };
        answer["events"].as_array().map(|events| events.iter().map(of).collect::<Vec<_>>())
    };
    let asked = "/api/v1/query?stat=sum&collection=tiny&measure=downloads";
    let within = events(&format!("{asked}&from=2024-03-18&to=2024-03-25")).unwrap();
    assert_eq!(within, ["2024-03-18 restatement -", "2024-03-25 restatement -"]);
    // A window reaches back.
    let window = events(&format!("{asked}&from=2024-03-25&to=2024-03-25&window=4")).unwrap();
    assert_eq!(
        window,
        ["2024-03-11 restatement -", "2024-03-18 restatement -", "2024-03-25 restatement -"]
    );
    // Rules that are not asked about change nothing.
    let rule = events(&format!("{asked}&from=2024-04-22&where=counting_rule%3Dgguf")).unwrap();
    assert_eq!(rule, ["2024-04-22 rule_change gguf"]);
    let likes = "/api/v1/query?stat=sum&collection=tiny&measure=downloads_30d";
    assert_eq!(events(likes), None, "no key where nothing happened");
    let all = events("/api/v1/counter-events?collection=tiny").unwrap();
    assert_eq!(all.len(), 7);
    let stale = events("/api/v1/counter-events?collection=tiny&kind=stale").unwrap();
    assert_eq!(stale.len(), 1);
    assert_eq!(get("/api/v1/counter-events?kind=spike").status, 400);
}

#[test]
fn a_ranking_can_be_asked_without_flagged_weeks() {
    let asked = "/api/v1/leaderboard?collection=tiny&measure=downloads&as_of=2024-04-28";
    let largest = |flagged: &str| {
        let answer = get(&format!("{asked}{flagged}")).json();
        let sum = answer["standings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["sum"]["value"].as_f64().unwrap());
        (sum.sum::<f64>(), answer["flagged"].clone())
    };
    let ((all, _), (without, said)) = (largest(""), largest("&flagged=exclude"));
    assert_eq!(said, "exclude");
    assert!(without < all, "{without} of {all}");
}

#[test]
fn weeks_with_a_flag_can_be_left_out_and_the_answer_says_so() {
    // One model of gamma has a spike in the eighth week: without it 850 of 1,000 are left.
    let total = |flagged: &str| {
        let address = format!(
            "/api/v1/query?stat=sum&collection=tiny&measure=downloads&from=2024-04-22&to=2024-04-22{flagged}"
        );
        let answer = get(&address).json();
        (answer["rows"][0]["value"].as_f64().unwrap(), answer["flagged"].clone())
    };
    let (all, said) = total("");
    assert!(said.is_null(), "all weeks are counted");
    let (without, said) = total("&flagged=exclude");
    assert_eq!(said, "exclude");
    let (only, said) = total("&flagged=only");
    assert_eq!(said, "only");
    assert!(only > 0.0 && (without + only - all).abs() < 1e-9, "{without} and {only} of {all}");
}

/// By hand: four owners with .6 .2 .15 .05 have 4,250; a draw has between none of the largest and
/// nobody else, which is 10,000, and several of each, which are owners of their own. The interval
/// has a width though the number is read exactly.
#[test]
fn a_sampling_interval_is_told_where_it_is_asked_for() {
    let question = "/api/v1/query?stat=hhi&collection=tiny&measure=downloads&group=uploader";
    let row = get(&format!("{question}&sampling=yes")).json()["rows"][0].clone();
    let [low, high] = ["sampling_low", "sampling_high"].map(|end| row[end].as_f64().unwrap());
    assert!((500.0..4_250.0).contains(&low), "{row}");
    assert!((4_250.0..=10_000.0).contains(&high), "{row}");
    assert_eq!(get(&format!("{question}&sampling=no")).json()["rows"][0].get("sampling_low"), None);
    let refused = get(&format!("{question}&sampling=perhaps"));
    assert_eq!(refused.status, 400);
}
