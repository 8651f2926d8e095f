use serde_json::Value as Json;

use crate::data::Directory;
use crate::get;

/// Lines of a table that stand between two texts.
fn row<'a>(body: &'a str, id: &str) -> &'a str {
    let (_, rest) = body.split_once(&format!("<tr id=\"{id}\">")).expect("a row");
    rest.split_once("</tr>").expect("its end").0
}

#[test]
fn every_claim_stands_on_the_page_with_status_reason_and_question() {
    let body = get("/replication?collection=tiny").body;
    assert!(body.contains("<strong>0</strong>") && body.contains("<strong>41</strong>"), "{body}");
    assert!(body.contains("That is another population"), "tiny is no whole Hub");
    let row = row(&body, "china-rises");
    for part in [
        "The share of China rises in 2025.",
        "claim 2, said by the authors",
        "aria-hidden=\"true\">–</span> not reproducible",
        "a rise",
        "weighhouse query share --group country --collection tiny --measure downloads",
        "href=\"/robustness/china-rises?collection=tiny\"",
        "href=\"/api/v1/query?stat=share&amp;group=country&amp;collection=tiny&amp;measure=downloads&amp;period=2024%2C2025\"",
    ] {
        assert!(row.contains(part), "{part}: {row}");
    }
    assert!(!self::row(&body, "model-count").contains("/robustness/"), "a total has none");
}

#[test]
fn the_answer_for_programs_says_the_same() {
    let json = get("/api/v1/replication?collection=tiny").json();
    assert_eq!((&json["collection"], &json["whole_hub"]), (&"tiny".into(), &false.into()));
    assert_eq!(json["release"], "tiny-release");
    let claims = json["claims"].as_array().unwrap();
    let counted: u64 =
        json["counts"].as_array().unwrap().iter().filter_map(|one| one["claims"].as_u64()).sum();
    assert_eq!((claims.len(), counted), (41, 41));
    let late = claims.iter().find(|claim| claim["claim"] == "industry-late").unwrap();
    assert_eq!((&late["expected_value"], &late["ours"]), (&0.37.into(), &Json::Null));
    assert_eq!(late["status"], "not reproducible");

    let csv = get("/api/v1/replication.csv?collection=tiny");
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    let lines: Vec<&str> = csv.body.lines().collect();
    assert_eq!(lines.len(), 42);
    assert!(lines[0].starts_with("claim,number,text,said_by,expected,value,"));
    assert!(lines.iter().all(|line| line.ends_with("false") || line.ends_with("simulated")));
}

/// By hand: in 2024 alpha, of the United States, has 600 of 1,000 downloads in each of the weeks.
#[test]
fn the_question_of_a_claim_can_be_asked_of_a_period() {
    let address = "/api/v1/query?stat=share&group=country&collection=tiny&period=2024,2024-Q2";
    let json = get(address).json();
    let periods = json["periods"].as_array().unwrap();
    assert_eq!(periods.len(), 2);
    assert!(periods[0].as_str().unwrap().starts_with("2024: 12 of 52 weeks, from 2024-03-04"));
    let rows = json["rows"].as_array().unwrap();
    let us: Vec<f64> = rows
        .iter()
        .filter(|row| row["unit"] == "us")
        .filter_map(|row| row["value"].as_f64())
        .collect();
    assert_eq!(us.len(), 2);
    assert!(us.iter().all(|share| (share - 0.6).abs() < 1e-9), "{us:?}");
    let both = get("/api/v1/query?stat=share&collection=tiny&period=2024&from=2024-05-01");
    assert_eq!((both.status.as_u16(), &both.json()["code"]), (400, &"contradiction".into()));
}

#[test]
fn a_release_is_asked_anew_when_it_is_another() {
    let directory = Directory::new();
    directory.write("hub");
    directory.live.look_closely();
    let first = directory.get("/api/v1/replication?collection=hub").json();
    assert_eq!((&first["release"], &first["whole_hub"]), (&"hub-release".into(), &true.into()));
    assert!(directory.get("/replication?collection=hub").body.contains("leave no doubt"));
    directory.publish("hub", "second");
    directory.live.look_closely();
    let second = directory.get("/api/v1/replication?collection=hub").json();
    assert_eq!(second["release"], "second");
}

#[test]
fn mistakes_about_claims_have_stable_codes() {
    let cases = [
        ("/api/v1/replication?collection=tinny", 404, "unknown_collection"),
        ("/api/v1/replication?claim=x", 400, "unknown_parameter"),
        ("/api/v1/replication.csv?collection=unbuilt", 404, "not_built"),
        ("/api/v1/robustness/china-rise?collection=tiny", 404, "unknown_name"),
        ("/api/v1/robustness/model-count?collection=tiny", 404, "contradiction"),
        ("/api/v1/robustness/china-rises?collection=tinny", 404, "unknown_collection"),
        ("/figure/robustness/china-rises.gif?collection=tiny", 404, "not_found"),
        ("/figure/robustness/china-rise.svg?collection=tiny", 404, "unknown_name"),
    ];
    for (address, status, code) in cases {
        let reply = get(address);
        assert_eq!(reply.status.as_u16(), status, "{address}");
        assert_eq!(reply.header("content-type"), "application/problem+json", "{address}");
        assert_eq!(reply.json()["code"], code, "{address}");
    }
    assert_eq!(get("/replication?claim=x").status.as_u16(), 400);
}

#[test]
fn the_list_of_robustness_leads_to_every_claim_but_totals() {
    let body = get("/robustness?collection=tiny").body;
    assert_eq!(body.matches("href=\"/robustness/").count(), 39);
    assert!(!body.contains("851,000 models."));
    assert!(body.contains("aria-current=\"true\">Claims</a>"), "{body}");
}

/// Tiny has 12 weeks of 2024 and none of 2025, so no definition has an answer.
#[test]
fn a_claim_without_an_answer_says_why_for_every_definition() {
    let reply = get("/robustness/china-rises?collection=tiny");
    assert_eq!(reply.status, 200);
    let body = &reply.body;
    assert!(body.contains("<h1>The share of China rises in 2025</h1>"), "{body}");
    assert!(body.contains("No data for this question: ") && body.contains("under any definition"));
    assert!(body.contains("action=\"/robustness/china-rises\""), "another collection of the claim");
    let json = get("/api/v1/robustness/china-rises?collection=tiny").json();
    let count = json["not_asked"].as_u64().unwrap();
    assert!(count > 20 && json["asked"] == 0 && json["agreeing_share"].is_null(), "{json}");
    assert!(body.contains(&format!("{count} definitions without an answer")));
    let definitions = json["definitions"].as_array().unwrap();
    assert_eq!(definitions.len() as u64, count);
    assert!(definitions.iter().all(|one| one["because"].is_string() && one["answer"].is_null()));
    assert_eq!(definitions[0]["definition"], "as claimed");

    let csv = get("/figure/robustness/china-rises.csv?collection=tiny").body;
    assert_eq!(csv.lines().count() as u64, count + 1);
    assert!(csv.starts_with("claim,definition,value,low,high,"));
    for (extension, kind) in
        [("", "text/html; charset=utf-8"), (".svg", "image/svg+xml"), (".json", "application/json")]
    {
        let reply = get(&format!("/figure/robustness/china-rises{extension}?collection=tiny"));
        assert_eq!((reply.status.as_u16(), reply.header("content-type")), (200, kind));
    }
    assert_eq!(get("/robustness/china-rise?collection=tiny").status.as_u16(), 404);
}
