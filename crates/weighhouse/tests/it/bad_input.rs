//! What is sound is taken in; what is not is named, kept and counted.

use crate::support::{Bench, gzip, radar};

const NAME: &str = "2026-02-02T010000.jsonl.gz";

#[test]
fn a_truncated_gzip_is_taken_in_as_far_as_it_goes() {
    let bench = Bench::new();
    let ids: Vec<String> =
        (0..3000).map(|i| format!("owner-{}/model-{}", i % 97, i * 7919)).collect();
    let rows: Vec<(&str, i64)> = ids.iter().map(|id| (id.as_str(), id.len() as i64)).collect();
    let whole = gzip(&radar(&rows));
    let run = bench.import("radar", &bench.file(NAME, &whole[..whole.len() / 2]));
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stderr.contains(&format!("{NAME}: truncated gzip")), "{}", run.stderr);
    bench.done(&["build"]);
    let status = bench.done(&["status", "--format", "json"]).stdout;
    let status: serde_json::Value = serde_json::from_str(&status).unwrap();
    assert_eq!(status["collections"][0]["problems"], "1");
    assert_ne!(status["collections"][0]["rows"], "0");
}

#[test]
fn each_fault_is_named_with_file_line_and_reason() {
    let bench = Bench::new();
    let mut bytes = radar(&[("a/good", 5), ("a/negative", -5), ("a/good", 6)]);
    bytes.extend(b"{\"likes\":1}\n{\"id\":\"a/absurd\",\"downloads_30d\":1e30}\n\xff\xfe\n");
    let run = bench.import("radar", &bench.file(NAME, &bytes));
    assert_eq!(run.code, 1);
    for expected in [
        ":2: a/negative: downloads_30d: it cannot be negative: -5 (field left out)",
        ":3: a/good: the model was read before at the same time (row left out)",
        ":4: id: the row has no model id (row left out)",
        ":5: a/absurd: downloads_30d: a counter cannot be that large",
        ":6: the line is not UTF-8 (row left out)",
    ] {
        assert!(
            run.stderr.contains(&format!("problem: {NAME}{expected}")),
            "{expected}: {}",
            run.stderr
        );
    }
    bench.done(&["build"]);
    let answer = bench.ask("sum --collection radar --measure downloads_30d --group model");
    assert_eq!(answer["rows"][0]["value"], 5.0, "the bad counters are unknown, not zero");
    assert_eq!(answer["rows"][0]["missing_cells"], 2);
}

#[test]
fn a_file_with_nothing_sound_commits_nothing() {
    let bench = Bench::new();
    let run = bench.import("radar", &bench.file(NAME, b"\x89PNG\r\n\x1a\n\x00"));
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(run.stderr.contains(&format!("nothing in {NAME} is sound")), "{}", run.stderr);
    let left: Vec<_> =
        bench.files().into_iter().filter(|(name, _)| name.starts_with("raw")).collect();
    assert_eq!(left, []);
}

#[test]
fn a_failed_import_loses_nothing_that_was_there() {
    let bench = Bench::new();
    bench.import("radar", &bench.file(NAME, &radar(&[("a/b", 5)])));
    bench.done(&["build"]);
    let before = bench.files();
    assert_eq!(bench.import("radar", &bench.file("2026-02-09T010000.jsonl", b"nothing\n")).code, 2);
    assert!(bench.files() == before, "files changed");
    assert_eq!(
        bench.ask("sum --collection radar --measure downloads_30d --group model")["rows"][0]["value"],
        5.0
    );
}

#[test]
fn unknown_values_list_the_known_ones() {
    let bench = Bench::new();
    let refused = bench.run(&["import", "rader", "x"]);
    assert_eq!(refused.code, 2);
    assert!(
        refused.stderr.contains("unknown source 'rader'; known are: radar, llmfit"),
        "{}",
        refused.stderr
    );
    for (flag, value, known) in [
        ("--measure", "dowloads", "known are: downloads, first_year"),
        ("--window", "2", "known are: 1, 4, 13, 52"),
        ("--format", "xml", "possible values: table, json, csv"),
    ] {
        let mut arguments = vec!["query", "hhi", "--collection", "radar", "--group", "model"];
        if flag != "--measure" {
            arguments.extend(["--measure", "likes"]);
        }
        arguments.extend([flag, value]);
        let refused = bench.run(&arguments);
        assert_eq!(refused.code, 2);
        assert!(refused.stderr.contains(known), "{flag}: {}", refused.stderr);
    }
    let refused = bench.run(&[
        "query",
        "hhj",
        "--collection",
        "radar",
        "--measure",
        "likes",
        "--group",
        "model",
    ]);
    assert!(
        refused.stderr.contains("known are: sum, share, rank, percentile, hhi"),
        "{}",
        refused.stderr
    );
}

const MAP: &str = "collection = \"mine\"\ntitle = \"Mine\"\ncovers = \"mine\"\nsource = \"me\"\n\
    [read_at]\nfile_name = \"{date}.csv\"\n[columns]\nmodel_id = \"id\"\nlikes = \"stars\"\n";

#[test]
fn a_table_needs_its_map_and_nothing_else_has_one() {
    let bench = Bench::new();
    let table = bench.file("2026-01-05.csv", b"id,stars\na/b,1\n");
    let map = bench.file("map.toml", MAP.as_bytes());
    let (table, map) = (table.to_str().unwrap(), map.to_str().unwrap());
    let without = bench.run(&["import", "table", table]);
    assert_eq!(without.code, 2);
    assert!(without.stderr.contains("the source 'table' needs a map"), "{}", without.stderr);
    let with = bench.run(&["import", "radar", "--map", map, table]);
    assert_eq!(with.code, 2);
    assert!(with.stderr.contains("the columns of 'radar' are known"), "{}", with.stderr);
    let broken = bench.file("broken.toml", MAP.replace("likes", "lieks").as_bytes());
    let refused = bench.run(&["import", "table", "--map", broken.to_str().unwrap(), table]);
    assert_eq!(refused.code, 2);
    assert!(refused.stderr.contains("broken.toml"), "{}", refused.stderr);
    assert!(refused.stderr.contains("unknown 'lieks'; known are: model_id"), "{}", refused.stderr);
    assert!(!bench.data().exists(), "nothing is left behind");
}

#[test]
fn a_column_that_no_file_has_is_refused_before_anything_is_taken_in() {
    let bench = Bench::new();
    let map = bench.file("map.toml", MAP.as_bytes());
    let map = map.to_str().unwrap();
    let one = bench.file("2026-01-05.csv", b"id,likes\na/b,1\n");
    let refused = bench.run(&["import", "table", "--map", map, one.to_str().unwrap()]);
    assert_eq!(refused.code, 2);
    let expected = "the map names a column that no file has: stars; there are: id, likes";
    assert!(refused.stderr.contains(expected), "{}", refused.stderr);
    let raw = |(name, _): &(String, Vec<u8>)| name.starts_with("raw");
    assert!(!bench.files().iter().any(raw));
    // One file that has it is enough; where it is absent it is unknown.
    let other = bench.file("2026-01-12.csv", b"id,stars\na/b,1\n");
    let paths = [one.to_str().unwrap(), other.to_str().unwrap()];
    let run = bench.run(&[&["import", "table", "--map", map][..], &paths].concat());
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.contains("mine: 2 of 2 files taken in with 2 rows"), "{}", run.stderr);
}

#[test]
fn a_file_that_can_be_read_once_only_is_refused() {
    let bench = Bench::new();
    let run = bench.import("radar", std::path::Path::new("/dev/null"));
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.contains("it is not a file on disk; save it to one first"),
        "{}",
        run.stderr
    );
}

#[test]
fn an_unknown_collection_lists_the_known_ones() {
    let bench = Bench::new();
    bench.import("radar", &bench.file(NAME, &radar(&[("a/b", 5)])));
    let query = ["query", "hhi", "--measure", "likes", "--group", "model", "--collection"];
    let refused = bench.run(&[&query[..], &["rader"]].concat());
    assert!(
        refused.stderr.contains("unknown collection 'rader'; known are: radar"),
        "{}",
        refused.stderr
    );
    let unbuilt = bench.run(&[&query[..], &["radar"]].concat());
    assert_eq!(unbuilt.code, 2);
    assert!(unbuilt.stderr.contains("hint: run: weighhouse build"), "{}", unbuilt.stderr);
}
