use crate::data::{Directory, kin};
use crate::get;

/// The numbers of a part of a page, by where each is from.
fn numbers(part: &str) -> Vec<(f64, &str)> {
    let each = part.split("<data value=\"").skip(1);
    each.map(|rest| {
        let (value, rest) = rest.split_once('"').expect("a value");
        let from = rest.split_once("data-from=\"").and_then(|(_, rest)| rest.split_once('"'));
        (value.parse().expect("a number"), from.expect("where it is from").0)
    })
    .collect()
}

/// The card of a topic.
fn card<'a>(body: &'a str, topic: &str) -> &'a str {
    let (_, rest) = body.split_once(&format!("data-topic=\"{topic}\"")).expect("the topic is told");
    rest.split_once("</li>").expect("its end").0
}

/// By hand: of 1,000 downloads a week alpha has 600, and every week is like the others, so nothing
/// changed; its HHI over uploaders is 10,000 (0.36 + 0.04 + 0.0225 + 0.0025).
#[test]
fn headlines_say_who_leads_and_what_cannot_be_told() {
    let directory = kin::directory();
    let body = directory.get("/?collection=tiny").body;
    assert_eq!(body.matches("<li class=\"headline\"").count(), 5, "{body}");
    let leader = card(&body, "leader");
    assert!(leader.contains("<span class=\"name\">alpha</span> leads with"), "{leader}");
    assert!(leader.contains("ahead of <span class=\"name\">beta</span>"), "{leader}");
    let told = numbers(leader);
    assert!(told.contains(&(0.6, "now")) && told.contains(&(0.2, "next")), "{told:?}");
    let concentration = numbers(card(&body, "concentration"));
    assert!((concentration[0].0 - 4250.0).abs() < 1e-6, "{concentration:?}");
    // The ninth week is estimated, so windows that hold it may differ, and nothing is claimed.
    assert!(body.contains("could undo the change") && body.contains("Direction cannot be told"));
    assert!(body.contains("How these were chosen"));
    assert!(body.contains("class=\"chart chart-spark\""), "a picture is in the page as it arrives");
}

#[test]
fn each_headline_is_the_number_that_the_api_gives() {
    let directory = kin::directory();
    let body = directory.get("/?collection=tiny").body;
    let mut held = 0;
    for part in body.split("<li class=\"headline\"").skip(1) {
        let part = part.split_once("</li>").expect("its end").0;
        let (_, rest) = part.split_once("<a href=\"/api/v1/").expect("an address for programs");
        let address = rest.split('"').next().unwrap().replace("&amp;", "&");
        let json = directory.get(&format!("/api/v1/{address}")).json();
        let (now, _) =
            numbers(part).into_iter().find(|(_, from)| *from == "now").expect("it is told");
        let rows = json["rows"].as_array().unwrap_or_else(|| panic!("{address}: {json}"));
        let is_there = rows.iter().any(|row| {
            row["value"].as_f64().is_some_and(|value| (value - now).abs() < 1e-9 * now.max(1.0))
        });
        assert!(is_there, "{address}: {now} is not in {json}");
        held += 1;
    }
    assert_eq!(held, 5);
}

#[test]
fn what_is_not_known_is_said_with_the_reason() {
    let body = get("/?collection=tiny").body;
    let (_, untold) = body.split_once("What this collection cannot say").expect("it is said");
    for reason in [
        "Openness: the licence and the data of no model are known.",
        "Size: the size of no model is known.",
    ] {
        assert!(untold.contains(reason), "{reason}: {untold}");
    }
    assert!(!body.contains("data-topic=\"openness\""));
    assert!(body.contains("What this rests on") && body.contains("13 snapshots"), "{body}");
    assert!(body.contains("No model is new."), "all five were there before");
}

#[test]
fn a_result_that_is_not_there_yet_is_fetched_when_it_is() {
    let directory = kin::directory();
    let body = directory.get("/?collection=tiny").body;
    let (_, rest) = card(&body, "leader").split_once("data-fragment=\"").expect("it is awaited");
    let address = rest.split('"').next().unwrap().replace("&amp;", "&");
    assert_eq!(address, "/fragment/result/leaders?collection=tiny&extent=sentence");
    let fragment = directory.get(&address);
    assert_eq!(fragment.status, 200);
    assert!(fragment.body.starts_with("<p class=\"tested"), "{}", fragment.body);
    // From now on it is in the page as it arrives.
    let again = directory.get("/?collection=tiny").body;
    assert!(card(&again, "leader").contains(&fragment.body), "{again}");
    assert_eq!(directory.get("/fragment/result/nothing?collection=tiny").status, 404);
    assert_eq!(directory.get("/fragment/result/leaders?extent=half").status, 400);
}

#[test]
fn the_overview_is_of_original_developers_on_request() {
    let directory = kin::directory();
    let body = directory.get("/?collection=tiny&attribution=developer").body;
    // By hand: alpha made the roots of 950 of 1,000.
    assert!(numbers(card(&body, "leader")).contains(&(0.95, "now")), "{body}");
    assert!(card(&body, "leader").contains("attribution=developer"));
    let refused = directory.get("/?attribution=author");
    assert_eq!(refused.status, 400);
    assert_eq!(directory.get("/?measure=likes").status, 400, "the overview chooses what it counts");
}

#[test]
fn a_collection_without_readings_gets_an_honest_page() {
    let directory = Directory::new();
    assert!(directory.get("/").body.contains("weighhouse import SOURCE PATH"));
}
