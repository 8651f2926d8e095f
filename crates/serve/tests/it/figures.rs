use serde_json::Value as Json;

use crate::data::{HOSTILE, WEEKS};
use crate::get;

const NAMES: [&str; 11] = [
    "shares",
    "concentration-hhi",
    "concentration-gini",
    "lorenz",
    "attribute-shares",
    "model-count",
    "explore",
    "ranks",
    "concentration-changes",
    "share-changes",
    "world",
];

#[test]
fn every_figure_comes_in_every_form() {
    for name in NAMES {
        for (extension, kind) in [
            ("", "text/html; charset=utf-8"),
            (".svg", "image/svg+xml"),
            (".csv", "text/csv; charset=utf-8"),
            (".json", "application/json"),
            (".parquet", "application/vnd.apache.parquet"),
            (".arrow", "application/vnd.apache.arrow.file"),
            (".png", "image/png"),
            (".zip", "application/zip"),
        ] {
            let reply = get(&format!("/figure/{name}{extension}?collection=tiny"));
            assert_eq!(reply.status, 200, "{name}{extension}");
            assert_eq!(reply.header("content-type"), kind, "{name}{extension}");
        }
        let fragment = get(&format!("/figure/{name}?collection=tiny")).body;
        assert!(fragment.starts_with("<figure"), "{name}");
        assert!(fragment.contains("<title id=") && fragment.contains("<table>"), "{name}");
        assert!(!fragment.contains(" style=") && !fragment.contains("<script"), "{name}");
    }
}

#[test]
fn files_agree_with_the_query() {
    let query = "collection=tiny&measure=downloads&from=2024-03-04&to=2024-05-26";
    let rows = get(&format!("/api/v1/query?stat=hhi&group=uploader&{query}")).json();
    let expected: Vec<Json> =
        rows["rows"].as_array().unwrap().iter().map(|row| row["value"].clone()).collect();
    assert_eq!(expected.len() as i32, WEEKS);

    let json = get(&format!("/figure/concentration-hhi.json?{query}")).json();
    let points = json["series"][0]["points"].as_array().unwrap();
    let values: Vec<Json> = points.iter().map(|point| point["value"].clone()).collect();
    assert_eq!(values, expected);
    assert_eq!(points[5]["state"], "missing");
    assert_eq!(json["release"], "tiny-release");

    let csv = get(&format!("/figure/concentration-hhi.csv?{query}")).body;
    let lines: Vec<&str> = csv.lines().collect();
    assert!(lines[0].starts_with("at,series,label,value,low,high,bound_low,bound_high,"));
    let values: Vec<Json> = lines[1..]
        .iter()
        .map(|line| line.split(',').nth(3).unwrap().parse::<f64>().map_or(Json::Null, Json::from))
        .collect();
    assert_eq!(values, expected);
}

#[test]
fn the_number_of_models_is_theirs_whatever_is_counted() {
    let json = get("/figure/model-count.json?collection=tiny&measure=downloads").json();
    let points = json["series"][0]["points"].as_array().unwrap();
    assert_eq!(points.len() as i32, WEEKS + 1, "one a reading");
    assert!(points.iter().all(|point| point["value"] == 5.0 && point["bound_high"] == 5.0));
}

#[test]
fn shares_add_up_and_the_rest_is_marked() {
    let json = get("/figure/shares.json?collection=tiny&group=country").json();
    let series = json["series"].as_array().unwrap();
    let keys: Vec<_> = series.iter().map(|one| one["key"].as_str().unwrap()).collect();
    assert_eq!(keys, ["us", "china", "france", "unreviewed"]);
    assert_eq!(series[3]["is_residual"], true);
    for week in (0..WEEKS as usize).filter(|week| *week != 5) {
        let values = series.iter().filter_map(|one| {
            one["points"]
                .as_array()
                .unwrap()
                .iter()
                .find(|point| point["at"] == series[0]["points"][week]["at"])
        });
        let total: f64 = values.map(|point| point["value"].as_f64().unwrap()).sum();
        assert!((total - 1.0).abs() < 1e-9);
    }
    assert_eq!(series[0]["points"][5]["state"], "missing", "a gap is not zero");
    assert!(json["definition"].as_str().unwrap().contains("known for 95.0 % of downloads"));
}

#[test]
fn hiding_a_series_keeps_it_in_the_choice() {
    let fragment = get("/figure/shares?collection=tiny&group=country&hide=us").body;
    assert!(fragment.contains("data-key=\"us\" aria-pressed=\"false\""));
    assert!(fragment.contains("data-key=\"china\" aria-pressed=\"true\""));
    let svg_series = "class=\"series";
    let count = |text: &str| text.matches(svg_series).count();
    assert!(count(&fragment) < count(&get("/figure/shares?collection=tiny&group=country").body));
}

#[test]
fn the_address_written_gives_the_figure_again() {
    let asked = "/figure/shares?collection=tiny&attribution=developer&chart=line&from=2024-03-18";
    let fragment = get(asked).body;
    let (_, rest) = fragment.split_once("data-src=\"").unwrap();
    let address = rest.split_once('"').unwrap().0.replace("&amp;", "&");
    assert!(address.contains("measure=downloads") && address.contains("group=country_group"));
    assert_eq!(get(&address).body, fragment);
}

#[test]
fn hostile_names_are_escaped_everywhere() {
    for address in [
        "/figure/shares?collection=tiny&group=owner",
        "/figure/shares.svg?collection=tiny&group=owner",
        "/power?collection=tiny&group=owner",
        "/models?collection=tiny&group=model",
    ] {
        let body = get(address).body;
        assert!(!body.contains(HOSTILE), "{address}");
        assert!(body.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{address}");
    }
    let csv = get("/figure/shares.csv?collection=tiny&group=owner").body;
    assert!(csv.contains(&format!(",{HOSTILE},")), "a name is data in CSV");
}

#[test]
fn a_drawing_that_stands_alone_has_its_colours() {
    let light = get("/figure/lorenz.svg?collection=tiny").body;
    let dark = get("/figure/lorenz.svg?collection=tiny&theme=dark").body;
    assert!(light.contains("<style>") && !light.contains("var(--"));
    assert_ne!(light, dark);
    assert!(get("/figure/lorenz.svg?collection=simulated-tiny").body.contains("Simulated data"));
}

#[test]
fn a_question_without_an_answer_is_an_empty_figure_with_the_reason() {
    let reply = get("/figure/shares?collection=tiny&from=2030-01-01");
    assert_eq!(reply.status, 200);
    assert!(reply.body.contains("No data for this question"));
    assert!(reply.body.contains("it reaches from the week of 2024-03-04"), "{}", reply.body);
}

#[test]
fn unknown_figures_and_forms_list_the_known() {
    let reply = get("/figure/sharks");
    assert_eq!(reply.status, 404);
    assert!(
        reply.json()["detail"].as_str().unwrap().contains("known are: shares, concentration-hhi")
    );
    let reply = get("/figure/shares.bmp");
    assert!(
        reply.json()["detail"]
            .as_str()
            .unwrap()
            .contains("known are: csv, json, parquet, arrow, svg, png, zip")
    );
    let reply = get("/figure/shares?chart=pie");
    assert_eq!(reply.json()["detail"], "unknown chart 'pie'; known are: area, line, dots");
}
