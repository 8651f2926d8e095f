//! What is unusual about the numbers is seen: events, gaps, estimates, flags.

use serde_json::Value as Json;

use crate::get;

/// The marks of the tiny release over downloads: of four falls the three that touch the most
/// models, a repeated reading, and two changes of what is counted.
const MARKED: [(&str, &str); 6] = [
    ("2024-03-18", "Counters fell (2 of 5 models)"),
    ("2024-03-25", "Counters fell (3 of 5 models)"),
    ("2024-04-01", "Counters fell (4 of 5 models)"),
    ("2024-04-15", "Old readings repeated (4 of 5 models)"),
    ("2024-04-22", "Counting changed: gguf"),
    ("2024-05-13", "Counting changed: default"),
];

fn figure(name: &str, parameters: &str) -> Json {
    get(&format!("/figure/{name}.json?collection=tiny{parameters}")).json()
}

fn labels(figure: &Json) -> Vec<(String, String)> {
    let event = |event: &Json| {
        let text = |name: &str| event[name].as_str().expect("a text").to_owned();
        (text("at")[..10].to_owned(), text("label"))
    };
    figure["events"].as_array().expect("a list").iter().map(event).collect()
}

fn marked(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(at, label)| ((*at).to_owned(), (*label).to_owned())).collect()
}

#[test]
fn a_figure_of_flows_is_marked_and_says_what_is_not() {
    let json = figure("shares", "");
    assert_eq!(labels(&json), marked(&MARKED));
    let notes = json["notes"].as_array().unwrap();
    assert_eq!(notes[0], "Without a mark, beside larger ones: 1 × counters fell.");
    assert!(notes[1].as_str().unwrap().starts_with("What counts as a download changed 2 times"));

    let fragment = get("/figure/shares?collection=tiny").body;
    for (_, label) in MARKED {
        // By its mark, or in the list below; once in the drawing for the desk and once in the phone's.
        assert!(fragment.matches(label).count() >= 2, "{label}");
    }
    assert!(fragment.contains(notes[0].as_str().unwrap()), "the page says it, too");
}

#[test]
fn an_event_in_json_has_all_that_is_known_of_it() {
    let json = figure("concentration-hhi", "");
    let event = &json["events"][0];
    assert_eq!(event["kind"], "restatement");
    assert_eq!(
        (&event["models"], &event["of"], &event["subject"]),
        (&2.into(), &5.into(), &Json::Null)
    );
    assert_eq!(event["text"], "The counters of 2 models fell.");
    let points = json["series"][0]["points"].as_array().unwrap();
    let week = points.iter().find(|point| point["at"] == "2024-03-18").unwrap();
    assert_eq!(event["x"], week["x"], "it shows in its week");
}

#[test]
fn csv_names_events_in_the_rows_of_their_week() {
    let csv = get("/figure/shares.csv?collection=tiny&group=country").body;
    let lines: Vec<&str> = csv.lines().collect();
    assert!(lines[0].ends_with(",simulated,events"));
    let named = lines[1..].iter().filter(|line| !line.ends_with(",false,"));
    let named: Vec<&str> = named.copied().collect();
    // Four series (three countries and the unreviewed) in each of six weeks.
    assert_eq!(named.len(), 24);
    for (at, label) in MARKED {
        let with =
            named.iter().filter(|line| line.starts_with(at) && line.ends_with(label)).count();
        assert_eq!(with, 4, "{label}");
    }
}

#[test]
fn small_figures_have_one_mark_of_each_kind() {
    let json = figure("concentration-gini", "&layout=small");
    let expected = [MARKED[2], MARKED[3], MARKED[5]];
    assert_eq!(labels(&json), marked(&expected));
}

#[test]
fn only_what_can_move_the_numbers_is_marked() {
    let rolling = figure("shares", "&measure=downloads_30d");
    assert!(labels(&rolling).iter().all(|(_, label)| !label.starts_with("Counters fell")));
    assert!(labels(&rolling).iter().any(|(_, label)| label == "Counting changed: gguf"));
    let models = figure("model-count", "");
    assert_eq!(labels(&models), marked(&[MARKED[3]]), "models are counted by no rule");
    assert_eq!(models["notes"], Json::Array(Vec::new()));
    assert_eq!(figure("lorenz", "")["events"], Json::Array(Vec::new()), "it has no time");
}

#[test]
fn with_the_counting_rule_held_fixed_its_own_changes_stay_marked() {
    let json = figure("shares", "&rule=gguf");
    let changes = labels(&json).into_iter().filter(|(_, label)| label.starts_with("Counting"));
    assert_eq!(changes.collect::<Vec<_>>(), marked(&[MARKED[4]]));
    assert_eq!(
        json["notes"][1],
        "The counting rule is held fixed (gguf), and changed once in the time shown."
    );
    let before = figure("shares", "&rule=gguf&to=2024-04-01");
    let notes = before["notes"].as_array().unwrap();
    assert_eq!(
        notes.last().unwrap(),
        "The counting rule is held fixed (gguf) and did not change in the time shown."
    );
}

#[test]
fn what_is_outside_the_time_shown_is_not_marked() {
    let json = figure("shares", "&from=2024-04-08&to=2024-04-15");
    assert_eq!(labels(&json), marked(&[MARKED[3]]));
}

#[test]
fn a_gap_is_shaded_and_an_estimate_hatched() {
    for (figure, hatch) in [("shares", "-hatch)"), ("concentration-hhi", "-ground)")] {
        let svg = get(&format!("/figure/{figure}.svg?collection=tiny")).body;
        assert!(svg.contains("class=\"gap\""), "{figure}: nothing is known of the sixth week");
        assert!(
            svg.contains(hatch) && svg.contains(">estimated<"),
            "{figure}: the ninth is estimated"
        );
        // Without those weeks there is neither.
        let svg = get(&format!("/figure/{figure}.svg?collection=tiny&to=2024-04-01")).body;
        assert!(!svg.contains("class=\"gap\"") && !svg.contains(">estimated<"), "{figure}");
    }
}

#[test]
fn a_gap_at_the_end_keeps_the_names() {
    // The sixth week, of which nothing is known, is the last; the largest are those of the fifth.
    let json = figure("shares", "&group=country&to=2024-04-08");
    let series = json["series"].as_array().unwrap();
    let keys: Vec<&str> = series.iter().map(|one| one["key"].as_str().unwrap()).collect();
    assert_eq!(keys, ["us", "china", "france", "unreviewed"]);
    let body = get("/power?collection=tiny&to=2024-04-08").body;
    assert!(body.contains("nothing is known in the week of 8\u{a0}Apr\u{a0}2024."));
}
