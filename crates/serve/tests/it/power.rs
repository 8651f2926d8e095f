//! What *Power* shows of one date, and what it draws when it is wanted.

use serde_json::Value as Json;

use crate::get;

fn series(address: &str) -> Vec<Json> {
    get(address).json()["series"].as_array().expect("it has series").clone()
}

#[test]
fn the_curve_is_of_the_date_that_is_chosen() {
    let newest = series("/figure/lorenz.json?collection=tiny");
    assert_eq!(newest.len(), 1);
    let of_date = get("/figure/lorenz.json?collection=tiny&at=2024-03-20").json();
    let both = of_date["series"].as_array().unwrap();
    assert_eq!(both.len(), 2, "that of the newest date stands beside");
    assert!(both[0]["label"].as_str().unwrap().ends_with(" then"));
    assert_eq!(both[1]["is_residual"], true);
    assert_eq!(both[1]["points"], newest[0]["points"]);
    assert!(
        of_date["definition"].as_str().unwrap().contains("in the week of 18\u{a0}Mar\u{a0}2024")
    );
    assert!(of_date["query"].as_str().unwrap().ends_with("&at=2024-03-20"));
    // The newest date by its name is the newest date.
    assert_eq!(series("/figure/lorenz.json?collection=tiny&at=2024-05-20"), newest);
    // Nothing is known of the sixth week; the record does not reach 2030.
    let missing = get("/figure/lorenz?collection=tiny&at=2024-04-08").body;
    assert!(missing.contains("Gini") && missing.contains("at the newest date"), "{missing}");
    let beyond = get("/figure/lorenz?collection=tiny&at=2030-01-01");
    assert_eq!(beyond.status, 200);
    assert!(beyond.body.contains("No data for this question"), "{}", beyond.body);
}

#[test]
fn the_date_is_a_list_without_scripts() {
    let page = get("/power?collection=tiny&at=2024-03-20&window=4&hide=us").body;
    let (_, form) = page.split_once("<form class=\"moment\"").expect("a form");
    let (form, _) = form.split_once("</form>").expect("it ends");
    assert!(
        form.contains("data-slides=\"lorenz\"") && form.contains("<label for=\"at\">"),
        "{form}"
    );
    // The windows of four weeks end from the fourth week on, so that this date is not among them.
    assert_eq!(form.matches("<option").count(), 9);
    assert!(form.contains("<option value=\"2024-03-25\" selected>"), "{form}");
    for (name, value) in [("collection", "tiny"), ("window", "4"), ("hide", "us")] {
        let kept = format!("<input type=\"hidden\" name=\"{name}\" value=\"{value}\">");
        assert!(form.contains(&kept), "{form}");
    }
    assert!(!form.contains("name=\"at\" value"), "{form}");
    let readings = get("/power?collection=tiny&measure=downloads_30d").body;
    assert!(readings.contains(">Curve as of<"));
}

#[test]
fn figures_below_are_links_that_open_them() {
    let page = get("/power?collection=tiny").body;
    for (id, fragment) in [
        ("ranks", "/figure/ranks?collection=tiny&amp;measure=downloads"),
        ("changes", "/figure/concentration-changes?collection=tiny&amp;measure=downloads"),
        ("world", "/figure/world?collection=tiny&amp;measure=downloads"),
        (
            "countries",
            "/figure/explore?collection=tiny&amp;measure=downloads&amp;group=country&amp;stat=share&amp;chart=dots",
        ),
    ] {
        let place = format!("<div class=\"later\" data-later=\"{fragment}\" data-open=\"{id}\">");
        assert!(page.contains(&place), "{place} in {page}");
        let link = format!("<a href=\"/power?collection=tiny&amp;open={id}#{id}\"");
        assert!(page.contains(&link), "{link}");
        let figure = get(&fragment.replace("&amp;", "&")).body;
        let open = get(&format!("/power?collection=tiny&open={id}")).body;
        assert_eq!(open.matches("class=\"later\"").count(), 4, "{id}");
        let drawing = figure.split_once("<svg").unwrap().1.split_once("</svg>").unwrap().0;
        assert!(open.contains(drawing), "{id}: the page has the same drawing");
    }
    let all =
        get("/power?collection=tiny&open=ranks&open=changes&open=share-changes&open=world&open=countries").body;
    assert_eq!(all.matches("class=\"later\"").count(), 0);
}

#[test]
fn places_are_drawn_as_ranks() {
    let ranks = series("/figure/ranks.json?collection=tiny");
    let last =
        |place: usize| ranks[place]["points"].as_array().unwrap().last().unwrap()["value"].clone();
    assert_eq!(
        (ranks[0]["key"].clone(), last(0), last(3)),
        ("alpha".into(), 1.0.into(), 4.0.into())
    );
}

/// Twelve weeks from March to May are months, in which nothing changes.
#[test]
fn changes_of_concentration_are_told_by_period() {
    let figure = get("/figure/concentration-changes.json?collection=tiny").json();
    let stayed = figure["series"][0]["points"].as_array().unwrap();
    let periods: Vec<&str> = stayed.iter().map(|point| point["at"].as_str().unwrap()).collect();
    assert_eq!(periods, ["2024-04", "2024-05"]);
    assert!(stayed.iter().all(|point| point["value"].as_f64().unwrap().abs() < 1e-6), "{stayed:?}");
    let nothing = get("/figure/concentration-changes?collection=tiny&measure=likes").body;
    assert!(nothing.contains("No data for this question"), "{nothing}");
}

#[test]
fn changes_of_a_share_are_of_the_unit_that_is_named() {
    let largest = get("/figure/share-changes.json?collection=tiny&group=country").json();
    assert!(largest["title"].as_str().unwrap().starts_with("What changed the share of us of"));
    let named = get("/figure/share-changes.json?collection=tiny&group=country&unit=france").json();
    assert!(named["title"].as_str().unwrap().starts_with("What changed the share of france of"));
    assert!(named["query"].as_str().unwrap().ends_with("&unit=france"));
    let unknown = get("/figure/share-changes?collection=tiny&group=country&unit=mars");
    assert_eq!(
        (unknown.status.as_u16(), unknown.json()["code"].clone()),
        (400, "unknown_value".into())
    );
}
