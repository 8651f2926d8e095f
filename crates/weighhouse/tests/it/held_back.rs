//! Snapshots that cannot be the whole: kept, reported, and not published as if they were.

use crate::support::{Bench, Hub, values};

fn hub() -> Hub {
    Hub::start(&["--models", "1000", "--seed", "4", "--at", "2026-09-07T00:30:00Z", "--no-events"])
}

fn count(bench: &Bench) -> f64 {
    let question = "sum --collection simulated-hub --measure models --group model --top 0";
    values(&bench.ask(question), "sum")[0].1
}

#[test]
fn a_listing_that_ends_early_is_held_back_until_it_is_whole_or_accepted() {
    let bench = Bench::new();
    let hub = hub();
    let collect = ["collect", "--page-size", "100", "--endpoint", &hub.endpoint];
    bench.done(&collect);
    bench.done(&["build"]);
    let whole = count(&bench);

    // A week later each page says that it is the last but one.
    hub.set("at", "2026-09-14T00:30:00Z");
    hub.set("faults", "script deep:early-end");
    let run = bench.run(&collect);
    assert_eq!(run.code, 1, "{}", run.stderr);
    for expected in ["held back: its rows went from", "vanished", "weighhouse accept simulated-hub"]
    {
        assert!(run.stderr.contains(expected), "{expected}: {}", run.stderr);
    }
    bench.done(&["build"]);
    assert!((count(&bench) - whole).abs() < 0.5, "nothing was built from it");
    let status = bench.done(&["status"]);
    assert!(status.stderr.contains("is held back: its rows went from"), "{}", status.stderr);

    // The same day it is whole again.
    hub.set("faults", "none");
    hub.set("at", "2026-09-14T02:30:00Z");
    bench.done(&collect);
    bench.done(&["build"]);
    assert!(count(&bench) > whole, "a week of new models");
    let status = bench.done(&["status"]);
    assert!(!status.stderr.contains("held back"), "it was read again: {}", status.stderr);

    // Someone finds that the short one was right.
    let refused = bench.run(&["accept", "simulated-hub", "no-such-snapshot"]);
    assert_eq!(refused.code, 2);
    assert!(refused.stderr.contains("held back are: 20260914T003000Z-"), "{}", refused.stderr);
    bench.done(&["accept", "simulated-hub"]);
    let built = bench.done(&["build"]).stderr;
    assert!(built.contains("3 snapshots"), "{built}");
    let refused = bench.run(&["accept", "simulated-hub"]);
    assert!(refused.stderr.contains("held back are: none"), "{}", refused.stderr);
}

#[test]
fn changes_since_the_last_reading_come_into_the_same_collection() {
    let bench = Bench::new();
    let hub = hub();
    let collect =
        |rest: &[&str]| bench.run(&[&["collect", "--endpoint", &hub.endpoint], rest].concat());
    let run = collect(&["--since", "last"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("there is no earlier reading"), "{}", run.stderr);
    assert_eq!(collect(&[]).code, 0);
    bench.done(&["build"]);
    let before = count(&bench);
    hub.set("at", "2026-09-08T12:00:00Z");
    let run = collect(&["--since", "last"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    bench.done(&["build"]);
    let after = count(&bench);
    assert!(after > before && after < before + 60.0, "{before} {after}");
    // Nothing has changed since: there is nothing to keep.
    let snapshots = || {
        let status = bench.done(&["status", "--format", "json"]).stdout;
        let status: serde_json::Value = serde_json::from_str(&status).unwrap();
        status["collections"][0]["snapshots"].as_str().unwrap().to_owned()
    };
    assert_eq!(snapshots(), "2");
    let run = collect(&["--since", "2026-09-09"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(snapshots(), "2");
    let run = collect(&["--since", "yesterday"]);
    assert_eq!(run.code, 2);
    // What is partial is never held against the whole.
    hub.set("at", "2026-09-14T00:30:00Z");
    assert_eq!(collect(&[]).code, 0);
}

#[test]
fn details_of_the_heaviest_models_are_joined_to_them() {
    let bench = Bench::new();
    let hub = hub();
    bench.done(&["collect", "--endpoint", &hub.endpoint]);
    bench.done(&["collect", "--details", "45", "--endpoint", &hub.endpoint]);
    let built = bench.done(&["build"]).stderr;
    assert!(built.contains("2 snapshots"), "{built}");
    let status = bench.done(&["status", "--format", "json"]).stdout;
    let status: serde_json::Value = serde_json::from_str(&status).unwrap();
    assert_eq!(status["collections"][0]["problems"], "0");
    // What only the detail route tells is known of those models, and of no others.
    let attributes = bench.done(&["attributes", "--format", "json"]).stdout;
    let attributes: serde_json::Value = serde_json::from_str(&attributes).unwrap();
    for name in ["files_bytes", "security_scan", "hub_child_count", "space_count"] {
        let mut rows = attributes.as_array().unwrap().iter();
        let row = rows.find(|row| row["name"] == name).unwrap();
        assert_eq!(row["known"], "45", "{row}");
    }
}
