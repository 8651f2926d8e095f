//! Unknown in, unknown out: no step from a file to an answer turns null into 0.

use std::fmt::Write as _;

use serde_json::Value;

use crate::support::Bench;

const MODELS: u64 = 60;
const WEEKS: u64 = 14;
const MAP: &[u8] = b"collection = \"mine\"\ntitle = \"Mine\"\ncovers = \"Models with gaps.\"\n\
    source = \"a test\"\n[read_at]\nfile_name = \"list_{year}-{month}-{day}.csv\"\n\
    time = \"00:00\"\nutc_offset = \"+00:00\"\n[columns]\nmodel_id = \"model\"\n\
    downloads_all_time = \"downloads\"\nlikes = \"likes\"\ncreated_at = \"created\"\n";
/// Mondays.
const DAYS: [&str; WEEKS as usize] = [
    "2026-01-05",
    "2026-01-12",
    "2026-01-19",
    "2026-01-26",
    "2026-02-02",
    "2026-02-09",
    "2026-02-16",
    "2026-02-23",
    "2026-03-02",
    "2026-03-09",
    "2026-03-16",
    "2026-03-23",
    "2026-03-30",
    "2026-04-06",
];

/// What is unknown, scattered without a pattern; each tenth model is never known.
fn is_unknown(model: u64, week: u64, column: u64) -> bool {
    let mixed = (model * 7_919 + week * 104_729 + column * 1_299_709).wrapping_mul(2_654_435_761);
    model.is_multiple_of(10) || (mixed >> 16) % 10 < 4
}

/// Every counter rises by thousands a week, so that no true number is 0.
fn list(week: u64) -> String {
    let mut text = "model,downloads,likes,created\n".to_owned();
    for model in 0..MODELS {
        let shown = |column: u64, number: u64| {
            if is_unknown(model, week, column) { String::new() } else { number.to_string() }
        };
        let downloads = shown(0, 5_000 + 1_000 * (week + 1) * (1 + model % 7));
        let likes = shown(1, 10 + model + week);
        let created = if model.is_multiple_of(3) { "" } else { "2025-11-03" };
        let _ = writeln!(text, "u{}/m{model},{downloads},{likes},{created}", model % 6);
    }
    text
}

fn rows(answer: &Value) -> &[Value] {
    answer["rows"].as_array().unwrap()
}

#[test]
fn no_path_turns_null_into_zero() {
    let bench = Bench::new();
    let map = bench.file("map.toml", MAP);
    let names: Vec<_> = (0..WEEKS)
        .zip(DAYS)
        .map(|(week, day)| bench.file(&format!("list_{day}.csv"), list(week).as_bytes()))
        .collect();
    let mut arguments = vec!["import", "table", "--map", map.to_str().unwrap()];
    arguments.extend(names.iter().map(|name| name.to_str().unwrap()));
    bench.done(&arguments);
    bench.done(&["build"]);

    for measure in ["downloads", "first_year", "downloads_all_time", "likes"] {
        for window in [1, 4, 13] {
            let is_reading = measure != "downloads" && measure != "first_year";
            let period = if is_reading {
                if window > 1 {
                    continue;
                }
                String::new()
            } else {
                format!(" --from 2026-01-05 --window {window}")
            };
            for group in ["model", "uploader"] {
                let answer = bench.ask(&format!(
                    "sum --collection mine --measure {measure} --group {group}{period}"
                ));
                assert!(!rows(&answer).is_empty());
                for row in rows(&answer) {
                    assert_ne!(row["value"].as_f64(), Some(0.0), "{measure} {window} {row}");
                    assert_ne!(row["high"].as_f64(), Some(0.0), "{measure} {window} {row}");
                    // What has no value says that something is missing, and does not say 0.
                    if row["value"].is_null() {
                        assert!(row["missing_cells"].as_u64().unwrap() > 0, "{row}");
                    }
                    let unit = row["unit"].as_str().unwrap_or_default();
                    let model = unit.split_once("/m").and_then(|(_, model)| model.parse().ok());
                    if model.is_some_and(|model: u64| model.is_multiple_of(10)) {
                        assert!(row["value"].is_null(), "never known: {row}");
                    }
                }
            }
        }
    }
}

#[test]
fn what_is_unknown_of_a_model_has_no_value() {
    let bench = Bench::new();
    let map = bench.file("map.toml", MAP);
    let file = bench.file("list_2026-01-05.csv", list(0).as_bytes());
    let (map, file) = (map.to_str().unwrap(), file.to_str().unwrap());
    bench.done(&["import", "table", "--map", map, file]);
    bench.done(&["build"]);
    let told = bench.done(&["why", "u0/m0", "--format", "json"]).stdout;
    let told: Value = serde_json::from_str(&told).unwrap();
    let value = |name: &str| {
        let rows = told["attributes"].as_array().unwrap();
        rows.iter()
            .find(|row| row["attribute"] == name)
            .map_or(Value::Null, |row| row["value"].clone())
    };
    for name in ["downloads_all_time", "likes", "downloads_30d", "parameters", "created_on"] {
        assert_eq!(value(name), Value::Null, "{name}");
    }
    assert_eq!(value("uploader"), "u0");
}
