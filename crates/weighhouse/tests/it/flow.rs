//! Import, build, query: the main job.

use insta::assert_snapshot;

use crate::support::{Bench, gzip, radar, values};

const EARLY: &str = "2026-02-02T010000.jsonl.gz";
const LATE: &str = "2026-03-02T010000.jsonl.gz";

fn two_snapshots() -> Bench {
    let bench = Bench::new();
    let early = bench
        .file(EARLY, &gzip(&radar(&[("google/a", 500), ("Qwen/b", 250), ("nobody-knows/c", 250)])));
    let late = bench
        .file(LATE, &gzip(&radar(&[("google/a", 500), ("Qwen/b", 500), ("nobody-knows/c", 0)])));
    assert_eq!(bench.import("radar", &early).code, 0);
    assert_eq!(bench.import("radar", &late).code, 0);
    bench.done(&["build"]);
    bench
}

#[test]
fn an_answer_has_the_promised_form() {
    let bench = two_snapshots();
    let question =
        "hhi --collection radar --measure downloads_30d --group uploader --as-of 2026-02-03";
    let mut arguments = vec!["query", "--format", "json"];
    arguments.extend(question.split(' '));
    let text = bench.done(&arguments).stdout;
    let answer = bench.ask(question);
    let release = answer["release"].as_str().unwrap();
    assert!(release.starts_with("radar-2026-03-01-"), "{release}");
    assert_snapshot!(text.replace(release, "RELEASE"), @r#"
    {
      "collection": "radar",
      "measure": "downloads_30d",
      "group": "uploader",
      "where": "",
      "release": "RELEASE",
      "data_through": "2026-03-01T23:00:00Z",
      "simulated": false,
      "rows": [
        {
          "at": "2026-02-03",
          "unit": null,
          "stat": "hhi",
          "value": 3750.0,
          "low": 3750.0,
          "high": 3750.0,
          "bound_low": 3750.0,
          "bound_high": 3750.0,
          "n": 3,
          "estimated_share": null,
          "missing_cells": 0
        }
      ]
    }
    "#);
}

#[test]
fn as_of_takes_the_last_reading_and_the_newest_is_the_default() {
    let bench = two_snapshots();
    let ask = |rest: &str| {
        bench.ask(&format!("sum --collection radar --measure downloads_30d --group uploader{rest}"))
    };
    let total = |answer| values(&answer, "sum")[0].clone();
    assert_eq!(total(ask(" --as-of 2026-02-03")), (None, 1000.0));
    assert_eq!(total(ask("")), (None, 1000.0));
    // 01:00 in the author's local time is 00:00 UTC less an hour, the day before.
    assert_eq!(values(&ask(" --as-of 2026-02-01"), "sum").len(), 4);
    let words = "query sum --collection radar --measure downloads_30d --group uploader";
    let words: Vec<&str> = words.split(' ').chain(["--as-of", "2026-01-31"]).collect();
    let run = bench.run(&words);
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.contains("no downloads of the last 30 days at or before 2026-01-31"),
        "{}",
        run.stderr
    );
}

#[test]
fn unreviewed_owners_are_a_row_of_their_own_and_enter_the_bounds() {
    let bench = two_snapshots();
    let answer = bench.ask(
        "share hhi --collection radar --measure downloads_30d --group sector --as-of 2026-02-03",
    );
    let shares = values(&answer, "share");
    assert_eq!(shares, [(Some("industry".into()), 0.75), (Some("unreviewed".into()), 0.25)]);
    let hhi = answer["rows"].as_array().unwrap().last().unwrap();
    assert_eq!(hhi["value"], 10_000.0);
    // Spread thin: 0.75² · 10,000; all to industry: 10,000.
    assert!((hhi["bound_low"].as_f64().unwrap() - 5625.0).abs() < 1e-9, "{hhi}");
    assert!((hhi["bound_high"].as_f64().unwrap() - 10_000.0).abs() < 1e-9, "{hhi}");
}

#[test]
fn conditions_narrow_and_unknown_ones_are_refused_with_the_known() {
    let bench = two_snapshots();
    let answer = bench.ask(
        "sum --collection radar --measure downloads_30d --group uploader --where country=China --as-of 2026-02-03",
    );
    assert_eq!(values(&answer, "sum"), [(None, 250.0), (Some("Qwen".into()), 250.0)]);
    let query = |condition: &str| {
        bench.run(&[
            "query",
            "sum",
            "--collection",
            "radar",
            "--measure",
            "likes",
            "--group",
            "uploader",
            "--where",
            condition,
        ])
    };
    let refused = query("colour=red");
    assert_eq!(refused.code, 2);
    assert!(
        refused.stderr.contains("unknown attribute 'colour'; known are: "),
        "{}",
        refused.stderr
    );
    let refused = query("country=Chine");
    assert!(refused.stderr.contains("no model has country 'Chine'"), "{}", refused.stderr);
}

#[test]
fn running_twice_changes_nothing() {
    let bench = two_snapshots();
    let before = bench.files();
    let early = bench
        .file(EARLY, &gzip(&radar(&[("google/a", 500), ("Qwen/b", 250), ("nobody-knows/c", 250)])));
    assert_eq!(bench.import("radar", &early).code, 0);
    let built = bench.done(&["build"]);
    assert!(built.stderr.contains("radar: up to date"), "{}", built.stderr);
    assert!(bench.files() == before, "files changed");
}

#[test]
fn building_twice_from_the_same_raw_gives_identical_bytes() {
    let [one, two] = [two_snapshots(), two_snapshots()];
    let derived = |bench: &Bench| {
        let is_derived = |name: &str| !name.starts_with("raw/");
        bench.files().into_iter().filter(|(name, _)| is_derived(name)).collect::<Vec<_>>()
    };
    // The raw layer says when it was received; everything after it must not depend on that.
    std::fs::remove_dir_all(two.data()).unwrap();
    copy(&one.data().join("raw"), &two.data().join("raw"));
    two.done(&["build"]);
    let (one, two) = (derived(&one), derived(&two));
    assert_eq!(one.len(), two.len());
    for (a, b) in one.iter().zip(&two) {
        assert_eq!(a.0, b.0);
        assert!(a.1 == b.1, "{} differs", a.0);
    }
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn lists_and_status_say_what_is_there() {
    let bench = two_snapshots();
    let status = bench.done(&["status"]).stdout;
    assert!(status.contains("radar") && status.contains("up to date"), "{status}");
    let collections = bench.done(&["collections", "--format", "json"]).stdout;
    let collections: serde_json::Value = serde_json::from_str(&collections).unwrap();
    assert_eq!(collections[0]["models"], "3");
    let attributes = bench.done(&["attributes", "--format", "csv"]).stdout;
    assert!(attributes.lines().count() > 40, "{attributes}");
    assert!(bench.done(&["indicators"]).stdout.contains("country_groups"));
}

/// The examples of `docs/import.md`: each block after a line that holds its file's name alone.
fn documented_files(bench: &Bench) {
    let page = include_str!("../../../../docs/import.md");
    let mut name = None;
    let mut block: Option<String> = None;
    for line in page.lines() {
        match (&mut block, line.starts_with("```")) {
            (None, true) if name.is_some() => block = Some(String::new()),
            (Some(text), true) => {
                bench.file(name.take().unwrap(), text.as_bytes());
                block = None;
            }
            (Some(text), false) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, _) if line.starts_with("**") && line.ends_with("**") => {
                name = Some(line.trim_matches('*'));
            }
            (None, _) => {}
        }
    }
}

/// The rows that `docs/import.md` gives as a table, as Parquet.
fn documented_panel(bench: &Bench) -> std::path::PathBuf {
    use schema::{Day, Value, ValueType};
    use store::{Column, Layer, Store, batch_of_values};
    let column = |name, value_type| Column { name, value_type };
    let columns = [
        column("week", ValueType::Day),
        column("model", ValueType::Text),
        column("downloads", ValueType::Integer),
        column("task", ValueType::Text),
    ];
    let page = include_str!("../../../../docs/import.md");
    let rows = page.lines().filter(|line| line.contains("| a/model |"));
    let mut values: Vec<Vec<Value>> = vec![Vec::new(); columns.len()];
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        values[0].push(Value::Day(cells[0].parse::<Day>().unwrap()));
        values[1].push(cells[1].into());
        values[2].push(Value::Integer(cells[2].parse().unwrap()));
        values[3].push(cells[3].into());
    }
    assert_eq!(values[0].len(), 3);
    let folder = bench.file("writer", b"").with_file_name("made");
    let mut draft = Store::create(&folder).unwrap().draft(Layer::Tables, "x", "y").unwrap();
    draft.write_table("panel.parquet", &[batch_of_values(&columns, &values)]).unwrap();
    draft.commit().unwrap();
    folder.join("tables/x/y/panel.parquet")
}

fn import_by_map(bench: &Bench, map: &str, path: &std::path::Path) -> crate::support::Run {
    let map = bench.data().with_file_name(map);
    bench.run(&["import", "table", "--map", map.to_str().unwrap(), path.to_str().unwrap()])
}

#[test]
fn the_documented_csv_is_taken_in_by_its_map() {
    let bench = Bench::new();
    documented_files(&bench);
    let list = bench.data().with_file_name("list_05-01-2026.csv");
    let run = import_by_map(&bench, "weekly.toml", &list);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.contains("1 of 1 files taken in with 2 rows"), "{}", run.stderr);
    assert!(
        run.stderr.contains("1 columns are not in the map and were not read: note"),
        "{}",
        run.stderr
    );
    bench.done(&["build"]);
    let ask = "sum --collection my-list --measure downloads_30d --group";
    let answer = bench.ask(&format!("{ask} model --top 0"));
    assert_eq!(answer["data_through"], "2026-01-05T05:00:00Z");
    assert_eq!(values(&answer, "sum"), [(None, 5_300_000.0)]);
    let known = bench.ask(&format!("{ask} model --where license_family=permissive"));
    assert_eq!(values(&known, "sum")[0].1, 4_100_000.0, "'not stated' stands for unknown");
}

#[test]
fn the_documented_json_lines_are_taken_in_by_their_map() {
    let bench = Bench::new();
    documented_files(&bench);
    let run = import_by_map(&bench, "log.toml", &bench.data().with_file_name("log.jsonl"));
    assert_eq!(run.code, 0, "{}", run.stderr);
    bench.done(&["build"]);
    let answer = bench
        .ask("sum --collection my-log --measure downloads --group model --from 2026-01-05 --top 0");
    let weeks: Vec<f64> = values(&answer, "sum").iter().map(|(_, value)| *value).collect();
    assert_eq!(weeks, [70.0, 60.0]);
}

#[test]
fn the_documented_parquet_is_taken_in_by_its_map() {
    let bench = Bench::new();
    documented_files(&bench);
    let panel = documented_panel(&bench);
    assert_eq!(import_by_map(&bench, "panel.toml", &panel).code, 0);
    bench.done(&["build"]);
    let answer = bench.ask(
        "sum --collection my-panel --measure downloads --group model --from 2026-01-05 --top 0",
    );
    let rows = answer["rows"].as_array().unwrap();
    let weeks: Vec<_> =
        rows.iter().map(|row| (row["value"].as_f64(), row["missing_cells"].as_u64())).collect();
    let told = |value| (Some(value), Some(0));
    assert_eq!([weeks[0], weeks[1], weeks[3]], [told(40.0), told(50.0), told(60.0)]);
    assert_eq!((weeks.len(), weeks[2].1), (4, Some(1)), "the week of 19 January is missing");
}

#[test]
fn a_changed_map_takes_the_place_of_the_one_before() {
    let bench = Bench::new();
    documented_files(&bench);
    let list = bench.data().with_file_name("list_05-01-2026.csv");
    assert_eq!(import_by_map(&bench, "weekly.toml", &list).code, 0);
    let map = std::fs::read_to_string(bench.data().with_file_name("weekly.toml")).unwrap();
    let map = map.replace("My weekly list", "Renamed").replace("likes = \"likes\"\n", "");
    bench.file("weekly.toml", map.as_bytes());
    assert!(import_by_map(&bench, "weekly.toml", &list).stderr.contains("1 of 1 files taken in"));
    assert!(import_by_map(&bench, "weekly.toml", &list).stderr.contains("1 known before"));
    let built = bench.done(&["build"]).stderr;
    assert!(built.contains("2 models, 1 snapshots"), "{built}");
    let likes = bench.ask("sum --collection my-list --measure likes --group model");
    assert_eq!(likes["rows"][0]["missing_cells"], 2, "the newer map reads no likes: {likes}");
}

/// The issue's command line, stable from here on: later versions add, never change.
#[test]
fn the_command_line_is_the_promised_one() {
    let bench = Bench::new();
    for (command, promised) in [
        (&["import"][..], &["<SOURCE>", "<PATH>...", "--map <MAP.toml>", "--data"][..]),
        (&["collect"], &["--limit <N>", "--sort <K>", "--endpoint <URL>"]),
        (&["build"], &["--collection <C>"]),
        (
            &["query"],
            &[
                "<STAT>...",
                "--collection <C>",
                "--measure <M>",
                "--group <G>",
                "--where <ATTR=VALUE,…>",
                "--as-of <WHEN>",
                "--from <WEEK>",
                "--to <WEEK>",
                "--window <WEEKS>",
                "--top <K>",
                "--format <FORMAT>",
            ],
        ),
        (&["status"], &[]),
        (&["attributes"], &[]),
        (&["indicators"], &[]),
        (&["collections"], &[]),
        (&["serve"], &["--host <H>", "--port <P>"]),
        (&["simulate", "hub"], &["--models <N>", "--seed <S>", "--port <P>"]),
    ] {
        let help = bench.done(&[command, &["--help"]].concat()).stdout;
        for flag in promised {
            assert!(help.contains(flag), "{command:?} lacks {flag}: {help}");
        }
    }
}

#[test]
fn nothing_there_yet_says_what_to_do() {
    let bench = Bench::new();
    let run = bench.run(&["status"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("there is no data directory at"), "{}", run.stderr);
    assert!(
        run.stderr.contains("hint: take readings in first: weighhouse import"),
        "{}",
        run.stderr
    );
}

/// Of four models one changes and one is new; whether the attributes of an earlier release were at
/// hand is not seen in the bytes.
#[test]
fn only_what_changed_is_derived_again_and_the_bytes_do_not_tell() {
    let snapshot = |rows: &[(&str, i64)], license: &str| {
        let text = String::from_utf8(radar(rows)).unwrap();
        let (first, rest) = text.split_once('\n').unwrap();
        format!("{}\n{rest}", first.replace("mit", license)).into_bytes()
    };
    let first = snapshot(&[("a/a-7b", 5), ("b/b-GGUF", 6), ("c/c", 7)], "mit");
    let second = snapshot(&[("a/a-7b", 9), ("b/b-GGUF", 6), ("bb/new", 1), ("c/c", 8)], "gpl-3.0");
    let (one, two) = (Bench::new(), Bench::new());
    for (name, bytes, derived) in
        [("2026-08-19T093631.jsonl", &first, 3), ("2026-08-20T093631.jsonl", &second, 2)]
    {
        assert_eq!(one.import("radar", &one.file(name, bytes)).code, 0);
        let built = one.done(&["build"]).stderr;
        assert!(built.contains(&format!(", {derived} models derived")), "{built}");
    }
    copy(&one.data().join("raw"), &two.data().join("raw"));
    let built = two.done(&["build"]).stderr;
    assert!(built.contains(", 4 models derived"), "{built}");
    let files = one.files();
    let newest = two.files().into_iter().filter(|(name, _)| name.starts_with("attributes/"));
    let newest: Vec<_> = newest.collect();
    assert_eq!(newest.len(), 4, "three tables and a manifest");
    for file in newest {
        assert!(files.contains(&file), "{} differs", file.0);
    }
}
