use std::path::{Path, PathBuf};

use super::{Found, NAMES, sort};

/// Sorts `names` below a folder `/in` and shows each import as its source and files.
fn sorted(names: &[&str]) -> (Vec<String>, Vec<String>) {
    let files: Vec<PathBuf> = names.iter().map(|name| Path::new("/in").join(name)).collect();
    let Found { imports, skipped } = sort(Path::new("/in"), &files);
    let imports = imports
        .iter()
        .map(|import| {
            let paths: Vec<String> = import
                .paths
                .iter()
                .map(|path| path.strip_prefix("/in").expect("made above").display().to_string())
                .collect();
            format!("{} {}", import.source, paths.join(" "))
        })
        .collect();
    (imports, skipped)
}

#[test]
fn every_source_is_known_by_its_folder_or_its_name() {
    let (imports, skipped) = sorted(&[
        "all_downloads_with_annotations.parquet",
        "embeddings-trending/transformersjs_08-05-2024.csv",
        "hub-api/model_details_2025.jsonl",
        "llmfit/2026-02-15T161048_855ad3d3_data.json",
        "paper/one_year_rolling.parquet",
        "radar/2026-08-19T093631.jsonl.gz",
        "radar/2026-08-19T220022.jsonl.zst",
        "radar/2026-08-20T140026.jsonl",
        "stats/models.parquet",
    ]);
    assert_eq!(
        imports,
        [
            "hub-details hub-api/model_details_2025.jsonl",
            "llmfit llmfit/2026-02-15T161048_855ad3d3_data.json",
            "radar radar/2026-08-19T093631.jsonl.gz radar/2026-08-19T220022.jsonl.zst radar/2026-08-20T140026.jsonl",
            "embeddings-trending embeddings-trending/transformersjs_08-05-2024.csv",
            "open-model-evolution all_downloads_with_annotations.parquet paper/one_year_rolling.parquet",
            "hub-stats stats/models.parquet",
        ]
    );
    assert_eq!(imports.len(), NAMES.len());
    assert_eq!(skipped, Vec::<String>::new());
}

#[test]
fn what_is_skipped_is_counted_by_folder_and_reason() {
    let (imports, skipped) = sorted(&[
        "README.md",
        "notes.csv",
        "radar/LICENSE",
        "registry/a.csv",
        "registry/b.csv",
        "radar/day.csv",
    ]);
    assert_eq!(imports, Vec::<String>::new());
    assert_eq!(
        skipped,
        [
            "1 file: no known source has such a file",
            "1 file: words about the data, not readings",
            "1 file in radar: no known source has such a file",
            "1 file in radar: words about the data, not readings",
            "2 files in registry: facts about owners, not readings; the reviewed registry is part of weighhouse",
        ]
    );
}

#[test]
fn the_folder_of_one_source_may_be_given_itself() {
    let files = [PathBuf::from("/data/radar/2026-08-19T093631.jsonl.gz")];
    let found = sort(Path::new("/data/radar"), &files);
    assert_eq!(found.imports.len(), 1);
    assert_eq!(found.imports[0].source, "radar");
}
