//! The paper's claims on planted Hubs: replicated, and asked under many definitions.
//!
//! Expected numbers are plain sums over the weeks that were planted.

use std::sync::Arc;

use analyze::Market;
use analyze::claims::{Asker, Curve, curve, named};
use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::{ArrayRef, Int64Array, RecordBatch, StringArray, TimestampMicrosecondArray};
use parquet::arrow::ArrowWriter;
use schema::Week;
use serde_json::Value;
use store::Store;

use crate::support::{Bench, radar};

/// The weeks of 2024 and 2025, by ISO 8601, from Monday 2024-01-01.
const WEEKS: i64 = 104;
const A_YEAR: i64 = 52;
const FIRST: &str = "2024-01-01";
const SMALL: &str = "models under 1 B parameters";

/// Downloads in a week, by its place from 0.
type Weekly = fn(i64) -> i64;

/// A model that was planted.
struct Planted {
    id: &'static str,
    /// Weeks before the first reading that the model was made in.
    made: i64,
    base: Option<&'static str>,
    weekly: Weekly,
}

const fn of(id: &'static str, made: i64, weekly: Weekly) -> Planted {
    Planted { id, made, base: None, weekly }
}

const fn steady(_: i64) -> i64 {
    4_000
}

const fn rising(week: i64) -> i64 {
    1_000 + 30 * week
}

/// Qwen sits in China and Google does not; each has models of both years, small and large.
/// Somebody quantizes one of Qwen's, and one owner is nobody that was reviewed.
fn hub(is_rising_in_small: bool) -> Vec<Planted> {
    let (chinese, other): (Weekly, Weekly) =
        if is_rising_in_small { (rising, steady) } else { (steady, rising) };
    vec![
        of("Qwen/Planted-7B", -8, |week| 10 * rising(week)),
        of("Qwen/Planted-New-7B", A_YEAR, |week| 10 * rising(week)),
        of("Qwen/Planted-0.5B", -8, chinese),
        of("Qwen/Planted-New-0.5B", A_YEAR, chinese),
        of("google/planted-7b", -8, |week| 10 * steady(week)),
        of("google/planted-new-7b", A_YEAR, |week| 10 * steady(week)),
        of("google/planted-0.5b", -8, other),
        of("google/planted-new-0.5b", A_YEAR, other),
        of("zz-planted-nobody/planted-2b", -8, |_| 300),
        Planted { base: Some("Qwen/Planted-7B"), ..of("unsloth/Planted-7B-GGUF", -8, |_| 200) },
    ]
}

impl Planted {
    fn from(&self) -> i64 {
        self.made.max(0)
    }

    /// Downloads of some weeks.
    fn sum(&self, weeks: std::ops::Range<i64>) -> i64 {
        weeks.filter(|week| *week >= self.from()).map(self.weekly).sum()
    }
}

fn monday(week: i64) -> i64 {
    let first: Week = FIRST.parse().unwrap();
    first.plus(week as i32).start().millis() * 1_000
}

fn instants(values: Vec<i64>) -> ArrayRef {
    Arc::new(TimestampMicrosecondArray::from(values).with_timezone("UTC"))
}

/// A dump of the Hub as it stood when a week began.
fn dump(hub: &[Planted], week: i64) -> Vec<u8> {
    let there: Vec<&Planted> = hub.iter().filter(|model| model.made <= week).collect();
    let numbers = |number: &dyn Fn(&Planted) -> i64| -> ArrayRef {
        Arc::new(there.iter().map(|model| number(model)).collect::<Int64Array>())
    };
    let texts = |text: &dyn Fn(&Planted) -> String| -> ArrayRef {
        Arc::new(StringArray::from_iter_values(there.iter().map(|model| text(model))))
    };
    let mut tags = ListBuilder::new(StringBuilder::new());
    for model in &there {
        if let Some(base) = model.base {
            tags.values().append_value(format!("base_model:{base}"));
            tags.values().append_value(format!("base_model:quantized:{base}"));
        }
        tags.append(true);
    }
    // At the pace of the week before; of a new model nothing yet.
    let month = |model: &Planted| {
        if week > model.from() { (model.weekly)(week - 1) * 30 / 7 } else { 0 }
    };
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("id", texts(&|model| model.id.to_owned())),
        ("downloads", numbers(&month)),
        ("downloadsAllTime", numbers(&|model| model.sum(0..week))),
        ("likes", numbers(&|_| 1)),
        ("library_name", texts(&|_| "transformers".to_owned())),
        ("createdAt", instants(there.iter().map(|model| monday(model.made)).collect())),
        ("lastModified", instants(vec![monday(week); there.len()])),
        ("tags", Arc::new(tags.finish())),
    ];
    let batch = RecordBatch::try_from_iter_with_nullable(
        columns.into_iter().map(|(name, array)| (name, array, true)),
    )
    .unwrap();
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.into_inner().unwrap()
}

/// A planted Hub, read each Monday and built.
fn built(hub: &[Planted]) -> Bench {
    let bench = Bench::new();
    let dumps: Vec<_> = (0..=WEEKS)
        .map(|week| bench.file(&format!("dump-{week:03}.parquet"), &dump(hub, week)))
        .collect();
    let mut arguments = vec!["import", "hub-stats"];
    arguments.extend(dumps.iter().map(|path| path.to_str().unwrap()));
    bench.done(&arguments);
    bench.done(&["build"]);
    bench
}

/// By how much the share of Qwen's models, which alone are of China, is larger in 2025.
fn rise(hub: &[Planted], is_asked: impl Fn(&Planted) -> bool) -> f64 {
    let share = |weeks: std::ops::Range<i64>| {
        let asked = || hub.iter().filter(|model| is_asked(model));
        let all: i64 = asked().map(|model| model.sum(weeks.clone())).sum();
        let of_qwen = asked().filter(|model| model.id.starts_with("Qwen/"));
        of_qwen.map(|model| model.sum(weeks.clone())).sum::<i64>() as f64 / all as f64
    };
    share(A_YEAR..WEEKS) - share(0..A_YEAR)
}

fn asked(bench: &Bench, claim: &str) -> Curve {
    let store = Store::open(&bench.data()).unwrap();
    let market = Market::load(&store, "hub-stats").unwrap();
    curve(&Asker::new(&store, &market), named(claim).unwrap()).unwrap()
}

fn value(curve: &Curve, name: &str) -> f64 {
    let point = curve.points.iter().find(|point| point.specification.name() == name);
    point.unwrap_or_else(|| panic!("{name} was not asked")).estimate.value.unwrap()
}

fn near(given: f64, expected: f64) {
    assert!((given - expected).abs() < 1e-9, "{given} {expected}");
}

#[test]
fn what_holds_in_every_part_agrees_under_every_definition() {
    let hub = hub(true);
    let bench = built(&hub);
    let found = asked(&bench, "china-rises");
    assert!(found.points.len() >= 30, "{}", found.points.len());
    assert!(found.not_asked.is_empty(), "{:?}", found.not_asked);
    for point in &found.points {
        assert!(point.agrees, "{}: {:?}", point.specification.name(), point.estimate);
    }
    near(value(&found, "as claimed"), rise(&hub, |_| true));
    let is_reviewed = |model: &Planted| !model.id.starts_with("zz-");
    near(value(&found, "without unreviewed uploaders"), rise(&hub, is_reviewed));
    let is_small = |model: &Planted| model.id.to_lowercase().contains("0.5b");
    near(value(&found, SMALL), rise(&hub, is_small));
    let values = |point: &analyze::claims::Point| point.estimate.value.unwrap();
    assert!(found.points.is_sorted_by_key(values), "from the least to the most");
    // Qwen and Google draw level, at the ends of the years too: concentration falls, whoever the
    // owners are.
    let found = asked(&bench, "new-consolidation");
    let rising = found.points.iter().filter(|point| point.agrees);
    let rising: Vec<String> = rising.map(|point| point.specification.name()).collect();
    assert!(found.points.len() >= 12 && rising.is_empty(), "{rising:?}");
    let mine = value(&found, "as claimed");
    near(value(&found, "unreviewed owners as one"), mine);
}

#[test]
fn the_definitions_that_disagree_are_those_of_the_part_that_differs() {
    let hub = hub(false);
    let bench = built(&hub);
    let found = asked(&bench, "china-rises");
    for point in &found.points {
        let is_of_small = point.specification.choices.iter().any(|choice| choice == SMALL);
        assert_eq!(point.agrees, !is_of_small, "{}", point.specification.name());
    }
    let share = found.agreeing_share().unwrap();
    assert!(share > 0.5 && share < 1.0, "{share}");

    let arguments = ["robustness", "china-rises", "--collection", "hub-stats"];
    let told = bench.done(&[&arguments[..], &["--format", "json"]].concat()).stdout;
    let told: Value = serde_json::from_str(&told).unwrap();
    assert_eq!(told["agreeing_share"].as_f64(), Some(share));
    assert_eq!(told["asked"].as_u64(), Some(found.points.len() as u64));
    let first = &told["definitions"][0];
    assert_eq!((&first["agrees"], &first["sure"]), (&"no".into(), &"yes".into()), "{first}");
    // The command beside an answer asks the same question.
    let of_small = found.points.iter().find(|point| point.specification.name() == SMALL).unwrap();
    let command = of_small.command.as_deref().unwrap();
    let expected = "weighhouse query share --group country --collection hub-stats --measure \
                    downloads --where 'size_band=0.1–1 B' --period 2024,2025";
    assert_eq!(command, expected);
    let table = bench.done(&arguments);
    let agreeing = found.agreeing();
    let line = format!("{agreeing} of {} definitions agree", found.points.len());
    assert!(table.stderr.contains(&line), "{}", table.stderr);
    assert!(table.stderr.contains("All public models of the Hub"), "{}", table.stderr);
}

#[test]
fn a_planted_hub_bears_one_claim_out_and_not_another() {
    let hub = hub(true);
    let bench = built(&hub);
    let told = bench.done(&["replicate", "--collection", "hub-stats", "--format", "json"]).stdout;
    let rows: Value = serde_json::from_str(&told).unwrap();
    let row = |text: &str| {
        let is_it = |row: &&Value| row["claim"].as_str().unwrap().contains(text);
        rows.as_array().unwrap().iter().find(is_it).unwrap().clone()
    };
    let rises = row("The share of China rises");
    assert_eq!(rises["status"], "reproduced", "{rises}");
    near(rises["ours"].as_str().unwrap().parse().unwrap(), rise(&hub, |_| true));
    let consolidation = row("A new consolidation begins");
    assert_eq!(consolidation["status"], "differs", "{consolidation}");
    // Of the years before nothing was read.
    let falls = row("The share of the United States falls");
    assert_eq!(falls["status"], "not reproducible", "{falls}");
}

#[test]
fn what_cannot_be_asked_is_listed_with_the_reason() {
    let bench = Bench::new();
    let file = bench.file("2026-08-19T093631.jsonl", &radar(&[("a/one-1B", 600)]));
    assert_eq!(bench.import("radar", &file).code, 0);
    bench.done(&["build"]);
    let ask = "robustness china-rises --collection radar --format json";
    let told = bench.done(&ask.split(' ').collect::<Vec<_>>()).stdout;
    let told: Value = serde_json::from_str(&told).unwrap();
    assert_eq!((&told["asked"], &told["agreeing_share"]), (&0.into(), &Value::Null));
    let rows = told["definitions"].as_array().unwrap();
    assert!(rows.len() >= 12, "{}", rows.len());
    for row in rows {
        assert_eq!((&row["agrees"], &row["value"]), (&"not asked".into(), &"".into()), "{row}");
        assert!(!row["because"].as_str().unwrap().is_empty(), "{row}");
    }
    let refused = bench.run(&["robustness", "china-rise", "--collection", "radar"]);
    assert_eq!(refused.code, 2);
    assert!(refused.stderr.contains("known are: china-rises"), "{}", refused.stderr);
    let list = bench.done(&["robustness", "--format", "csv"]).stdout;
    assert!(list.starts_with("of,claim,text\n2,us-falls,"), "{list}");
    assert!(!list.contains("model-count"), "a total has no other definition");
}
