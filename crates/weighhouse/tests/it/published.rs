//! Whoever follows a view has an entry for each release that was built.

use std::io::Read;

use serde_json::Value;

use crate::support::{Bench, Server, radar};

fn take(bench: &Bench, day: &str, rows: &[(&str, i64)]) {
    let path = bench.file(&format!("2026-01-{day}T120000.jsonl"), &radar(rows));
    assert_eq!(bench.import("radar", &path).code, 0);
    bench.done(&["build", "--collection", "radar"]);
}

fn noted(bench: &Bench) -> Vec<Value> {
    let bytes = std::fs::read(bench.data().join("published/radar.json")).unwrap();
    serde_json::from_slice::<Value>(&bytes).unwrap().as_array().unwrap().clone()
}

#[test]
fn each_build_that_makes_a_release_is_noted_once_and_told_of_in_feeds() {
    let bench = Bench::new();
    take(&bench, "05", &[("a/one", 10), ("b/two", 20)]);
    take(&bench, "12", &[("a/one", 12), ("b/two", 21), ("c/three", 5)]);
    let before = noted(&bench);
    bench.done(&["build"]);
    assert_eq!(noted(&bench), before, "nothing was made anew");
    let told = |name: &str| before.iter().map(|one| one[name].clone()).collect::<Vec<Value>>();
    assert_eq!(told("model_count"), [2, 3]);
    assert_eq!(told("snapshot_count"), [1, 2]);
    // The names of the files are in the time of their author, two hours ahead.
    assert_eq!(told("data_through"), ["2026-01-05T10:00:00Z", "2026-01-12T10:00:00Z"]);
    let times = told("published_at");
    assert!(times[0].as_str() <= times[1].as_str(), "{times:?}");

    let server = Server::start(&bench);
    let mut feed = String::new();
    server.open("/feed/models.atom?collection=radar").read_to_string(&mut feed).unwrap();
    assert!(feed.starts_with("HTTP/1.1 200"), "{feed}");
    let entries: Vec<&str> = feed.split("<entry>").skip(1).collect();
    assert_eq!(entries.len(), 2);
    assert!(entries[0].contains("3 models (1 more than in the release before)"), "{feed}");
    for (entry, noted) in entries.iter().zip(before.iter().rev()) {
        let updated = format!("<updated>{}</updated>", noted["published_at"].as_str().unwrap());
        assert!(entry.contains(&updated), "{updated}: {entry}");
        assert!(entry.contains(noted["release"].as_str().unwrap()), "{entry}");
    }
}
