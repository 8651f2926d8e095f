//! The map of countries: what it shows, how it adds up, where it leads, and all its forms.

use serde_json::Value as Json;

use crate::get;

const MAP: &str = "/figure/world.json?collection=tiny&measure=downloads";

fn series(address: &str) -> Vec<Json> {
    get(address).json()["series"].as_array().expect("it has series").clone()
}

fn value(series: &Json) -> f64 {
    series["points"][0]["value"].as_f64().expect("it has a value")
}

/// Of 1,000 downloads a week 600, 200 and 150 are of countries, and 50 of nobody who is known.
#[test]
fn every_country_has_its_share_and_the_whole_adds_up() {
    let all = series(MAP);
    let told: Vec<(&str, Option<&str>, bool)> = (all.iter())
        .map(|one| {
            let key = one["key"].as_str().unwrap();
            (key, one["code"].as_str(), one["is_residual"] == true)
        })
        .collect();
    let expected = [
        ("us", Some("US"), false),
        ("china", Some("CN"), false),
        ("france", Some("FR"), false),
        ("unreviewed", None, true),
    ];
    assert_eq!(told, expected);
    for (one, share) in all.iter().zip([0.6, 0.2, 0.15, 0.05]) {
        assert!((value(one) - share).abs() < 1e-9, "{one}");
        assert_eq!(one["points"].as_array().unwrap().len(), 1, "of one date");
    }
    let rows = get("/api/v1/query?stat=share&group=country&collection=tiny&measure=downloads");
    let rows = rows.json()["rows"].as_array().unwrap().clone();
    assert_eq!(rows.len(), all.len());
    for (row, one) in rows.iter().zip(&all) {
        for number in ["value", "low", "high", "bound_low", "bound_high"] {
            assert_eq!(row[number], one["points"][0][number], "{number}");
        }
    }
}

#[test]
fn the_fragment_draws_countries_as_links_and_the_rest_beside() {
    let fragment = get("/figure/world?collection=tiny&measure=likes&hide=us").body;
    assert!(fragment.contains("of no country that is known") || fragment.contains("No data"));
    let fragment = get("/figure/world?collection=tiny&measure=downloads&hide=us").body;
    assert!(fragment.contains("id=\"world-map\"") && fragment.contains("data-figure=\"world\""));
    let link = "<a class=\"tile q-6\" href=\"/country?collection=tiny&amp;country=us&amp;measure=downloads\" \
                target=\"_top\" aria-label=\"us, US 60: 60.0 %";
    // Once for a desk and once for a phone; a map without a country would not add up.
    assert_eq!(fragment.matches(link).count(), 2, "{fragment}");
    assert_eq!(get("/country?collection=tiny&country=us&measure=downloads").status, 200);
    assert_eq!(fragment.matches("<a class=\"tile ").count(), 6);
    assert!(fragment.contains(">On the map: 95.0 %. Beside it, together 100 %:<"));
    assert!(fragment.contains(">Unreviewed 5.0 %<"));
    assert!(!fragment.contains("Hide or show series"));
    assert!(fragment.contains("<td>CN</td>"), "the table tells codes");
    let told = "us has 60.0 %, the most of 3 countries; then china 20.0 % and france 15.0 %. \
                5.0 % belong to no country that is known (Unreviewed 5.0 %).";
    assert!(fragment.contains(told), "{fragment}");
    assert!(fragment.contains("by country") && fragment.contains("known for 95.0 % of downloads"));
}

#[test]
fn the_map_is_of_the_date_the_filter_and_the_window_that_are_asked() {
    let of_date = get(&format!("{MAP}&at=2024-03-20")).json();
    assert_eq!(of_date["series"][0]["points"][0]["at"], "2024-03-18");
    assert!(of_date["query"].as_str().unwrap().ends_with("&at=2024-03-20"));
    assert!(of_date["definition"].as_str().unwrap().contains("18\u{a0}Mar\u{a0}2024"));
    let of_window = get(&format!("{MAP}&window=4&to=2024-05-06")).json();
    assert!(of_window["query"].as_str().unwrap().contains("&window=4&to=2024-05-06"));
    let narrowed = series(&format!("{MAP}&where=uploader=alpha,uploader=beta"));
    let shares: Vec<f64> = narrowed.iter().take(2).map(value).collect();
    assert!((shares[0] - 0.75).abs() < 1e-9 && (shares[1] - 0.25).abs() < 1e-9, "{shares:?}");
    // Nothing is known of the sixth week, which is no zero.
    let missing = get("/figure/world?collection=tiny&at=2024-04-08").body;
    assert!(missing.contains("No data for this question"), "{missing}");
    assert_eq!(get(&format!("{MAP}&at=yesterday")).status, 400);
}

#[test]
fn the_map_of_developers_leads_to_pages_of_developers() {
    let figure = get("/figure/world?collection=tiny&attribution=developer").body;
    assert!(
        figure.contains("Where original developers are: shares of weekly downloads"),
        "{figure}"
    );
    assert!(
        figure
            .contains("href=\"/country?collection=tiny&amp;country=us&amp;attribution=developer&amp;measure=downloads\"")
    );
    let query = get("/figure/world.json?collection=tiny&attribution=developer").json();
    assert!(query["query"].as_str().unwrap().contains("&attribution=developer"));
}

#[test]
fn the_map_is_taken_away_with_codes_and_leads_nowhere_then() {
    let csv = get("/figure/world.csv?collection=tiny&measure=downloads").body;
    let (head, rows) = csv.split_once("\r\n").unwrap();
    assert!(head.ends_with(",code,events"), "{head}");
    let codes: Vec<&str> = rows.lines().map(|row| row.rsplit(',').nth(1).unwrap()).collect();
    assert_eq!(codes, ["US", "CN", "FR", ""]);
    for size in ["page", "phone", "slide", "card"] {
        let svg = get(&format!("/figure/world.svg?collection=tiny&size={size}&theme=dark")).body;
        assert!(svg.contains("<title>us (US): 60.0 %"), "{size}");
        assert!(!svg.contains("<a ") && svg.contains("role=\"img\""), "{size}");
    }
    let badge = get("/badge/world.svg?collection=tiny&series=china&label=China");
    assert_eq!(badge.status, 200);
    assert!(badge.body.contains("20.0 %"), "{}", badge.body);
    assert_eq!(get("/badge/world.svg?collection=tiny&series=mars").status, 404);
    let embedded = get("/embed/world?collection=tiny").body;
    assert!(embedded.contains("chart-tiles") && embedded.contains("target=\"_top\""));
}

#[test]
fn the_page_slides_through_the_dates_of_the_map() {
    let form = |page: &str| {
        let (_, form) = page.split_once("data-slides=\"world-map\"").expect("a form");
        form.split_once("</form>").expect("it ends").0.to_owned()
    };
    let closed = form(&get("/power?collection=tiny&at=2024-03-20").body);
    let (tag, inside) = closed.split_once('>').unwrap();
    assert!(tag.ends_with(" hidden"), "{tag}");
    assert!(inside.contains("<label for=\"at-later\">Map in the week of</label>"), "{inside}");
    let open = get("/power?collection=tiny&at=2024-03-20&open=world").body;
    assert!(!form(&open).split_once('>').unwrap().0.contains("hidden"));
    assert!(open.contains(
        "data-src=\"/figure/world?collection=tiny&amp;measure=downloads&amp;at=2024-03-20\""
    ));
}
