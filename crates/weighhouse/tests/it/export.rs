//! The raw layer out of one data directory and into another.

use crate::support::{Bench, gzip, radar};

#[test]
fn an_exported_raw_layer_comes_back_and_builds_the_same() {
    let from = Bench::new();
    let first = gzip(&radar(&[("a/b", 5), ("a/c", 7)]));
    from.import("radar", &from.file("2026-02-02T010000.jsonl.gz", &first));
    let second = radar(&[("a/b", 6), ("a/c", -7)]);
    assert_eq!(from.import("radar", &from.file("2026-02-09T010000.jsonl", &second)).code, 1);
    from.done(&["build"]);
    let path = from.data().with_file_name("out.parquet");
    let run = from.done(&["export", "raw", "radar", "--out", path.to_str().unwrap()]);
    assert!(run.stderr.starts_with("radar: 2 entries with 4 files of "), "{}", run.stderr);
    assert_eq!(run.stdout, "");

    let to = Bench::new();
    let import = ["import", "raw", path.to_str().unwrap()];
    let run = to.done(&import);
    assert!(run.stderr.starts_with("radar: 2 entries restored, 0 known before"), "{}", run.stderr);
    let again = to.done(&import);
    assert!(again.stderr.starts_with("radar: 0 entries restored, 2 known"), "{}", again.stderr);
    to.done(&["build"]);
    let layers = |bench: &Bench| {
        let mut files = bench.files();
        files.retain(|(name, _)| name.contains('/'));
        files
    };
    assert!(layers(&from).len() > 10);
    assert!(layers(&from) == layers(&to), "some file of some layer differs");
}

#[test]
fn what_is_not_there_cannot_be_exported() {
    let bench = Bench::new();
    let refused = bench.run(&["export", "raw", "radar"]);
    assert_eq!(refused.code, 2);
    assert!(refused.stderr.contains("there is no data directory"), "{}", refused.stderr);
    bench.import("radar", &bench.file("2026-02-02T010000.jsonl", &radar(&[("a/b", 5)])));
    let path = bench.data().with_file_name("out.parquet");
    let refused = bench.run(&["export", "raw", "rader", "--out", path.to_str().unwrap()]);
    assert_eq!(refused.code, 2);
    assert!(refused.stderr.contains("unknown collection 'rader'"), "{}", refused.stderr);
    assert!(!path.exists());
}
