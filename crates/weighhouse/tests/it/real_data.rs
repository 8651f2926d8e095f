//! Real readings, where the folder is there (`WEIGHHOUSE_REAL_DATA`).

use std::path::PathBuf;

use crate::support::{Bench, values};

/// The folder of real readings; without it the test says that it is skipped.
pub(crate) fn real_data(test: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("WEIGHHOUSE_REAL_DATA").map(PathBuf::from).filter(|p| p.is_dir());
    if folder.is_none() {
        #[expect(clippy::print_stderr, reason = "a skipped test says so")]
        {
            eprintln!("skipped: {test} needs the real readings in WEIGHHOUSE_REAL_DATA");
        }
    }
    folder
}

/// Reference: the issue, computed by others from the same file (all rows, `removed` included).
#[test]
fn radar_gives_the_reference_numbers() {
    let Some(folder) = real_data("radar_gives_the_reference_numbers") else { return };
    let bench = Bench::new();
    assert_eq!(bench.import("radar", &folder.join("radar")).code, 0);
    bench.done(&["build"]);
    let as_of = "--collection radar --measure downloads_30d --as-of 2026-08-19T09:36:31+02:00";
    let answer = bench.ask(&format!("sum hhi cr1 cr4 cr10 gini {as_of} --group uploader --top 0"));
    let value = |stat: &str| values(&answer, stat)[0].1;
    assert_eq!(answer["rows"][1]["n"], 4290);
    assert_eq!(value("sum"), 839_913_650.0);
    for (stat, expected, tolerance) in [
        ("hhi", 1439.2878, 5e-5),
        ("cr1", 0.307_405, 5e-7),
        ("cr4", 0.614_021, 5e-7),
        ("cr10", 0.799_906, 5e-7),
        ("gini", 0.996_452, 5e-7),
    ] {
        assert!((value(stat) - expected).abs() <= tolerance, "{stat}: {}", value(stat));
    }
    let models = bench.ask(&format!("gini {as_of} --group model"));
    assert_eq!(models["rows"][0]["n"], 10_289);
    assert!((values(&models, "gini")[0].1 - 0.993_529).abs() <= 5e-7);
}

/// The traps of the data's README: irregular dates, unknown stored as 0, day-first dates.
#[test]
fn the_other_sources_build_with_their_traps() {
    let Some(folder) = real_data("the_other_sources_build_with_their_traps") else { return };
    let bench = Bench::new();
    // One model stands twice in some versions of the catalogue.
    assert_eq!(bench.import("llmfit", &folder.join("llmfit")).code, 1);
    assert_eq!(bench.import("embeddings-trending", &folder.join("embeddings-trending")).code, 0);
    assert_eq!(bench.import("hub-details", &folder.join("hub-api")).code, 0);
    bench.done(&["build"]);
    let first = "--as-of 2026-02-15T17:00:00Z";
    let answer = bench
        .ask(&format!("sum --collection llmfit --measure downloads_30d --group model {first}"));
    // 13 of the 33 entries of the first version were written by hand, with 0 for unknown.
    assert_eq!(
        (answer["rows"][0]["n"].as_u64(), answer["rows"][0]["missing_cells"].as_u64()),
        (Some(20), Some(13))
    );
    assert_eq!(answer["rows"][0]["value"], 39_781_920.0);
    let answer = bench.ask("sum --collection embeddings-trending --measure models --group model --as-of 2024-05-08 --top 0");
    assert_eq!(answer["data_through"], "2025-09-30T12:00:00Z");
    assert!(answer["rows"][0]["value"].as_f64().unwrap() > 50.0);
}
