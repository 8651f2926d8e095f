//! A simulated Hub, collected over HTTP.

use crate::support::{Bench, BrokenHub, Hub, values};

#[test]
fn a_simulated_hub_is_collected_built_and_marked() {
    let bench = Bench::new();
    bench.done(&["simulate-history", "--weeks", "8", "--models", "200", "--seed", "3"]);
    bench.done(&["build"]);
    let answer = bench
        .ask("sum hhi --collection simulated-hub --measure downloads --group uploader --top 3");
    assert_eq!(answer["simulated"], true);
    assert!(values(&answer, "sum")[0].1 > 0.0);
    // Weekly readings of a cumulative counter, on Mondays: nothing is estimated.
    assert_eq!(answer["rows"][0]["estimated_share"], 0.0);
    assert_eq!(answer["rows"][0]["low"], answer["rows"][0]["value"]);
    let total = |rest: &str| {
        let question =
            "sum --collection simulated-hub --measure downloads --group uploader --top 0";
        let answer = bench.ask(&format!("{question}{rest}"));
        values(&answer, "sum").iter().map(|(_, value)| *value).collect::<Vec<_>>()
    };
    let weeks = total(" --from 2000-01-03");
    // Eight readings on Mondays bound seven weeks; births let the weeks before count as well.
    assert!(weeks.len() >= 7, "{weeks:?}");
    let last_four: f64 = weeks.iter().rev().take(4).sum();
    assert_eq!(total(" --window 4"), [last_four]);
    let collections = bench.done(&["collections", "--format", "csv"]).stdout;
    assert!(collections.contains("simulated-hub,Simulated Hub"), "{collections}");
}

/// The Hub of the binary's own `simulate hub`, read by its own `collect`.
#[test]
fn the_top_of_a_hub_is_as_many_models_as_were_asked_for() {
    let bench = Bench::new();
    let hub = Hub::start(&["--models", "1500", "--seed", "2"]);
    // Two pages, of which the second cannot end at the limit.
    bench.done(&["collect", "--limit", "703", "--sort", "downloads", "--endpoint", &hub.endpoint]);
    bench.done(&["build"]);
    let name = "simulated-hub-top-downloads-703";
    let answer =
        bench.ask(&format!("sum --collection {name} --measure models --group model --top 0"));
    assert_eq!(values(&answer, "sum"), [(None, 703.0)]);
}

/// What was received before a failure is kept, and not taken for the whole.
#[test]
fn a_listing_whose_way_on_is_lost_is_kept_and_not_built_from() {
    let bench = Bench::new();
    bench.done(&["simulate-history", "--weeks", "1", "--models", "20"]);
    let hub = BrokenHub::start();
    let run =
        bench.run(&["collect", "--limit", "4", "--sort", "likes", "--endpoint", &hub.endpoint]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(run.stderr.contains("1 pages with 2 models are kept"), "{}", run.stderr);
    let built = bench.done(&["build"]).stderr;
    assert!(built.contains("hub-top-likes-4: nothing was received whole yet"), "{built}");
    assert!(built.contains("simulated-hub: built"), "{built}");
    let status = bench.done(&["status", "--format", "csv"]);
    assert!(status.stdout.contains("hub-top-likes-4,1,2,0,,,,incomplete"), "{}", status.stdout);
    assert!(status.stderr.contains("-incomplete broke off"), "{}", status.stderr);
    assert!(status.stderr.contains("interrupted after 1 pages"), "{}", status.stderr);
}

/// What was planted, and what is read of it: the same models, downloads and concentration.
#[test]
fn what_was_planted_is_found() {
    let bench = Bench::new();
    let world = ["--models", "400", "--seed", "9", "--at", "2026-09-07T06:00:00Z"];
    let truth = bench.done(&[&["simulate", "truth", "--format", "json"], &world[..]].concat());
    let truth: serde_json::Value = serde_json::from_str(&truth.stdout).unwrap();
    let hub = Hub::start(&world);
    bench.done(&["collect", "--endpoint", &hub.endpoint]);
    bench.done(&["build"]);
    let ask = |stat: &str, measure: &str| {
        let asked = format!(
            "{stat} --collection simulated-hub --measure {measure} --group uploader --top 0"
        );
        values(&bench.ask(&asked), stat)[0].1
    };
    let planted = |key: &str| truth["last_30_days"][key].as_f64().unwrap();
    assert_eq!(ask("sum", "models"), truth["model_count"].as_f64().unwrap());
    assert_eq!(ask("sum", "downloads_30d"), planted("downloads"));
    // The two sides add the squares up in their own order.
    let difference = ask("hhi", "downloads_30d") - planted("owner_hhi");
    assert!(difference.abs() < 1e-9, "{difference}");
}

#[test]
fn a_hub_that_cannot_be_reached_is_an_error() {
    let bench = Bench::new();
    // Port 9 (discard) is closed on loopback.
    let run = bench.run(&["collect", "--limit", "5", "--endpoint", "http://127.0.0.1:9"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.starts_with("error: "), "{}", run.stderr);
    assert!(run.stderr.contains("hint: check the network"), "{}", run.stderr);
    assert!(!bench.data().exists(), "nothing is left behind");
}
