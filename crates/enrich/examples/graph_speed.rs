//! The measuring side of `cargo xtask bench graph`: whole-graph questions on invented models.
//!
//! `graph_speed MODELS` prints `NAME MILLISECONDS` for each question, a line each, and what it found
//! behind it. Families are as unequal as on the Hub: bases are drawn with a weight that falls with
//! their age, one model in 50 is a merge of three, and one in 20 declares nothing.
#![expect(
    clippy::disallowed_methods,
    reason = "a measuring tool reads its arguments and the clock"
)]
#![expect(clippy::print_stdout, reason = "its lines are what it is for")]

use std::time::Instant as Clock;

use enrich::{Families, LINEAGE_COLUMNS, Lineage, LineageColumns, Popularity, Registry, Role};
use schema::Value;

const AT_ONCE: usize = 100_000;
const RELATIONS: [&str; 4] = ["finetune", "adapter", "quantized", "merge"];
/// Each question is asked so often, and the median time counts.
const TIMES: usize = 7;
/// Models that are asked for, one after another.
const ASKED: usize = 10_000;

fn main() {
    let models = std::env::args().nth(1).and_then(|count| count.parse().ok());
    let models: usize = models.unwrap_or(3_000_000);
    let begun = Clock::now();
    let lineage = invent(models);
    print("build", begun, lineage.len());
    let begun = Clock::now();
    let families = Families::new(&lineage, &Popularity::default(), Registry::builtin());
    print("families", begun, lineage.family_bound());
    let largest = (0..models).max_by_key(|model| lineage.kin(*model).descendants).unwrap_or(0);
    let deepest = (0..models).max_by_key(|model| lineage.ancestors(*model).len()).unwrap_or(0);
    median("ancestors", || lineage.ancestors(deepest).len());
    median("ancestors_of_many", || {
        let asked = (0..models).step_by((models / ASKED).max(1));
        asked.map(|model| lineage.ancestors(model).len()).sum()
    });
    median("descendants", || lineage.descendants(largest).len());
    let weights: Vec<i64> = (0..models).map(weight).collect();
    median("family_sums", || {
        let (mut captured, originator) = (0, Role::Originator as usize);
        families.add_up(
            |model| Some(weights[model]),
            |_, family| captured += usize::from(family.downloads() > family.by_role[originator]),
        );
        captured
    });
}

fn median(name: &str, mut ask: impl FnMut() -> usize) {
    let mut times = Vec::new();
    let mut found = 0;
    for _ in 0..TIMES {
        let begun = Clock::now();
        found = ask();
        times.push(begun.elapsed().as_secs_f64() * 1e3);
    }
    times.sort_unstable_by(f64::total_cmp);
    println!("{name} {:.3} {found}", times[TIMES / 2]);
}

fn print(name: &str, begun: Clock, found: usize) {
    println!("{name} {:.3} {found}", begun.elapsed().as_secs_f64() * 1e3);
}

fn invent(models: usize) -> Lineage {
    let mut columns = LineageColumns::default();
    for first in (0..models).step_by(AT_ONCE) {
        let some = first..models.min(first + AT_ONCE);
        let columns_of = LINEAGE_COLUMNS
            .map(|(name, _)| some.clone().map(|model| value(name, model)).collect::<Vec<Value>>());
        columns.add(columns_of);
    }
    columns.lineage(Registry::builtin())
}

fn value(column: &str, model: usize) -> Value {
    match column {
        "model_id" => id(model).into(),
        "parameters" => (random(model, 1) % 70_000_000_000).cast_signed().into(),
        "base_models" => bases(model).into(),
        "base_relation" if bases(model).is_some_and(|bases| !bases.is_empty()) => {
            RELATIONS[random(model, 2) as usize % RELATIONS.len()].into()
        }
        _ => Value::Null,
    }
}

fn id(model: usize) -> String {
    format!("owner-{}/model-{model}", random(model, 3) % 200_000)
}

fn bases(model: usize) -> Option<Vec<String>> {
    if random(model, 4).is_multiple_of(20) {
        return None;
    }
    // 4 in 10 are originals.
    if model < 100 || random(model, 5) % 10 < 4 {
        return Some(Vec::new());
    }
    let count = if random(model, 6).is_multiple_of(50) { 3 } else { 1 };
    let base = |draw: u64| {
        // The cube of a uniform number favours the first models.
        let uniform = (random(model, 10 + draw) >> 11) as f64 / (1_u64 << 53) as f64;
        id((uniform * uniform * uniform * model as f64) as usize)
    };
    Some((0..count).map(base).collect())
}

fn weight(model: usize) -> i64 {
    (random(model, 7) % 100_000).cast_signed()
}

/// `SplitMix64` of a model and a draw.
fn random(model: usize, draw: u64) -> u64 {
    let mut state = (model as u64).wrapping_mul(64).wrapping_add(draw);
    state = state.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    state ^ (state >> 31)
}
