use serde_json::Value as Json;

use crate::get;

/// The cells of the row of a name.
fn cells(body: &str, name: &str) -> Vec<String> {
    let (_, rest) = body.split_once(&format!("<th scope=\"row\">{name}</th>")).expect("a row");
    let (row, _) = rest.split_once("</tr>").expect("its end");
    let text = |cell: &str| {
        let mut kept = String::new();
        let mut is_tag = false;
        for letter in cell.chars() {
            is_tag = letter == '<' || is_tag && letter != '>';
            if !is_tag && letter != '>' {
                kept.push(letter);
            }
        }
        kept
    };
    row.split("<td class=\"number\">").skip(1).map(text).collect()
}

/// By hand: shares are .6 .2 .15 .05. Together the first two have .8: Σ s² is .64 + .0225 + .0025.
#[test]
fn owners_that_become_one_are_shown_before_and_after() {
    let reply = get("/whatif?collection=tiny&merge=alpha,beta");
    assert_eq!(reply.status, 200, "{}", reply.body);
    let body = &reply.body;
    assert!(body.contains("If alpha and beta become one, alpha. Of weekly downloads"), "{body}");
    assert_eq!(cells(body, "HHI"), ["4,250", "6,650", "▲ +2,400"]);
    assert_eq!(cells(body, "Share of the largest"), ["60.0 %", "80.0 %", "▲ +20.0 points"]);
    assert_eq!(cells(body, "us")[2], "no change", "each model stays in its country");
    assert!(body.contains("weighhouse whatif --collection tiny --measure downloads --group uploader --merge 'alpha,beta=alpha'"));
    assert!(body.contains("value=\"alpha,beta\""), "the field keeps what was asked");
}

/// By hand: without alpha 400 downloads stay: beta 200, gamma 150, and 50 of nobody's country.
#[test]
fn an_owner_a_country_and_a_move_are_answered_as_the_api_does() {
    let gone = get("/whatif?collection=tiny&remove=alpha").body;
    assert_eq!(cells(&gone, "Share of the largest"), ["60.0 %", "50.0 %", "▼ −10.0 points"]);
    let country = get("/whatif?collection=tiny&remove_country=us").body;
    assert_eq!(cells(&country, "Share of the largest"), cells(&gone, "Share of the largest"));
    let moved = get("/whatif?collection=tiny&reclassify=gamma&to_country=us").body;
    let us = cells(&moved, "us");
    assert!(us[0].starts_with("60.0 %") && us[1].starts_with("75.0 %"), "{us:?}");
    let (_, link) = moved.split_once("href=\"/api/v1/whatif?").expect("a link");
    let address = link.split('"').next().unwrap().replace("&amp;", "&");
    let json = get(&format!("/api/v1/whatif?{address}")).json();
    let effects = json["effects"].as_array().unwrap();
    let of_us = effects.iter().find(|row| row["unit"] == "us" && row["group"] == "country");
    let after = of_us.map(|row| row["after"]["value"].as_f64().unwrap());
    assert!(after.is_some_and(|share| (share - 0.75).abs() < 1e-9), "{json}");
}

#[test]
fn a_mistake_stands_below_its_field_and_keeps_the_rest() {
    for (address, field, words) in [
        ("merge=alpha,betta", "merge", "beta"),
        ("merge=alpha", "merge", "owners and the name that they get"),
        ("remove=alhpa", "remove", "alpha"),
        ("remove_country=Atlantis", "remove_country", "Atlantis"),
        ("to_country=us", "reclassify", "no owner is named"),
        ("reclassify=alpha", "reclassify", "an owner and its place"),
    ] {
        let reply = get(&format!("/whatif?collection=tiny&{address}"));
        assert_eq!(reply.status.as_u16(), 400, "{address}");
        let mark = format!("id=\"{field}-problem\" role=\"alert\">");
        let (_, told) = reply.body.split_once(&mark).unwrap_or_else(|| panic!("{address}"));
        let (told, _) = told.split_once("</p>").expect("its end");
        assert!(told.contains(words), "{address}: {told}");
        assert!(!reply.body.contains("id=\"effects\""), "{address}");
        assert!(reply.body.contains("id=\"examples\""), "{address}: a way on");
    }
    let kept = get("/whatif?collection=tiny&merge=alpha,betta&remove=gamma").body;
    assert!(kept.contains("value=\"alpha,betta\"") && kept.contains("value=\"gamma\""));
    assert_eq!(get("/whatif?collection=tiny&merg=a").status.as_u16(), 400);
    assert_eq!(get("/whatif?collection=tinny").status.as_u16(), 404);
}

#[test]
fn every_example_can_be_followed() {
    let body = get("/whatif?collection=tiny").body;
    assert!(body.contains("Nothing is changed yet"));
    let links: Vec<String> = body
        .split("<li><a href=\"/whatif?")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|link| link.contains("measure="))
        .map(|link| link.replace("&amp;", "&"))
        .collect();
    assert_eq!(links.len(), 4, "{body}");
    for link in links {
        let reply = get(&format!("/whatif?{link}"));
        assert_eq!(reply.status, 200, "{link}");
        assert!(reply.body.contains("id=\"effects\""), "{link}");
    }
    let hostile = get("/whatif?collection=tiny&remove=%3Cscript%3Ealert(1)%3C/script%3E");
    assert_eq!(hostile.status, 200, "an owner with this name is there");
    assert!(!hostile.body.contains("<script>alert"));
}

#[test]
fn a_measure_that_the_collection_has_not_says_so() {
    let reply = get("/whatif?collection=tiny&measure=likes&remove=alpha");
    assert_eq!(reply.status.as_u16(), 200, "{}", reply.body);
    let json: Json = get("/api/v1/whatif?collection=tiny&measure=likes&remove=alpha").json();
    assert!(json["effects"][0]["before"]["value"].is_null());
    assert_eq!(cells(&reply.body, "HHI")[2], "not defined");
}
