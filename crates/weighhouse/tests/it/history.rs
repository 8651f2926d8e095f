//! An economy whose history is known, by the way of real readings: listings, raw layer, build,
//! query. The reference is a plain loop over the history's own models.

use std::collections::BTreeMap;

use schema::CalendarPeriod;
use serde_json::Value;
use simulate::{History, HistoryModel, HistoryOptions, Scenario};

use crate::support::{Bench, values};

/// The year 2022 and twelve weeks of 2023.
const OPTIONS: HistoryOptions =
    HistoryOptions { weeks: 64, ..HistoryOptions::four_years(4, 60, Scenario::Planted) };
const COLLECTION: &str = "simulated-history-planted-60-64-4";
const YEARS: [i32; 2] = [2022, 2023];

/// A model's value of an attribute.
type Read = fn(&History, &HistoryModel) -> String;

/// What is compared: the name of a group, and the value that the history has for a model.
const GROUPS: [(&str, Read); 11] = [
    ("country", |history, it| country_name(owner(history, it).country).to_owned()),
    ("country_group", |history, it| owner(history, it).country_group.to_owned()),
    ("sector", |history, it| owner(history, it).sector.to_owned()),
    ("uploader", |history, it| owner(history, it).name.clone()),
    ("is_moe", |_, it| yes_or_no(it.is_moe)),
    ("is_quantized", |_, it| yes_or_no(it.is_quantized)),
    ("is_multimodal", |_, it| yes_or_no(it.is_multimodal)),
    ("openness_class", |_, it| it.openness_class.to_owned()),
    ("training_data", |_, it| it.training_data.to_owned()),
    ("license_family", |_, it| it.license_family.to_owned()),
    ("role", |_, it| it.role.to_owned()),
];

fn yes_or_no(is_so: bool) -> String {
    if is_so { "yes" } else { "no" }.to_owned()
}

fn owner<'a>(history: &'a History, model: &HistoryModel) -> &'a simulate::HistoryOwner {
    &history.owners[model.owner as usize]
}

/// The names of `registry/countries.csv`.
fn country_name(code: &str) -> &str {
    const NAMES: [(&str, &str); 10] = [
        ("US", "United States"),
        ("CN", "China"),
        ("DE", "Germany"),
        ("FR", "France"),
        ("GB", "United Kingdom"),
        ("IN", "India"),
        ("JP", "Japan"),
        ("KR", "South Korea"),
        ("CA", "Canada"),
        ("IL", "Israel"),
    ];
    NAMES.iter().find(|(known, _)| *known == code).unwrap().1
}

/// Downloads of a model in a year by ISO 8601.
fn in_year(model: &HistoryModel, year: i32) -> f64 {
    let period = CalendarPeriod::Year(year);
    let place = |week: schema::Week| week.number() - OPTIONS.first_week.number();
    let (first, last) = (place(period.first_week().unwrap()), place(period.last_week()));
    let weeks = (model.first_week as i32..).zip(&model.downloads);
    let in_year = weeks.filter(|(week, _)| (first..=last).contains(week));
    in_year.map(|(_, downloads)| f64::from(*downloads)).sum()
}

/// Downloads in a year by the value of an attribute.
fn expected(history: &History, read: Read, year: i32) -> BTreeMap<String, f64> {
    let mut sums = BTreeMap::new();
    for model in &history.models {
        *sums.entry(read(history, model)).or_insert(0.0) += in_year(model, year);
    }
    sums.retain(|_, sum| *sum > 0.0);
    sums
}

fn found(bench: &Bench, group: &str, year: i32) -> BTreeMap<String, f64> {
    let asked = format!(
        "top --collection {COLLECTION} --measure downloads --group {group} --period {year} --top 200"
    );
    let answer = bench.ask(&asked);
    let rows = values(&answer, "top").into_iter();
    rows.filter_map(|(unit, value)| Some((unit?, value))).filter(|(_, sum)| *sum > 0.0).collect()
}

#[test]
fn a_planted_history_comes_back_by_the_way_of_real_readings() {
    let bench = Bench::new();
    let asked = ["simulate-history", "--scenario", "planted"];
    let size = ["--owners", "60", "--weeks", "64", "--seed", "4"];
    let run = bench.done(&[&asked[..], &size].concat());
    assert!(run.stderr.contains(COLLECTION), "{}", run.stderr);
    bench.done(&["build"]);
    let history = simulate::history(&OPTIONS);
    for year in YEARS {
        for (group, read) in GROUPS {
            assert_eq!(
                found(&bench, group, year),
                expected(&history, read, year),
                "{group} {year}"
            );
        }
        let asked = format!(
            "average parameters mean --collection {COLLECTION} --measure downloads \
             --weight measure --period {year} --format json"
        );
        let run = bench.done(&asked.split_whitespace().collect::<Vec<_>>());
        let answer: Value = serde_json::from_str(&run.stdout).unwrap();
        let weigh = |of: fn(&HistoryModel) -> f64| -> f64 {
            history.models.iter().map(|model| of(model) * in_year(model, year)).sum()
        };
        let mean = weigh(|model| model.parameters as f64) / weigh(|_| 1.0);
        let found = answer["rows"][0]["value"].as_f64().unwrap();
        assert!((found / mean - 1.0).abs() < 1e-9, "{year}: {found}, {mean}");
        assert_eq!(answer["rows"][0]["known_share"], 1.0);
    }
    // Once more takes nothing in that was not there, and builds nothing.
    bench.done(&[&asked[..], &size].concat());
    let built = bench.done(&["build"]).stderr;
    assert!(built.contains("up to date"), "{built}");
}

#[test]
fn a_history_needs_four_quarters() {
    let bench = Bench::new();
    let run = bench.run(&["simulate-history", "--scenario", "null", "--weeks", "54"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("a multiple of four"), "{}", run.stderr);
}
