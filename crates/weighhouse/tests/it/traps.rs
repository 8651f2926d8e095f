//! The traps of real sources, each by its name: what a source does to its counters must not become
//! a number.
//!
//! Expected values were counted in the raw files themselves, with the few lines of Python that
//! stand beside them in words, on 2026-11-24.

use std::path::{Path, PathBuf};

use analyze::{EventKind, Market};
use schema::{Day, Instant, Week};
use serde_json::Value;
use store::Store;

use crate::real_data::real_data;
use crate::support::Bench;

/// A collection of real readings, built.
fn built(source: &str, folder: &Path) -> (Bench, Market) {
    let bench = Bench::new();
    let run = bench.import(source, &folder.join(source));
    assert!(run.code <= 1, "{}", run.stderr);
    bench.done(&["build"]);
    let market = market(&bench, source);
    (bench, market)
}

/// The lists of `embeddings-trending` of some days, built: all of them take long.
fn lists(folder: &Path, days: impl Fn(Day) -> bool) -> (Bench, Market) {
    let files = std::fs::read_dir(folder.join("embeddings-trending")).unwrap();
    let is_wanted = |path: &PathBuf| {
        let name = path.file_stem().unwrap().to_str().unwrap();
        let Some(date) = name.strip_prefix("transformersjs_") else { return false };
        let parts: Vec<&str> = date.split('-').collect();
        days([parts[2], parts[1], parts[0]].join("-").parse().unwrap())
    };
    let files: Vec<PathBuf> = files.map(|file| file.unwrap().path()).filter(is_wanted).collect();
    let bench = Bench::new();
    let mut arguments = vec!["import", "embeddings-trending"];
    arguments.extend(files.iter().map(|file| file.to_str().unwrap()));
    bench.done(&arguments);
    bench.done(&["build"]);
    let market = market(&bench, "embeddings-trending");
    (bench, market)
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn market(bench: &Bench, collection: &str) -> Market {
    Market::load(&Store::open(&bench.data()).unwrap(), collection).unwrap()
}

/// Events of a kind as instant, models touched and models seen.
fn events(market: &Market, kind: EventKind) -> Vec<(String, u64, u64)> {
    let of_kind = market.events.iter().filter(|event| event.kind == kind);
    let shown = |event: &analyze::Event| {
        let (models, of) = (event.models.unwrap_or_default(), event.of.unwrap_or_default());
        (event.at.to_string(), models, of)
    };
    of_kind.map(shown).collect()
}

fn touched(events: &[(String, u64, u64)], at: &str) -> (u64, u64) {
    let found = events.iter().find(|(event, _, _)| event == at);
    let (_, models, of) = found.unwrap_or_else(|| panic!("no event at {at}: {events:?}"));
    (*models, *of)
}

/// Radar refreshes its counters unevenly. Among models of which 10 downloads or more are expected
/// between two runs, 539, 541 and 886 repeat their 30-day sum and likes in the second, third and
/// fourth run, and of all models 7,219, 8,478 and 9,384; in the fifth 65 + 2 of 1,959.
#[test]
fn the_uneven_refresh_of_radar_is_stale() {
    let Some(folder) = real_data("the_uneven_refresh_of_radar_is_stale") else { return };
    let (_bench, market) = built("radar", &folder);
    let stale = events(&market, EventKind::Stale);
    for (at, busy, all, listed) in [
        ("2026-08-19T20:00:22Z", 539, 7_219, 11_946),
        ("2026-08-20T12:00:26Z", 541, 8_478, 13_285),
        ("2026-08-21T04:00:26Z", 886, 9_384, 13_285),
    ] {
        let (models, of) = touched(&stale, at);
        assert_eq!(of, listed, "{at}");
        assert!((busy..all).contains(&models), "{at}: {models}");
    }
    assert_eq!(stale.len(), 3, "the last run is fresh: {stale:?}");
}

/// On 2026-03-10 the catalogue went back to the file of 2026-03-04 09:19: all 536 models have its
/// counters, and 32 that came between are gone again.
#[test]
fn the_rollback_of_llmfit_on_10_march_is_recognised() {
    let Some(folder) = real_data("the_rollback_of_llmfit_on_10_march_is_recognised") else {
        return;
    };
    let (bench, market) = built("llmfit", &folder);
    let rollbacks = events(&market, EventKind::Rollback);
    assert_eq!(rollbacks, [("2026-03-10T00:55:16Z".to_owned(), 536, 536)]);
    // Who asks for the week is told.
    let asked = "query sum --collection llmfit --measure downloads --group model --top 0 --as-of 2026-03-16";
    let told = bench.done(&asked.split(' ').collect::<Vec<_>>()).stderr;
    assert!(told.contains("source went back on 2026-03-10"), "{told}");
    // Nothing went down and up again: no restatement, and the week flows as those beside it do.
    assert_eq!(events(&market, EventKind::Restatement), []);
    let sums = weekly_sums(&bench, "llmfit", "2026-03-02", "2026-03-16");
    let [before, week, after] = sums.as_slice() else { panic!("{sums:?}") };
    let around = before.unwrap().min(after.unwrap())..before.unwrap().max(after.unwrap()) * 1.1;
    assert!(around.contains(&week.unwrap()), "{sums:?}");
}

/// The versions of 2026-02-24 11:46 and of 2026-03-01 10:30 and 12:42 hold 86, 76 and 72 models
/// where the ones before hold 157 and 497; 72 and 430 of these are not in them, and nearly all
/// come back.
#[test]
fn the_partial_scrapes_of_llmfit_are_recognised() {
    let Some(folder) = real_data("the_partial_scrapes_of_llmfit_are_recognised") else { return };
    let (bench, market) = built("llmfit", &folder);
    let partial = events(&market, EventKind::Partial);
    let at: Vec<&str> = partial.iter().map(|(at, _, _)| at.as_str()).collect();
    assert_eq!(at, ["2026-02-24T11:46:12Z", "2026-03-01T10:30:30Z", "2026-03-01T12:42:44Z"]);
    // Models that are not shown are not gone: each has its last reading.
    let as_of = |at: &str| {
        let asked = "sum --collection llmfit --measure downloads_30d --group model --top 0";
        let answer = bench.ask(&format!("{asked} --as-of {at}"));
        let row = &answer["rows"][0];
        row["n"].as_u64().unwrap() + row["missing_cells"].as_u64().unwrap()
    };
    let (before, partial) = (as_of("2026-02-28T00:00:00Z"), as_of("2026-03-01T13:00:00Z"));
    assert!(before >= 497 && partial >= before, "{before} models, then {partial}");
    // And the week that the partial versions end is no drop.
    let sums = weekly_sums(&bench, "llmfit", "2026-02-23", "2026-03-02");
    let [partial, after] = sums.as_slice() else { panic!("{sums:?}") };
    assert!(partial.unwrap() > 0.5 * after.unwrap(), "{sums:?}");
}

/// Six versions repeat the one before whole: of 2026-03-04 13:02, both of 2026-03-12 (but for the
/// rollback between), both of 2026-03-18 (one commit time, two files) and of 2026-04-15. Some 29
/// entries were written by hand and never move.
#[test]
fn the_repeated_counts_of_llmfit_are_stale() {
    let Some(folder) = real_data("the_repeated_counts_of_llmfit_are_stale") else { return };
    let (bench, market) = built("llmfit", &folder);
    let stale = events(&market, EventKind::Stale);
    for (at, repeated) in [
        ("2026-03-04T13:02:04Z", 536),
        ("2026-03-12T00:02:18Z", 536),
        ("2026-03-12T22:08:00Z", 568),
        ("2026-03-18T15:40:00Z", 568),
        ("2026-04-15T20:25:09Z", 985),
    ] {
        let (models, _) = touched(&stale, at);
        assert!(models <= repeated && models as f64 >= 0.85 * repeated as f64, "{at}: {models}");
    }
    // Fresh versions between them are taken: of their models under 7 % repeat.
    for fresh in ["2026-03-21T18:20:15Z", "2026-04-01T18:05:18Z", "2026-04-08T07:37:36Z"] {
        assert!(stale.iter().all(|(at, _, _)| at != fresh), "{fresh}");
    }
    // What is repeated is not taken for weeks without downloads, and after the last fresh reading
    // nothing is known, which is not zero.
    let sums = weekly_sums(&bench, "llmfit", "2026-03-09", "2026-04-06");
    let (last, whole) = sums.split_last().unwrap();
    assert!(whole.iter().all(|sum| sum.is_some_and(|sum| sum > 5e7)), "{sums:?}");
    assert_eq!(*last, None, "{sums:?}");
}

/// The list of 2024-05-09 is that of the day before: all 145 models on both have the same sums. On
/// 2024-06-13 it is so for 153 of 159; on the other days of these weeks for 30 at most, mostly
/// models with a few hundred downloads a month.
#[test]
fn the_stale_days_of_embeddings_trending_are_recognised() {
    let Some(folder) = real_data("the_stale_days_of_embeddings_trending_are_recognised") else {
        return;
    };
    let (_bench, market) = lists(&folder, |on| on <= day("2024-06-30"));
    let stale = events(&market, EventKind::Stale);
    assert_eq!(touched(&stale, "2024-05-09T12:00:00Z"), (145, 145));
    let (models, _) = touched(&stale, "2024-06-13T12:00:00Z");
    assert!((145..=153).contains(&models), "{models}");
    let most = stale.iter().filter(|(_, models, _)| *models > 30).count();
    assert_eq!(most, 2, "{stale:?}");
}

/// There is no list of 2024-08-08 and 2024-08-10.
#[test]
fn the_absent_days_of_embeddings_trending_are_no_gap_and_no_spike() {
    let test = "the_absent_days_of_embeddings_trending_are_no_gap_and_no_spike";
    let Some(folder) = real_data(test) else { return };
    let (bench, market) =
        lists(&folder, |on| (day("2024-06-24")..=day("2024-08-31")).contains(&on));
    let sums = weekly_sums(&bench, "embeddings-trending", "2024-07-29", "2024-08-12");
    let [before, week, after] = sums.as_slice() else { panic!("{sums:?}") };
    let (least, most) = (before.unwrap().min(after.unwrap()), before.unwrap().max(after.unwrap()));
    assert!((0.8 * least..1.2 * most).contains(&week.unwrap()), "{sums:?}");
    let states = |week: &str| market.week_states(week.parse::<Week>().unwrap()).unwrap();
    assert_eq!(states("2024-08-05").missing, states("2024-07-29").missing);
}

/// On 2024-09-14 and 2024-09-22 the list has 91 and 86 models, and the day before and after 164 of
/// which all come back: 73 and 78 are not shown.
#[test]
fn the_short_lists_of_embeddings_trending_are_partial() {
    let Some(folder) = real_data("the_short_lists_of_embeddings_trending_are_partial") else {
        return;
    };
    let (_bench, market) =
        lists(&folder, |on| (day("2024-08-26")..=day("2024-10-06")).contains(&on));
    let partial = events(&market, EventKind::Partial);
    assert_eq!(touched(&partial, "2024-09-14T12:00:00Z"), (73, 164));
    assert_eq!(touched(&partial, "2024-09-22T12:00:00Z"), (78, 164));
    assert_eq!(partial.len(), 2, "{partial:?}");
}

/// The sums of some weeks; null is none.
fn weekly_sums(bench: &Bench, collection: &str, from: &str, to: &str) -> Vec<Option<f64>> {
    let answer = bench.ask(&format!(
        "sum --collection {collection} --measure downloads --group model --top 0 --from {from} --to {to}"
    ));
    answer["rows"].as_array().unwrap().iter().map(|row| row["value"].as_f64()).collect()
}

/// A collection of one model whose cumulative counter is read on Mondays at midnight, UTC.
fn of_readings(readings: &[(&str, i64)]) -> Bench {
    let bench = Bench::new();
    let map = bench.file(
        "map.toml",
        b"collection = \"mine\"\ntitle = \"Mine\"\ncovers = \"One model.\"\nsource = \"a test\"\n\
          [read_at]\nfile_name = \"list_{year}-{month}-{day}.csv\"\ntime = \"00:00\"\n\
          utc_offset = \"+00:00\"\n[columns]\nmodel_id = \"model\"\n\
          downloads_all_time = \"downloads\"\ncreated_at = \"created\"\n",
    );
    let write = |(day, downloads): &(&str, i64)| -> PathBuf {
        let text = format!("model,downloads,created\na/b,{downloads},2025-01-06\n");
        bench.file(&format!("list_{day}.csv"), text.as_bytes())
    };
    let files: Vec<PathBuf> = readings.iter().map(write).collect();
    let mut arguments = vec!["import", "table", "--map", map.to_str().unwrap()];
    arguments.extend(files.iter().map(|file| file.to_str().unwrap()));
    bench.done(&arguments);
    bench.done(&["build"]);
    bench
}

fn weeks(bench: &Bench, window: u32) -> Vec<Value> {
    let answer = bench.ask(&format!(
        "sum --collection mine --measure downloads --group model --top 0 --from 2026-01-05 --window {window}"
    ));
    answer["rows"].as_array().unwrap().clone()
}

#[test]
fn a_falling_counter_is_a_restatement_and_a_missing_week() {
    let bench = of_readings(&[
        ("2026-01-05", 100),
        ("2026-01-12", 200),
        ("2026-01-19", 50),
        ("2026-01-26", 120),
    ]);
    let weeks = weeks(&bench, 1);
    let values: Vec<Option<f64>> = weeks.iter().map(|row| row["value"].as_f64()).collect();
    assert_eq!(values, [Some(100.0), None, Some(70.0)]);
    assert_eq!(weeks[1]["missing_cells"], 1);
    assert_eq!(weeks[1]["high"], Value::Null);
    let restatements = events(&market(&bench, "mine"), EventKind::Restatement);
    assert_eq!(restatements.len(), 1, "{restatements:?}");
    let fell = Instant::parse(&restatements[0].0).unwrap();
    assert!(fell > Instant::parse("2026-01-12T00:00:00Z").unwrap());
    assert!(fell <= Instant::parse("2026-01-19T00:00:00Z").unwrap());
}

#[test]
fn a_gap_of_12_weeks_keeps_its_known_sum() {
    let readings = [("2026-01-05", 1_000), ("2026-03-30", 13_000), ("2026-04-06", 14_500)];
    let bench = of_readings(&readings);
    let single = weeks(&bench, 1);
    assert_eq!(single.len(), 13);
    // Which weeks the 12,000 fell in nobody knows: neither zeros nor a spike.
    assert!(single[..12].iter().all(|row| row["value"].is_null()), "{single:?}");
    assert_eq!(single[12]["value"], 1_500.0);
    let thirteen = weeks(&bench, 13);
    let whole = thirteen.last().unwrap();
    assert_eq!((&whole["value"], &whole["missing_cells"]), (&13_500.0.into(), &0.into()));
}
