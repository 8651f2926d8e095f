//! Averages, periods and what-ifs, asked of the real binary.

use serde_json::Value;

use crate::support::{Bench, radar, values};

/// Two days of three owners' models; the names say how large the models are.
fn bench() -> Bench {
    let bench = Bench::new();
    let models = [("a/one-1B", 600), ("b/three-3B", 300), ("c/eight-8B", 100), ("c/unsaid", 200)];
    for day in ["2026-08-19", "2026-09-02"] {
        let path = bench.file(&format!("{day}T093631.jsonl"), &radar(&models));
        let run = bench.import("radar", &path);
        assert_eq!(run.code, 0, "{}", run.stderr);
    }
    bench.done(&["build"]);
    bench
}

fn json(bench: &Bench, question: &str) -> Value {
    let mut arguments: Vec<&str> = question.split(' ').collect();
    arguments.extend(["--format", "json"]);
    serde_json::from_str(&bench.done(&arguments).stdout).unwrap()
}

/// By hand: 1, 3 and 8 billion with 600, 300 and 100 downloads; of 200 more the size is not known.
#[test]
fn a_mean_size_is_by_download_or_by_model() {
    let bench = bench();
    let ask = |weight: &str| {
        let asked = format!(
            "average parameters mean median --collection radar --measure downloads_30d --weight {weight}"
        );
        json(&bench, &asked)["rows"].clone()
    };
    let by_download = ask("measure");
    let mean = by_download[0]["value"].as_f64().unwrap();
    assert!((mean - 2.3e9).abs() < 1.0, "{mean}");
    assert_eq!(by_download[1]["value"], 1e9);
    assert!((by_download[0]["known_share"].as_f64().unwrap() - 1_000.0 / 1_200.0).abs() < 1e-12);
    let by_model = ask("model");
    assert!((by_model[0]["value"].as_f64().unwrap() - 4e9).abs() < 1.0);
    assert_eq!((&by_model[1]["value"], &by_model[0]["known_share"]), (&3e9.into(), &0.75.into()));
}

#[test]
fn periods_are_of_readings_that_were_taken_in_them() {
    let bench = bench();
    let asked = "query sum --collection radar --measure downloads_30d --group uploader --top 0";
    let run = bench.done(
        &[&asked.split(' ').collect::<Vec<_>>()[..], &["--period", "2026-08,2026-Q3"]].concat(),
    );
    assert!(run.stderr.contains("2026-08: as of 2026-08-19T"), "{}", run.stderr);
    assert!(run.stderr.contains("2026-Q3: as of 2026-09-02T"), "{}", run.stderr);
    let run =
        bench.run(&[&asked.split(' ').collect::<Vec<_>>()[..], &["--period", "2025"]].concat());
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("has no downloads of the last 30 days in 2025"), "{}", run.stderr);
    let ask = |period: &str| {
        let asked = format!(
            "sum --collection radar --measure models --group uploader --top 0 --period {period}"
        );
        values(&bench.ask(&asked), "sum")[0].1
    };
    assert_eq!(ask("2026"), 4.0);
}

/// By hand: of 1,200 a has half, b a quarter and c a quarter: 3,750. Merged with b, a has three
/// quarters: 6,250.
#[test]
fn a_merger_and_who_is_not_there() {
    let bench = bench();
    let asked = "whatif --collection radar --measure downloads_30d --merge a,b=ab";
    let effects = json(&bench, asked)["effects"].clone();
    let hhi = &effects[0];
    assert_eq!((&hhi["stat"], &hhi["before"]["value"]), (&"hhi".into(), &3_750.0.into()));
    assert_eq!(
        (&hhi["after"]["value"], &hhi["difference"]["value"]),
        (&6_250.0.into(), &2_500.0.into())
    );
    let refused = bench.run(
        &"whatif --collection radar --measure downloads_30d --remove x"
            .split(' ')
            .collect::<Vec<_>>(),
    );
    assert_eq!(refused.code, 2);
    assert!(refused.stderr.contains("no model has uploader 'x'"), "{}", refused.stderr);
    let nothing = bench
        .run(&"whatif --collection radar --measure downloads_30d".split(' ').collect::<Vec<_>>());
    assert!(nothing.stderr.contains("nothing is changed"), "{}", nothing.stderr);
}
