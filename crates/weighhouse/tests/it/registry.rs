//! The registry of owners: checking its files, and holding another against it.

use std::path::{Path, PathBuf};

use crate::real_data::real_data;
use crate::support::{Bench, values};

/// A copy of the repository's registry.
fn copy(bench: &Bench) -> PathBuf {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../registry");
    let to = bench.file_path("registry");
    std::fs::create_dir_all(to.join("owners")).unwrap();
    for path in ["countries.csv", "model_aliases.csv"] {
        std::fs::copy(from.join(path), to.join(path)).unwrap();
    }
    for entry in std::fs::read_dir(from.join("owners")).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), to.join("owners").join(entry.file_name())).unwrap();
    }
    to
}

#[test]
fn a_working_copy_is_checked_and_a_fault_is_named_with_its_line() {
    let bench = Bench::new();
    let folder = copy(&bench);
    let folder = folder.to_str().unwrap();
    let run = bench.done(&["registry", "check", folder]);
    assert!(run.stderr.ends_with(" owners, no fault\n"), "{}", run.stderr);

    let path = bench.file_path("registry/owners/x.csv");
    let text = std::fs::read_to_string(&path).unwrap();
    let line = text.lines().count() + 1;
    std::fs::write(&path, format!("{text}xyzzy,X,,person,QQ,unaffiliated,,,,,,x,low,2026-01-01\n"))
        .unwrap();
    let run = bench.run(&["registry", "check", folder, "--format", "csv"]);
    assert_eq!(run.code, 1);
    let expected =
        format!("place,fault\n{}:{line},'xyzzy' has an unknown country 'QQ'\n", path.display());
    assert_eq!(run.stdout, expected);

    let refused = bench.run(&["registry", "check", "nowhere"]);
    assert_eq!(refused.code, 2);
    assert!(refused.stderr.contains("owners/0-9.csv"), "{}", refused.stderr);
}

#[test]
fn another_registry_is_held_against_ours() {
    let bench = Bench::new();
    let other =
        bench.file("other.csv", b"hf_org,region,notes\ngoogle,us,\nQwen,eu,\nno such,us,\n");
    let other = other.to_str().unwrap();
    let run = bench.done(&["registry", "diff", other, "--format", "csv"]);
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(lines[1].starts_with("Qwen,region,china,eu,differs,high,"), "{}", lines[1]);
    assert!(run.stderr.starts_with("owners: 1 same, 0 alternative, 1 differ, "), "{}", run.stderr);
    assert!(run.stderr.ends_with(" only here, 1 only there\n"), "{}", run.stderr);
    let run = bench.done(&["registry", "diff", other, "--all", "--format", "csv"]);
    assert!(run.stdout.contains("\nno such,,,,only there,,\n"), "{}", run.stdout);
    assert!(run.stdout.contains("\ngoogle,region,us,us,same,"), "{}", run.stdout);

    let refused =
        bench.run(&["registry", "diff", bench.file("odd.csv", b"a,b\n").to_str().unwrap()]);
    assert_eq!(refused.code, 2);
    assert!(
        refused.stderr.contains("odd.csv: line 1: the columns are a, b; "),
        "{}",
        refused.stderr
    );
}

/// The figure: in every real collection, reviewed owners have 85 % of the downloads.
#[test]
fn the_reviewed_owners_have_most_downloads_of_every_real_collection() {
    let name = "the_reviewed_owners_have_most_downloads_of_every_real_collection";
    let Some(folder) = real_data(name) else { return };
    let bench = Bench::new();
    for (source, path) in [
        ("radar", "radar/2026-08-21T220024.jsonl.gz"),
        ("llmfit", "llmfit/2026-04-15T202509_ac5b1159_llmfit-core.json"),
        ("embeddings-trending", "embeddings-trending/transformersjs_30-09-2025.csv"),
        ("hub-details", "hub-api/model_details_2025.jsonl"),
    ] {
        assert_eq!(bench.import(source, &folder.join(path)).code, 0, "{source}");
    }
    bench.done(&["build"]);
    for collection in ["radar", "llmfit", "embeddings-trending", "hub-details"] {
        let answer = bench.ask(&format!(
            "share --collection {collection} --measure downloads_30d --group owner_review"
        ));
        let shares = values(&answer, "share");
        let reviewed = shares
            .iter()
            .find(|(unit, _)| unit.as_deref() == Some("reviewed"))
            .map(|(_, share)| *share);
        assert!(reviewed.is_some_and(|share| share >= 0.85), "{collection}: {shares:?}");
    }
}
