use serde_json::Value as Json;

use crate::data::kin;
use crate::get;

fn point<'a>(json: &'a Json, key: &str) -> &'a Json {
    let all = json["series"].as_array().expect("there are series");
    let series = all.iter().find(|series| series["key"] == key);
    let series = series.unwrap_or_else(|| panic!("no {key} in {json}"));
    series["points"].as_array().and_then(|points| points.last()).expect("it has points")
}

fn close(value: &Json, expected: f64) {
    let value = value.as_f64().expect("it is a number");
    assert!((value - expected).abs() < 1e-9 * expected.abs().max(1.0), "{value}, not {expected}");
}

/// By hand: derivatives have 100, 200 and 150 of 1,000 downloads; the terms of the last are not
/// known, and the last model of all, with 50, may be a derivative.
#[test]
fn licences_flow_from_root_to_derivative_and_what_is_not_known_is_shown() {
    let directory = kin::directory();
    let json = directory.get("/figure/transitions.json?collection=tiny").json();
    let all = json["series"].as_array().unwrap();
    assert_eq!(all.len(), 1, "one root: {json}");
    let points = all[0]["points"].as_array().unwrap();
    let to =
        |name: &str| points.iter().find(|point| point["definition"] == name).expect("it flows");
    close(&to("permissive")["value"], 100.0 / 450.0);
    close(&to("vendor terms")["value"], 200.0 / 450.0);
    close(&to("vendor terms")["bound_high"], 350.0 / 450.0);
    close(&to("Unknown")["value"], 150.0 / 450.0);
    close(&to("Unknown")["bound_low"], 0.0);
    let definition = json["definition"].as_str().unwrap();
    assert!(
        definition.contains("45.0 % of all are of derivatives, and at most 50.0 %"),
        "{definition}"
    );
    let svg = directory.get("/figure/transitions.svg?collection=tiny").body;
    assert_eq!(svg.matches("class=\"flow\"").count(), 3, "{svg}");
    let without = get("/figure/transitions?collection=tiny&group=country").body;
    assert!(without.contains("of no model of this collection the lineage is known"), "{without}");
}

/// By hand: 600 at 1 B and 350 at 4 B; of two and two models. Half of the downloads are at 1 B.
#[test]
fn averages_are_by_download_or_by_model() {
    let directory = kin::directory();
    let by = |weight: &str| {
        directory.get(&format!("/figure/averages.json?collection=tiny{weight}")).json()
    };
    let downloads = by("");
    close(&point(&downloads, "mean")["value"], 2e12 / 950.0);
    close(&point(&downloads, "median")["value"], 1e9);
    close(&point(&downloads, "p75")["value"], 4e9);
    assert!(downloads["query"].as_str().unwrap().contains("of=parameters&weight=measure"));
    close(&point(&by("&weight=model"), "mean")["value"], 2.5e9);
    let page = directory.get("/models?collection=tiny&weight=model").body;
    assert!(page.contains("Parameters of models, each counted once"), "{page}");
    assert!(page.contains("<option value=\"model\" selected>Once</option>"));
    let refused = directory.get("/figure/averages?collection=tiny&of=beauty");
    assert_eq!(
        (refused.status.as_u16(), refused.json()["code"].as_str()),
        (400, Some("unknown_name"))
    );
    let none = get("/models?collection=tiny").body;
    assert!(none.contains("no number is known of any model of this collection"), "{none}");
}

/// The numbers of `averages_are_by_download_or_by_model`, on the attribute's own page.
#[test]
fn the_page_of_a_number_has_its_averages_to_take_away() {
    let directory = kin::directory();
    let page = |rest: &str| {
        let reply =
            directory.get(&format!("/attribute?collection=tiny&attribute=parameters{rest}"));
        assert_eq!(reply.status, 200, "{}", reply.body);
        reply.body
    };
    let by_use = page("");
    assert!(by_use.contains("data-figure=\"averages\""), "{by_use}");
    assert!(by_use.contains("What the test says. In the averages each model counts as often as"));
    assert!(!by_use.contains("Models cannot be grouped by it"), "{by_use}");
    let numbers = "/attribute.json?collection=tiny&attribute=parameters";
    close(&point(&directory.get(numbers).json(), "mean")["value"], 2e12 / 950.0);
    let table = directory.get("/attribute.csv?collection=tiny&attribute=parameters&weight=model");
    let newest = table.body.lines().rfind(|line| line.contains(",mean,")).expect("a row");
    assert!(newest.starts_with("2024-05-20,mean,Mean,2500000000"), "{newest}");
    let (_, switch) = by_use.split_once("How often a model counts").expect("a switch");
    let once = "attribute=parameters&amp;weight=model\">By model, each once</a>";
    assert!(switch.contains(once), "{switch}");
    let in_models = "/models?collection=tiny&amp;of=parameters#sizes";
    assert!(by_use.contains(in_models), "{by_use}");
    let once = page("&weight=model");
    assert!(once.contains("Parameters of models, each counted once"), "{once}");
    let kept = "<input type=\"hidden\" name=\"weight\" value=\"model\">";
    assert!(once.contains(kept), "the form keeps how models count");
    let of_models = page("&measure=models");
    assert!(!of_models.contains("How often a model counts"), "of models it is the same");
    let of_texts = directory.get("/attribute?collection=tiny&attribute=role").body;
    assert!(!of_texts.contains("data-figure=\"averages\""), "{of_texts}");
}

#[test]
fn a_model_counts_as_often_as_it_is_downloaded_or_once() {
    let body = kin::directory().get("/models?collection=tiny&group=role").body;
    let (_, switch) = body.split_once("How often a model counts").expect("a switch");
    assert!(switch.contains("measure=models\">By model, each once</a>"), "{switch}");
    assert!(switch.contains("group=role&amp;measure=models"), "the rest of the view stays");
}

/// By hand: HHI over developers 10,000 (0.95² + 0.05²), over uploaders 4,250; library one has 800.
#[test]
fn layers_stand_side_by_side() {
    let json = kin::directory().get("/figure/layers.json?collection=tiny").json();
    close(&point(&json, "developer")["value"], 9050.0);
    close(&point(&json, "uploader")["value"], 4250.0);
    close(&point(&json, "library")["value"], 6800.0);
}

/// By hand: of 350 that flow through others beta has 200, and gamma's 150 remain without it.
#[test]
fn the_page_of_intermediaries_says_on_whom_it_hangs() {
    let directory = kin::directory();
    let body = directory.get("/intermediaries?collection=tiny").body;
    let (_, table) = body.split_once("id=\"dependence\"").expect("a section");
    let (_, first) = table.split_once("<tbody>").expect("a table");
    let first = first.split_once("</tr>").expect("a row").0;
    assert!(
        first.contains("beta") && first.contains("57.1 %") && first.contains("42.9 %"),
        "{first}"
    );
    assert!(first.contains("/whatif?collection=tiny&amp;remove=beta"), "{first}");
    for name in ["capture", "fragility", "adaptation"] {
        assert!(body.contains(&format!("/fragment/result/{name}?collection=tiny")), "{name}");
    }
    let whole = directory.get("/fragment/result/capture?collection=tiny&extent=whole").body;
    assert!(whole.contains("flow through others than who made the root"), "{whole}");
    let none = get("/intermediaries?collection=tiny").body;
    assert!(none.contains("its uploader is an intermediary"), "{none}");
}

#[test]
fn the_page_of_openness_shows_classes_terms_and_the_flow() {
    let directory = kin::directory();
    let body = directory.get("/openness?collection=tiny").body;
    assert!(body.contains("id=\"attribute-shares-openness-class\""), "{body}");
    assert!(body.contains("id=\"attribute-shares-license-family\""));
    assert!(body.contains("id=\"transitions-license-family\""));
    assert!(body.contains("/fragment/result/openness-crossing?collection=tiny"));
    let other = directory.get("/openness?collection=tiny&group=license_family").body;
    assert!(other.contains("<h2>Shares of weekly downloads by licence family</h2>"), "{other}");
    let without = get("/openness?collection=tiny").body;
    assert!(without.contains("the lineage is known"), "{without}");
}
