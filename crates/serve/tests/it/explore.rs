//! *Explore*: any statistic of any units, as figure, page and answer of the API.

use serde_json::Value as Json;

use crate::data::{HOSTILE, WEEKS};
use crate::get;

fn figure(asked: &str) -> Json {
    let reply = get(&format!("/figure/explore.json?collection=tiny&{asked}"));
    assert_eq!(reply.status, 200, "{asked}: {}", reply.body);
    reply.json()
}

/// The values of a series, by its key.
fn values(figure: &Json, key: &str) -> Vec<Option<f64>> {
    let series = figure["series"].as_array().expect("it is there").iter();
    let found = series.into_iter().find(|series| series["key"] == key);
    let points = found.unwrap_or_else(|| panic!("no series {key} in {figure}"))["points"].clone();
    points.as_array().expect("it is there").iter().map(|point| point["value"].as_f64()).collect()
}

fn keys(figure: &Json) -> Vec<String> {
    let series = figure["series"].as_array().expect("it is there").iter();
    series.map(|series| series["key"].as_str().expect("it is there").to_owned()).collect()
}

#[test]
fn a_figure_of_named_units_agrees_with_the_api() {
    for (statistic, more) in
        [("sum", ""), ("share", ""), ("rank", ""), ("percentile", ""), ("sum", "&scale=index")]
    {
        let asked = format!("stat={statistic}&unit=alpha&unit=beta{more}");
        let figure = figure(&asked);
        assert_eq!(keys(&figure), ["alpha", "beta"], "{statistic}");
        let address =
            format!("/api/v1/query?collection=tiny&group=uploader&from=2024-03-04&{asked}");
        let answer = get(&address).json();
        for key in ["alpha", "beta"] {
            let rows = answer["rows"].as_array().unwrap().iter();
            let rows: Vec<Option<f64>> =
                rows.filter(|row| row["unit"] == key).map(|row| row["value"].as_f64()).collect();
            let known: Vec<f64> = values(&figure, key).into_iter().flatten().collect();
            assert_eq!(known.len() as i32, WEEKS - 1, "{asked}: nothing is known of one week");
            assert_eq!(rows.into_iter().flatten().collect::<Vec<f64>>(), known, "{asked}");
        }
    }
}

/// Of 600, 200, 150 and 50 downloads a week.
#[test]
fn places_are_among_all_units_whoever_is_named() {
    assert_eq!(values(&figure("stat=rank&unit=gamma"), "gamma")[0], Some(3.0));
    assert_eq!(values(&figure("stat=percentile&unit=gamma"), "gamma")[0], Some(37.5));
    assert_eq!(values(&figure("stat=percentile&unit=alpha"), "alpha")[0], Some(87.5));
}

#[test]
fn the_largest_are_shown_where_none_is_named() {
    assert_eq!(keys(&figure("")), ["alpha", "beta", "gamma", HOSTILE]);
    let whole = figure("chart=area&group=country");
    assert_eq!(keys(&whole), ["us", "china", "france", "unreviewed"]);
    let some = figure("chart=area&group=country&unit=china");
    assert_eq!(keys(&some), ["china", "(others)", "unreviewed"], "areas stack to the whole");
    let sum: f64 = keys(&some).iter().filter_map(|key| values(&some, key)[0]).sum();
    assert!((sum - 1.0).abs() < 1e-9);
}

/// The ninth week is estimated, within a tenth of 600.
#[test]
fn an_index_begins_at_100_and_says_how_sure_it_is() {
    let found = figure("stat=sum&scale=index&unit=alpha");
    let points = found["series"][0]["points"].as_array().unwrap();
    assert_eq!(points[0]["value"], 100.0);
    let estimated = points.iter().find(|point| point["state"] == "estimated").unwrap();
    let end = |name: &str| estimated[name].as_f64().unwrap();
    assert!((end("value") - 100.0).abs() < 1e-6);
    assert!(end("low") < 95.0 && end("low") >= 90.0 && end("high") <= 110.0, "{estimated}");
    assert!(found["title"].as_str().unwrap().ends_with("first = 100"));
}

#[test]
fn ages_begin_at_nothing_and_say_whose_beginning_is_not_known() {
    let found = figure("by=age&unit=alpha");
    let points = found["series"][0]["points"].as_array().unwrap();
    assert_eq!((&points[0]["x"], &points[0]["at"]), (&Json::from(0.0), &Json::Null));
    assert_eq!(points.last().unwrap()["x"], f64::from(WEEKS - 1));
    assert_eq!(points[1]["definition"], "after 1 week");
    let definition = found["definition"].as_str().unwrap();
    assert!(definition.contains("alpha had some when the record began, and may be older"));
    // Dates narrow what is shown, not where ages begin.
    let later = figure("by=age&unit=alpha&from=2024-03-18");
    assert_eq!(later["series"][0]["points"][0]["x"], 2.0);
}

#[test]
fn dots_have_sampling_intervals_where_they_can_be_drawn() {
    let point = |asked: &str| figure(asked)["series"][0]["points"][0].clone();
    let share = point("chart=dots&group=country");
    assert!(share["sampling_low"].as_f64() < share["sampling_high"].as_f64(), "{share}");
    assert_eq!(point("chart=dots&stat=sum")["sampling_low"], Json::Null);
    assert_eq!(point("chart=dots&group=model")["sampling_low"], Json::Null);
}

#[test]
fn what_does_not_go_together_is_told_beside_the_form() {
    for (asked, reason) in [
        ("stat=hhi&by=age", "an age is of a unit"),
        ("stat=hhi&unit=alpha", "the statistic is of the whole market"),
        ("stat=rank&scale=index", "places are no amounts"),
        ("stat=sum&chart=area", "areas stack shares of one date to the whole"),
        ("by=age&chart=area", "areas stack shares of one date to the whole"),
        ("chart=dots&scale=index", "dots are of the newest date"),
        ("stat=top", "the largest are shown where no unit is named"),
        ("measure=first_year&by=age", "of models of one age already"),
        ("stat=best", "unknown statistic"),
        ("by=colour", "unknown by 'colour'; known are: date, age"),
    ] {
        let page = get(&format!("/explore?collection=tiny&{asked}"));
        assert_eq!(page.status, 400, "{asked}");
        assert!(page.body.contains("<form class=\"filters explore\""), "{asked}: the form stays");
        assert!(page.body.replace("&#39;", "'").contains(reason), "{asked}");
        let figure = get(&format!("/figure/explore?collection=tiny&{asked}"));
        assert_eq!(figure.status, 400, "{asked}");
        assert!(figure.json()["detail"].as_str().unwrap().contains(reason), "{asked}");
    }
    let many: Vec<String> = (0..21).map(|number| format!("unit=owner-{number}")).collect();
    let reply = get(&format!("/explore?collection=tiny&{}", many.join("&")));
    assert!(reply.body.contains("at most 20 units are compared at once"));
}

#[test]
fn a_name_that_is_no_unit_is_told_with_those_near_it() {
    let found = figure("unit=alpha&unit=gama");
    assert_eq!(keys(&found), ["alpha"]);
    let definition = found["definition"].as_str().unwrap();
    assert!(
        definition.contains("No model has uploader 'gama'; near it are: gamma."),
        "{definition}"
    );
    let page = get("/explore?collection=tiny&unit=nobody").body;
    assert!(page.contains("None of the named units is one of this group here"), "{page}");
    assert!(page.contains("<a href=\"/explore?collection=tiny\">Show the largest instead</a>"));
}

#[test]
fn units_are_added_and_taken_away_without_scripts() {
    let page = get("/explore?collection=tiny&unit=alpha&unit=beta").body;
    for name in ["alpha", "beta"] {
        let hidden = format!("<input type=\"hidden\" name=\"unit\" value=\"{name}\">");
        assert!(page.contains(&hidden), "{page}");
    }
    let remove = "<a href=\"/explore?collection=tiny&amp;unit=beta\" aria-label=\"Remove alpha\">";
    assert!(page.contains(remove), "{page}");
    assert!(page.contains("<option value=\"gamma\">"), "the largest are offered");
    assert!(!page.contains(HOSTILE));
    // An empty field, as a form sends it, names nobody; a name given twice is one.
    let again = get("/explore?collection=tiny&unit=alpha&unit=&unit=alpha").body;
    assert_eq!(again.matches("Remove alpha").count(), 1, "{again}");
}

#[test]
fn the_page_names_the_same_question_to_the_api() {
    let page = get("/explore?collection=tiny&unit=alpha&by=age&attribution=developer").body;
    let (_, rest) = page.split_once("The same question to the API: <a href=\"").unwrap();
    let address = rest.split_once('"').unwrap().0.replace("&amp;", "&");
    let answer = get(&address);
    assert_eq!(answer.status, 200, "{address}: {}", answer.body);
    let answer = answer.json();
    assert_eq!(answer["group"], "developer");
    let alpha =
        answer["rows"].as_array().unwrap().iter().find(|row| row["unit"] == "alpha").unwrap();
    assert_eq!(alpha["age_weeks"], 0);
}

#[test]
fn the_api_tells_what_it_cannot_compare() {
    let detail = |asked: &str| {
        let reply = get(&format!("/api/v1/query?collection=tiny&{asked}"));
        assert_eq!(reply.status, 400, "{asked}");
        reply.json()["detail"].as_str().unwrap().to_owned()
    };
    assert!(detail("stat=share&by=age").contains("name them with 'unit'"));
    assert!(detail("stat=hhi&unit=alpha").contains("whole market"));
    assert!(detail("stat=percentile&scale=index").contains("places are no amounts"));
    assert!(detail("stat=share&unit=alpho").contains("near it are: alpha"));
    assert!(detail("stat=share&unit=unreviewed&group=country").contains("no model has country"));
}

#[test]
fn rows_of_named_units_are_theirs_and_the_totals() {
    let answer = get("/api/v1/query?collection=tiny&stat=sum&group=country&unit=us").json();
    let rows: Vec<(Json, Json)> = (answer["rows"].as_array().unwrap().iter())
        .map(|row| (row["unit"].clone(), row["value"].clone()))
        .collect();
    let row = |unit: Json, value: f64| (unit, Json::from(value));
    let expected =
        [row(Json::Null, 1_000.0), row("us".into(), 600.0), row("unreviewed".into(), 50.0)];
    assert_eq!(rows, expected);
}
