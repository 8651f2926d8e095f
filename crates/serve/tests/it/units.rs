//! Pages of single units, over the tiny release: five models of four owners, whose flows are 600,
//! 200, 150 and 50 downloads a week.

use serde_json::{Value as Json, json};

use crate::data::HOSTILE;
use crate::get;

const PAGES: [&str; 8] = [
    "/owner?owner=alpha",
    "/owner?owner=alpha&attribution=developer",
    "/country?country=us",
    "/country-group?country_group=china",
    "/sector?sector=france",
    "/unit?group=size_band&unit=large",
    "/attribute?attribute=size_band",
    "/owner?owner=alpha&measure=downloads_30d",
];

fn page(address: &str) -> crate::Reply {
    get(&format!("{address}&collection=tiny"))
}

#[test]
fn every_page_is_whole_and_its_ids_are_its_own() {
    for address in PAGES {
        let reply = page(address);
        assert_eq!(reply.status, 200, "{address}");
        let body = &reply.body;
        assert_eq!(body.matches("<h1>").count(), 1, "{address}");
        assert!(body.contains("role=\"img\"") && body.contains("<summary>Table</summary>"));
        assert!(!body.contains(" style=") && !body.contains("onclick"), "{address}");
        let mut ids: Vec<&str> =
            body.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count, "{address}");
    }
}

/// By hand: 600 of 1,000 downloads, and so the first of four.
#[test]
fn an_owner_is_told_with_its_rank_share_and_neighbours() {
    let body = page("/owner?owner=alpha").body;
    assert!(body.contains("<h1>alpha</h1>"));
    assert!(body.contains("<dt>Rank</dt><dd>1<span class=\"of\"> of 4</span>"), "{body}");
    assert!(
        body.contains("<dt>Share</dt><dd>60.0 %") && body.contains("<dt>Models</dt><dd>2</dd>")
    );
    assert!(body.contains("the same in the week of 4\u{a0}Mar\u{a0}2024"), "{body}");
    let (_, peers) = body.split_once("id=\"peers\"").expect("a section");
    assert!(peers.contains("<strong aria-current=\"true\">alpha</strong>"));
    assert!(peers.contains("href=\"/owner?collection=tiny&amp;owner=beta\""));
    let (_, used) = body.split_once("id=\"most-used\"").expect("a section");
    assert!(used.contains(">alpha/one</a>") && !used.contains(">beta/one</a>"), "only its own");
    assert!(used.contains("83.3 %"), "500 of its 600");
    assert!(
        body.contains("<dt>Country</dt><dd><a href=\"/country?collection=tiny&amp;country=us\"")
    );
}

/// By hand: eleven of twelve weeks are known, the ninth of them by estimate; beta's eighth of ten
/// observed ones has a flag, as one of its eleven equal weeks.
#[test]
fn the_quality_of_the_numbers_is_told() {
    let body = page("/owner?owner=beta").body;
    let (_, quality) = body.split_once("id=\"quality\"").expect("a section");
    assert!(quality.contains("11 known, from the week of 4\u{a0}Mar\u{a0}2024"), "{quality}");
    assert!(quality.contains("in 1 week between nothing is known"), "{quality}");
    assert!(
        quality.contains("9.1 % of all that is counted here; 1 week is mostly so"),
        "{quality}"
    );
    assert!(quality.contains("<dt>Flagged</dt><dd>9.1 %"), "{quality}");
}

#[test]
fn nobody_is_taken_for_reviewed_who_is_not() {
    let body = page("/owner?owner=beta").body;
    assert!(body.contains("<strong>Unreviewed: </strong>"), "{body}");
    assert!(body.contains("<code>registry/owners/b.csv</code>"));
    let simulated = get("/owner?owner=beta&collection=simulated-tiny").body;
    assert!(simulated.contains("known by design") && !simulated.contains("Unreviewed: "));
}

#[test]
fn mass_that_belongs_to_none_has_a_page_and_no_rank() {
    let body = page("/country?country=unreviewed").body;
    assert!(body.contains("This is mass that belongs to none"), "{body}");
    assert!(!body.contains("<dt>Rank</dt>") && body.contains("<dt>Share</dt><dd>5.0 %"));
    let china = page("/country?country=china").body;
    assert!(china.contains("bounds 20.0 to 25.0 %"), "{china}");
}

#[test]
fn names_are_found_in_any_case_and_others_lead_to_near_ones() {
    assert!(page("/owner?owner=ALPHA").body.contains("<h1>alpha</h1>"));
    let reply = page("/owner?owner=alpho");
    assert_eq!(reply.status, 404);
    assert!(reply.body.contains("Near it are") && reply.body.contains("owner=alpha\""));
    let nowhere = page("/owner?owner=%E6%97%A5%E6%9C%AC%20%2F%20x");
    assert_eq!(nowhere.status, 404);
    assert!(nowhere.body.contains("<strong>日本 / x</strong>"), "{}", nowhere.body);
    assert!(nowhere.body.contains("See the largest owners"));
    let attribute = page("/attribute?attribute=size_bond");
    assert_eq!(attribute.status, 404);
    assert!(attribute.body.contains("near it are: size_band"), "{}", attribute.body);
}

#[test]
fn hostile_names_are_escaped_and_still_lead_to_their_page() {
    let address = "/owner?collection=tiny&owner=%3Cscript%3Ealert%281%29%3C/script%3E";
    let all = get("/owner?collection=tiny").body;
    assert!(all.contains(&format!("href=\"{}\"", address.replace('&', "&amp;"))), "{all}");
    let reply = get(address);
    assert_eq!(reply.status, 200);
    assert!(!reply.body.contains(HOSTILE));
}

#[test]
fn a_page_without_a_unit_lists_the_largest() {
    let body = get("/country?collection=tiny").body;
    assert!(body.contains("<h1>Countries</h1>") && body.contains(", of 3 that the collection has"));
    assert!(body.contains("What belongs to none is"));
    let refused = get("/unit?collection=tiny");
    assert_eq!(refused.status, 400);
    assert!(refused.body.contains("the parameter 'group' is missing"), "{}", refused.body);
    let empty = crate::ask(crate::data::empty_server(), "/owner", &[]);
    assert!(empty.body.contains("How to begin"));
}

#[test]
fn the_figures_of_a_unit_are_the_query() {
    let query =
        get("/api/v1/query?collection=tiny&stat=share,sum&group=uploader&from=2024-03-04").json();
    for (figure, stat) in [("unit-share", "share"), ("unit-sum", "sum")] {
        let asked = format!("/figure/{figure}.json?collection=tiny&group=uploader&unit=gamma");
        let points = get(&asked).json()["series"][0]["points"].clone();
        let points = points.as_array().expect("points");
        assert_eq!(points.len(), 11, "the sixth week is a gap");
        for point in points {
            let rows = query["rows"].as_array().expect("rows");
            let row = rows.iter().find(|row| {
                row["at"] == point["at"] && row["unit"] == "gamma" && row["stat"] == stat
            });
            let row = row.expect("the query has it");
            for name in ["value", "low", "high", "bound_low", "n", "estimated_share"] {
                let [a, b] = [&point[name], &row[name]].map(Json::as_f64);
                let is_near = a.zip(b).is_some_and(|(a, b)| (a - b).abs() < 1e-9);
                assert!(is_near || a == b, "{figure} {name} {a:?} {b:?}");
            }
        }
    }
    let refused = get("/figure/unit-sum.json?collection=tiny&group=uploader");
    assert_eq!(
        (refused.status.as_u16(), refused.json()["code"].clone()),
        (400, json!("missing_parameter"))
    );
    let unknown = get("/figure/unit-sum.json?collection=tiny&group=uploader&unit=gama").json();
    assert!(unknown["detail"].as_str().unwrap().contains("near it are: gamma"), "{unknown}");
}

/// By hand: gamma's 150 of 1,000, after 600 and 200.
#[test]
fn the_leaderboard_tells_where_one_unit_stands() {
    let address = "/api/v1/leaderboard?collection=tiny&measure=downloads&unit=gamma&top=1";
    let answer = get(address).json();
    let place = &answer["place"];
    assert_eq!(
        (place["rank"]["value"].clone(), place["rank"]["n"].clone()),
        (json!(3.0), json!(4))
    );
    assert_eq!(
        (place["rank"]["low"].clone(), place["rank"]["bound_high"].clone()),
        (json!(3.0), json!(3.0))
    );
    assert!((place["share"]["value"].as_f64().unwrap() - 0.15).abs() < 1e-9);
    let units: Vec<&str> = answer["standings"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| row["unit"].as_str().expect("a unit"))
        .collect();
    assert_eq!(units, ["beta", "gamma", HOSTILE]);
    let whole = get("/api/v1/leaderboard?collection=tiny&measure=downloads").json();
    assert!(whole.get("place").is_none());
    assert_eq!(whole["standings"][2], answer["standings"][1]);
    let unknown = get("/api/v1/leaderboard?collection=tiny&unit=nobody");
    assert_eq!(
        (unknown.status.as_u16(), unknown.json()["code"].clone()),
        (400, json!("unknown_value"))
    );
}

/// By hand: 50 of the 1,000 belong to nobody reviewed; they would lift france past china, and not
/// past us.
#[test]
fn unreviewed_mass_moves_the_bounds_of_a_rank() {
    let place = |unit: &str| {
        get(&format!("/api/v1/leaderboard?collection=tiny&group=country&unit={unit}")).json()["place"]["rank"].clone()
    };
    let china = place("china");
    assert_eq!(china["value"], 2.0);
    assert_eq!((china["bound_low"].clone(), china["bound_high"].clone()), (json!(2.0), json!(3.0)));
    assert_eq!(place("us")["bound_high"], 1.0);
}

#[test]
fn rows_lead_to_the_pages_of_their_units() {
    let power = get("/power?collection=tiny").body;
    assert!(power.contains("<a href=\"/owner?collection=tiny&amp;owner=alpha\">alpha</a>"));
    let developers = get("/power?collection=tiny&attribution=developer").body;
    assert!(developers.contains("owner=alpha&amp;attribution=developer"));
    let attributes = get("/attributes?collection=tiny").body;
    assert!(attributes.contains("<a href=\"/attribute?collection=tiny&amp;attribute=size_band\">"));
}
